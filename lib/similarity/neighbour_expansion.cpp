// SPDX-License-Identifier: Apache-2.0
#include "similarity/neighbour_expansion.hpp"

#include "similarity/neighbour_lists.hpp"
#include "text/parallel.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <numeric>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 256;
constexpr std::size_t lists_ahead = 4; ///< that are fetched
constexpr std::size_t rows_ahead = 8;  ///< likewise
/// Neighbours that are gone through of a row that is near to very many: without an end, a row that
/// all others are near to would bring all pairs.
constexpr std::size_t longest = 2048;

template <class T>
std::span<const T> first_of(std::span<const T> all, std::size_t most) {
    return all.first(std::min(most, all.size()));
}

/// For each row, those that have it among their nearest, ascending.
class Followers {
public:
    Followers(const NeighbourLists& lists, std::size_t nearest) : begin_(lists.rows() + 2) {
        const auto each = [&](const auto& take) {
            for (std::size_t row = 0; row < lists.rows(); ++row) {
                for (const auto& neighbour : first_of(lists.of(row), nearest))
                    take(static_cast<std::uint32_t>(row), neighbour.place);
            }
        };
        each([&](std::uint32_t /*row*/, std::uint32_t of) { ++begin_[of + 2]; });
        std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
        followers_.resize(begin_.back());
        each([&](std::uint32_t row, std::uint32_t of) { followers_[begin_[of + 1]++] = row; });
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
        return std::span(followers_).subspan(begin_[row], begin_[row + 1] - begin_[row]);
    }
    void prefetch(std::size_t row) const { __builtin_prefetch(followers_.data() + begin_[row]); }

private:
    std::vector<std::size_t> begin_;
    std::vector<std::uint32_t> followers_;
};

/// One thread's hands.
struct Hand {
    std::vector<std::uint32_t> seen; ///< 1 + the last row that has met this one
    std::vector<std::uint32_t> met;
    std::vector<float> unit;
    PairSink::Local local;
};

} // namespace

void compare_neighbours_of_neighbours(const JoinRows& rows, std::span<const std::uint32_t> order,
                                      std::size_t nearest, PairSink& sink, unsigned threads) {
    const NeighbourLists lists(order, sink, threads);
    const Followers followers(lists, nearest);
    tbb::enumerable_thread_specific<Hand> hands;
    for_each_task(
        (rows.size() + rows_per_task - 1) / rows_per_task, threads, [&](std::size_t task) {
            Hand& hand = hands.local();
            hand.seen.resize(rows.size());
            hand.unit.resize(rows.dimension());
            const std::size_t last = std::min(rows.size(), (task + 1) * rows_per_task);
            for (std::size_t row = task * rows_per_task; row < last; ++row) {
                const auto near = lists.of(row);
                const auto mark = static_cast<std::uint32_t>(row + 1);
                hand.met.clear();
                for (const auto& neighbour : near)
                    hand.seen[neighbour.place] = mark;
                // Each of the two meets the other: the lower one looks.
                const auto meet = [&](std::uint32_t other) {
                    if (other > row && hand.seen[other] != mark) {
                        hand.seen[other] = mark;
                        if (rows.in_window(order[row], order[other]))
                            hand.met.push_back(order[other]);
                    }
                };
                for (std::size_t i = 0; i < near.size(); ++i) {
                    if (i + lists_ahead < near.size()) {
                        if (i + lists_ahead < nearest)
                            lists.prefetch(near[i + lists_ahead].place);
                        followers.prefetch(near[i + lists_ahead].place);
                    }
                    if (i < nearest)
                        for (const auto& next : first_of(lists.of(near[i].place), longest))
                            meet(next.place);
                    for (const std::uint32_t follower :
                         first_of(followers.of(near[i].place), longest))
                        meet(follower);
                }
                if (hand.met.empty())
                    continue;
                rows.unit(order[row], hand.unit.data());
                for (std::size_t i = 0; i < hand.met.size(); ++i) {
                    if (i + rows_ahead < hand.met.size())
                        rows.prefetch(hand.met[i + rows_ahead]);
                    const std::size_t other = hand.met[i];
                    const float cosine = rows.cosine(hand.unit.data(), other);
                    if (rows.admits(order[row], other, cosine))
                        sink.add(hand.local, order[row], other, cosine);
                }
            }
            if (sink.limited())
                sink.flush(hand.local);
        });
    for (Hand& hand : hands)
        sink.take(hand.local);
}

} // namespace fabula::detail
