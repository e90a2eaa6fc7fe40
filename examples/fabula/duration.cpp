// SPDX-License-Identifier: Apache-2.0
#include "duration.hpp"

#include "console.hpp"

#include <charconv>
#include <cstdint>

namespace program {
namespace {

std::int64_t seconds_per(char unit) {
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return 7 * 86400;
    default:
        return 0;
    }
}

} // namespace

std::chrono::seconds parse_duration(const std::string& text) {
    const char* end = text.data() + text.size();
    std::uint32_t count = 0; // 32 bits of weeks still fit into 64 bits of seconds
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    const std::int64_t factor = stop + 1 == end ? seconds_per(*stop) : 0;
    if (error == std::errc{} && stop == end && count == 0)
        return std::chrono::seconds{0};
    if (error != std::errc{} || factor == 0)
        throw UsageError{"\"" + text +
                         "\" is not a length of time; write a whole number and a unit (s, m, h, d "
                         "or w), such as 72h or 3d, or 0 for no limit"};
    return std::chrono::seconds{count * factor};
}

} // namespace program
