// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/io.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <optional>
#include <ostream>

namespace fabula::detail {

using Json = nlohmann::ordered_json;

/// Four decimals say all that these figures mean, and hide the last bits of a sum.
inline double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

inline Json time_or_null(const std::optional<std::chrono::sys_seconds>& time) {
    return time ? Json(format_time(*time)) : Json();
}

inline void write_line(std::ostream& out, const Json& json) {
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

} // namespace fabula::detail
