// SPDX-License-Identifier: Apache-2.0
#include "statistics/document_weights.hpp"

#include "base/logistic.hpp"
#include "base/portable_math.hpp"
#include "statistics/pair_loop.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

/// Below, two articles count as two.
constexpr double least_cosine = 0.35;
constexpr double few_articles = 3000; ///< in density; from there on the bound rises to
constexpr double many_articles = 100'000;
constexpr double least_of_many = 0.5; ///< and no further
/// Reports that are told apart from one, and how many of them where there are many articles.
constexpr double most_neighbours = 256;
constexpr double most_of_many = 64;

/// How far the collection is from few articles to many, in [0, 1].
double size_of(double in_window) {
    return std::clamp(portable_log(in_window / few_articles) /
                          portable_log(many_articles / few_articles),
                      0.0, 1.0);
}

float least_cosine_of(double size) {
    return static_cast<float>(least_cosine + size * (least_of_many - least_cosine));
}

std::size_t most_neighbours_of(double size) {
    return static_cast<std::size_t>(
        std::lround(most_neighbours * portable_pow(most_of_many / most_neighbours, size)));
}

double likeness(const TermPlaces& places_of_a, const LexicalFeatures& a, const LexicalFeatures& b,
                double cosine) {
    const double meaning = logistic((cosine - 0.5) / 0.05);
    if (meaning < 0.5 && a.language == b.language)
        return 0; // whatever their names
    const double at_most = meaning * (1 - key_overlap(a.numbers, b.numbers).unmatched_part());
    if (at_most < 0.5 && a.language == b.language)
        return 0;
    const double names =
        std::clamp((0.9 - term_overlap(places_of_a, a, b).unmatched_names) / 0.4, 0.0, 1.0);
    const double all = at_most * names;
    // Many reports that are hardly alike, as those of one template are, do not add up to a report.
    return all >= 0.5 || a.language != b.language ? all : 0;
}

} // namespace

std::vector<double> document_weights(const EmbeddingMatrix& vectors,
                                     std::span<const LexicalFeatures> lexical,
                                     std::span<const std::optional<std::chrono::sys_seconds>> times,
                                     std::span<const std::uint32_t> members,
                                     const LanguageCalibration& calibration, unsigned threads,
                                     const WindowDensity& density, const Eviction& eviction) {
    std::vector<double> reports(lexical.size(), 1.0);
    if (members.empty())
        return reports;
    const double size = size_of(density.articles);
    const std::vector<CandidatePair> pairs =
        candidate_pairs(vectors, least_cosine_of(size), most_neighbours_of(size),
                        density.time_window, times, threads, members, {}, density.exact_below);
    std::vector<double> alike(pairs.size());

    for_each_pair(pairs, lexical, threads, eviction,
                  [&](std::size_t i, const TermPlaces& places_of_a) {
                      const LexicalFeatures& a = lexical[pairs[i].first];
                      const LexicalFeatures& b = lexical[pairs[i].second];
                      alike[i] = likeness(places_of_a, a, b,
                                          static_cast<double>(pairs[i].cosine) *
                                              calibration.factor(a.language, b.language));
                  });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        reports[pairs[i].first] += alike[i];
        reports[pairs[i].second] += alike[i];
    }
    for (double& value : reports)
        value = whole_weight(1 / value);
    return reports;
}

} // namespace fabula::detail
