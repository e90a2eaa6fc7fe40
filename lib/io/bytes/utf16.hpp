// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/bytes/byte_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fabula::detail {

enum class Utf16Order { little_endian, big_endian };

/// Whether bytes that begin like this are UTF-16: by their byte order mark, or, where there is
/// none, because they begin with eight characters of ASCII.
[[nodiscard]] std::optional<Utf16Order> utf16_order_of(std::string_view start);

/// The same text as UTF-8, without its mark; half a surrogate pair, and half a unit at the end, are
/// U+FFFD.
class Utf16Source final : public ByteSource {
public:
    /// `bytes` must stay.
    Utf16Source(Utf16Order order, ByteSource& bytes);

    [[nodiscard]] std::string damage() const override { return bytes_.damage(); }

private:
    std::size_t fill(char* to, std::size_t room) override;
    [[nodiscard]] std::optional<std::uint32_t> next_unit();

    ByteSource& bytes_;
    Utf16Order order_;
    std::optional<std::uint32_t> kept_; ///< a unit that belongs to what comes next
    bool is_first_{true};
};

} // namespace fabula::detail
