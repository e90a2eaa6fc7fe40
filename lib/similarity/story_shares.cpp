// SPDX-License-Identifier: Apache-2.0
#include "similarity/story_shares.hpp"

#include "text/parallel.hpp"
#include "similarity/neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

/// Below, two articles count as two.
constexpr double least_cosine = 0.35;
constexpr double few_articles = 3000; ///< in reach; from there on the bound rises to
constexpr double many_articles = 100'000;
constexpr double least_of_many = 0.5; ///< and no further
constexpr std::size_t most_neighbours = 256;

float least_cosine_of(double in_reach) {
    const double part = std::log(in_reach / few_articles) / std::log(many_articles / few_articles);
    return static_cast<float>(least_cosine +
                              std::clamp(part, 0.0, 1.0) * (least_of_many - least_cosine));
}

double likeness(const ArticleEvidence& a, const ArticleEvidence& b, double cosine) {
    const double meaning = 1 / (1 + std::exp((0.5 - cosine) / 0.05));
    if (meaning < 0.5 && a.language == b.language)
        return 0; // whatever their names
    const double names = std::clamp((0.9 - term_overlap(a, b).foreign_names) / 0.4, 0.0, 1.0);
    const double all = meaning * names * (1 - key_overlap(a.numbers, b.numbers).foreign_part());
    // Many reports that are hardly alike, as those of one template are, do not add up to a telling.
    return all >= 0.5 || a.language != b.language ? all : 0;
}

} // namespace

std::vector<double> story_shares(const EmbeddingMatrix& vectors,
                                 std::span<const ArticleEvidence> evidence,
                                 std::span<const std::optional<std::chrono::sys_seconds>> times,
                                 std::span<const std::uint32_t> members, const LanguageScale& scale,
                                 unsigned threads, const Reach& reach) {
    std::vector<double> tellings(evidence.size(), 1.0);
    if (members.empty())
        return tellings;
    const std::vector<CandidatePair> pairs =
        candidate_pairs(vectors, least_cosine_of(reach.articles), most_neighbours,
                        reach.time_window, times, threads, members, {}, reach.exact_below);
    std::vector<double> alike(pairs.size());
    constexpr std::size_t pairs_per_task = 4096;
    for_each_task((pairs.size() + pairs_per_task - 1) / pairs_per_task, threads,
                  [&](std::size_t task) {
                      const std::size_t end = std::min(pairs.size(), (task + 1) * pairs_per_task);
                      for (std::size_t i = task * pairs_per_task; i < end; ++i) {
                          const ArticleEvidence& a = evidence[pairs[i].first];
                          const ArticleEvidence& b = evidence[pairs[i].second];
                          alike[i] = likeness(a, b,
                                              static_cast<double>(pairs[i].cosine) *
                                                  scale.factor(a.language, b.language));
                      }
                  });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        tellings[pairs[i].first] += alike[i];
        tellings[pairs[i].second] += alike[i];
    }
    for (double& value : tellings)
        value = 1 / value;
    return tellings;
}

} // namespace fabula::detail
