// SPDX-License-Identifier: Apache-2.0
#include "similarity/collection.hpp"

#include "embedding/article_vector.hpp"
#include "model/parallel.hpp"
#include "similarity/copies.hpp"
#include "similarity/dot.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

namespace fabula::detail {

namespace {

std::vector<std::optional<std::chrono::sys_seconds>>
times_of(const Collection& collection, std::span<const std::uint32_t> members) {
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    for (const std::uint32_t member : members)
        times.push_back(collection.times[member]);
    return times;
}

/// Sets the crowding of each article from the pairs that are worth comparing, and weighs its terms
/// by its crowd.
void find_crowds(Collection& collection, std::span<const CandidatePair> pairs,
                 const LanguageScale& scale, unsigned threads) {
    const std::size_t n = collection.evidence.size();
    std::vector<std::size_t> begins(n + 1);
    for (const CandidatePair& pair : pairs) {
        ++begins[pair.first + 1];
        ++begins[pair.second + 1];
    }
    for (std::size_t i = 0; i < n; ++i)
        begins[i + 1] += begins[i];
    // Each article's pairs side by side, as numbers of pairs.
    std::vector<std::uint32_t> pairs_of(2 * pairs.size());
    std::vector<std::size_t> next(begins.begin(), begins.end() - 1);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs_of[next[pairs[i].first]++] = static_cast<std::uint32_t>(i);
        pairs_of[next[pairs[i].second]++] = static_cast<std::uint32_t>(i);
    }
    collection.crowding.assign(n, 0.0F);
    constexpr std::size_t articles_per_task = 64;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<CrowdNeighbour> neighbours;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            neighbours.clear();
            for (std::size_t k = begins[i]; k < begins[i + 1]; ++k) {
                const CandidatePair& pair = pairs[pairs_of[k]];
                const std::uint32_t other = pair.first == i ? pair.second : pair.first;
                const double closeness_here =
                    closeness(pair.cosine, collection.spreads[i], collection.spreads[other]) *
                    scale.factor(collection.evidence[i].language,
                                 collection.evidence[other].language);
                neighbours.push_back({closeness_here, collection.shares[other], other});
            }
            const std::vector<CrowdNeighbour> nearest = nearest_stories(neighbours);
            collection.crowding[i] = static_cast<float>(crowding(nearest));
            // Only weights are written, and only keys are read of other articles.
            weigh_in_crowd(collection.evidence[i], nearest, collection.evidence);
        }
    });
}

} // namespace

float Collection::cosine(std::size_t a, std::size_t b) const {
    return std::clamp(
        dot(transformed.row(a).data(), transformed.row(b).data(), transformed.dimension), -1.0F,
        1.0F);
}

PairFeatures Collection::measure(std::size_t a, std::size_t b, float cosine,
                                 const LanguageScale& scale) const {
    PairFeatures out = measure_pair(evidence[a], evidence[b],
                                    closeness(cosine, spreads[a], spreads[b]), nearness, scale);
    out.collected = statistics.collected();
    if (!crowding.empty())
        out[PairFeature::crowding] =
            (static_cast<double>(crowding[a]) + static_cast<double>(crowding[b])) / 2;
    return out;
}

Collection read_collection(std::span<const Article> articles, std::span<const std::size_t> order,
                           const Model& model, const FurnitureFilter& furniture,
                           AnalyzerPool& analyzers, unsigned threads,
                           const std::function<void(double)>& done) {
    constexpr std::size_t articles_per_task = 16;
    const std::size_t n = order.size();
    Collection out;
    out.vectors = {n, model.dimension(), std::vector<float>(n * model.dimension())};
    out.outcomes.resize(n);
    out.evidence.resize(n);
    out.times.resize(n);
    const EmbedOptions options;
    const std::size_t tasks = (n + articles_per_task - 1) / articles_per_task;
    std::atomic<std::size_t> finished{0};
    const std::thread::id caller = std::this_thread::get_id();
    for_each_task(tasks, threads, [&](std::size_t task) {
        const auto analyzer = analyzers.borrow();
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            const Article& article = articles[order[i]];
            AnalyzedArticle analyzed =
                analyze_article(article, model, furniture, *analyzer, Sentences::skip);
            article_vector(analyzed, article, model.data(), options, out.vectors.row(i));
            out.evidence[i] = extract_evidence(analyzed, article, model.data());
            out.outcomes[i] = std::move(analyzed.outcome);
            out.times[i] = article.published;
        }
        ++finished;
        if (done && std::this_thread::get_id() == caller)
            done(static_cast<double>(finished) / static_cast<double>(tasks));
    });
    return out;
}

void learn_statistics(Collection& collection, std::span<const std::uint32_t> members,
                      const LanguageScale& scale, unsigned threads) {
    collection.shares =
        story_shares(collection.vectors, collection.evidence, members, scale, threads);
    collection.statistics = CollectionStatistics::learn(collection.vectors, collection.evidence,
                                                        members, collection.shares, threads);
    collection.transformed = collection.statistics.transform(collection.vectors, threads);
    collection.nearness = TimeNearness(times_of(collection, members));
    const std::size_t n = collection.evidence.size();
    collection.spreads.resize(n);
    constexpr std::size_t articles_per_task = 256;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            collection.statistics.weigh(collection.evidence[i], collection.shares[i]);
            collection.spreads[i] =
                collection.statistics.spread(collection.transformed.row(i), collection.shares[i]);
        }
    });
}

Candidates find_candidates(Collection& collection, const LanguageScale& scale, float min_cosine,
                           std::size_t max_neighbours, std::chrono::seconds time_window,
                           unsigned threads) {
    Candidates out;
    // Copies count once: only what they are copies of is learned from and compared.
    out.leaders = copy_leaders(collection.evidence, time_window);
    out.originals = leaders_alone(out.leaders);
    learn_statistics(collection, out.originals, scale, threads);
    out.pairs = candidate_pairs(collection.transformed, min_cosine, max_neighbours, time_window,
                                collection.times, threads, out.originals);
    find_crowds(collection, out.pairs, scale, threads);
    for (std::size_t i = 0; i < out.leaders.size(); ++i)
        collection.crowding[i] = collection.crowding[out.leaders[i]];
    return out;
}

} // namespace fabula::detail
