// SPDX-License-Identifier: Apache-2.0
#include "statistics/language_calibration.hpp"

#include <fabula/error.hpp>

#include <string>

namespace fabula::detail {

LanguageCalibration::LanguageCalibration(const ModelData& model) {
    for (const std::string& tag : model.languages()) {
        agreement_.push_back(model.coefficient("agreement." + tag, 1.0));
        if (!(agreement_.back() >= 0.1 && agreement_.back() <= 10))
            throw Error(Errc::damaged_model, model.card().path + ": agreement." + tag + " is " +
                                                 std::to_string(agreement_.back()) +
                                                 ", but must be in [0.1, 10]");
    }
}

double LanguageCalibration::agreement(int language) const {
    const auto i = static_cast<std::size_t>(language);
    return language >= 0 && i < agreement_.size() ? agreement_[i] : 1.0;
}

double LanguageCalibration::factor(int a, int b) const {
    return 1 / (agreement(a) * agreement(b));
}

} // namespace fabula::detail
