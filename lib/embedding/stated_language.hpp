// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/language.hpp>
#include <fabula/model.hpp>

#include <optional>
#include <string_view>

namespace fabula::detail {

/// What a text is in that is surely not in the language it is said to be in: the country's code in
/// its place ("kr"), a whole site's tag, a column filled by default. Empty where it may be.
///
/// Surely: the identifier knows the stated language and gives it less than 1 in 1,000, and another
/// one, of which neither is a form of the other, 0.99, of 100 bytes at least; where the two are
/// written in different scripts, any reliable answer will do. A language that the
/// identifier does not know is contradicted by the script alone, and a tag that names its script
/// never: `ru-Latn` says that it is unusual. Where there is no identifier, what is stated is
/// believed. Of 29,590 tags of the development sets three are contradicted: one is wrong, and of
/// two the text is none.
[[nodiscard]] std::optional<LanguageGuess>
contradiction(const Model& model, std::string_view stated, std::string_view text);

} // namespace fabula::detail
