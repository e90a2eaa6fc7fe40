// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statistics/sums/document_frequency.hpp"
#include "statistics/sums/vector_moments.hpp"

#include <fabula/statistics.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// The sums over the articles of one day, or of no known one.
struct StatisticsBucket {
    std::size_t articles{};
    std::uint64_t weight{}; ///< in `weight_units`
    VectorMoments moments;
    std::unordered_map<std::uint32_t, TermSum> terms;

    void add(const StatisticsBucket& part);
    /// Whether `part` can be taken away: nothing of it would fall below zero.
    [[nodiscard]] bool holds(const StatisticsBucket& part) const;
    void subtract(const StatisticsBucket& part);
    [[nodiscard]] std::vector<TermSum> sorted_terms() const;

    friend bool operator==(const StatisticsBucket& a, const StatisticsBucket& b) = default;
};

/// What `CollectionStatistics` hold.
struct StatisticsData {
    /// Days since 1970; articles without a time have none.
    using Day = std::optional<std::int64_t>;

    std::uint64_t space{};                   ///< see `feature_space`
    bool has_own_vectors{};                  ///< of another encoder
    std::size_t dimension{};                 ///< 0 where there is no article
    std::map<Day, StatisticsBucket> buckets; ///< none that is empty

    [[nodiscard]] static const StatisticsData& of(const CollectionStatistics& statistics) {
        return *statistics.data_;
    }
    /// \throws Error(other_model) where the two cannot be added up
    void require_same_space(const StatisticsData& other) const;
    /// Of all buckets, in `weight_units`; `most_weight` at most.
    [[nodiscard]] std::uint64_t weight() const;
    /// All buckets as one.
    [[nodiscard]] StatisticsBucket total() const;
};

/// The bucket that an article is in, with nothing else in it.
[[nodiscard]] StatisticsData statistics_of(const ArticleFeatures& features, double document_weight);

} // namespace fabula::detail
