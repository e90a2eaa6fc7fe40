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
/// believed.
///
/// Asked where the text lacks the ordinary words of the stated language, of 15,337 tags of the
/// development sets none is contradicted. Of the 2,805 articles of NTREX, all said to be English,
/// German, Russian or Spanish, 90, 90, 95 and 87 % of the wrong tags are. What is believed is
/// mostly of languages that the identifier never tells from a neighbour: Bosnian and Croatian,
/// Indonesian and Malay.
[[nodiscard]] std::optional<LanguageGuess>
contradiction(const Model& model, std::string_view stated, std::string_view text);

} // namespace fabula::detail
