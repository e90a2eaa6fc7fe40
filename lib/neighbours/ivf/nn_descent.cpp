// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/nn_descent.hpp"

#include "base/parallel.hpp"
#include "neighbours/ivf/knn_lists.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <vector>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 256;
constexpr std::size_t lists_ahead = 4; ///< that are fetched
constexpr std::size_t rows_ahead = 8;  ///< likewise

/// One thread's workspace.
class Workspace {
public:
    PairSink::Local local;

    explicit Workspace(const JoinRows& rows) : seen_(rows.size()), unit_(rows.dimension()) {}

    /// Looks for the rows above this one that it meets on a path with something fresh.
    void meet(std::size_t row, const NeighbourLists& lists, const Followers& followers) {
        row_ = static_cast<std::uint32_t>(row);
        met_.clear();
        const auto near = lists.all(row);
        for (const std::uint32_t place : near)
            seen_[place] = row_ + 1;
        const std::size_t known = lists.fresh(row).size();
        const auto is_fresh = [&](std::size_t rank) {
            return rank < known || rank >= known + lists.known(row).size();
        };
        for (const std::uint32_t rank : lists.nearest(row))
            lists.prefetch(near[rank]);
        for (const std::uint32_t rank : lists.nearest(row))
            follow(lists, near[rank], is_fresh(rank));
        for (std::size_t rank = 0; rank < near.size(); ++rank) {
            if (rank + lists_ahead < near.size())
                followers.prefetch(near[rank + lists_ahead]);
            follow(followers, near[rank], is_fresh(rank));
        }
    }

    /// Compares the row with those that it has met_.
    void compare(const JoinRows& rows, std::span<const std::uint32_t> order, PairSink& sink) {
        const std::uint32_t position = order[row_];
        std::erase_if(met_, [&](std::uint32_t& other) {
            other = order[other];
            return !rows.in_window(position, other);
        });
        if (met_.empty())
            return;
        rows.unit(position, unit_.data());
        for (std::size_t i = 0; i < met_.size(); ++i) {
            if (i + rows_ahead < met_.size())
                rows.prefetch(met_[i + rows_ahead]);
            const float cosine = rows.cosine(unit_.data(), met_[i]);
            if (rows.admits(position, met_[i], cosine))
                sink.add(local, position, met_[i], cosine);
        }
    }

private:
    /// Both rows of a pair meet each other: the lower one looks.
    void above(std::span<const std::uint32_t> descending) {
        for (const std::uint32_t place : descending) {
            if (place <= row_)
                break;
            if (seen_[place] != row_ + 1) {
                seen_[place] = row_ + 1;
                met_.push_back(place);
            }
        }
    }
    /// What has been known of a neighbour that has been known, was met in the round before.
    void follow(const PlaceLists& lists, std::uint32_t neighbour, bool fresh) {
        above(lists.fresh(neighbour));
        if (fresh)
            above(lists.known(neighbour));
    }

    std::uint32_t row_{};
    std::vector<std::uint32_t> seen_; ///< 1 + the last row that has met this one
    std::vector<std::uint32_t> met_;
    std::vector<float> unit_;
};

void run_round(const JoinRows& rows, std::span<const std::uint32_t> order, std::size_t nearest,
               PairSink& sink, unsigned threads) {
    const NeighbourLists lists(order, nearest, sink, threads);
    const Followers followers(lists);
    sink.end_round();
    tbb::enumerable_thread_specific<Workspace> workspaces([&] { return Workspace(rows); });
    for_each_range(rows.size(), rows_per_task, threads, [&](ItemRange range) {
        Workspace& workspace = workspaces.local();
        for (std::size_t row = range.begin; row < range.end; ++row) {
            workspace.meet(row, lists, followers);
            workspace.compare(rows, order, sink);
        }
        if (sink.limited())
            sink.flush(workspace.local);
    });
    for (Workspace& workspace : workspaces)
        sink.take(workspace.local);
}

} // namespace

void compare_neighbours_of_neighbours(const JoinRows& rows, std::span<const std::uint32_t> order,
                                      const ExpansionOptions& options, PairSink& sink,
                                      unsigned threads) {
    for (std::size_t round = 0; round < options.rounds; ++round)
        run_round(rows, order, options.nearest, sink, threads);
}

} // namespace fabula::detail
