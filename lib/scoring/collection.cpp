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

/// Sets the hubness of each article from the pairs that are worth comparing, and weighs its terms
/// by its neighbourhood. A near-duplicate has none of its own, and stands in its representative's.
void find_local_neighbours(Collection& collection, std::span<const CandidatePair> pairs,
                           std::span<const std::uint32_t> representatives,
                           const LanguageCalibration& calibration, unsigned threads) {
    const std::size_t n = collection.lexical.size();
    const Eviction eviction(collection.scratch);
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
    collection.hubness.assign(n, 0.0F);
    constexpr std::size_t articles_per_task = 64;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<LocalNeighbour> neighbours;
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            neighbours.clear();
            const std::size_t representative = representatives[i];
            const auto add = [&](const CandidatePair& pair, std::uint32_t other) {
                const double s_norm_here =
                    s_norm(pair.cosine, collection.distributions[representative],
                           collection.distributions[other]) *
                    calibration.factor(collection.lexical[representative].language,
                                       collection.lexical[other].language);
                neighbours.push_back({s_norm_here, collection.document_weights[other], other});
            };
            for (std::size_t k = first_begins[representative]; k < first_begins[representative + 1];
                 ++k)
                add(pairs[k], pairs[k].second);
            for (std::size_t k = second_begins[representative];
                 k < second_begins[representative + 1]; ++k)
                add(pairs[by_second[k]], pairs[by_second[k]].first);
            const std::vector<LocalNeighbour> nearest = nearest_stories(neighbours);
            collection.hubness[i] = static_cast<float>(hubness(nearest));
            // Only weights are written, and only keys are read of other articles.
            scale_terms_locally(collection.lexical[i], nearest, collection.lexical);
            eviction.now_and_then(i);
        }
    });
}

/// One threshold an article, those that are not members' are not used.
std::vector<float> thresholds(const Collection& collection, std::span<const std::uint32_t> members,
                              const LanguageCalibration& calibration, double in_window) {
    const Eviction eviction(collection.scratch);
    const CandidateThreshold threshold(in_window);
    std::vector<float> out(collection.lexical.size());
    for (std::size_t at = 0; at < members.size(); ++at) {
        const std::uint32_t i = members[at];
        const LexicalFeatures& article = collection.lexical[i];
        out[i] = threshold.of(collection.distributions[i], article.words,
                              1 / calibration.factor(article.language, article.language));
        eviction.now_and_then(at);
    }
    return out;
}

} // namespace

void Collection::spill_vectors() {
    if (scratch == nullptr)
        return;
    const std::size_t bytes = vectors.values.size() * sizeof(float);
    spilled_ = {static_cast<float*>(scratch->allocate(bytes, alignof(float))),
                vectors.values.size()};
    std::copy(vectors.values.begin(), vectors.values.end(), spilled_.begin());
    std::vector<float>().swap(vectors.values);
    scratch->evict();
}

void Collection::restore_vectors() {
    if (spilled_.empty())
        return;
    vectors.values.assign(spilled_.begin(), spilled_.end());
    spilled_ = {};
    scratch->evict();
}

float Collection::cosine(std::size_t a, std::size_t b) const {
    std::vector<float> x(vectors.dimension);
    std::vector<float> y(vectors.dimension);
    statistics.transform(vectors.row(a), x);
    statistics.transform(vectors.row(b), y);
    return std::clamp(dot(x.data(), y.data(), x.size()), -1.0F, 1.0F);
}

PairFeatures Collection::measure(std::size_t a, std::size_t b, float cosine,
                                 const LanguageCalibration& calibration) const {
    return measure(a, b, cosine, term_overlap(lexical[a], lexical[b]), calibration);
}

