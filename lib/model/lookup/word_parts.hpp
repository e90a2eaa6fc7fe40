// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/subwords.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// The other half of the subword scheme "fabula-2": which known words and stems a word without a
/// row of its own is built from. Like the n-grams it is one piece of code for training and use.
namespace fabula::detail {

/// The fingerprint of a stem: a beginning that many words share and that need not be a word itself
/// (Georgian "მინისტრ"). Another seed than `word_hash`, so that the word "run" and the stem "run"
/// are two entries of one index.
[[nodiscard]] inline std::uint64_t stem_hash(std::string_view stem) noexcept {
    return XXH3_64bits_withSeed(stem.data(), stem.size(), 1);
}

/// A part has half of the word's code points or more, and four or more where a character is a
/// letter: shorter ones are shared by chance.
[[nodiscard]] constexpr std::size_t shortest_part(std::size_t code_points,
                                                  TokenKind kind) noexcept {
    return std::max<std::size_t>((code_points + 1) / 2, is_dense(kind) ? 1 : 4);
}

/// Byte offsets of a word's code points, and one past the last. Without allocation.
class CodePoints {
public:
    explicit CodePoints(std::string_view word) {
        for (std::size_t i = 0; i < word.size(); ++i)
            if (!continues_code_point(word[i]) || i == 0) {
                if (count_ == max_word_code_points) {
                    count_ = 0; // longer than any word of an analysed text
                    return;
                }
                begin_[count_++] = static_cast<std::uint32_t>(i);
            }
        begin_[count_] = static_cast<std::uint32_t>(word.size());
    }

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] std::size_t operator[](std::size_t i) const { return begin_[i]; }

private:
    std::array<std::uint32_t, max_word_code_points + 1> begin_{};
    std::size_t count_{};
};

/// Looks for the parts of a word: calls `beginning(part)` for each proper beginning, the longest
/// first, until it answers true, and then `ending(part)` for each proper ending likewise. A part is
/// a view into `normalised`. Numbers have no parts.
template <class Beginning, class Ending>
void for_each_possible_part(std::string_view normalised, TokenKind kind, Beginning&& beginning,
                            Ending&& ending) {
    if (kind == TokenKind::number)
        return;
    const CodePoints points(normalised);
    const std::size_t shortest = shortest_part(points.count(), kind);
    for (std::size_t n = points.count(); n-- > shortest;)
        if (beginning(normalised.substr(0, points[n])))
            break;
    for (std::size_t first = 1; first + shortest <= points.count(); ++first)
        if (ending(normalised.substr(points[first])))
            break;
}

/// Calls `visit(entry, part)` for the longest proper beginning of the word that is a known word or,
/// at equal length second, a known stem, and then for the longest proper ending that is a known
/// word. `find(hash)` gives an entry of the index, negative where there is none.
template <class Find, class Visitor>
void for_each_known_part(std::string_view normalised, TokenKind kind, Find&& find,
                         Visitor&& visit) {
    const auto visit_known = [&](auto entry, std::string_view part) {
        if (entry >= 0)
            visit(entry, part);
        return entry >= 0;
    };
    for_each_possible_part(
        normalised, kind,
        [&](std::string_view part) {
            return visit_known(find(word_hash(part)), part) ||
                   visit_known(find(stem_hash(part)), part);
        },
        [&](std::string_view part) { return visit_known(find(word_hash(part)), part); });
}

/// Whether a word without a row may borrow that of its romanised form, if that is a word: Serbian
/// "председник" that of "predsednik". Shorter romanised forms meet unrelated words: Russian "он" is
/// no Swedish "on".
[[nodiscard]] inline bool may_borrow_from_romanised(std::string_view normalised,
                                                    std::string_view romanised) noexcept {
    constexpr std::size_t shortest = 5;
    return romanised.size() >= shortest && romanised != normalised;
}

} // namespace fabula::detail
