// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/quantity_keys.hpp"

#include "base/hash.hpp"
#include "features/quantities/quantities.hpp"

#include <array>

namespace fabula::detail {

namespace {

std::uint32_t key_of(char kind, std::uint64_t value, std::int64_t exponent) {
    std::array<char, 17> bytes{kind};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[1 + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
        bytes[9 + i] = static_cast<char>(static_cast<std::uint64_t>(exponent) >> (8 * i) & 0xFFU);
    }
    return static_cast<std::uint32_t>(hash_of({bytes.data(), bytes.size()}));
}

} // namespace

std::uint32_t key_of(const DecimalValue& value) {
    return key_of('n', value.coefficient, value.exponent);
}

std::uint32_t number_key(std::uint64_t coefficient, int exponent) {
    DecimalValue value = decimal_value(coefficient);
    value.exponent += value.coefficient == 0 ? 0 : exponent;
    return key_of(value);
}

std::uint32_t month_key(int month) {
    return key_of('m', static_cast<std::uint64_t>(month), 0);
}

std::uint32_t date_key(int month, int day) {
    return key_of('d', static_cast<std::uint64_t>(month) * 32 + static_cast<std::uint64_t>(day), 0);
}

} // namespace fabula::detail
