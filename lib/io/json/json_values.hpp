// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/record.hpp"

#include <simdjson.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Two parsers and a repair of our own, because neither parser does it all: simdjson, by far the
/// faster, refuses half surrogate pairs (as Debian 12 has it), bare control characters and long
/// numbers, and does not say where a line is broken; nlohmann_json says that and takes any number
/// that a double holds, but refuses the same characters.
namespace fabula::detail {

/// Why a line is no article, and where.
struct JsonFault {
    std::size_t column{}; ///< in bytes, counted from 1; 0 = not known
    std::string reason;   ///< a sentence
};

enum class QuickResult { done, not_an_object, look_again };

/// The quick way, for lines that are in order. The capacity of `line` may grow.
[[nodiscard]] QuickResult read_quickly(simdjson::dom::parser& parser, const FieldNames& names,
                                       std::string& line, Values& values);

/// The thorough way: numbers of any length and size, any depth of nesting, the column of a syntax
/// error. Numbers in `line` may be cut.
[[nodiscard]] std::optional<JsonFault> read_thoroughly(const FieldNames& names, std::string& line,
                                                       Values& values);

/// The fault of a line that is valid JSON but not an object.
[[nodiscard]] JsonFault no_object(std::string_view line);

/// Where the value of a field begins in a line that simdjson understands, in bytes, counted from 1;
/// 0 where that is not known. The capacity of `line` may grow.
[[nodiscard]] std::size_t column_of(std::string_view name, std::string& line);

/// The names of an object's fields in quotes, with commas between them; empty where there are none.
[[nodiscard]] std::string listed_names(simdjson::dom::parser& parser, std::string& line);

} // namespace fabula::detail
