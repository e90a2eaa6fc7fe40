// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_model.hpp"

#include "base/portable_math.hpp"

#include <fabula/error.hpp>

#include <string>

namespace fabula::detail {

namespace {

/// For models that bring no coefficients (imports): the S-norm score alone, as likely as not at
/// five deviations, which is about right for vectors whose language means are taken away.
double default_coefficient(PairFeature feature) {
    switch (feature) {
    case PairFeature::bias:
        return -8;
    case PairFeature::s_norm:
    case PairFeature::cross_s_norm:
        return 16;
    default:
        return 0;
    }
}

/// The contribution that a feature is told as part of: alone, a product or a length would mean
/// nothing to a reader.
PairFeature told_as(PairFeature feature) {
    switch (feature) {
    case PairFeature::bias:
    case PairFeature::cross_language:
    case PairFeature::cross_s_norm:
    case PairFeature::s_norm_length:
    case PairFeature::cross_s_norm_length:
    case PairFeature::length:
    case PairFeature::cross_length:
    case PairFeature::brevity:
        return PairFeature::s_norm;
    case PairFeature::stems:
    case PairFeature::stems_length:
        return PairFeature::terms;
    case PairFeature::cross_names:
        return PairFeature::names;
    case PairFeature::cross_unmatched_names:
        return PairFeature::unmatched_names;
    case PairFeature::form_s_norm:
    case PairFeature::form_terms:
    case PairFeature::form_names:
    case PairFeature::form_numbers:
    case PairFeature::form_dates:
        return PairFeature::form;
    default:
        return feature;
    }
}

/// What was measured where it is told of one language or of two.
double measured(const PairFeatures& features, PairFeature feature) {
    switch (feature) {
    case PairFeature::s_norm:
        return features[PairFeature::s_norm] + features[PairFeature::cross_s_norm];
    case PairFeature::names:
        return features[PairFeature::names] + features[PairFeature::cross_names];
    case PairFeature::unmatched_names:
        return features[PairFeature::unmatched_names] +
               features[PairFeature::cross_unmatched_names];
    default:
        return features[feature];
    }
}

} // namespace

PairModel::PairModel(const ModelData& model) : scale_(model) {
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        coefficients_[i] = model.coefficient("scoring." + std::string(name_of(feature)),
                                             default_coefficient(feature));
    }
    min_cosine_ = static_cast<float>(model.coefficient("scoring.min_cosine", 0.05));
    missing_probability_ =
        static_cast<float>(model.coefficient("scoring.missing_probability", 0.1));
    if (!(missing_probability_ > 0 && missing_probability_ < 1))
        throw Error(Errc::damaged_model, model.card().path + ": scoring.missing_probability is " +
                                             std::to_string(missing_probability_) +
                                             ", but must be in (0, 1)");
}

double PairModel::log_odds(const PairFeatures& features) const {
    double sum = 0;
    for (std::size_t i = 0; i < pair_feature_count; ++i)
        sum += coefficients_[i] * features.values[i];
    return sum;
}

std::vector<Contribution> PairModel::contributions(const PairFeatures& features) const {
    std::array<double, pair_feature_count> parts{};
    for (std::size_t i = 0; i < pair_feature_count; ++i)
        parts[static_cast<std::size_t>(told_as(static_cast<PairFeature>(i)))] +=
            coefficients_[i] * features.values[i];
    std::vector<Contribution> out;
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        if (told_as(feature) == feature)
            out.push_back(
                {feature == PairFeature::s_norm ? "meaning" : std::string(name_of(feature)),
                 measured(features, feature), parts[i]});
    }
    return out;
}

} // namespace fabula::detail
