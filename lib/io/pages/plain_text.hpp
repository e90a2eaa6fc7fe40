// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/record.hpp"

#include <string>

namespace fabula::detail {

/// Makes an article of a text file. A stamp at its beginning ("date 2022-03", a line that is a
/// date) is when it was published; of the rest the first line is the title, unless it is a
/// paragraph, or the name of a section ("Sport") above a headline.
[[nodiscard]] Record text_record(std::string content);

/// The same of Markdown: "# " before a heading goes, and so do the lines between two of "---" at
/// the beginning, which say fields ("title: ...").
[[nodiscard]] Record markdown_record(std::string content, const FieldNames& names);

} // namespace fabula::detail
