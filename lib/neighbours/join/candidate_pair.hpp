// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace fabula::detail {

/// Two rows that are worth comparing, `first < second`.
struct CandidatePair {
    std::uint32_t first{};
    std::uint32_t second{};
    float cosine{}; ///< in [-1, 1], never NaN

    friend bool operator==(const CandidatePair&, const CandidatePair&) = default;
};

} // namespace fabula::detail
