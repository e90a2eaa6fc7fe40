// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/quantities/number_shapes.hpp"

#include <cstdint>

namespace fabula::detail {

/// The key of a `Quantity` that is a number or a year.
[[nodiscard]] std::uint32_t key_of(const DecimalValue& value);

} // namespace fabula::detail
