// SPDX-License-Identifier: Apache-2.0
#include "similarity/pair_model.hpp"

#include "text/portable_math.hpp"

#include <fabula/error.hpp>

#include <string>

namespace fabula::detail {

namespace {

/// For models that bring no coefficients (imports): closeness alone, as likely as not at five
/// deviations, which is about right for vectors whose language means are taken away.
double default_coefficient(PairFeature feature) {
    switch (feature) {
    case PairFeature::bias:
        return -8;
    case PairFeature::closeness:
        return 16;
    default:
        return 0;
    }
}

} // namespace

PairModel::PairModel(const ModelData& model) : scale_(model) {
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const auto feature = static_cast<PairFeature>(i);
        coefficients_[i] = model.coefficient("pair." + std::string(name_of(feature)),
                                             default_coefficient(feature));
        alone_[i] = model.coefficient("alone." + std::string(name_of(feature)), coefficients_[i]);
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
    // What closeness is worth depends on the length and on the two languages: alone, none of these
    // would mean anything to a reader, so they are told as one.
    std::vector<Contribution> out{{"meaning", features[PairFeature::closeness], 0}};
    for (std::size_t i = 0; i < pair_feature_count; ++i) {
        const double part = coefficient(i, features) * features.values[i];
        switch (static_cast<PairFeature>(i)) {
        case PairFeature::bias:
        case PairFeature::closeness:
        case PairFeature::length:
        case PairFeature::closeness_length:
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

double logistic(double x) {
    return 1.0 / (1.0 + portable_exp(-x));
}

} // namespace fabula::detail
