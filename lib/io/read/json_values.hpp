// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Two parsers and a repair of our own, because neither parser does it all: simdjson, by far the
/// faster, refuses half surrogate pairs (as Debian 12 has it), bare control characters and long
/// numbers, and does not say where a line is broken; nlohmann_json says that and takes any number,
/// but refuses the same characters.
namespace fabula::detail {

/// Why a line is no article, and where.
struct JsonFault {
    std::size_t column{}; ///< in bytes, counted from 1; 0 = not known
    std::string reason;   ///< a sentence
};

/// The fields of an article that are read; `field_count` stands for any other.
enum Field : std::size_t { id, title, text, language, source, published, story, field_count };

inline constexpr std::array<std::string_view, field_count> field_names{
    "id", "title", "text", "language", "source", "published", "story"};

/// One field as it stands in the line, before we know whether it may be of that type.
struct Value {
    enum class Kind { absent, string, number, other };
    Kind kind{Kind::absent};
    std::string text; ///< of a string or number; else what it is, as in "a list"
};

using Values = std::array<Value, field_count>;

enum class QuickResult { done, not_an_object, look_again };

/// The quick way, for lines that are in order. The capacity of `line` may grow.
[[nodiscard]] QuickResult read_quickly(simdjson::dom::parser& parser, std::string& line,
                                       Values& values);

/// The thorough way: numbers of any length, any depth of nesting, the column of a syntax error.
[[nodiscard]] std::optional<JsonFault> read_thoroughly(const std::string& line, Values& values);

/// The fault of a line that is valid JSON but not an object.
[[nodiscard]] JsonFault no_object(std::string_view line);

/// Where the value of a field begins in a line that simdjson understands, in bytes, counted from 1;
/// 0 where that is not known. The capacity of `line` may grow.
[[nodiscard]] std::size_t column_of(std::string_view name, std::string& line);

} // namespace fabula::detail
