// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace fabula::detail {

/// A title cut where a publisher's name may begin.
struct TitleParts {
    std::string_view head;
    std::string_view ending;
    bool bar{}; ///< cut at " | "
};

/// Cuts a title at its last " - ", " – ", " — ", " | ", " · ", " • ", " :: " or "｜"; the ending is
/// empty where there is none.
[[nodiscard]] TitleParts divide_title(std::string_view title);

/// Whether the ending of a title is the name behind a source such as "www.theguardian.com".
/// `ending_key` is the ending's `line_key`.
[[nodiscard]] bool resembles_source(std::string_view ending_key, std::string_view source);

/// Whether the ending is short and stands behind a bar: "Headline | World news".
[[nodiscard]] bool is_short_part_behind_bar(const TitleParts& parts, std::string_view ending_key);

} // namespace fabula::detail
