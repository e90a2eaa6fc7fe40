// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "quality_report.hpp"

#include <fabula/article.hpp>
#include <fabula/embedding.hpp>
#include <fabula/model.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/pipeline.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace program {

/// What the page is made of besides figures. Labelled articles have numbers of their own.
struct QualityPageInput {
    const fabula::Model& model;
    std::span<const fabula::Article> articles;
    std::span<const fabula::EmbeddingOutcome> outcomes;
    std::span<const std::size_t> labelled;    ///< number of a labelled article → its index
    std::span<const std::uint32_t> gold;      ///< of each labelled one
    std::span<const std::string> stories;     ///< by gold label
    std::span<const std::uint32_t> predicted; ///< of each labelled one
    std::span<const fabula::Edge> scored;     ///< over labelled ones
    CalibrationReport calibration;
    const fabula::ClusterOptions& clustering;
};

/// The first measurement is of `--min-probability`, the others of a sweep.
/// \throws fabula::Error(unwritable)
void write_quality_page(const std::string& file, std::span<const Measurement> measurements,
                        const QualityPageInput& input);

} // namespace program
