// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <string_view>

namespace fabula::detail {

/// How a file of JSON holds its articles.
enum class JsonShape {
    lines,   ///< an object a line
    values,  ///< objects one after the other, not a line each, or a list of objects
    wrapped, ///< as a list in an object: {"status": "ok", "articles": [...]}
    keyed,   ///< as the values of an object whose keys are their ids: {"a1": {"title": ...}, ...}
};

/// The shape of a file that begins like this, by its first 64 KiB; a file that is broken counts as
/// lines, where the fault costs one of them.
[[nodiscard]] JsonShape json_shape(std::string_view start, const FieldNames& names);

/// Whether a list of this name in an object around it holds the articles.
[[nodiscard]] bool names_articles(std::string_view name);

/// An object around the list is in two others at most: {"response": {"articles": {"results": []}}}
inline constexpr std::size_t most_wrappings = 3;

/// What stands before each value of a JSON text sequence (RFC 7464).
inline constexpr char record_separator = '\x1E';

} // namespace fabula::detail
