// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/logistic.hpp"
#include "model/lookup/model_data.hpp"
#include "scoring/pair_features.hpp"

#include <fabula/scoring.hpp>

#include <array>
#include <vector>

namespace fabula::detail {

/// Logistic model of "both tell the same story": log-odds = Σ coefficient × feature. The
/// coefficients are those of the model file ("pair.s_norm", ...), where it has any, because they
/// depend on the vectors. There are two sets of them: one for pairs of a large collection, one
/// ("alone.s_norm", ...) for two articles of none, of which less is known; between them, both by
/// `PairFeatures::collected`.
class PairModel {
public:
    /// \throws Error(damaged_model) where a constant of the file is out of its range
    explicit PairModel(const ModelData& model);
    explicit PairModel(const std::array<double, pair_feature_count>& coefficients)
        : coefficients_(coefficients), alone_(coefficients) {}
    PairModel(const std::array<double, pair_feature_count>& coefficients,
              const std::array<double, pair_feature_count>& alone)
        : coefficients_(coefficients), alone_(alone) {}

    [[nodiscard]] double log_odds(const PairFeatures& features) const;
    /// "meaning" (the s_norm, scored by length and languages), then the other features by name.
    [[nodiscard]] std::vector<Contribution> contributions(const PairFeatures& features) const;

    /// What cosines mean in the model's languages; for `measure_pair`.
    [[nodiscard]] const LanguageCalibration& calibration() const noexcept { return scale_; }

    /// Pairs of a lower cosine, of vectors as the collection sees them, are not scored.
    [[nodiscard]] float min_cosine() const noexcept { return min_cosine_; }
    /// Stands for pairs that are not scored.
    [[nodiscard]] float missing_probability() const noexcept { return missing_probability_; }

private:
    [[nodiscard]] double coefficient(std::size_t i, const PairFeatures& features) const {
        return features.collected * coefficients_[i] + (1 - features.collected) * alone_[i];
    }

    std::array<double, pair_feature_count> coefficients_{}; ///< in a large collection
    std::array<double, pair_feature_count> alone_{};        ///< without one
    LanguageCalibration scale_;
    float min_cosine_{0.05F};
    float missing_probability_{0.02F};
};

} // namespace fabula::detail
