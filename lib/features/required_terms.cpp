// SPDX-License-Identifier: Apache-2.0
#include "features/required_terms.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

/// Ten names make up for one that differs, or forty words of a script without capitals.
constexpr std::size_t one_name = 40;
std::size_t allowance(const RequiredTerm& mark) {
    if (mark.is_number != 0 || mark.at_edge != 0)
        return 0;
    return mark.has_capitals != 0 ? one_name / 10 : one_name / 40;
}

} // namespace

std::vector<RequiredTerm> required_terms(std::span<const ArticleWord> words) {
    std::vector<RequiredTerm> out;
    for (const ArticleWord& word : words) {
        const bool anywhere = word.is_number || !word.has_capitals; // else where it has a capital
        if (!word.is_number &&
            ((!anywhere && !word.is_capitalised) || word.rarity < rare_as_a_name))
            continue;
        RequiredTerm mark{};
        mark.key = static_cast<std::uint32_t>(word.hash) & 0x1FFFFFFFU;
        mark.is_number = word.is_number ? 1 : 0;
        mark.has_capitals = word.has_capitals ? 1 : 0;
        mark.at_edge = (anywhere ? word.is_inside : word.is_capital_inside) ? 0 : 1;
        out.push_back(mark);
    }
    // Of the same words those inside come first and stay.
    std::sort(out.begin(), out.end(), [](const RequiredTerm& a, const RequiredTerm& b) {
        return a.key != b.key ? a.key < b.key : a.at_edge < b.at_edge;
    });
    out.erase(
        std::unique(out.begin(), out.end(),
                    [](const RequiredTerm& a, const RequiredTerm& b) { return a.key == b.key; }),
        out.end());
    out.shrink_to_fit();
    return out;
}

bool may_be_near_duplicates(std::span<const RequiredTerm> a, std::span<const RequiredTerm> b) {
    std::size_t allowed_by_a = 0;
    std::size_t allowed_by_b = 0;
    std::size_t lacking = 0;
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() || y != b.end()) {
        const bool of_a = y == b.end() || (x != a.end() && x->key <= y->key);
        const bool of_b = x == a.end() || (y != b.end() && y->key <= x->key);
        const RequiredTerm& mark = of_a ? *x : *y;
        if (of_a != of_b && mark.at_edge == 0) {
            if (mark.is_number != 0)
                return false;
            ++lacking;
        }
        if (of_a)
            allowed_by_a += allowance(*x++);
        if (of_b)
            allowed_by_b += allowance(*y++);
    }
    return lacking * one_name <= std::max(allowed_by_a, allowed_by_b);
}

} // namespace fabula::detail
