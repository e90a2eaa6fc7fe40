// SPDX-License-Identifier: Apache-2.0
//
// Measures how often two articles get the relation that they have, with the defaults and without
// being told any language:
//
//     fabula_measure_relations models/default.fabula labelled.jsonl --versions '^(.*)-(ref|src)-'
//
// Versions of one text (see --versions) ought to be a rewrite or a duplicate in one language and a
// translation in two; other texts of the same story are independent reports; two stories are
// unrelated, and only pairs that come close enough to be scored are listed for them.
#include "program.hpp"
#include "relations.hpp"

#include <fabula/scoring.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <string_view>

namespace {

using namespace fabula;
using namespace fabula::training;

struct Options {
    std::filesystem::path model;
    std::filesystem::path articles;
    std::string versions;
    std::string language;
    std::filesystem::path pairs;
    std::size_t worst{0};
};

/// How many pairs got each relation, and how many the right one.
struct Row {
    std::array<std::size_t, 5> relations{};
    std::size_t right{};

    void add(const PairKind& kind, Relation relation) {
        ++relations[static_cast<std::size_t>(relation)];
        right += is_right(kind, relation);
    }
    [[nodiscard]] std::size_t pairs() const {
        std::size_t sum = 0;
        for (const std::size_t count : relations)
            sum += count;
        return sum;
    }
    [[nodiscard]] double share() const {
        return static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, pairs()));
    }
};

std::string name_of(const PairKind& kind) {
    const std::string languages = kind.same_language ? ", one language" : ", two languages";
    if (!kind.same_story)
        return "two stories" + languages;
    return (kind.same_original ? "versions of one text" : "two texts of one story") + languages;
}

void print(const std::string& title, const std::map<std::string, Row>& rows) {
    std::printf("| %s | pairs | right | unrelated | same_story | rewrite | translation | duplicate "
                "|\n|---|---|---|---|---|---|---|---|\n",
                title.c_str());
    for (const auto& [name, row] : rows)
        std::printf("| %s | %zu | %.4f | %zu | %zu | %zu | %zu | %zu |\n", name.c_str(),
                    row.pairs(), row.share(), row.relations[0], row.relations[1], row.relations[2],
                    row.relations[3], row.relations[4]);
    std::printf("\n");
}

/// Versions of one text by language, the worst first.
void print_worst(const ScoredSet& set, std::size_t at_most) {
    std::map<std::string, Row> languages;
    for (const ScoredPair& pair : set.pairs) {
        const Report& a = set.reports[pair.first];
        const Report& b = set.reports[pair.second];
        const PairKind kind = kind_of(a, b);
        if (!kind.same_original)
            continue;
        languages[a.language].add(kind, pair.relation);
        if (!kind.same_language)
            languages[b.language].add(kind, pair.relation);
    }
    std::vector<std::pair<std::string, Row>> sorted(languages.begin(), languages.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& x, const auto& y) {
        return x.second.share() < y.second.share();
    });
    std::printf("| language | pairs | right |\n|---|---|---|\n");
    for (std::size_t i = 0; i < std::min(at_most, sorted.size()); ++i)
        std::printf("| %s | %zu | %.4f |\n", sorted[i].first.c_str(), sorted[i].second.pairs(),
                    sorted[i].second.share());
    std::printf("\n");
}

void write_pairs(const ScoredSet& set, const std::filesystem::path& file) {
    std::ofstream out(file);
    out << "first\tsecond\tlanguages\tidentified\tkind\tprobability\tterms\tfirst_aligned\tsecond_"
           "aligned\t"
           "relation\n";
    for (const ScoredPair& pair : set.pairs) {
        const Report& a = set.reports[pair.first];
        const Report& b = set.reports[pair.second];
        out << a.id << '\t' << b.id << '\t' << a.language << ' ' << b.language << '\t'
            << a.identified << ' ' << b.identified << '\t' << name_of(kind_of(a, b)) << '\t'
            << pair.probability << '\t' << pair.terms << '\t' << pair.first_aligned << '\t'
            << pair.second_aligned << '\t' << to_string(pair.relation) << '\n';
    }
}

void measure(const Options& options) {
    const Model model = Model::load(options.model);
    const ScoredSet set = score_relations(options.articles, model, options.versions);
    std::map<std::string, Row> kinds;
    for (const ScoredPair& pair : set.pairs) {
        const Report& a = set.reports[pair.first];
        const Report& b = set.reports[pair.second];
        if (!options.language.empty() && a.language != options.language &&
            b.language != options.language)
            continue;
        const PairKind kind = kind_of(a, b);
        kinds[name_of(kind)].add(kind, pair.relation);
    }
    print(options.articles.stem().string() +
              (options.language.empty() ? "" : ", pairs with " + options.language),
          kinds);
    if (options.worst > 0)
        print_worst(set, options.worst);
    if (!options.pairs.empty())
        write_pairs(set, options.pairs);
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measure how often two articles get the relation that they have"};
    app.add_option("model", options.model, "Model file")->required();
    app.add_option("articles", options.articles, "Labelled articles as JSON Lines")->required();
    app.add_option("--versions", options.versions,
                   "Regular expression whose first group in an id names the text that the article "
                   "is a version of (default: every article is a text of its own)");
    app.add_option("--language", options.language,
                   "Count only pairs with an article that is labelled with this language");
    app.add_option("--worst", options.worst, "List so many languages, the worst first");
    app.add_option("--pairs", options.pairs, "Write every pair and what was measured of it");
    CLI11_PARSE(app, argc, argv);
    return run_program("measure_relations", [&] { measure(options); });
}
