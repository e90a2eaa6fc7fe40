// SPDX-License-Identifier: Apache-2.0
#include "stream/corpus/live_corpus.hpp"

#include "base/logistic.hpp"
#include "base/parallel.hpp"
#include "base/runs.hpp"
#include "features/article_features.hpp"
#include "features/term_places.hpp"
#include "near_duplicates/near_duplicates.hpp"
#include "neighbours/join/dot.hpp"
#include "scoring/lexical_fallback.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>

namespace fabula::detail {
namespace {

/// Of two sketches that resemble each other by 0.7, one of so many values is shared but once in
/// ten thousand: 0.3^8.
constexpr std::size_t looked_up_values = 8;
constexpr std::size_t least_shared_names = 3; ///< see `name_pairs`

std::span<const std::uint32_t> looked_up(const LexicalFeatures& lexical) {
    const auto values = lexical.sketch.values();
    return values.first(std::min(values.size(), looked_up_values));
}

void erase_link(std::vector<LiveLink>& links, std::uint32_t row) {
    std::erase_if(links, [&](const LiveLink& link) { return link.row == row; });
}

} // namespace

LiveCorpus::LiveCorpus(ScoredCollection scored, const PairModel& pair_model,
                       std::size_t max_neighbours, std::size_t exact_below, unsigned threads)
    : pair_model_(pair_model), max_neighbours_(max_neighbours),
      known_(std::move(scored.prepared.corpus)), thresholds_(std::move(scored.searched.of_others)),
      vectors_(std::move(scored.searched.transformed), scored.searched.thresholds,
               pair_model.min_cosine(), exact_below, threads),
      is_in_(known_.corpus.size(), 1),
      representatives_(std::move(scored.prepared.groups.representatives)),
      links_(known_.corpus.size()), missing_probability_(scored.graph.missing_probability),
      unique_(scored.prepared.groups.unique.size()) {
    // The window itself knows the rest of each article.
    std::vector<float>().swap(known_.corpus.vectors.values);
    std::vector<EmbeddingOutcome>().swap(known_.corpus.outcomes);
    std::vector<std::vector<ByteRange>>().swap(known_.corpus.contents);
    std::vector<std::uint64_t>().swap(known_.corpus.identities);
    std::vector<std::uint32_t> degrees(rows());
    for (const Edge& edge : scored.graph.edges) {
        ++degrees[edge.first];
        ++degrees[edge.second];
    }
    for (std::uint32_t row = 0; row < rows(); ++row)
        links_[row].reserve(degrees[row]);
    for (const Edge& edge : scored.graph.edges) {
        links_[edge.first].push_back({edge.second, edge.probability});
        links_[edge.second].push_back({edge.first, edge.probability});
    }
    for (std::uint32_t row = 0; row < rows(); ++row) {
        const LexicalFeatures& lexical = known_.corpus.lexical[row];
        has_names_ = has_names_ || !lexical.has_vector;
        if (representatives_[row] != row) {
            near_duplicates_[representatives_[row]].push_back(row);
            vectors_.hide(row);
            continue;
        }
        for (const std::uint32_t value : looked_up(lexical))
            by_sketch_.add(value, row);
    }
    if (has_names_)
        index_all_names();
    Eviction(known_.corpus.scratch).now();
}

void LiveCorpus::reserve(std::size_t rows) {
    vectors_.reserve(rows);
    known_.corpus.lexical.reserve(rows);
    known_.corpus.times.reserve(rows);
    known_.statistics.distributions.reserve(rows);
    is_in_.reserve(rows);
    representatives_.reserve(rows);
    links_.reserve(rows);
}

std::vector<std::uint32_t> LiveCorpus::group(std::uint32_t row) const {
    std::vector<std::uint32_t> out{row};
    if (const auto found = near_duplicates_.find(row); found != near_duplicates_.end())
        out.insert(out.end(), found->second.begin(), found->second.end());
    return out;
}

std::uint32_t LiveCorpus::append(const ArticleFeatures& features) {
    const FeatureData& data = FeatureData::of(features);
    const auto row = static_cast<std::uint32_t>(rows());
    const ScoreNormalization& ordinary = known_.statistics.normalization;
    LexicalFeatures& lexical = known_.corpus.lexical.emplace_back(data.lexical);
    ordinary.weigh(lexical, 0);
    if (known_.corpus.scratch != nullptr)
        move_lists(lexical, *known_.corpus.scratch);
    known_.statistics.distributions.push_back(ordinary.distribution(data.vector, 0));
    std::vector<float> transformed(data.vector.size());
    ordinary.transform(data.vector, transformed);
    vectors_.add(transformed, -1.0F);
    vectors_.hide(row);
    is_in_.push_back(0);
    representatives_.push_back(row);
    known_.corpus.times.push_back(data.lexical.published);
    links_.emplace_back();
    return row;
}

void LiveCorpus::learn_nearness() {
    constexpr std::size_t part = 50; // of the articles: what is ordinary hardly changes with fewer
    if (moved_ * part < unique_)
        return;
    moved_ = 0;
    std::vector<std::optional<std::chrono::sys_seconds>> times;
    times.reserve(unique_);
    for (std::uint32_t row = 0; row < rows(); ++row)
        if (is_in_[row] != 0 && representatives_[row] == row)
            times.push_back(known_.corpus.times[row]);
    known_.statistics.nearness = TimeNearness(times);
}

float LiveCorpus::threshold_of(std::span<const float> transformed, const LexicalFeatures& lexical,
                               const CosineDistribution& distribution) const {
    std::vector<float> room;
    return thresholds_.of(transformed, lexical, static_cast<double>(distribution.deviation),
                          known_.calibration, std::nullopt, room);
}

std::optional<std::uint32_t> LiveCorpus::representative_for(const LexicalFeatures& lexical,
                                                            std::uint32_t but) const {
    std::vector<std::uint32_t> met;
    for (const std::uint32_t value : looked_up(lexical)) {
        std::size_t looked_at = 0;
        by_sketch_.for_each(value, [&](std::uint32_t row) {
            if (row != but && is_in_[row] != 0 && representatives_[row] == row)
                met.push_back(row);
            return ++looked_at < most_representatives_of_value;
        });
    }
    sort_unique(met);
    std::optional<std::uint32_t> best;
    double likeness = 0;
    for (const std::uint32_t row : met)
        if (const double value = near_duplicate_similarity(known_.corpus.lexical[row], lexical);
            value > likeness) {
            best = row;
            likeness = value;
        }
    return best;
}

bool LiveCorpus::place(std::uint32_t row) {
    const LexicalFeatures& lexical = known_.corpus.lexical[row];
    is_in_[row] = 1;
    if (const auto found = representative_for(lexical, row)) {
        representatives_[row] = *found;
        near_duplicates_[*found].push_back(row);
        return false;
    }
    representatives_[row] = row;
    ++unique_;
    ++moved_;
    vectors_.show(row,
                  threshold_of(vectors_.row(row), lexical, known_.statistics.distributions[row]));
    for (const std::uint32_t value : looked_up(lexical))
        by_sketch_.add(value, row);
    if (has_names_) {
        index_names(row);
    } else if (!lexical.has_vector) {
        has_names_ = true;
        index_all_names();
    }
    return true;
}

void LiveCorpus::take_out(std::uint32_t row, Touched& touched,
                          std::vector<std::uint32_t>& orphans) {
    is_in_[row] = 0;
    if (const std::uint32_t of = representatives_[row]; of != row) {
        std::erase(near_duplicates_[of], row);
        touched.rows.push_back(of);
        return;
    }
    --unique_;
    ++moved_;
    vectors_.hide(row);
    for (const LiveLink& link : links_[row]) {
        erase_link(links_[link.row], row);
        touched.about.push_back(link.row);
    }
    std::vector<LiveLink>().swap(links_[row]);
    if (const auto found = near_duplicates_.find(row); found != near_duplicates_.end()) {
        orphans.insert(orphans.end(), found->second.begin(), found->second.end());
        near_duplicates_.erase(found);
    }
}

LiveCorpus::Touched LiveCorpus::change(std::span<const std::uint32_t> out,
                                       std::span<const std::uint32_t> in, unsigned threads) {
    Touched touched;
    std::vector<std::uint32_t> orphans;
    for (const std::uint32_t row : out)
        take_out(row, touched, orphans);
    std::erase_if(orphans, [&](std::uint32_t row) { return is_in_[row] == 0; });
    std::sort(orphans.begin(), orphans.end()); // whatever the order of what is taken out
    for (const std::uint32_t row : orphans)
        is_in_[row] = 0;

    std::vector<std::uint32_t> unique;
    const auto put_in = [&](std::uint32_t row) {
        if (place(row))
            unique.push_back(row);
        touched.rows.push_back(representatives_[row]);
    };
    std::for_each(orphans.begin(), orphans.end(), put_in);
    std::for_each(in.begin(), in.end(), put_in);

    learn_nearness();
    std::sort(unique.begin(), unique.end());
    std::vector<Query> queries;
    for (const std::uint32_t row : unique)
        queries.push_back({&known_.corpus.lexical[row], known_.statistics.distributions[row],
                           vectors_.row(row), vectors_.threshold(row)});
    const auto found = links_of(queries, unique, least_edge, threads);
    for (std::size_t i = 0; i < unique.size(); ++i)
        for (const auto& [row, probability] : found[i]) {
            links_[unique[i]].push_back({row, probability});
            links_[row].push_back({unique[i], probability});
        }
    for (std::vector<std::uint32_t>* rows : {&touched.rows, &touched.about}) {
        sort_unique(*rows);
        std::erase_if(*rows, [&](std::uint32_t row) { return is_in_[row] == 0; });
    }
    return touched;
}

void LiveCorpus::index_names(std::uint32_t row) {
    const LexicalFeatures& lexical = known_.corpus.lexical[row];
    KeyTable& table = lexical.has_vector ? by_name_ : by_name_without_vector_;
    for (const std::uint32_t name : lexical.names)
        table.add(name, row);
}

void LiveCorpus::index_all_names() {
    for (std::uint32_t row = 0; row < rows(); ++row)
        if (is_in_[row] != 0 && representatives_[row] == row)
            index_names(row);
}

std::vector<std::uint32_t> LiveCorpus::name_partners(const LexicalFeatures& lexical,
                                                     std::uint32_t but) const {
    std::vector<std::uint32_t> out;
    if (!has_names_)
        return out;
    // As `name_pairs` does: rare names first, for as long as those that have them are not too many.
    std::vector<std::vector<std::uint32_t>> having;
    const std::size_t most_having = std::max<std::size_t>(100, unique_ / 10);
    for (const std::uint32_t name : lexical.names) {
        std::vector<std::uint32_t> rows;
        const auto meet = [&](std::uint32_t row) {
            if (row != but && is_in_[row] != 0 && representatives_[row] == row)
                rows.push_back(row);
            return rows.size() <= most_having;
        };
        by_name_without_vector_.for_each(name, meet);
        if (!lexical.has_vector)
            by_name_.for_each(name, meet);
        if (!rows.empty() && rows.size() <= most_having)
            having.push_back(std::move(rows));
    }
    std::stable_sort(having.begin(), having.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::unordered_map<std::uint32_t, std::size_t> shared;
    std::size_t met = 0;
    for (const auto& rows : having) {
        met += rows.size();
        if (met > most_met_by_names)
            break;
        for (const std::uint32_t row : rows)
            ++shared[row];
    }
    for (const auto& [row, names] : shared)
        if (names >= least_shared_names)
            out.push_back(row);
    std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        const std::size_t of_a = shared[a];
        const std::size_t of_b = shared[b];
        return of_a != of_b ? of_a > of_b : a < b;
    });
    if (max_neighbours_ > 0 && out.size() > max_neighbours_)
        out.resize(max_neighbours_);
    return out;
}

