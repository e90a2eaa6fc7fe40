// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fabula::training {

/// Directions that many texts share tell texts apart badly. Partial whitening lessens them: C to
/// the power of −`strength`, where C is the covariance about the origin of the vectors. 0 changes
/// nothing, 0.5 makes all directions equally strong (ZCA whitening).
class PartialWhitening {
public:
    /// `vectors`: n × dimension.
    PartialWhitening(std::span<const float> vectors, std::size_t dimension, double strength);

    /// Maps each row of n × dimension values.
    void apply(std::span<float> rows) const;

private:
    std::size_t dimension_;
    std::vector<float> map_; ///< dimension × dimension, symmetric
};

} // namespace fabula::training
