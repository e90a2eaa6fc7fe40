// SPDX-License-Identifier: Apache-2.0
#include "scoring/collection.hpp"

#include "base/parallel.hpp"
#include "embedding/article_vector.hpp"
#include "features/article_identity.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "neighbours/join/dot.hpp"
#include "statistics/candidate_threshold.hpp"

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
/// by its crowd. A copy has none of its own, and stands in its leader's.
void find_crowds(Collection& collection, std::span<const CandidatePair> pairs,
                 std::span<const std::uint32_t> leaders, const LanguageScale& scale,
                 unsigned threads) {
    const std::size_t n = collection.evidence.size();
    const LetGo let_go(collection.scratch);
    // The pairs are sorted by their first articles; those of the second ones are listed.
    std::vector<std::size_t> first_begins(n + 1);
    std::vector<std::size_t> second_begins(n + 1);
    for (const CandidatePair& pair : pairs) {
        ++first_begins[pair.first + 1];
        ++second_begins[pair.second + 1];
    }
    std::partial_sum(first_begins.begin(), first_begins.end(), first_begins.begin());
    std::partial_sum(second_begins.begin(), second_begins.end(), second_begins.begin());
    std::vector<std::uint32_t> by_second(pairs.size());
    std::vector<std::size_t> next(second_begins.begin(), second_begins.end() - 1);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        by_second[next[pairs[i].second]++] = static_cast<std::uint32_t>(i);
    next = {};
    collection.crowding.assign(n, 0.0F);
    constexpr std::size_t articles_per_task = 64;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<CrowdNeighbour> neighbours;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            neighbours.clear();
            const std::size_t leader = leaders[i];
            const auto add = [&](const CandidatePair& pair, std::uint32_t other) {
                const double closeness_here =
                    closeness(pair.cosine, collection.spreads[leader], collection.spreads[other]) *
                    scale.factor(collection.evidence[leader].language,
                                 collection.evidence[other].language);
                neighbours.push_back({closeness_here, collection.shares[other], other});
            };
            for (std::size_t k = first_begins[leader]; k < first_begins[leader + 1]; ++k)
                add(pairs[k], pairs[k].second);
            for (std::size_t k = second_begins[leader]; k < second_begins[leader + 1]; ++k)
                add(pairs[by_second[k]], pairs[by_second[k]].first);
            const std::vector<CrowdNeighbour> nearest = nearest_stories(neighbours);
            collection.crowding[i] = static_cast<float>(crowding(nearest));
            // Only weights are written, and only keys are read of other articles.
            weigh_in_crowd(collection.evidence[i], nearest, collection.evidence);
            let_go.now_and_then(i);
        }
    });
}

/// One floor an article, those that are not members' are not used.
std::vector<float> floors(const Collection& collection, std::span<const std::uint32_t> members,
                          const LanguageScale& scale, double in_reach) {
    const LetGo let_go(collection.scratch);
    const CandidateFloor floor(in_reach);
    std::vector<float> out(collection.evidence.size());
    for (std::size_t at = 0; at < members.size(); ++at) {
        const std::uint32_t i = members[at];
        const ArticleEvidence& article = collection.evidence[i];
        out[i] = floor.of(collection.spreads[i], article.words,
                          1 / scale.factor(article.language, article.language));
        let_go.now_and_then(at);
    }
    return out;
}

} // namespace

void Collection::set_vectors_aside() {
    if (scratch == nullptr)
        return;
    const std::size_t bytes = vectors.values.size() * sizeof(float);
    aside_ = {static_cast<float*>(scratch->allocate(bytes, alignof(float))), vectors.values.size()};
    std::copy(vectors.values.begin(), vectors.values.end(), aside_.begin());
    std::vector<float>().swap(vectors.values);
    scratch->let_go();
}

void Collection::fetch_vectors() {
    if (aside_.empty())
        return;
    vectors.values.assign(aside_.begin(), aside_.end());
    aside_ = {};
    scratch->let_go();
}

float Collection::cosine(std::size_t a, std::size_t b) const {
    std::vector<float> x(vectors.dimension);
    std::vector<float> y(vectors.dimension);
    statistics.transform(vectors.row(a), x);
    statistics.transform(vectors.row(b), y);
    return std::clamp(dot(x.data(), y.data(), x.size()), -1.0F, 1.0F);
}

PairFeatures Collection::measure(std::size_t a, std::size_t b, float cosine,
                                 const LanguageScale& scale) const {
    return measure(a, b, cosine, term_overlap(evidence[a], evidence[b]), scale);
}

