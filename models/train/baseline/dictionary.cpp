// SPDX-License-Identifier: Apache-2.0
#include "dictionary.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <fstream>
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

void read_groups(
    const std::filesystem::path& file,
    const std::function<void(const std::string&, const std::string&, const std::string&)>& visit) {
    std::ifstream in(file);
    if (!in)
        throw Error(Errc::file_not_found, file.string() + ": cannot be opened");
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos)
            throw Error(Errc::bad_input, file.string() + ":" + std::to_string(number) +
                                             ": expected group TAB language TAB text");
        visit(line.substr(0, first), line.substr(first + 1, second - first - 1),
              line.substr(second + 1));
    }
}

std::map<std::string, Dictionary>
read_dictionaries(const std::vector<std::filesystem::path>& files) {
    std::map<std::string, Dictionary> out;
    TextAnalyzer analyzer;
    for (const std::filesystem::path& file : files) {
        std::string current;
        Entries group;
        read_groups(
            file, [&](const std::string& number, const std::string& tag, const std::string& text) {
                if (number != current) {
                    take_group(group, out);
                    group.clear();
                    current = number;
                }
                if (text.find(' ') != std::string::npos)
                    return;
                const AnalyzedText analyzed = analyzer.analyze(text, Sentences::skip);
                if (analyzed.tokens.size() == 1)
                    for (const std::string& language : languages_of(tag))
                        group[language].emplace(analyzed.tokens.front().native);
            });
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
