// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/model_data.hpp"

#include <cstddef>
#include <vector>

namespace fabula::detail {

/// How much a cosine means in each language. The poorer the vectors of a language are, the lower
/// the cosine of its true translations: a noisy vector shrinks every cosine by a factor of its own.
/// Dividing by both factors puts all pairs of languages on one scale (Spearman 1904, correction for
/// attenuation). The factors are measured on labelled articles and stand in the model file
/// ("agreement.nb", ...; 1 = as the average language); a language that was not measured has 1.
class LanguageCalibration {
public:
    LanguageCalibration() = default;
    explicit LanguageCalibration(const ModelData& model);
    explicit LanguageCalibration(std::vector<double> agreement)
        : agreement_(std::move(agreement)) {}

    /// What to multiply the cosine of an article in language `a` with one in `b` by.
    [[nodiscard]] double factor(int a, int b) const;

private:
    [[nodiscard]] double agreement(int language) const;

    std::vector<double> agreement_; ///< by number of the language
};

} // namespace fabula::detail
