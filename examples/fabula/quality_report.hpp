// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/evaluation.hpp>

#include <cstddef>
#include <ostream>
#include <vector>

namespace program {

/// The quality at one value of `--min-probability`.
struct Measurement {
    double min_probability{};
    fabula::ClusteringQuality quality;
};

/// All figures, and a row for each language.
void write_quality_table(std::ostream& out, const Measurement& measurement);

/// The main figures, a row for each value.
void write_sweep_table(std::ostream& out, const std::vector<Measurement>& measurements);

/// All figures, a line for each value.
void write_quality_json(std::ostream& out, const std::vector<Measurement>& measurements,
                        std::size_t unlabelled);

} // namespace program
