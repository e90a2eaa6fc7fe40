// SPDX-License-Identifier: Apache-2.0
#include "base/time_window.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "neighbours/candidate_search.hpp"
#include "scoring/lexical_fallback.hpp"
#include "statistics/window_density.hpp"
#include "support/catch.hpp"

#include <array>
#include <optional>
#include <vector>

using namespace fabula;
using namespace fabula::detail;

namespace {

using Time = std::optional<std::chrono::sys_seconds>;
constexpr std::chrono::seconds window{3600};

Time at(std::chrono::seconds second) {
    return std::chrono::sys_seconds{second};
}

/// Two articles that meet by their words and by their names wherever their times allow it.
std::vector<LexicalFeatures> two_alike(Time first, Time second) {
    LexicalFeatures article;
    article.has_vector = false;
    article.names = {1, 2, 3};
    for (std::uint32_t i = 0; i < 50; ++i)
        article.sketch.add(i * 2654435761U);
    std::vector<LexicalFeatures> out{article, article};
    out[0].published = first;
    out[1].published = second;
    return out;
}

} // namespace

TEST_CASE("time window: its end is within, whatever the order, and so is what has no time") {
    constexpr std::chrono::seconds second{1};
    for (const std::chrono::seconds from : {std::chrono::seconds{0}, std::chrono::seconds{-1800}}) {
        CHECK(within_window(at(from), at(from), window));
        CHECK(within_window(at(from), at(from + window), window));
        CHECK(within_window(at(from + window), at(from), window));
        CHECK_FALSE(within_window(at(from), at(from + window + second), window));
        CHECK_FALSE(within_window(at(from + window + second), at(from), window));
    }
    CHECK(within_window(at(second), std::nullopt, second));
    CHECK(within_window(std::nullopt, at(second), second));
    CHECK(within_window(std::nullopt, std::nullopt, second));
    // No limit; and times whose distance does not fit.
    const Time first = std::chrono::sys_seconds::min();
    const Time last = std::chrono::sys_seconds::max();
    CHECK(within_window(first, last, std::chrono::seconds{0}));
    CHECK_FALSE(within_window(first, last, std::chrono::seconds::max()));
    CHECK_FALSE(within_window(last, first, window));
}

TEST_CASE("time window: near vectors, near-duplicates and shared names meet within the same one") {
    const EmbeddingMatrix vectors{2, 2, {1, 0, 1, 0}};
    const std::array<std::uint32_t, 2> both{0, 1};
    for (const auto& [first, second] :
         {std::pair{at(window), at(2 * window)}, std::pair{at(2 * window), at(window)},
          std::pair{at(window), at(2 * window + std::chrono::seconds{1})},
          std::pair{at(2 * window + std::chrono::seconds{1}), at(window)},
          std::pair{at(window), at(2 * window - std::chrono::seconds{1})},
          std::pair{Time{}, at(window)}, std::pair{Time{}, Time{}}}) {
        const bool meet = within_window(first, second, window);
        const std::vector<Time> times{first, second};
        CHECK(candidate_pairs(vectors, 0.5F, 0, window, times, 1).size() == (meet ? 1 : 0));
        CHECK(window_density(times, both, window, 0).articles == (meet ? 1 : 0));
        const std::vector<LexicalFeatures> lexical = two_alike(first, second);
        CHECK(find_near_duplicates(lexical, window) ==
              std::vector<std::uint32_t>{0, meet ? 0U : 1U});
        CHECK(name_pairs(lexical, 0, window).size() == (meet ? 1 : 0));
    }
}
