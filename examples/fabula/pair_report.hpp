// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pairs.hpp"

#include <fabula/comparer.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/pipeline.hpp>

#include <cstddef>
#include <functional>
#include <ostream>
#include <span>

namespace program {

/// How well labelled pairs are met at one value of `--min-probability`.
struct PairMeasurement {
    double min_probability{};
    std::size_t articles{};
    std::size_t stories{};
    fabula::PairQuality quality;
    std::size_t passed_over{};
};

/// The probabilities of the pairs are those that the clustering had. A pair that it did not score
/// (a near-duplicate, or two articles too far apart to be compared) is compared by itself; the
/// comparer is asked for only where there is such a pair, since it reads the whole collection.
[[nodiscard]] PairMeasurement measure_pairs(const PairSet& set, const fabula::StoryPartitions& all,
                                            double min_probability,
                                            std::span<const fabula::Article> articles,
                                            const std::function<fabula::Comparer()>& make_comparer);

void write_pair_table(std::ostream& out, const PairMeasurement& measurement);
void write_pair_json(std::ostream& out, const PairMeasurement& measurement);

} // namespace program
