// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The position of a language in a sorted list of tags: the tag itself (in any case, with "_" for
/// "-"), else the tag without its last subtags, else a language that its readers take for the same
/// or nearly so, else a variety of it ("zh" → "zh-Hant" where that is all there is); -1 if none.
[[nodiscard]] int find_language(const std::vector<std::string>& tags, std::string_view tag);

} // namespace fabula::detail
