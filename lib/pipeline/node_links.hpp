// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/linked_clusters.hpp"
#include "pipeline/find_stories.hpp"

#include <cstddef>
#include <span>

namespace fabula::detail {

/// The links of articles that are there, by their places in canonical order. An id that several
/// have is that of each.
[[nodiscard]] NodeLinks node_links(const Job& job, std::span<const std::size_t> order);

} // namespace fabula::detail
