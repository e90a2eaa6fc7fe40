// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clustering/log_odds.hpp"

#include <fabula/neighbours.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>

namespace fabula::detail {

/// The mean of gains over pairs of articles. Ordered exactly: that of two clusters' union with a
/// third never lies outside of theirs.
class MeanGain {
public:
    MeanGain() = default; ///< 0 over one pair
    MeanGain(LogOdds sum, std::size_t pairs)
        : sum_(sum), pairs_(pairs), value_(static_cast<double>(sum) / static_cast<double>(pairs)) {}

    /// To one rounding.
    [[nodiscard]] double value() const { return value_; }

    friend std::strong_ordering operator<=>(const MeanGain& a, const MeanGain& b) {
        if (a.value_ != b.value_) // rounding keeps order
            return a.value_ < b.value_ ? std::strong_ordering::less : std::strong_ordering::greater;
        __extension__ using Wide = __int128;
        return static_cast<Wide>(a.sum_) * static_cast<Wide>(b.pairs_) <=>
               static_cast<Wide>(b.sum_) * static_cast<Wide>(a.pairs_);
    }
    friend bool operator==(const MeanGain& a, const MeanGain& b) { return std::is_eq(a <=> b); }

private:
    LogOdds sum_{};
    std::size_t pairs_{1};
    double value_{};
};

/// Everything is measured from the log-odds of a missing pair, `missing`: then a pair of clusters
/// needs the sum over its edges alone, and mean = missing + sum / (pairs of articles).
struct LinkageScale {
    LogOdds missing;
    LogOdds least; ///< a mean above `missing` that allows a merge

    LinkageScale(const SimilarityGraph& graph, float min_probability)
        : missing(log_odds(graph.missing_probability)), least(log_odds(min_probability) - missing) {
    }

    [[nodiscard]] LogOdds gain(const Edge& edge) const {
        return log_odds(edge.probability) - missing;
    }

    /// No evidence at all (a sum of 0) never merges, however low the threshold.
    [[nodiscard]] bool allows(double mean) const {
        return mean > 0 && mean >= static_cast<double>(least);
    }
    [[nodiscard]] bool allows(const MeanGain& mean) const { return allows(mean.value()); }
    [[nodiscard]] bool allows(const Edge& edge) const { return allows(MeanGain(gain(edge), 1)); }

    /// What a gain loses when it is measured from the higher of `missing` and `least` instead.
    [[nodiscard]] LogOdds cost() const { return std::max<LogOdds>(0, least); }
};

} // namespace fabula::detail
