// SPDX-License-Identifier: Apache-2.0
#include "scoring/pair_model.hpp"

#include "base/portable_math.hpp"

#include <fabula/error.hpp>

#include <string>

namespace fabula::detail {

namespace {

/// For models that bring no coefficients (imports): s_norm alone, as likely as not at five
/// deviations, which is about right for vectors whose language means are taken away.
double default_coefficient(PairFeature feature) {
    switch (feature) {
    case PairFeature::bias:
        return -8;
    case PairFeature::s_norm:
        return 16;
    default:
        return 0;
    }
}

} // namespace

PairModel::PairModel(const ModelData& model) : scale_(model) {
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        coefficients_[i] = model.coefficient("pair." + std::string(coefficient_key(feature)),
                                             default_coefficient(feature));
        alone_[i] =
            model.coefficient("alone." + std::string(coefficient_key(feature)), coefficients_[i]);
    }
    min_cosine_ = static_cast<float>(model.coefficient("pair.min_cosine", 0.05));
    missing_probability_ = static_cast<float>(model.coefficient("pair.missing_probability", 0.02));
    if (!(missing_probability_ > 0 && missing_probability_ < 1))
        throw Error(Errc::damaged_model, model.card().path + ": pair.missing_probability is " +
                                             std::to_string(missing_probability_) +
                                             ", but must be in (0, 1)");
}

double PairModel::log_odds(const PairFeatures& features) const {
    double sum = 0;
    for (std::size_t i = 0; i < pair_feature_count; ++i)
        sum += coefficient(i, features) * features.values[i];
    return sum;
}

std::vector<Contribution> PairModel::contributions(const PairFeatures& features) const {
    // What the S-norm score is worth depends on the length and on the two languages: alone, none of
    // these would mean anything to a reader, so they are told as one.
    std::vector<Contribution> out{{"meaning", features[PairFeature::s_norm], 0}};
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const double part = coefficient(i, features) * features.values[i];
        switch (static_cast<PairFeature>(i)) {
        case PairFeature::bias:
        case PairFeature::s_norm:
        case PairFeature::length:
        case PairFeature::s_norm_length:
        case PairFeature::brevity:
        case PairFeature::cross_language:
            out.front().log_odds += part;
            break;
        default:
            out.push_back(
                {std::string(name_of(static_cast<PairFeature>(i))), features.values[i], part});
        }
    }
    return out;
}

} // namespace fabula::detail
