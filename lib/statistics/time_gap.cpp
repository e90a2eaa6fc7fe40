// SPDX-License-Identifier: Apache-2.0
#include "statistics/time_gap.hpp"

#include "base/portable_math.hpp"

#include <algorithm>

namespace fabula::detail {

namespace {

constexpr std::size_t month = 30;  ///< days of even news that stand for no collection
constexpr double model_worth = 30; ///< articles' worth of them
constexpr double lowest = -1;
constexpr double highest = 2.5; ///< so that an archive of years makes no story of a day
constexpr std::int64_t seconds_per_day = 86400;

/// The part of pairs of a month of even news that are `gap` days apart.
double model_share(std::size_t gap) {
    constexpr auto n = static_cast<double>(month);
    if (gap >= month)
        return 0;
    return (gap == 0 ? 1.0 : 2.0) * (n - static_cast<double>(gap)) / (n * n);
}

/// Days before 1970 are rounded down as well.
std::map<std::chrono::sys_days, std::size_t>
count_days(std::span<const std::optional<std::chrono::sys_seconds>> times) {
    std::map<std::chrono::sys_days, std::size_t> out;
    for (const auto& time : times)
        if (time)
            ++out[std::chrono::floor<std::chrono::days>(*time)];
    return out;
}

} // namespace

TimeNearness::TimeNearness() {
    std::array<double, days + 1> pairs{};
    for (std::size_t gap = 0; gap < days; ++gap)
        pairs[gap] = model_share(gap);
    set(pairs);
}

TimeNearness::TimeNearness(std::span<const std::optional<std::chrono::sys_seconds>> times)
    : TimeNearness(count_days(times)) {}

TimeNearness::TimeNearness(const std::map<std::chrono::sys_days, std::size_t>& times_of_day) {
    double dated = 0;
    for (const auto& [day, count] : times_of_day)
        dated += static_cast<double>(count);
    std::array<double, days + 1> pairs{};
    double all = 0;
    double near = 0;
    for (auto a = times_of_day.begin(); a != times_of_day.end(); ++a) {
        const auto count = static_cast<double>(a->second);
        pairs[0] += count * (count - 1) / 2;
        for (auto b = std::next(a); b != times_of_day.end(); ++b) {
            const auto gap = (b->first - a->first).count();
            if (gap >= static_cast<std::int64_t>(days))
                break;
            pairs[static_cast<std::size_t>(gap)] += count * static_cast<double>(b->second);
        }
    }
    for (const double count : pairs)
        near += count;
    all = dated * (dated - 1) / 2;
    pairs[days] = std::max(0.0, all - near);
    const double share = all > 0 ? dated / (dated + model_worth) : 0;
    for (std::size_t gap = 0; gap <= days; ++gap)
        pairs[gap] = (all > 0 ? share * pairs[gap] / all : 0) + (1 - share) * model_share(gap);
    set(pairs);
}

void TimeNearness::set(const std::array<double, days + 1>& pairs) {
    double as_near = 0;
    double mean = 0;
    for (std::size_t gap = 0; gap <= days; ++gap) {
        as_near += pairs[gap];
        values_[gap] = -portable_log(std::clamp(as_near, 1e-6, 1.0));
        mean += pairs[gap] * values_[gap];
    }
    for (double& value : values_)
        value = std::clamp(value - mean, lowest, highest);
    // Across midnight or not, what is at most a day apart is near: the two share one value.
    values_[0] = values_[1];
}

double TimeNearness::of(std::chrono::seconds gap) const {
    // Rounded to the nearest day, without overflow.
    const std::int64_t whole = gap.count() / seconds_per_day +
                               (gap.count() % seconds_per_day >= seconds_per_day / 2 ? 1 : 0);
    return values_[static_cast<std::size_t>(
        std::clamp(whole, std::int64_t{0}, static_cast<std::int64_t>(days)))];
}

} // namespace fabula::detail
