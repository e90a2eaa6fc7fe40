// SPDX-License-Identifier: Apache-2.0
#include "similarity/pair_model.hpp"

#include <cmath>
#include <string>

namespace fabula::detail {

namespace {

/// For models that bring no coefficients (imports): cosine alone, as likely as not at 0.5, which is
/// about right for vectors whose language means are taken away.
double default_coefficient(PairFeature feature) {
    switch (feature) {
    case PairFeature::bias:
        return -8;
    case PairFeature::cosine:
        return 16;
    default:
        return 0;
    }
}

} // namespace

PairModel::PairModel(const ModelData& model) {
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        coefficients_[i] = model.coefficient("pair." + std::string(name_of(feature)),
                                             default_coefficient(feature));
    }
    min_cosine_ = static_cast<float>(model.coefficient("pair.min_cosine", 0.2));
    missing_probability_ = static_cast<float>(model.coefficient("pair.missing_probability", 0.02));
}

double PairModel::log_odds(const PairFeatures& features) const {
    double sum = 0;
    for (std::size_t i = 0; i < pair_feature_count; ++i)
        sum += coefficients_[i] * features.values[i];
    return sum;
}

std::vector<Contribution> PairModel::contributions(const PairFeatures& features) const {
    std::vector<Contribution> out;
    for (std::size_t i = 0; i < pair_feature_count; ++i)
        out.push_back({std::string(name_of(static_cast<PairFeature>(i))), features.values[i],
                       coefficients_[i] * features.values[i]});
    return out;
}

double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

} // namespace fabula::detail
