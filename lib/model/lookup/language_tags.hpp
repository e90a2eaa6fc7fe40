// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The position of a language in a sorted list of tags: the tag itself (in any case, with "_" for
/// "-"), else the tag without its last subtags, else the same of its canonical form, else a
/// language that its readers take for the same or nearly so, else a variety of it ("zh" → "zh-Hant"
/// where that is all there is); -1 if none.
[[nodiscard]] int find_language(const std::vector<std::string>& tags, std::string_view tag);

/// What ICU takes for the canonical form of a tag: "en" for "eng", "de" for "deu" and "ger", "zh"
/// for "cmn", "he" for "iw", "fil" for "tl"; the tag itself where it is none.
[[nodiscard]] std::string canonical_language(std::string_view tag);

/// The canonical form of a tag of three letters ("en" for "eng"), which is how its language goes by
/// elsewhere; other tags as they are.
[[nodiscard]] std::string short_tag(std::string_view tag);

/// Whether a tag says that the language is not known, so that it has to be identified: none at all,
/// BCP 47's "und" (undetermined), "mul" (several) and "zxx" (no language), CLD2's "un".
[[nodiscard]] bool says_no_language(std::string_view tag);

} // namespace fabula::detail