PairFeatures Collection::measure(std::size_t a, std::size_t b, float cosine,
                                 const TermOverlap& overlap,
                                 const LanguageCalibration& calibration) const {
    PairFeatures out =
        measure_pair(lexical[a], lexical[b], overlap,
                     s_norm(cosine, distributions[a], distributions[b]), nearness, calibration);
    out.collected = statistics.collected();
    if (!hubness.empty())
        out[PairFeature::hubness] =
            (static_cast<double>(hubness[a]) + static_cast<double>(hubness[b])) / 2;
    return out;
}

Collection read_collection(const Articles& articles, std::span<const std::size_t> order,
                           const Model& model, const BoilerplateFilter& boilerplate,
                           Pool<TextAnalyzer>& analyzers, unsigned threads,
                           const std::function<void(double)>& done, ScratchMemory* scratch) {
    const std::size_t n = order.size();
    const std::size_t articles_per_task = items_per_task(n, 16);
    Collection out(scratch);
    out.vectors = {n, model.dimension(), std::vector<float>(n * model.dimension())};
    out.outcomes.resize(n);
    out.contents.resize(n);
    out.lexical.resize(n);
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
                analyze_article(article, model, boilerplate, *analyzer, Sentences::skip);
            article_vector(analyzed, article, ModelData::of(model), options, out.vectors.row(i));
            out.lexical[i] = extract_lexical_features(analyzed, article, ModelData::of(model));
            if (scratch != nullptr)
                move_lists(out.lexical[i], *scratch);
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
                      const LanguageCalibration& calibration, unsigned threads,
                      const WindowDensity& density,
                      std::span<const std::uint32_t> representatives) {
    const Eviction eviction(collection.scratch);
    collection.document_weights =
        document_weights(collection.vectors, collection.lexical, collection.times, members,
                         calibration, threads, density, eviction);
    for (std::size_t i = 0; i < representatives.size(); ++i)
        collection.document_weights[i] = collection.document_weights[representatives[i]];
    collection.statistics =
        ScoreNormalization::learn(collection.vectors, collection.lexical, members,
                                  collection.document_weights, threads, eviction);
    collection.nearness = TimeNearness(times_of(collection, members));
    const std::size_t n = collection.lexical.size();
    collection.distributions.resize(n);
    constexpr std::size_t articles_per_task = 256;
    for_each_task((n + articles_per_task - 1) / articles_per_task, threads, [&](std::size_t task) {
        std::vector<float> transformed(collection.vectors.dimension);
        const std::size_t end = std::min(n, (task + 1) * articles_per_task);
        for (std::size_t i = task * articles_per_task; i < end; ++i) {
            collection.statistics.weigh(collection.lexical[i], collection.document_weights[i]);
            collection.statistics.transform(collection.vectors.row(i), transformed);
            collection.distributions[i] =
                collection.statistics.distribution(transformed, collection.document_weights[i]);
            eviction.now_and_then(i);
        }
    });
}

Candidates find_candidates(Collection& collection, const LanguageCalibration& calibration,
                           float min_cosine, std::size_t max_neighbours,
                           std::chrono::seconds time_window, std::size_t exact_below,
                           unsigned threads) {
    Candidates out;
    // Near-duplicates count once: only what they are near-duplicates of is learned from and
    // compared.
    const Eviction eviction(collection.scratch);
    out.representatives = find_near_duplicates(collection.lexical, time_window, eviction);
    out.unique = unique_articles(out.representatives);
    eviction.now();
    const WindowDensity density{
        time_window, articles_in_window(collection.times, out.unique, time_window), exact_below};
    learn_statistics(collection, out.unique, calibration, threads, density, out.representatives);
    EmbeddingMatrix transformed = collection.statistics.transform(collection.vectors, threads);
    collection.spill_vectors();
    out.pairs = candidate_pairs(
        transformed, min_cosine, max_neighbours, time_window, collection.times, threads, out.unique,
        thresholds(collection, out.unique, calibration, density.articles), exact_below);
    transformed = {};
    find_local_neighbours(collection, out.pairs, out.representatives, calibration, threads);
    return out;
}

} // namespace fabula::detail
