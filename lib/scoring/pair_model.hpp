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
/// coefficients are those of the model file ("scoring.s_norm", ...), where it has any, because they
/// depend on the vectors.
class PairModel {
public:
    /// \throws Error(damaged_model) where a constant of the file is out of its range
    explicit PairModel(const ModelData& model);
    explicit PairModel(const std::array<double, pair_feature_count>& coefficients)
        : coefficients_(coefficients) {}

    [[nodiscard]] double log_odds(const PairFeatures& features) const;
    /// "meaning" (the S-norm score, by length and languages), then what else was measured, by name;
    /// "form" is all that the features of forms add.
    [[nodiscard]] std::vector<Contribution> contributions(const PairFeatures& features) const;

    /// What cosines mean in the model's languages; for `measure_pair`.
    [[nodiscard]] const LanguageCalibration& calibration() const noexcept { return scale_; }

    /// Pairs of a lower cosine, of vectors as the background sees them, are not scored.
    [[nodiscard]] float min_cosine() const noexcept { return min_cosine_; }
    /// Stands for pairs that are not scored.
    [[nodiscard]] float missing_probability() const noexcept { return missing_probability_; }

private:
    std::array<double, pair_feature_count> coefficients_{};
    LanguageCalibration scale_;
    float min_cosine_{0.05F};
    float missing_probability_{0.1F};
};

} // namespace fabula::detail
