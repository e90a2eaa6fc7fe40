// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report_view.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fabula::detail {

/// A story that is near another, and the pair by which it is.
struct NearStory {
    std::uint32_t story{};
    ReportPair pair;
};

/// For those who check: where a little more or less would have made other stories.
struct WeakSpots {
    /// The likeliest pair of two stories that are not one, the likeliest first.
    std::vector<ReportPair> nearly_joined;
    /// The article of a story that holds to it the least, with the one it holds to; the weakest
    /// first.
    std::vector<ReportPair> nearly_parted;
    /// For each story the nearest others.
    std::vector<std::vector<NearStory>> near;
};

inline constexpr std::size_t most_weak_spots = 30;

[[nodiscard]] WeakSpots find_weak_spots(const ReportView& view);

} // namespace fabula::detail
