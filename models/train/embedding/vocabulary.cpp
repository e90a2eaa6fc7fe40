// SPDX-License-Identifier: Apache-2.0
#include "vocabulary.hpp"

#include "model/lookup/word_parts.hpp"

#include <algorithm>
#include <bitset>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace fabula::training {

namespace {

std::vector<float> word_uses(const Corpus& corpus,
                             const std::map<std::string, WordProbabilities>& frequencies,
                             std::size_t least_language) {
    std::vector<std::unordered_map<std::uint32_t, float>> probabilities(corpus.languages.size());
    std::vector<double> totals(corpus.languages.size());
    for (const Line& line : corpus.lines)
        for (const std::uint32_t word : corpus.text(line)) {
            probabilities[line.language][word] += 1;
            totals[line.language] += 1;
        }
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    for (std::size_t i = 0; i < corpus.types.size(); ++i)
        numbers.emplace(corpus.types[i].normalised, static_cast<std::uint32_t>(i));

    std::vector<float> uses(corpus.types.size());
    for (std::size_t language = 0; language < probabilities.size(); ++language) {
        auto& words = probabilities[language];
        if (totals[language] < static_cast<double>(least_language))
            continue;
        for (auto& [word, p] : words)
            p /= static_cast<float>(totals[language]);
        if (const auto list = frequencies.find(corpus.languages[language]);
            list != frequencies.end())
            for (const auto& [word, p] : list->second)
                if (const auto number = numbers.find(word); number != numbers.end())
                    words[number->second] += static_cast<float>(p);
        for (const auto& [word, p] : words)
            uses[word] = std::max(uses[word], p);
    }
    return uses;
}

/// Calls `visit(type, stem, next)` for each proper beginning of each word that might be a stem of
/// it; `next` is the code point after it.
template <class Visitor>
void for_each_beginning(const Corpus& corpus, Visitor&& visit) {
    for (std::size_t t = 0; t < corpus.types.size(); ++t) {
        const WordType& type = corpus.types[t];
        if (type.kind != TokenKind::word && type.kind != TokenKind::hangul)
            continue;
        const std::string_view word = type.normalised;
        const detail::CodePoints points(word);
        // A syllable alone begins too much.
        const std::size_t shortest =
            std::max<std::size_t>(detail::shortest_part(points.count(), type.kind), 2);
        for (std::size_t n = points.count(); n-- > shortest;)
            visit(t, word.substr(0, points[n]), word.substr(points[n], points[n + 1] - points[n]));
    }
}

struct Beginning {
    std::uint32_t words{};
    float use{};            ///< of the words without a row
    std::bitset<64> follow; ///< the code points that follow it, by hash
};

std::vector<std::string> select_stems(const Corpus& corpus, const std::vector<float>& uses,
                                      const std::vector<bool>& has_row,
                                      const VocabularyOptions& options) {
    std::unordered_set<std::uint64_t> known;
    for (std::size_t t = 0; t < corpus.types.size(); ++t)
        if (has_row[t])
            known.insert(detail::word_hash(corpus.types[t].normalised));
    std::unordered_map<std::uint64_t, Beginning> beginnings;
    for_each_beginning(corpus, [&](std::size_t t, std::string_view stem, std::string_view next) {
        Beginning& beginning = beginnings[detail::word_hash(stem)];
        ++beginning.words;
        beginning.use += has_row[t] ? 0.0F : uses[t];
        beginning.follow.set(detail::word_hash(next) % 64);
    });
    std::vector<std::pair<float, std::string>> stems;
    std::unordered_set<std::uint64_t> seen;
    for_each_beginning(corpus, [&](std::size_t, std::string_view stem, std::string_view) {
        const std::uint64_t hash = detail::word_hash(stem);
        const Beginning& beginning = beginnings.at(hash);
        if (beginning.use > 0 && beginning.words >= options.least_stem_words &&
            static_cast<int>(beginning.follow.count()) >= options.least_stem_variety &&
            !known.contains(hash) && seen.insert(hash).second)
            stems.emplace_back(beginning.use, std::string(stem));
    });
    std::stable_sort(stems.begin(), stems.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    stems.resize(std::min(stems.size(), options.stems));
    std::vector<std::string> out;
    for (auto& [use, stem] : stems)
        out.push_back(std::move(stem));
    return out;
}

} // namespace

Vocabulary select_vocabulary(const Corpus& corpus,
                             const std::map<std::string, WordProbabilities>& frequencies,
                             const VocabularyOptions& options) {
    const std::vector<float> uses = word_uses(corpus, frequencies, options.least_language);
    Vocabulary vocabulary;
    for (std::size_t t = 0; t < corpus.types.size(); ++t)
        if (corpus.types[t].count >= options.least_count)
            vocabulary.words.push_back(static_cast<std::uint32_t>(t));
    std::stable_sort(vocabulary.words.begin(), vocabulary.words.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return uses[a] > uses[b]; });
    vocabulary.words.resize(std::min(vocabulary.words.size(), options.words));
    std::sort(vocabulary.words.begin(), vocabulary.words.end());
    std::vector<bool> has_row(corpus.types.size());
    for (const std::uint32_t word : vocabulary.words)
        has_row[word] = true;
    vocabulary.stems = select_stems(corpus, uses, has_row, options);
    return vocabulary;
}

} // namespace fabula::training
