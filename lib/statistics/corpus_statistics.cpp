// SPDX-License-Identifier: Apache-2.0
#include "statistics/corpus_statistics.hpp"

#include "base/parallel.hpp"
#include "statistics/document_weights.hpp"
#include "statistics/sums/background.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace fabula::detail {

std::optional<ScoreNormalization> ordinary_of(const ModelData& model) {
    const std::optional<StatisticsBucket> background = background_of(model);
    return background ? std::optional(ScoreNormalization(*background)) : std::nullopt;
}

ScoreNormalization ordinary_of(const ModelData& model, const StatisticsData& given) {
    StatisticsBucket sums = given.total();
    if (const auto background = background_of(model); background && !given.has_own_vectors)
        sums.add(*background);
    return ScoreNormalization(sums);
}

namespace {

void find_distributions(const Corpus& corpus, CorpusStatistics& statistics, unsigned threads) {
    statistics.distributions.resize(corpus.size());
    constexpr std::size_t articles_per_task = 256;
    for_each_range(corpus.size(), articles_per_task, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i)
            statistics.distributions[i] = statistics.normalization.distribution(
                corpus.vectors.row(i), statistics.document_weights[i]);
    });
}

} // namespace

CorpusStatistics place_in(const Corpus& corpus, const ScoreNormalization& ordinary,
                          const TimeNearness& nearness, unsigned threads) {
    CorpusStatistics out{ordinary, std::vector<double>(corpus.size()), {}, nearness};
    find_distributions(corpus, out, threads);
    return out;
}

CorpusStatistics learn_statistics(const Corpus& corpus, const NearDuplicates& groups,
                                  const LanguageCalibration& calibration,
                                  const WindowDensity& density, unsigned threads,
                                  const ScoreNormalization* ordinary) {
    const Eviction eviction(corpus.scratch);
    CorpusStatistics out;
    if (ordinary != nullptr) {
        out.normalization = *ordinary;
        out.document_weights.assign(corpus.size(), 0);
    } else {
        out.document_weights =
            document_weights(corpus.vectors, corpus.lexical, corpus.times, groups.unique,
                             calibration, threads, density, eviction);
        for (std::size_t i = 0; i < groups.representatives.size(); ++i)
            out.document_weights[i] = out.document_weights[groups.representatives[i]];
        out.normalization = ScoreNormalization::learn(corpus.vectors, corpus.lexical, groups.unique,
                                                      out.document_weights, threads, eviction);
    }
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    times.reserve(groups.unique.size());
    for (const std::uint32_t article : groups.unique)
        times.push_back(corpus.times[article]);
    out.nearness = TimeNearness(times);
    find_distributions(corpus, out, threads);
    return out;
}

} // namespace fabula::detail
