// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hash.hpp"

#include <fabula/error.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace fabula::detail {

/// Puts values together as bytes, the lowest byte of each first, whatever the machine.
class ByteWriter {
public:
    template <std::unsigned_integral Value>
    void put(Value value) {
        for (std::size_t byte = 0; byte < sizeof(Value); ++byte)
            bytes_ += static_cast<char>((std::uint64_t{value} >> (8 * byte)) & 0xFFU);
    }
    void put(float value) { put(std::bit_cast<std::uint32_t>(value)); }
    void put(std::int64_t value) { put(static_cast<std::uint64_t>(value)); }
    /// Its length, then itself.
    void put(std::string_view text) {
        put(static_cast<std::uint32_t>(text.size()));
        bytes_ += text;
    }
    void put(std::span<const std::uint32_t> values) {
        put(static_cast<std::uint32_t>(values.size()));
        for (const std::uint32_t value : values)
            put(value);
    }

    /// All bytes, for a place that has a checksum of its own.
    [[nodiscard]] std::string bytes() && { return std::move(bytes_); }
    /// All bytes, and their checksum after them.
    [[nodiscard]] std::string sealed() && {
        put(hash_of(bytes_));
        return std::move(bytes_);
    }

private:
    std::string bytes_;
};

/// What is thrown for bytes that cannot be: BEFORE, why, AFTER.
struct ByteFault {
    Errc code{};
    std::string before;
    std::string after;
};

/// Takes them apart again. Any bytes may be given; `what` they are said to be is named in errors.
class ByteReader {
public:
    /// Bytes without a checksum after them, from a place that has one of its own.
    ByteReader(std::string_view bytes, ByteFault fault) : bytes_(bytes), fault_(std::move(fault)) {}

    /// \throws Error(damaged_data) where the checksum at the end is not that of the bytes before
    ByteReader(std::string_view sealed, std::string what)
        : bytes_(sealed),
          what_(std::move(what)), fault_{Errc::damaged_data, "bytes of " + what_ + " are damaged: ",
                                         "; make them again from what they were made of"} {
        constexpr std::size_t seal = sizeof(std::uint64_t);
        if (sealed.size() < seal)
            refuse("they are " + std::to_string(sealed.size()) + " bytes, too few");
        const std::string_view body = sealed.substr(0, sealed.size() - seal);
        at_ = body.size();
        if (get<std::uint64_t>() != hash_of(body))
            refuse("their checksum is not that of the " + std::to_string(sealed.size()) + " bytes");
        bytes_ = body;
        at_ = 0;
    }

    template <class Value>
    [[nodiscard]] Value get() {
        if constexpr (std::is_same_v<Value, float>) {
            return std::bit_cast<float>(get<std::uint32_t>());
        } else if constexpr (std::is_same_v<Value, std::int64_t>) {
            return static_cast<std::int64_t>(get<std::uint64_t>());
        } else {
            static_assert(std::unsigned_integral<Value>);
            const std::string_view bytes = take(sizeof(Value));
            std::uint64_t value = 0;
            for (std::size_t byte = 0; byte < sizeof(Value); ++byte)
                value |= std::uint64_t{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
            return static_cast<Value>(value);
        }
    }
    [[nodiscard]] std::string_view get_text() { return take(get<std::uint32_t>()); }
    /// How many values follow, each of so many bytes: no more than there is room for.
    [[nodiscard]] std::size_t get_count(std::size_t bytes_each) {
        const std::size_t count = get<std::uint32_t>();
        if (count > (bytes_.size() - at_) / bytes_each)
            refuse("they end before the " + std::to_string(count) + " values that byte " +
                   std::to_string(at_) + " speaks of");
        return count;
    }

    [[nodiscard]] const std::string& what() const { return what_; }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
    /// \throws Error(damaged_data), or that of its fault, where there is more
    void expect_end() const {
        if (at_ != bytes_.size())
            refuse("they have " + std::to_string(bytes_.size() - at_) + " bytes too many");
    }
    [[noreturn]] void refuse(const std::string& why) const {
        throw Error(fault_.code, fault_.before + why + fault_.after);
    }

private:
    [[nodiscard]] std::string_view take(std::size_t count) {
        if (count > bytes_.size() - at_)
            refuse("they end at byte " + std::to_string(bytes_.size()) + ", where byte " +
                   std::to_string(at_) + " asks for " + std::to_string(count) + " more");
        const std::string_view out = bytes_.substr(at_, count);
        at_ += count;
        return out;
    }

    std::string_view bytes_;
    std::size_t at_{};
    std::string what_;
    ByteFault fault_;
};

} // namespace fabula::detail
