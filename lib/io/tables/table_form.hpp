// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <string_view>

namespace fabula::detail {

/// How a table is written.
struct TableForm {
    char delimiter{}; ///< '\0' = this is no table
    /// Of its columns, how many are fields of an article.
    std::size_t known_columns{};
    std::size_t columns{};
    bool has_text{}; ///< or titles
};

/// The form of a table that begins like this: the one of comma, semicolon, tab and bar that makes
/// most sense of its first row. A line "sep=;" before that says it.
[[nodiscard]] TableForm table_form(std::string_view start, const FieldNames& names);

} // namespace fabula::detail
