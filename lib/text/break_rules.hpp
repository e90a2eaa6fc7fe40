// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/brkiter.h>

#include <memory>
#include <string_view>

namespace fabula::detail {

/// The rules by which words are cut, in the language of ICU's rule-based break iterators: UAX #29
/// as ICU 72 has it for all languages. Later versions of ICU treat '@' and ':' otherwise; a model
/// knows the words that it was trained with.
[[nodiscard]] std::u16string_view word_rules();

/// A new iterator over words, which shares the rules with all others: ICU's ready-made ones where
/// they are the same, or else ours, whose reading takes 15 ms once a process.
/// \throws Error where ICU cannot
[[nodiscard]] std::unique_ptr<icu::BreakIterator> word_iterator();

/// An iterator by rules that ICU has to read first.
/// \throws Error where it cannot
[[nodiscard]] std::unique_ptr<icu::BreakIterator> read_rules(std::u16string_view rules);

/// Lets an iterator go over these units, which must stay as they are meanwhile.
/// \throws Error where ICU cannot
void set_text(icu::BreakIterator& iterator, std::u16string_view units);

} // namespace fabula::detail
