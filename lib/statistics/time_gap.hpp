// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>

namespace fabula::detail {

/// What the time between two articles says, against the times between articles of their collection:
/// that two appeared on one day is nothing in the news of a day, and much in the news of a year.
///
/// For a gap of g days it is −ln F(g) less its mean over all pairs of the collection, where F(g) is
/// the part of these pairs that are as near or nearer. So 0 is what two articles at random have,
/// above 0 is near; a collection of a day has 0 throughout. No gap weighs less than −1, since dates
/// may be wrong: a long time speaks against one story, and does not forbid it. None weighs more
/// than 2.5, or in an archive of years all that appeared on one day would be one story.
///
/// F is drawn towards that of a month of even news as n / (n + 30) for n dated articles, which is
/// also what stands for no collection.
class TimeNearness {
public:
    TimeNearness();
    /// Does not depend on the order of the times. O(n log n + days²) for the first 120 days apart.
    explicit TimeNearness(std::span<const std::optional<std::chrono::sys_seconds>> times);
    /// Of the same times, as how many there are of each day.
    explicit TimeNearness(const std::map<std::chrono::sys_days, std::size_t>& times_of_day);

    [[nodiscard]] double of(std::chrono::seconds gap) const;

private:
    static constexpr std::size_t days = 120; ///< gaps beyond are as the last

    /// Sets the values from the pairs that are 0, 1, … days apart, those beyond in the last place.
    void set(const std::array<double, days + 1>& pairs);

    std::array<double, days + 1> values_{};
};

} // namespace fabula::detail
