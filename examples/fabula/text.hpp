// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

/// Small things about text for people to read.
namespace program {

/// At most this many characters on one line, with an ellipsis where more follow.
[[nodiscard]] std::string excerpt(std::string_view utf8, std::size_t characters);

/// "97.3 %"
[[nodiscard]] std::string percent(double probability);

/// "0.873", "-0.100"
[[nodiscard]] std::string decimals(double value, int digits);

/// "2 days", "45 minutes": the largest unit that fits, rounded.
[[nodiscard]] std::string duration_in_words(std::chrono::seconds duration);

/// "1 article", "12 articles"
[[nodiscard]] std::string count_of(std::size_t count, std::string_view singular,
                                   std::string_view plural);

/// Four decimals, as the program writes probabilities in JSON.
[[nodiscard]] double rounded(double value);

/// With blanks on the right up to `columns` characters.
[[nodiscard]] std::string padded(std::string text, std::size_t columns);

} // namespace program
