// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/model_data.hpp"
#include "statistics/sums/collection_statistics.hpp"

#include <optional>
#include <string>

namespace fabula::detail {

/// What is ordinary in general texts, as the model has it: the sums over articles that have nothing
/// to do with those at hand. None where the model has none. Terms that only one of them has are not
/// in it. Decoded at each call, some milliseconds.
/// \throws Error(damaged_model)
[[nodiscard]] std::optional<StatisticsBucket> background_of(const ModelData& model);

/// The section `background` of a model file (see pack_format.hpp): the bucket without the terms
/// that only one article has. \throws Error(bad_input) where it is of no article
[[nodiscard]] std::string background_bytes(const StatisticsBucket& bucket);

} // namespace fabula::detail
