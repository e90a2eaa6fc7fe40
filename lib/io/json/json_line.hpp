// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/json/json_values.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Bytes that are kept room for from line to line; what a longer one took is given back.
inline constexpr std::size_t kept_room = std::size_t{1} << 20U;

/// Most bytes of an object: a character of the text may take six (\u0041), and there are other
/// fields.
[[nodiscard]] std::uint64_t most_object_bytes(std::size_t max_text_bytes);

/// "… has N bytes, more than M (…); cut it, or raise that".
[[nodiscard]] std::string too_long(std::string_view what, std::uint64_t bytes, std::uint64_t most);

/// Reads one line of JSON Lines at a time: simdjson where the line is in order; where it is not, a
/// slower second look with nlohmann_json that repairs broken characters, reads numbers of any
/// length and any depth of nesting, and knows the column of a syntax error. Both accept the same
/// language otherwise.
///
/// Keeps its buffers from line to line, but for those of a very long one; one per thread.
class JsonLineReader {
public:
    /// `names` must stay.
    explicit JsonLineReader(const FieldNames& names);
    ~JsonLineReader();
    JsonLineReader(const JsonLineReader&) = delete;
    JsonLineReader& operator=(const JsonLineReader&) = delete;

    /// `line` is without its line break and not blank; its capacity may grow.
    [[nodiscard]] std::optional<JsonFault> read(std::string& line, const RecordOptions& options,
                                                Record& result);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::detail
