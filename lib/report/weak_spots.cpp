// SPDX-License-Identifier: Apache-2.0
#include "report/weak_spots.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace fabula::detail {
namespace {

constexpr double least_near = 0.2;
constexpr double surely_held = 0.9;
constexpr std::size_t most_near = 3;

struct Crossing {
    std::uint32_t story{};
    std::uint32_t other{};
    ReportPair pair;
};

/// The likeliest pair of each two stories, both ways, by story and then the likeliest first.
std::vector<Crossing> crossings_of(const ReportView& view) {
    std::vector<Crossing> all;
    for (const Edge& edge : view.clusters.scored) {
        const std::uint32_t a = view.story_of[edge.first];
        const std::uint32_t b = view.story_of[edge.second];
        const auto probability = static_cast<double>(edge.probability);
        if (a == b || probability < least_near)
            continue;
        all.push_back({a, b, {edge.first, edge.second, probability}});
        all.push_back({b, a, {edge.second, edge.first, probability}});
    }
    const auto key = [](const Crossing& c) {
        return std::tuple(c.story, c.other, -c.pair.probability,
                          std::minmax(c.pair.first, c.pair.second));
    };
    std::sort(all.begin(), all.end(),
              [&](const Crossing& x, const Crossing& y) { return key(x) < key(y); });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Crossing& x, const Crossing& y) {
                              return x.story == y.story && x.other == y.other;
                          }),
              all.end());
    return all;
}

bool is_likelier(const ReportPair& x, const ReportPair& y) {
    return x.probability != y.probability
               ? x.probability > y.probability
               : std::pair(x.first, x.second) < std::pair(y.first, y.second);
}

std::optional<ReportPair> weakest_of(const Story& story) {
    std::optional<ReportPair> weakest;
    for (const StoryLink& link : story.links) {
        if (!link.strongest || link.strongest->probability >= surely_held)
            continue;
        const ReportPair pair{static_cast<std::uint32_t>(link.member),
                              static_cast<std::uint32_t>(link.strongest->member),
                              link.strongest->probability};
        if (!weakest || pair.probability < weakest->probability)
            weakest = pair;
    }
    return weakest;
}

} // namespace

WeakSpots find_weak_spots(const ReportView& view) {
    WeakSpots out;
    out.near.resize(view.clusters.stories.size());
    for (const Crossing& crossing : crossings_of(view)) {
        out.near[crossing.story].push_back({crossing.other, crossing.pair});
        if (crossing.story < crossing.other)
            out.nearly_joined.push_back(crossing.pair);
    }
    for (std::vector<NearStory>& near : out.near) {
        std::stable_sort(near.begin(), near.end(), [](const NearStory& x, const NearStory& y) {
            return x.pair.probability > y.pair.probability;
        });
        near.resize(std::min(near.size(), most_near));
    }
    std::sort(out.nearly_joined.begin(), out.nearly_joined.end(), is_likelier);
    out.nearly_joined.resize(std::min(out.nearly_joined.size(), most_weak_spots));
    for (const Story& story : view.clusters.stories)
        if (const auto weakest = weakest_of(story))
            out.nearly_parted.push_back(*weakest);
    std::sort(out.nearly_parted.begin(), out.nearly_parted.end(),
              [](const ReportPair& x, const ReportPair& y) { return is_likelier(y, x); });
    out.nearly_parted.resize(std::min(out.nearly_parted.size(), most_weak_spots));
    return out;
}

} // namespace fabula::detail
