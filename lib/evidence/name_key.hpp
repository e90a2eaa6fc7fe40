// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

/// A coarse spelling of a fold, in which the romanisations of one name meet: "zelenskyj",
/// "selenskij" and "zelenskiy" all give "selensk". One letter stands for sounds that languages
/// spell in several ways (c k q; s z; v w; i j y), h is dropped, repeated letters count once, and
/// only the first `name_key_letters` are kept, so that most inflections meet too.
[[nodiscard]] std::string name_key(std::string_view fold);

inline constexpr std::size_t name_key_letters = 7;

} // namespace fabula::detail
