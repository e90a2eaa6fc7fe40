// SPDX-License-Identifier: Apache-2.0
#include "statistics.hpp"

#include "tab_lines.hpp"

#include <algorithm>
#include <charconv>

namespace fabula::training {

namespace {

constexpr double enough_words = 100000;
constexpr double discount = 2;

void scale_to_one(WordProbabilities& counts) {
    double total = 0;
    for (const auto& [word, count] : counts)
        total += count;
    if (total > 0)
        for (auto& [word, count] : counts)
            count /= total;
}

/// Serbian is written in both alphabets, letter for letter; the list has the Latin one.
std::string serbian_cyrillic(const std::string& latin) {
    static const std::vector<std::pair<std::string, std::string>> table{
        {"lj", "љ"}, {"nj", "њ"}, {"dž", "џ"}, {"a", "а"}, {"b", "б"}, {"v", "в"},
        {"g", "г"},  {"d", "д"},  {"đ", "ђ"},  {"e", "е"}, {"ž", "ж"}, {"z", "з"},
        {"i", "и"},  {"j", "ј"},  {"k", "к"},  {"l", "л"}, {"m", "м"}, {"n", "н"},
        {"o", "о"},  {"p", "п"},  {"r", "р"},  {"s", "с"}, {"t", "т"}, {"ć", "ћ"},
        {"u", "у"},  {"f", "ф"},  {"h", "х"},  {"c", "ц"}, {"č", "ч"}, {"š", "ш"}};
    std::string out;
    for (std::size_t i = 0; i < latin.size();) {
        const auto found = std::find_if(table.begin(), table.end(), [&](const auto& letter) {
            return latin.compare(i, letter.first.size(), letter.first) == 0;
        });
        if (found == table.end())
            return {};
        out += found->second;
        i += found->first.size();
    }
    return out;
}

/// Lists that serve a language without one of its own, nearest first.
std::vector<std::string> relations(const std::string& language) {
    static const std::map<std::string, std::vector<std::string>> table{
        {"nb", {"no"}},       {"nn", {"no"}}, {"zh-Hant", {"zh"}},
        {"bs", {"hr", "sr"}}, {"hr", {"bs"}}, {"sh", {"sr"}}};
    std::vector<std::string> out{language};
    if (const auto found = table.find(language); found != table.end())
        out.insert(out.end(), found->second.begin(), found->second.end());
    return out;
}

} // namespace

std::map<std::string, WordProbabilities> read_word_frequencies(const std::filesystem::path& file) {
    TabLines lines(file, "language TAB word TAB count");
    std::map<std::string, WordProbabilities> lists;
    TextAnalyzer analyzer;
    while (lines.next()) {
        double count = 0;
        const std::string_view digits = lines.third();
        if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc{})
            lines.refuse();
        WordProbabilities& list = lists[std::string(lines.first())];
        for (const Token& token : analyzer.analyze(lines.second(), Sentences::skip).tokens)
            list[std::string(token.normalised)] += count;
    }
    if (const auto serbian = lists.find("sr"); serbian != lists.end()) {
        WordProbabilities cyrillic;
        for (const auto& [word, count] : serbian->second)
            if (const std::string spelled = serbian_cyrillic(word); !spelled.empty())
                cyrillic[spelled] += count;
        scale_to_one(serbian->second);
        scale_to_one(cyrillic);
        serbian->second.insert(cyrillic.begin(), cyrillic.end());
    }
    for (auto& [language, list] : lists)
        if (language != "sr") // each of its alphabets sums to one
            scale_to_one(list);
    return lists;
}

std::map<std::string, WordProbabilities> estimate_word_probabilities(
    const Corpus& sentences, const std::map<std::string, WordProbabilities>& lists,
    const std::vector<std::string>& languages, const std::vector<std::string>& sources) {
    std::vector<bool> counts_source;
    for (const std::string& source : sentences.sources)
        counts_source.push_back(sources.empty() ||
                                std::find(sources.begin(), sources.end(), source) != sources.end());
    std::vector<std::unordered_map<std::uint32_t, double>> counts(sentences.languages.size());
    for (const Line& line : sentences.lines)
        if (counts_source[line.source])
            for (const std::uint32_t word : sentences.text(line))
                ++counts[line.language][word];

    std::map<std::string, WordProbabilities> out;
    for (const std::string& language : languages) {
        WordProbabilities& estimate = out[language];
        double listed = 0;
        for (const std::string& name : relations(language))
            if (const auto list = lists.find(name); list != lists.end()) {
                estimate = list->second;
                listed = 1;
                break;
            }
        const auto at = std::find(sentences.languages.begin(), sentences.languages.end(), language);
        if (at == sentences.languages.end())
            continue;
        double total = 0;
        const auto& counted = counts[static_cast<std::size_t>(at - sentences.languages.begin())];
        for (const auto& [word, count] : counted)
            total += count;
        if (total == 0)
            continue;
        const double trust = listed > 0 ? 0.5 * std::min(1.0, total / enough_words) : 1.0;
        for (auto& [word, p] : estimate)
            p *= 1 - trust;
        for (const auto& [word, count] : counted)
            if (count > discount)
                estimate[sentences.types[word].normalised] += trust * (count - discount) / total;
    }
    return out;
}

} // namespace fabula::training
