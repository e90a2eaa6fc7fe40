// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <string_view>

namespace fabula::detail {

/// What a file holds.
enum class ContentKind {
    json_lines,
    json_values,  ///< objects over several lines, or a list of them
    json_wrapped, ///< a list of articles in an object
    json_keyed,   ///< articles in an object, by their ids
    table,        ///< CSV and its like, with a header
    xml,
    html,
    text,
};

/// What a file is that holds no articles as it is, with what to do about it; empty where it may
/// hold some.
[[nodiscard]] std::string_view foreign_format(std::string_view start);

/// The kind of a file, by how it begins (64 KiB). The extension of its name (".csv", "" where there
/// is none) decides only what a beginning that shows nothing is.
[[nodiscard]] ContentKind content_kind(std::string_view start, std::string_view extension,
                                       const FieldNames& names);

} // namespace fabula::detail
