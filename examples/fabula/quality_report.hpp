// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error_report.hpp"

#include <fabula/evaluation.hpp>

#include <cstddef>
#include <optional>
#include <ostream>
#include <vector>

namespace program {

/// The quality at one value of `--min-probability`.
struct Measurement {
    double min_probability{};
    fabula::ClusteringQuality quality;
};

/// How far the probabilities of the scored pairs come true.
struct CalibrationReport {
    fabula::Calibration by_pair;  ///< every pair counts the same
    fabula::Calibration by_story; ///< a pair of a story of n articles counts 1 / n
    std::size_t scored_same_story{};
    std::size_t same_story{}; ///< pairs of one gold story, scored or not
};

/// What is told on demand, beside the figures at one value.
struct Details {
    std::optional<std::vector<fabula::LanguagePairQuality>> language_pairs;
    std::optional<CalibrationReport> calibration;
    std::optional<ErrorReport> errors;
};

/// All figures, and a row for each language.
void write_quality_table(std::ostream& out, const Measurement& measurement);

/// The details that there are, each after an empty line.
void write_details(std::ostream& out, const Details& details);

/// The main figures, a row for each value.
void write_sweep_table(std::ostream& out, const std::vector<Measurement>& measurements);

/// All figures, a line for each value; the details are of the first.
void write_quality_json(std::ostream& out, const std::vector<Measurement>& measurements,
                        std::size_t unlabelled, const Details& details);

} // namespace program
