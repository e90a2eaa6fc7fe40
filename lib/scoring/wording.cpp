// SPDX-License-Identifier: Apache-2.0
#include <fabula/scoring.hpp>

#include <algorithm>
#include <cstdint>

namespace fabula::inline v0 {

std::string_view to_string(Direction direction) noexcept {
    switch (direction) {
    case Direction::unknown:
        return "unknown";
    case Direction::first_is_earlier:
        return "first_is_earlier";
    case Direction::second_is_earlier:
        return "second_is_earlier";
    }
    return "unknown";
}

Direction direction_of(std::optional<std::chrono::sys_seconds> first,
                       std::optional<std::chrono::sys_seconds> second) noexcept {
    if (!first || !second || *first == *second)
        return Direction::unknown;
    constexpr std::int64_t seconds_per_day = 86400;
    const auto second_of_day = [](std::chrono::sys_seconds time) {
        const std::int64_t rest = time.time_since_epoch().count() % seconds_per_day;
        return rest < 0 ? rest + seconds_per_day : rest;
    };
    const auto [earlier, later] = std::minmax(*first, *second);
    const std::int64_t morning = second_of_day(earlier);
    // Unsigned: the difference of any two times fits.
    const auto gap = static_cast<std::uint64_t>(later.time_since_epoch().count()) -
                     static_cast<std::uint64_t>(earlier.time_since_epoch().count());
    // The later one cannot be at midnight of the same day.
    if (morning == 0 && gap < static_cast<std::uint64_t>(seconds_per_day))
        return Direction::unknown;
    return *first < *second ? Direction::first_is_earlier : Direction::second_is_earlier;
}

std::string in_words(const Contribution& contribution) {
    struct Meaning {
        std::string_view name;
        std::string_view words;
    };
    static constexpr Meaning meanings[] = {
        {"meaning", "how close the two are in meaning"},
        {"terms", "rare words in common"},
        {"names", "names in common"},
        {"cross_words", "international words in common"},
        {"unmatched_names", "names that only one of them has"},
        {"shared_numbers", "numbers in common"},
        {"unmatched_numbers", "numbers that only one of them has"},
        {"unmatched_dates", "dates that only one of them has"},
        {"time_gap", "the time between them"},
        {"form", "the same form, filled in otherwise"},
        // Of articles without a vector:
        {"no_vector", "one of them cannot be read for meaning"},
        {"numbers", "numbers in common"},
        {"words", "words in common"},
    };
    for (const Meaning& meaning : meanings)
        if (meaning.name == contribution.name)
            return std::string{meaning.words};
    std::string words = contribution.name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

} // namespace fabula::inline v0
