// SPDX-License-Identifier: Apache-2.0
#include "scoring/text_differences.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace fabula::detail {

namespace {

using Tokens = std::span<const Token>;

constexpr std::size_t most_compared = 4096; ///< words of each text
constexpr std::size_t deepest = 16;         ///< anchors between anchors; filled-in forms need 2

struct Match {
    std::size_t first{};
    std::size_t second{};
};

/// Words that occur once in both, by their place in the first.
std::vector<Match> unique_in_both(Tokens a, Tokens b) {
    struct Places {
        std::optional<std::size_t> first;
        std::optional<std::size_t> second;
        bool repeats{};
    };
    std::map<std::uint64_t, Places> places;
    const auto note = [&](Tokens tokens, std::optional<std::size_t> Places::*side) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            Places& of_word = places[tokens[i].hash];
            of_word.repeats |= (of_word.*side).has_value();
            of_word.*side = i;
        }
    };
    note(a, &Places::first);
    note(b, &Places::second);
    std::vector<Match> out;
    for (const auto& [word, at] : places)
        if (!at.repeats && at.first && at.second)
            out.push_back({*at.first, *at.second});
    std::sort(out.begin(), out.end(),
              [](const Match& x, const Match& y) { return x.first < y.first; });
    return out;
}

/// The longest chain of them that keeps the order of the second, too (Schensted 1961).
std::vector<Match> longest_in_order(const std::vector<Match>& matches) {
    std::vector<std::size_t> ends;                   // of chains of 1, 2, … the lowest end
    std::vector<std::size_t> before(matches.size()); // index of the one before in its chain
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const auto at = std::lower_bound(
            ends.begin(), ends.end(), matches[i].second,
            [&](std::size_t end, std::size_t place) { return matches[end].second < place; });
        before[i] = at == ends.begin() ? i : *std::prev(at);
        if (at == ends.end())
            ends.push_back(i);
        else
            *at = i;
    }
    std::vector<Match> out;
    for (std::size_t at = ends.empty() ? 0 : ends.back(), left = ends.size(); left > 0;
         --left, at = before[at])
        out.push_back(matches[at]);
    std::reverse(out.begin(), out.end());
    return out;
}

class Differ {
public:
    Differ(std::string_view first_text, std::string_view second_text, std::size_t at_most)
        : first_text_(first_text), second_text_(second_text), at_most_(at_most) {}

    void compare(Tokens a, Tokens b, std::size_t depth = 0) {
        while (!a.empty() && !b.empty() && a.front().hash == b.front().hash) {
            a = a.subspan(1);
            b = b.subspan(1);
        }
        while (!a.empty() && !b.empty() && a.back().hash == b.back().hash) {
            a = a.first(a.size() - 1);
            b = b.first(b.size() - 1);
        }
        if (a.empty() || b.empty() || differences.size() == at_most_ || depth == deepest)
            return;
        const std::vector<Match> anchors = longest_in_order(unique_in_both(a, b));
        if (anchors.empty()) {
            if (a.size() <= longest_difference && b.size() <= longest_difference)
                differences.push_back({written(a, first_text_), written(b, second_text_)});
            return;
        }
        std::size_t in_a = 0;
        std::size_t in_b = 0;
        for (const Match& anchor : anchors) {
            compare(a.subspan(in_a, anchor.first - in_a), b.subspan(in_b, anchor.second - in_b),
                    depth + 1);
            in_a = anchor.first + 1;
            in_b = anchor.second + 1;
        }
        compare(a.subspan(in_a), b.subspan(in_b), depth + 1);
    }

    std::vector<Difference> differences;

private:
    static std::string written(Tokens tokens, std::string_view text) {
        const std::size_t begin = tokens.front().range.begin;
        return std::string(text.substr(begin, tokens.back().range.end - begin));
    }

    std::string_view first_text_;
    std::string_view second_text_;
    std::size_t at_most_;
};

} // namespace

std::vector<Difference> text_differences(const AnalyzedText& first, std::string_view first_text,
                                         const AnalyzedText& second, std::string_view second_text,
                                         std::size_t at_most) {
    // Of two chains as long the one that comes first is kept, so the sides have an order of their
    // own.
    if (second_text < first_text) {
        auto swapped = text_differences(second, second_text, first, first_text, at_most);
        for (Difference& difference : swapped)
            std::swap(difference.first, difference.second);
        return swapped;
    }
    const auto compared = [](const AnalyzedText& text) {
        return Tokens(text.tokens).first(std::min(text.tokens.size(), most_compared));
    };
    Differ differ(first_text, second_text, at_most);
    differ.compare(compared(first), compared(second));
    return std::move(differ.differences);
}

} // namespace fabula::detail
