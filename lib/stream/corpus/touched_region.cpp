// SPDX-License-Identifier: Apache-2.0
#include "stream/corpus/touched_region.hpp"

#include "base/logistic.hpp"
#include "clustering/branch_cut.hpp"
#include "clustering/log_odds.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace fabula::detail {
namespace {

using Rows = std::vector<std::uint32_t>;

/// A number for some rows of very many. One at a time in a thread.
class RowNumbers {
public:
    explicit RowNumbers(std::size_t rows) : numbers_(shared()) {
        numbers_.resize(std::max(numbers_.size(), rows), none);
    }
    ~RowNumbers() {
        for (const std::uint32_t row : set_)
            numbers_[row] = none;
    }
    RowNumbers(const RowNumbers&) = delete;
    RowNumbers& operator=(const RowNumbers&) = delete;

    static constexpr auto none = std::numeric_limits<std::uint32_t>::max();

    void set(std::uint32_t row, std::uint32_t number) {
        set_.push_back(row);
        numbers_[row] = number;
    }
    [[nodiscard]] std::uint32_t of(std::uint32_t row) const { return numbers_[row]; }

private:
    static std::vector<std::uint32_t>& shared() {
        thread_local std::vector<std::uint32_t> numbers; // all none
        return numbers;
    }

    std::vector<std::uint32_t>& numbers_;
    Rows set_;
};

/// Meets stories, nearest first.
class Walk {
public:
    Walk(const LiveCorpus& corpus, const std::function<Rows(std::uint32_t)>& story,
         const RegionLimits& limits, bool keeps_large)
        : corpus_(corpus), story_(story), limits_(limits), keeps_large_(keeps_large),
          met_(corpus.rows()) {}

    /// The story of this row.
    void meet(std::uint32_t row) {
        if (met_.of(row) != RowNumbers::none)
            return;
        Rows rows;
        for (const std::uint32_t other : story_(row))
            if (met_.of(other) == RowNumbers::none) {
                met_.set(other, 0);
                rows.push_back(other);
            }
        if (keeps_large_ && rows.size() > limits_.large_story) {
            region.whole.push_back(std::move(rows));
            return;
        }
        for (const std::uint32_t other : rows)
            links_ += corpus_.links(other).size();
        region.rows.insert(region.rows.end(), rows.begin(), rows.end());
    }
    [[nodiscard]] bool has_room() const {
        return region.rows.size() < limits_.rows && links_ < limits_.links;
    }
    /// Meets what is connected with what has been met, the likeliest first, as far as there is
    /// room.
    void follow_likeliest() {
        std::priority_queue<std::tuple<float, std::uint32_t>> found; // ties to the later row
        const auto look_from = [&](std::size_t begin, float probability) {
            for (std::size_t at = begin; at < region.rows.size(); ++at)
                for (const LiveLink& link : corpus_.links(region.rows[at]))
                    if (met_.of(link.row) == RowNumbers::none)
                        found.emplace(probability * link.probability, link.row);
        };
        look_from(0, 1);
        while (!found.empty() && has_room()) {
            const auto [probability, row] = found.top();
            found.pop();
            const std::size_t begin = region.rows.size();
            meet(row);
            look_from(begin, probability);
        }
    }
    /// Whether all that is connected has been met.
    bool follow_links() {
        std::size_t at = 0;
        for (; at < region.rows.size() && has_room(); ++at)
            for (const LiveLink& link : corpus_.links(region.rows[at])) {
                meet(link.row);
                if (!has_room())
                    break;
            }
        return at == region.rows.size() && has_room();
    }

    TouchedRegion region;

private:
    const LiveCorpus& corpus_;
    const std::function<Rows(std::uint32_t)>& story_;
    const RegionLimits& limits_;
    bool keeps_large_;
    RowNumbers met_;
    std::size_t links_{};
};

} // namespace

TouchedRegion touched_region(const LiveCorpus& corpus, std::span<const std::uint32_t> core,
                             std::span<const std::uint32_t> about,
                             const std::function<Rows(std::uint32_t)>& story,
                             const RegionLimits& limits) {
    {
        Walk all(corpus, story, limits, false);
        for (const auto& rows : {core, about})
            for (const std::uint32_t row : rows)
                if (all.has_room())
                    all.meet(row);
        if (all.follow_links()) {
            all.region.core = all.region.rows.size();
            return std::move(all.region);
        }
    }
    Walk some(corpus, story, limits, limits.keeps_large);
    for (const std::uint32_t row : core)
        some.meet(row);
    some.region.core = some.region.rows.size();
    some.region.core_whole = some.region.whole.size();
    some.follow_likeliest();
    return std::move(some.region);
}

TouchedRegion with_near_duplicates(const LiveCorpus& corpus, const TouchedRegion& region) {
    TouchedRegion out;
    for (std::size_t i = 0; i < region.rows.size(); ++i) {
        if (i == region.core)
            out.core = out.rows.size();
        const Rows group = corpus.group(region.rows[i]);
        out.rows.insert(out.rows.end(), group.begin(), group.end());
    }
    if (region.core == region.rows.size())
        out.core = out.rows.size();
    out.whole = region.whole;
    out.core_whole = region.core_whole;
    return out;
}

