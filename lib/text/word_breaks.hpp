// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// A word in UTF-16 units.
struct WordSpan {
    std::uint32_t begin{};
    std::uint32_t end{};
    /// Whether it may have an apostrophe in it. Not known of words that ICU has found.
    bool may_have_apostrophe{true};
};

/// The words of a text as ICU cuts it by `word_rules` (only those segments that its rule status
/// calls words), with any version of ICU; but cut between a Thai, Lao, Khmer or Burmese letter and
/// a digit or another letter, too, and between an Arabic or Hebrew prefix and a number (و12).
///
/// Follows the rules by itself and asks ICU where a dictionary is needed, for the stretch between
/// two spaces. What letters are, and which words a dictionary has, is what ICU says.
///
/// Not safe for concurrent use; the result is a pure function of the text.
class WordBreaks {
public:
    WordBreaks();
    ~WordBreaks();
    WordBreaks(WordBreaks&&) noexcept;
    WordBreaks& operator=(WordBreaks&&) noexcept;

    /// Appends the words of `units` in their order. At most 2^31 - 1 units.
    /// \throws Error where ICU has no rules or cannot read ours
    void find(std::u16string_view units, std::vector<WordSpan>& out);

    /// The same by ICU alone: the reference.
    void find_by_icu(std::u16string_view units, std::vector<WordSpan>& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
