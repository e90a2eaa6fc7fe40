// SPDX-License-Identifier: Apache-2.0
#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace fabula::inline v0 {
namespace {

void check(std::span<const ScoredPair> pairs) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const ScoredPair& pair = pairs[i];
        if (!(pair.probability >= 0 && pair.probability <= 1)) // also NaN
            throw Error(Errc::bad_input, "pair " + std::to_string(i) + " has the probability " +
                                             std::to_string(pair.probability) +
                                             ", but must have one in [0, 1]");
        if (!(pair.weight >= 0) || !std::isfinite(pair.weight))
            throw Error(Errc::bad_input, "pair " + std::to_string(i) + " has the weight " +
                                             std::to_string(pair.weight) +
                                             ", but must have a finite one of 0 or more");
    }
}

/// In an order of their own, so that the rounding of sums does not depend on the caller's.
std::vector<ScoredPair> sorted(std::span<const ScoredPair> pairs) {
    std::vector<ScoredPair> out(pairs.begin(), pairs.end());
    std::sort(out.begin(), out.end(), [](const ScoredPair& a, const ScoredPair& b) {
        return std::tie(a.probability, a.weight, a.same_story) <
               std::tie(b.probability, b.weight, b.same_story);
    });
    return out;
}

} // namespace

Calibration calibrate(std::span<const ScoredPair> pairs, std::size_t bins) {
    if (bins == 0)
        throw Error(Errc::bad_option, "bins is 0, but there must be at least one");
    check(pairs);
    const auto count = static_cast<double>(bins);
    Calibration out;
    out.pairs = pairs.size();
    out.bins.resize(bins);
    for (std::size_t i = 0; i < bins; ++i) {
        out.bins[i].from = static_cast<double>(i) / count;
        out.bins[i].to = static_cast<double>(i + 1) / count;
    }
    for (const ScoredPair& pair : sorted(pairs)) {
        auto place = std::min(bins - 1, static_cast<std::size_t>(pair.probability * count));
        // The product is rounded; the bounds that are told decide.
        if (pair.probability < out.bins[place].from)
            --place;
        else if (place + 1 < bins && pair.probability >= out.bins[place].to)
            ++place;
        CalibrationBin& bin = out.bins[place];
        ++bin.pairs;
        bin.weight += pair.weight;
        bin.mean_probability += pair.weight * pair.probability;
        bin.same_story += pair.same_story ? pair.weight : 0;
    }
    double weight = 0;
    for (CalibrationBin& bin : out.bins) {
        if (!(bin.weight > 0))
            continue;
        weight += bin.weight;
        out.expected_calibration_error += std::abs(bin.mean_probability - bin.same_story);
        bin.mean_probability /= bin.weight;
        bin.same_story /= bin.weight;
    }
    if (weight > 0)
        out.expected_calibration_error /= weight;
    return out;
}

} // namespace fabula::inline v0