namespace {

/// The links of a row to a story that stays together.
struct Bundle {
    double log_odds{};
    std::size_t links{};
};

} // namespace

std::vector<Rows> cluster_region(const LiveCorpus& corpus, std::span<const std::uint32_t> rows,
                                 std::span<const Rows> whole, const NodeLinks& links,
                                 double min_probability, unsigned threads) {
    RowNumbers node_of(corpus.rows());
    for (std::uint32_t node = 0; node < rows.size(); ++node)
        node_of.set(rows[node], node);
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (const std::uint32_t row : whole[i])
            node_of.set(row, static_cast<std::uint32_t>(rows.size() + i));
    SimilarityGraph graph;
    graph.nodes = rows.size() + whole.size();
    graph.missing_probability = corpus.missing_probability();
    const double missing = unbent_log_odds(graph.missing_probability);
    std::vector<std::uint32_t> representatives;
    std::map<std::uint32_t, Bundle> bundles; // of a row, by node
    for (std::uint32_t node = 0; node < rows.size(); ++node) {
        representatives.push_back(node_of.of(corpus.representative(rows[node])));
        const std::size_t begin = graph.edges.size();
        bundles.clear();
        for (const LiveLink& link : corpus.links(rows[node])) {
            const std::uint32_t other = node_of.of(link.row);
            if (other == RowNumbers::none || other <= node)
                continue;
            if (other < rows.size()) {
                graph.edges.push_back({node, other, link.probability});
                continue;
            }
            Bundle& bundle = bundles[other];
            bundle.log_odds += unbent_log_odds(link.probability);
            ++bundle.links;
        }
        for (const auto& [other, bundle] : bundles) {
            const std::size_t size = whole[other - rows.size()].size();
            const double mean =
                (bundle.log_odds + missing * static_cast<double>(size - bundle.links)) /
                static_cast<double>(size);
            graph.edges.push_back({node, other, static_cast<float>(logistic(mean))});
        }
        std::sort(graph.edges.begin() + static_cast<std::ptrdiff_t>(begin), graph.edges.end(),
                  [](const Edge& a, const Edge& b) { return a.second < b.second; });
    }
    for (std::size_t i = 0; i < whole.size(); ++i)
        representatives.push_back(static_cast<std::uint32_t>(rows.size() + i));
    const auto least = static_cast<float>(min_probability);
    // Threads that wait for one another cost more than a small part takes.
    constexpr std::size_t small = 4096;
    const unsigned of_cut = graph.nodes <= small ? 1U : threads;
    const auto cut = [&](const SimilarityGraph& some) {
        return branch_cuts(some, {&least, 1}, of_cut);
    };
    const Clustering clusters =
        (links.empty() ? cut(graph) : cut_with_links(graph, representatives, links, cut)).front();
    std::vector<Rows> out(clusters.clusters);
    for (std::size_t node = 0; node < rows.size(); ++node)
        out[clusters.labels[representatives[node]]].push_back(rows[node]);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Rows& to = out[clusters.labels[rows.size() + i]];
        to.insert(to.end(), whole[i].begin(), whole[i].end());
    }
    std::erase_if(out, [](const auto& cluster) { return cluster.empty(); });
    return out;
}

std::vector<std::vector<std::uint32_t>>
clusters_of_core(const LiveCorpus& corpus, const TouchedRegion& region,
                 std::vector<std::vector<std::uint32_t>> clusters,
                 const std::function<StreamStoryId(std::uint32_t)>& story_of) {
    if (region.core == region.rows.size() && region.whole.empty())
        return clusters;
    RowNumbers of_whole(corpus.rows());
    for (const Rows& rows : region.whole)
        for (const std::uint32_t row : rows)
            of_whole.set(row, 0);
    const auto end = region.rows.begin() + static_cast<std::ptrdiff_t>(region.core);
    std::unordered_set<std::uint32_t> core(region.rows.begin(), end);
    for (std::size_t i = 0; i < region.core_whole; ++i)
        core.insert(region.whole[i].front());
    std::vector<std::vector<std::uint32_t>> out;
    std::unordered_set<std::uint32_t> taken;
    for (std::vector<std::uint32_t>& cluster : clusters)
        if (std::any_of(cluster.begin(), cluster.end(),
                        [&](std::uint32_t row) { return core.contains(row); })) {
            taken.insert(cluster.begin(), cluster.end());
            out.push_back(std::move(cluster));
            for (std::size_t i = 0, unique = out.back().size(); i < unique; ++i)
                if (of_whole.of(out.back()[i]) != RowNumbers::none) {
                    const Rows group = corpus.group(out.back()[i]);
                    out.back().insert(out.back().end(), group.begin() + 1, group.end());
                }
        }
    std::map<StreamStoryId, std::vector<std::uint32_t>> left; // of stories that lost rows
    for (const std::vector<std::uint32_t>& cluster : out)
        for (const std::uint32_t row : cluster)
            if (!core.contains(row))
                left.emplace(story_of(row), std::vector<std::uint32_t>{});
    for (auto at = end; at != region.rows.end(); ++at)
        if (const auto found = left.find(story_of(*at));
            found != left.end() && !taken.contains(*at))
            found->second.push_back(*at);
    for (auto& [story, rows] : left)
        if (!rows.empty())
            out.push_back(std::move(rows));
    return out;
}

} // namespace fabula::detail
