// SPDX-License-Identifier: Apache-2.0
#include "report/explained_pair.hpp"

#include "report/json_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace fabula::detail {
namespace {

constexpr std::size_t longest_term = 100;
constexpr std::size_t most_quantities = 12;
constexpr double least_log_odds = 0.005; // less would read as nothing

void append_spellings(std::string& out, std::string_view first, std::string_view second) {
    out += '[';
    append_json(out, cut(first, longest_term).text);
    out += ',';
    append_json(out, cut(second, longest_term).text);
    out += ']';
}

template <class Shared>
void append_list(std::string& out, std::string_view name, const std::vector<Shared>& all) {
    out += ",\"";
    out += name;
    out += "\":[";
    for (std::size_t i = 0; i < std::min(all.size(), most_quantities); ++i) {
        out += i == 0 ? "" : ",";
        append_spellings(out, all[i].first, all[i].second);
    }
    out += ']';
}

/// Those that lie in what is shown of both texts: [begin, end] in the first, in the second, cosine.
void append_passages(std::string& out, const std::vector<Passage>& passages, const Article& first,
                     const Article& second) {
    const std::string_view shown_first = cut(first.text, longest_text).text;
    const std::string_view shown_second = cut(second.text, longest_text).text;
    const Utf16Places in_first(shown_first);
    const Utf16Places in_second(shown_second);
    out += ",\"s\":[";
    bool is_first = true;
    for (const Passage& passage : passages) {
        if (passage.first.end > shown_first.size() || passage.second.end > shown_second.size())
            continue;
        out += is_first ? "[" : ",[";
        is_first = false;
        for (const std::size_t place :
             {in_first(passage.first.begin), in_first(passage.first.end),
              in_second(passage.second.begin), in_second(passage.second.end)}) {
            append_json(out, static_cast<std::int64_t>(place));
            out += ',';
        }
        append_json_rounded(out, static_cast<double>(passage.similarity));
        out += ']';
    }
    out += ']';
}

void append_contributions(std::string& out, std::vector<Contribution> parts,
                          ContributionWords& words) {
    std::erase_if(
        parts, [](const Contribution& part) { return std::abs(part.log_odds) < least_log_odds; });
    std::stable_sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.log_odds) > std::abs(b.log_odds);
    });
    out += ",\"c\":[";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        out += i == 0 ? "[" : ",[";
        append_json(out, static_cast<std::int64_t>(words.number(parts[i])));
        out += ',';
        append_json_rounded(out, parts[i].value);
        out += ',';
        append_json_rounded(out, parts[i].log_odds);
        out += ']';
    }
    out += ']';
}

} // namespace

std::size_t ContributionWords::number(const Contribution& contribution) {
    std::string words = in_words(contribution);
    const auto found = std::find(words_.begin(), words_.end(), words);
    const auto at = static_cast<std::size_t>(found - words_.begin());
    if (found == words_.end())
        words_.push_back(std::move(words));
    return at;
}

std::string ContributionWords::json() const {
    std::string out = "[";
    for (std::size_t i = 0; i < words_.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_json(out, words_[i]);
    }
    return out + "]";
}

std::string explained_pair(const ReportView& view, const ReportPair& pair,
                           const Comparison& comparison, ContributionWords& words) {
    const Explanation& why = comparison.explanation;
    std::string out = "{\"a\":";
    append_json(out, std::int64_t{view.number_of[pair.first]});
    out += ",\"b\":";
    append_json(out, std::int64_t{view.number_of[pair.second]});
    out += ",\"p\":";
    append_json_rounded(out, comparison.probability);
    out += ",\"r\":";
    append_json(out, comparison.relation ? static_cast<std::int64_t>(*comparison.relation)
                                         : std::int64_t{-1});
    out += ",\"d\":";
    append_json(out, static_cast<std::int64_t>(comparison.direction));
    if (why.time_gap) {
        out += ",\"g\":";
        append_json(out, std::int64_t{why.time_gap->count()});
    }
    append_passages(out, why.passages, view.articles[pair.first], view.articles[pair.second]);
    append_list(out, "w", why.shared_terms);
    append_list(out, "n", why.shared_numbers);
    append_list(out, "y", why.shared_dates);
    append_contributions(out, why.contributions, words);
    out += '}';
    return out;
}

std::string shown_text(const Article& article) {
    const Cut shown = cut(article.text, longest_text);
    std::string out;
    append_json(out, shown.text);
    if (!shown.is_whole)
        out.insert(out.size() - 1, " …");
    return out;
}

} // namespace fabula::detail