double LiveCorpus::probability(const Query& query, const TermPlaces& places,
                               const RowNeighbour& other) const {
    const LexicalFeatures& lexical = known_.corpus.lexical[other.row];
    return logistic(pair_model_.log_odds(measure_pair(
        *query.lexical, lexical, term_overlap(places, *query.lexical, lexical),
        s_norm(other.cosine, query.distribution, known_.statistics.distributions[other.row]),
        known_.statistics.nearness, known_.calibration)));
}

std::vector<std::vector<LiveLink>> LiveCorpus::links_of(std::span<const Query> queries,
                                                        std::span<const std::uint32_t> own,
                                                        double least, unsigned threads) const {
    std::vector<float> transformed;
    std::vector<float> thresholds;
    for (const Query& query : queries) {
        transformed.insert(transformed.end(), query.transformed.begin(), query.transformed.end());
        thresholds.push_back(query.threshold);
    }
    std::vector<std::vector<RowNeighbour>> neighbours =
        vectors_.search(transformed, thresholds, threads);
    std::vector<std::vector<LiveLink>> out(queries.size());
    for_each_task(queries.size(), threads, [&](std::size_t i) {
        const Query& query = queries[i];
        const std::uint32_t self = own.empty() ? ~0U : own[i];
        std::vector<RowNeighbour>& all = neighbours[i];
        std::erase_if(all, [&](const RowNeighbour& one) { return one.row == self; });
        if (max_neighbours_ > 0 && all.size() > max_neighbours_) {
            std::nth_element(all.begin(),
                             all.begin() + static_cast<std::ptrdiff_t>(max_neighbours_), all.end(),
                             [](const RowNeighbour& a, const RowNeighbour& b) {
                                 return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
                             });
            all.resize(max_neighbours_);
            std::sort(all.begin(), all.end(),
                      [](const RowNeighbour& a, const RowNeighbour& b) { return a.row < b.row; });
        }
        // Of a pair of two queries the one of the higher row finds the other.
        const auto is_known = [&](std::uint32_t row) {
            return row > self && std::binary_search(own.begin(), own.end(), row);
        };
        const auto keep = [&](std::uint32_t row, double probability) {
            if (const auto kept = static_cast<float>(probability);
                static_cast<double>(kept) >= least)
                out[i].push_back({row, kept});
        };
        thread_local TermPlaces places;
        places.assign(query.lexical->terms);
        std::erase_if(all, [&](const RowNeighbour& one) { return is_known(one.row); });
        const auto& lexical = known_.corpus.lexical;
        for (std::size_t at = 0; at < all.size(); ++at) {
            // Rows lie all over memory, which is what comparing waits for.
            constexpr std::size_t later = 4;
            constexpr std::size_t much_later = 12;
            if (at + much_later < all.size())
                prefetch_lexical_features(lexical[all[at + later].row],
                                          lexical[all[at + much_later].row]);
            keep(all[at].row, probability(query, places, all[at]));
        }
        const std::size_t by_cosine = out[i].size();
        for (const std::uint32_t row : name_partners(*query.lexical, self))
            if (!is_known(row))
                keep(row, logistic(log_odds(measure_lexical_fallback(*query.lexical,
                                                                     known_.corpus.lexical[row]))));
        if (out[i].size() > by_cosine)
            std::sort(out[i].begin(), out[i].end(),
                      [](const LiveLink& a, const LiveLink& b) { return a.row < b.row; });
    });
    return out;
}

std::vector<LiveLink> LiveCorpus::links_of(const ArticleFeatures& features, double least,
                                           unsigned threads) const {
    const FeatureData& data = FeatureData::of(features);
    const ScoreNormalization& ordinary = known_.statistics.normalization;
    LexicalFeatures lexical = data.lexical;
    ordinary.weigh(lexical, 0);
    std::vector<float> transformed(data.vector.size());
    ordinary.transform(data.vector, transformed);
    const CosineDistribution distribution = ordinary.distribution(data.vector, 0);
    const Query query{&lexical, distribution, transformed,
                      threshold_of(transformed, lexical, distribution)};
    return links_of({&query, 1}, {}, least, threads).front();
}

} // namespace fabula::detail
