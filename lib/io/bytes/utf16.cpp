// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/utf16.hpp"

#include <cstddef>
#include <utility>

namespace fabula::detail {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;
constexpr std::uint32_t mark = 0xFEFF;

bool is_high(std::uint32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(std::uint32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

std::size_t write(std::uint32_t c, char* to) {
    const auto put = [&](std::size_t at, std::uint32_t byte) { to[at] = static_cast<char>(byte); };
    if (c < 0x80) {
        put(0, c);
        return 1;
    }
    if (c < 0x800) {
        put(0, 0xC0U | c >> 6U);
        put(1, 0x80U | (c & 0x3FU));
        return 2;
    }
    if (c < 0x10000) {
        put(0, 0xE0U | c >> 12U);
        put(1, 0x80U | (c >> 6U & 0x3FU));
        put(2, 0x80U | (c & 0x3FU));
        return 3;
    }
    put(0, 0xF0U | c >> 18U);
    put(1, 0x80U | (c >> 12U & 0x3FU));
    put(2, 0x80U | (c >> 6U & 0x3FU));
    put(3, 0x80U | (c & 0x3FU));
    return 4;
}

} // namespace

std::optional<Utf16Order> utf16_order_of(std::string_view start) {
    using namespace std::string_view_literals;
    constexpr std::size_t looked_at = 16;
    if (start.starts_with("\xFF\xFE\0\0"sv))
        return std::nullopt; // UTF-32
    if (start.starts_with("\xFF\xFE"))
        return Utf16Order::little_endian;
    if (start.starts_with("\xFE\xFF"))
        return Utf16Order::big_endian;
    if (start.size() < looked_at)
        return std::nullopt;
    bool little = true;
    bool big = true;
    for (std::size_t i = 0; i < looked_at; i += 2) {
        little = little && start[i] != '\0' && start[i + 1] == '\0';
        big = big && start[i] == '\0' && start[i + 1] != '\0';
    }
    if (!little && !big)
        return std::nullopt;
    return little ? Utf16Order::little_endian : Utf16Order::big_endian;
}

Utf16Source::Utf16Source(Utf16Order order, ByteSource& bytes) : bytes_(bytes), order_(order) {}

std::optional<std::uint32_t> Utf16Source::next_unit() {
    if (kept_)
        return std::exchange(kept_, std::nullopt);
    const int first = bytes_.sbumpc();
    if (first == traits_type::eof())
        return std::nullopt;
    const int second = bytes_.sbumpc();
    if (second == traits_type::eof())
        return replacement;
    const auto a = static_cast<std::uint32_t>(first);
    const auto b = static_cast<std::uint32_t>(second);
    return order_ == Utf16Order::little_endian ? a | b << 8U : b | a << 8U;
}

std::size_t Utf16Source::fill(char* to, std::size_t room) {
    constexpr std::size_t longest = 4;
    std::size_t used = 0;
    while (used + longest <= room) {
        const std::optional<std::uint32_t> unit = next_unit();
        if (!unit)
            break;
        std::uint32_t c = *unit;
        if (std::exchange(is_first_, false) && c == mark)
            continue;
        if (is_high(c)) {
            const std::optional<std::uint32_t> low = next_unit();
            if (low && is_low(*low)) {
                c = 0x10000 + ((c - 0xD800) << 10U) + (*low - 0xDC00);
            } else {
                c = replacement;
                kept_ = low;
            }
        } else if (is_low(c)) {
            c = replacement;
        }
        used += write(c, to + used);
    }
    return used;
}

} // namespace fabula::detail
