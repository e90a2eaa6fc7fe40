// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report_view.hpp"
#include "report/weak_spots.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace fabula::detail {

/// All that the page knows of every story and article before it opens one: a JSON object.
struct Overview {
    std::string json;
    std::size_t stories{};
    std::size_t articles{};
    std::size_t lead_characters{};
};

/// With leads as long as three quarters of `bytes` allow, up to `lead_characters`; where not even
/// titles fit, of the largest stories alone.
[[nodiscard]] Overview overview(const ReportView& view, const WeakSpots& weak,
                                std::size_t lead_characters, std::size_t bytes);

} // namespace fabula::detail
