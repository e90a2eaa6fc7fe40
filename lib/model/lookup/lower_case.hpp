// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

/// Lower case by Unicode's language-neutral rules, accents kept: the form of the words in aligned
/// `.vec` files. Invalid bytes become U+FFFD.
[[nodiscard]] std::string lower_case(std::string_view utf8);

} // namespace fabula::detail
