// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace fabula::detail {

/// Phrases of boilerplate in one language, in the form `line_key` makes of them or any form that it
/// brings there; phrases of one field are separated by '|'.
struct BoilerplatePhrases {
    std::string_view language; ///< BCP-47; says whose phrases these are, lines are not restricted
    /// Announces other articles, alone on a line or before a colon; alone, it is the heading of
    /// the headlines that follow.
    std::string_view related;
    /// The same, and whatever short text follows belongs to it.
    std::string_view related_start;
    std::string_view whole; ///< boilerplate where nothing but digits stands beside it
    std::string_view label; ///< boilerplate alone or before a colon
    std::string_view start; ///< boilerplate where it begins a short line
};

// A phrase belongs into the table only if no reporter would begin a short sentence with it
// (`start`), or let it stand alone on a line as a subheading (the others).

/// Of the languages written in Latin letters (Serbo-Croatian in both of its scripts).
[[nodiscard]] std::span<const BoilerplatePhrases> boilerplate_phrases_latin() noexcept;

/// Of all others.
[[nodiscard]] std::span<const BoilerplatePhrases> boilerplate_phrases_other() noexcept;

/// Names of publishers as they stand at the end of titles, separated by '|'.
[[nodiscard]] std::string_view publisher_names() noexcept;

} // namespace fabula::detail