PairFeatures Collection::measure(std::size_t a, std::size_t b, float cosine,
                                 const TermOverlap& overlap, const LanguageScale& scale) const {
    PairFeatures out = measure_pair(evidence[a], evidence[b], overlap,
                                    closeness(cosine, spreads[a], spreads[b]), nearness, scale);
    out.collected = statistics.collected();
    if (!crowding.empty())
        out[PairFeature::crowding] =
            (static_cast<double>(crowding[a]) + static_cast<double>(crowding[b])) / 2;
    return out;
}

Collection read_collection(const Articles& articles, std::span<const std::size_t> order,
                           const Model& model, const FurnitureFilter& furniture,
                           Pool<TextAnalyzer>& analyzers, unsigned threads,
                           const std::function<void(double)>& done, ScratchMemory* scratch) {
    const std::size_t n = order.size();
    const std::size_t articles_per_task = items_per_task(n, 16);
    Collection out(scratch);
    out.vectors = {n, model.dimension(), std::vector<float>(n * model.dimension())};
    out.outcomes.resize(n);
    out.contents.resize(n);
    out.evidence.resize(n);
    out.times.resize(n);
    out.identities.resize(n);
    const EmbedOptions options;
    const std::size_t tasks = (n + articles_per_task - 1) / articles_per_task;
    prepare_analysis(model,
                     std::any_of(order.begin(), order.end(),
                                 [&](std::size_t i) { return articles[i].language.empty(); }),
                     threads);
    std::atomic<std::size_t> finished{0};
    const std::thread::id caller = std::this_thread::get_id();
    for_each_task(tasks, threads, [&](std::size_t task) {
        const auto analyzer = analyzers.borrow();
        Article room;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            const Article& article = articles.read(order[i], room);
            AnalyzedArticle analyzed =
                analyze_article(article, model, furniture, *analyzer, Sentences::skip);
            article_vector(analyzed, article, ModelData::of(model), options, out.vectors.row(i));
            out.evidence[i] = extract_evidence(analyzed, article, ModelData::of(model));
            if (scratch != nullptr)
                move_lists(out.evidence[i], *scratch);
            out.outcomes[i] = std::move(analyzed.outcome);
            analyzed.content.shrink_to_fit();
            out.contents[i] = std::move(analyzed.content);
            out.times[i] = article.published;
            out.identities[i] = article_identity(article);
        }
        ++finished;
        if (done && std::this_thread::get_id() == caller)
            done(static_cast<double>(finished) / static_cast<double>(tasks));
    });
    return out;
}

void learn_statistics(Collection& collection, std::span<const std::uint32_t> members,
                      const LanguageScale& scale, unsigned threads, const Reach& reach,
                      std::span<const std::uint32_t> leaders) {
    const LetGo let_go(collection.scratch);
    collection.shares = story_shares(collection.vectors, collection.evidence, collection.times,
                                     members, scale, threads, reach, let_go);
    for (std::size_t i = 0; i < leaders.size(); ++i)
        collection.shares[i] = collection.shares[leaders[i]];
    collection.statistics = CollectionStatistics::learn(
        collection.vectors, collection.evidence, members, collection.shares, threads, let_go);
    collection.nearness = TimeNearness(times_of(collection, members));
    const std::size_t n = collection.evidence.size();
    collection.spreads.resize(n);
    constexpr std::size_t articles_per_task = 256;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<float> transformed(collection.vectors.dimension);
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            collection.statistics.weigh(collection.evidence[i], collection.shares[i]);
            collection.statistics.transform(collection.vectors.row(i), transformed);
            collection.spreads[i] = collection.statistics.spread(transformed, collection.shares[i]);
            let_go.now_and_then(i);
        }
    });
}

Candidates find_candidates(Collection& collection, const LanguageScale& scale, float min_cosine,
                           std::size_t max_neighbours, std::chrono::seconds time_window,
                           std::size_t exact_below, unsigned threads) {
    Candidates out;
    // Copies count once: only what they are copies of is learned from and compared.
    const LetGo let_go(collection.scratch);
    out.leaders = copy_leaders(collection.evidence, time_window, let_go);
    out.originals = leaders_alone(out.leaders);
    let_go.now();
    const Reach reach{time_window, articles_in_reach(collection.times, out.originals, time_window),
                      exact_below};
    learn_statistics(collection, out.originals, scale, threads, reach, out.leaders);
    EmbeddingMatrix transformed = collection.statistics.transform(collection.vectors, threads);
    collection.set_vectors_aside();
    out.pairs = candidate_pairs(
        transformed, min_cosine, max_neighbours, time_window, collection.times, threads,
        out.originals, floors(collection, out.originals, scale, reach.articles), exact_below);
    transformed = {};
    find_crowds(collection, out.pairs, out.leaders, scale, threads);
    return out;
}

} // namespace fabula::detail
