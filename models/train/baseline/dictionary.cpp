// SPDX-License-Identifier: Apache-2.0
#include "dictionary.hpp"

#include "tab_lines.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace fabula::training {

namespace {

using Entries = std::map<std::string, std::set<std::string>>; ///< words by language

std::vector<std::string> languages_of(const std::string& tag) {
    if (tag == "no")
        return {"nb", "nn"};
    if (tag == "zh")
        return {"zh", "zh-Hant"};
    if (tag == "sh")
        return {"bs", "hr", "sr"};
    return {tag};
}

void take_group(const Entries& group, std::map<std::string, Dictionary>& out) {
    const auto english = group.find("en");
    if (english == group.end())
        return;
    for (const auto& [language, words] : group) {
        if (language == "en")
            continue;
        Dictionary& dictionary = out[language];
        for (const std::string& from : english->second)
            for (const std::string& to : words)
                dictionary.add(from, to);
    }
}

} // namespace

std::map<std::string, Dictionary>
read_dictionaries(const std::vector<std::filesystem::path>& files) {
    std::map<std::string, Dictionary> out;
    TextAnalyzer analyzer;
    for (const std::filesystem::path& file : files) {
        std::string current;
        Entries group;
        TabLines lines(file);
        while (lines.next()) {
            if (lines.first() != current) {
                take_group(group, out);
                group.clear();
                current = lines.first();
            }
            if (lines.third().find(' ') != std::string_view::npos)
                continue;
            const AnalyzedText analyzed = analyzer.analyze(lines.third(), Sentences::skip);
            if (analyzed.tokens.size() == 1)
                for (const std::string& language : languages_of(std::string(lines.second())))
                    group[language].emplace(analyzed.tokens.front().normalised);
        }
        take_group(group, out);
    }
    return out;
}

std::vector<Dictionary::Pair>
Dictionary::choose(const WordCounts& foreign, const WordCounts& english, std::size_t most) const {
    std::vector<std::pair<std::int64_t, Pair>> ranked;
    for (const auto& [word, translations] : votes_) {
        const auto known = english.find(word);
        if (known == english.end())
            continue;
        const std::string* best = nullptr;
        std::pair<std::size_t, std::int64_t> best_rank;
        for (const auto& [translation, votes] : translations) {
            const auto frequency = foreign.find(translation);
            if (frequency == foreign.end())
                continue;
            const std::pair rank(votes, frequency->second);
            if (best == nullptr || rank > best_rank) {
                best = &translation;
                best_rank = rank;
            }
        }
        if (best != nullptr)
            ranked.push_back({known->second, {word, *best}});
    }
    // Stable: words of one frequency stay in the order of their bytes.
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    ranked.resize(std::min(ranked.size(), most));
    std::vector<Pair> out;
    out.reserve(ranked.size());
    for (auto& [count, pair] : ranked)
        out.push_back(std::move(pair));
    return out;
}

} // namespace fabula::training
