// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/record.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fabula::detail {

/// A page in UTF-8, by the encoding that it names; `repaired` tells whether bytes had to be
/// replaced.
[[nodiscard]] std::string page_to_utf8(std::string&& page, bool& repaired);

/// Makes an article of a page that is marked up as one: by <article>, by schema.org's NewsArticle
/// or Article in JSON-LD, or by the tags of Open Graph ("og:title"). The text is the JSON-LD's
/// `articleBody`, else the longest <article>'s, else the description.
[[nodiscard]] std::optional<RecordFault> page_record(std::string_view page,
                                                     const RecordOptions& options, Record& record);

} // namespace fabula::detail
