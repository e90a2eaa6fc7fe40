// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/read/json_values.hpp"

#include <fabula/article.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace fabula::detail {

/// What one line of JSON holds.
struct JsonLine {
    Article article;    ///< `id` is empty where the line has none
    std::string story;  ///< the gold label; empty where there is none
    bool repaired{};    ///< something in it was no legal character
    bool has_story{};   ///< there is a field `story`, whatever stands in it
    bool id_is_given{}; ///< there is an id that is not empty
};

/// How a line is looked at.
struct LineOptions {
    bool with_story{false};       ///< whether the field `story` counts
    std::size_t max_text_bytes{}; ///< as `ReadOptions::max_text_bytes`; 0 = no limit
};

/// Bytes that are kept room for from line to line; what a longer one took is given back.
inline constexpr std::size_t kept_room = std::size_t{1} << 20U;

/// Reads one line of JSON Lines at a time: simdjson where the line is in order; where it is not, a
/// slower second look with nlohmann_json that repairs broken characters, reads numbers of any
/// length and any depth of nesting, and knows the column of a syntax error. Both accept the same
/// language otherwise.
///
/// Keeps its buffers from line to line, but for those of a very long one; one per thread.
class JsonLineReader {
public:
    JsonLineReader();
    ~JsonLineReader();
    JsonLineReader(const JsonLineReader&) = delete;
    JsonLineReader& operator=(const JsonLineReader&) = delete;

    /// `line` is without its line break and not blank; its capacity may grow.
    [[nodiscard]] std::optional<JsonFault> read(std::string& line, const LineOptions& options,
                                                JsonLine& result);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
