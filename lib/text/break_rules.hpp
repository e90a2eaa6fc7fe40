// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/brkiter.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace fabula::detail {

/// ICU's root rules for where words or sentences end. Reading them takes milliseconds: once for the
/// process will do.
class BreakRules {
public:
    enum class Kind { words, sentences };

    /// `known`: hash of the source of the rules that our own code follows.
    /// \throws Error where ICU has no rules
    BreakRules(Kind kind, std::uint64_t known);

    /// A new one, which shares the rules.
    [[nodiscard]] std::unique_ptr<icu::BreakIterator> iterator() const;

    [[nodiscard]] bool are_known() const { return are_known_; }

private:
    std::unique_ptr<const icu::BreakIterator> first_;
    bool are_known_{};
};

/// Lets an iterator go over these units, which must stay as they are meanwhile.
/// \throws Error where ICU cannot
void set_text(icu::BreakIterator& iterator, std::u16string_view units);

} // namespace fabula::detail
