// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/quantities/number_shapes.hpp"
#include "features/quantities/number_words.hpp"

#include <fabula/text.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// A text with what it takes to read its numbers. Refers to all three.
struct NumberText {
    const std::vector<Token>& tokens;
    std::string_view source;
    const NumberWords& words;
};

/// A number with the words for powers of ten behind it.
struct Amount {
    DecimalValue value;
    std::size_t end{}; ///< one past its last byte, words included
    int power{};       ///< that words add; 0 where there are none
    bool is_bare{};    ///< digits alone: neither separators nor words
};

/// Reads the number at `at`, where a digit stands: 1.5 million, $3.6bn, 2 thousand million, 150万,
/// 1억 5000만, 1 करोड़ 50 लाख. `token` is the token that `at` lies in. In 1.234 million the
/// separator is what it is in the language.
[[nodiscard]] Amount read_amount(const NumberText& text, std::size_t at, std::size_t token);

} // namespace fabula::detail
