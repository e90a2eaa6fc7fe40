// SPDX-License-Identifier: Apache-2.0
//
// Measures how well the spellings of one name meet across languages and scripts: by the key under
// which the features of two articles is compared, and by the cosine of the two words' vectors.
//
//     fabula_measure_names models/default.fabula [lexicon.tsv ...]
//
// The names are ICU's own (cities of time zones, countries) and, where lexica are given (group TAB
// language TAB text, as in training), their proper nouns. Names spelled alike in both languages are
// left out; so are pairs whose letters have little in common: Germany and Deutschland are two
// names. False matches are counted over all pairs of an English name and another thing's name.
#include "features/lexical_features.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"
#include "name_pairs.hpp"
#include "neighbours/join/dot.hpp"
#include "program.hpp"

#include <fabula/embedding.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <unordered_map>

namespace {

using namespace fabula;
using namespace fabula::training;

/// Answers of both ways for one name.
struct Reading {
    std::optional<std::uint32_t> key;
    std::vector<float> vector; ///< unit length or zero
    bool listed{};             ///< a word of the language's frequency list
};

Reading read_name(const Name& name, const detail::ModelData& model) {
    Reading out;
    Token token;
    token.normalised = name.normalised;
    token.romanised = name.romanised;
    token.kind = name.kind;
    out.key = detail::term_key(token);
    const int language = model.language_index(name.language);
    out.vector.resize(model.dimension());
    if (model.add_word(name.normalised, name.romanised, name.text, name.kind, language, 1.0F,
                       out.vector.data())) {
        const auto mean = model.mean(language);
        for (std::size_t d = 0; d < mean.size(); ++d)
            out.vector[d] -= mean[d];
        const float norm =
            std::sqrt(detail::dot(out.vector.data(), out.vector.data(), out.vector.size()));
        for (float& value : out.vector)
            value = norm > 0 ? value / norm : 0;
    }
    out.listed = model.word_probability(language, detail::word_hash(name.normalised)) > 0;
    return out;
}

struct Row {
    std::size_t pairs{};
    std::size_t other_names{}; ///< pairs that are two names, and left out
    std::size_t by_key{};
    std::size_t unlisted{};
    std::size_t unlisted_by_key{};
    std::vector<float> cosines;
    std::vector<float> unlisted_cosines;
    std::size_t false_by_key{};
    std::size_t false_pairs{};
    std::vector<float> false_cosines; ///< of every `stride`-th pair
};

double share(std::size_t part, std::size_t all) {
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

double share_above(const std::vector<float>& values, float threshold) {
    return share(static_cast<std::size_t>(std::count_if(
                     values.begin(), values.end(), [&](float value) { return value > threshold; })),
                 values.size());
}

/// The cosine that as many pairs of different names exceed as share a key, but one in
/// `false_cosines` at the least.
float threshold_of(std::vector<float> cosines, double rate) {
    std::sort(cosines.begin(), cosines.end(), std::greater<>());
    const auto at = static_cast<std::size_t>(rate * static_cast<double>(cosines.size()));
    return cosines[std::min(at, cosines.size() - 1)];
}

class Measurement {
public:
    Measurement(const std::vector<NamedThing>& things, const detail::ModelData& model) {
        constexpr std::size_t stride = 7; // 10^6 cosines of false pairs are enough
        std::vector<Reading> english;
        std::unordered_multimap<std::uint32_t, std::size_t> by_key;
        for (const NamedThing& thing : things) {
            english.push_back(read_name(thing.english, model));
            if (english.back().key)
                by_key.emplace(*english.back().key, english.size() - 1);
        }
        count_collisions(things, english);
        std::size_t turn = 0;
        for (std::size_t i = 0; i < things.size(); ++i)
            for (const Name& other : things[i].others) {
                const Name& name = things[i].english;
                if (other.normalised == name.normalised)
                    continue;
                Row& row = rows_[script_class(other)];
                if (!is_one_name(name, other)) {
                    ++row.other_names;
                    continue;
                }
                const Reading scored = read_name(other, model);
                add(row, english[i], scored);
                row.false_pairs += things.size() - 1;
                if (scored.key) {
                    const auto [first, last] = by_key.equal_range(*scored.key);
                    for (auto at = first; at != last; ++at)
                        row.false_by_key +=
                            things[at->second].english.normalised != name.normalised;
                }
                for (std::size_t j = turn++ % stride; j < things.size(); j += stride)
                    if (things[j].english.normalised != name.normalised)
                        row.false_cosines.push_back(cosine(english[j], scored));
            }
    }

    void print(const char* title) const {
        std::printf(
            "%s: %zu English names, %.1f %% of them share a key with another\n\n"
            "| scripts | pairs | left out | met by key | false, per 100,000 | met by cosine "
            "| at cosine | words without a frequency | by key | by cosine |\n"
            "|---|---|---|---|---|---|---|---|---|---|\n",
            title, names_, 100 * share(colliding_, names_));
        for (const auto& [scripts, row] : rows_) {
            if (row.pairs == 0)
                continue;
            const double rate = share(row.false_by_key, row.false_pairs);
            const float threshold = threshold_of(row.false_cosines, rate);
            std::printf("| %s | %zu | %zu | %.3f | %.1f | %.3f | %.2f | %zu | %.3f | %.3f |\n",
                        scripts.c_str(), row.pairs, row.other_names, share(row.by_key, row.pairs),
                        1e5 * rate, share_above(row.cosines, threshold),
                        static_cast<double>(threshold), row.unlisted,
                        share(row.unlisted_by_key, row.unlisted),
                        share_above(row.unlisted_cosines, threshold));
        }
        std::printf("\n");
    }

private:
    static float cosine(const Reading& a, const Reading& b) {
        return detail::dot(a.vector.data(), b.vector.data(), a.vector.size());
    }

    static void add(Row& row, const Reading& english, const Reading& other) {
        const bool met = english.key && english.key == other.key;
        ++row.pairs;
        row.by_key += met;
        row.cosines.push_back(cosine(english, other));
        if (!other.listed) {
            ++row.unlisted;
            row.unlisted_by_key += met;
            row.unlisted_cosines.push_back(row.cosines.back());
        }
    }

    void count_collisions(const std::vector<NamedThing>& things,
                          const std::vector<Reading>& english) {
        std::map<std::uint32_t, std::set<std::string>> names;
        std::set<std::string> all;
        for (std::size_t i = 0; i < things.size(); ++i) {
            all.insert(things[i].english.normalised);
            if (english[i].key)
                names[*english[i].key].insert(things[i].english.normalised);
        }
        names_ = all.size();
        for (const auto& [key, spellings] : names)
            colliding_ += spellings.size() > 1 ? spellings.size() : 0;
    }

    std::map<std::string, Row> rows_;
    std::size_t names_{};
    std::size_t colliding_{};
};

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path file;
    std::vector<std::filesystem::path> lexica;
    CLI::App app{"Measure how names meet across languages and scripts"};
    app.add_option("model", file, "Model file")->required();
    app.add_option("lexica", lexica, "group TAB language TAB text");
    CLI11_PARSE(app, argc, argv);
    return run_program("measure_names", [&] {
        const Model model = Model::load(file);
        Measurement(icu_names(model.languages()), detail::ModelData::of(model))
            .print("cities and countries");
        for (const auto& lexicon : lexica)
            Measurement(lexicon_names(lexicon), detail::ModelData::of(model))
                .print(lexicon.filename().c_str());
    });
}
