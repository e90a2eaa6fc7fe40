// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The sentences of a text as ICU's root rules cut it (UAX #29).
///
/// Follows the rules by itself, which look at little but full stops; where ICU has other rules than
/// those known here, it is asked everything.
///
/// Not safe for concurrent use; the result is a pure function of the text.
class SentenceBreaks {
public:
    /// \throws Error where ICU has no rules
    SentenceBreaks();
    ~SentenceBreaks();
    SentenceBreaks(SentenceBreaks&&) noexcept;
    SentenceBreaks& operator=(SentenceBreaks&&) noexcept;

    /// Appends the ends of the sentences of `units` in their order. At most 2^31 - 1 units.
    void find(std::u16string_view units, std::vector<std::size_t>& ends);

    /// The same by ICU alone: the reference.
    void find_by_icu(std::u16string_view units, std::vector<std::size_t>& ends);

    /// Whether ICU's rules are those that `find` follows.
    [[nodiscard]] static bool rules_are_known();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
