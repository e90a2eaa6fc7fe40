// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fabula::detail {

/// The tag of a language as people write it: a BCP 47 tag or ISO 639 code stays as it is, a name in
/// English or in the language itself ("Norwegian Bokmål", "русский", "Chinese (Simplified)",
/// "Brazilian Portuguese") becomes one, and what says that the language is not known ("und", "n/a",
/// "unknown") becomes empty. Nothing where it is none of these, such as a country's code.
[[nodiscard]] std::optional<std::string> language_tag(std::string_view written);

} // namespace fabula::detail
