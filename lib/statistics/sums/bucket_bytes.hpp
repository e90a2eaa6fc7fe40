// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/byte_stream.hpp"
#include "statistics/sums/collection_statistics.hpp"

#include <cstddef>

namespace fabula::detail {

/// Its counts, moments and terms, by ascending key. The bucket must not be empty.
void put_bucket(ByteWriter& out, const StatisticsBucket& bucket);

/// Takes it back, with vectors of so many dimensions. Refuses what no sum over articles can be.
[[nodiscard]] StatisticsBucket get_bucket(ByteReader& in, std::size_t dimension);

} // namespace fabula::detail
