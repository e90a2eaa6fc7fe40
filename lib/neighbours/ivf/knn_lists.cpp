// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/knn_lists.hpp"

#include "base/parallel.hpp"

#include <atomic>
#include <memory>
#include <numeric>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 1024;

struct Neighbour {
    float cosine;
    std::uint32_t place;
};

bool nearer(const Neighbour& a, const Neighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.place < b.place;
}

template <class T>
T one_more(T& count) {
    return std::atomic_ref(count).fetch_add(1, std::memory_order_relaxed);
}

template <class Work>
void for_each_row(std::size_t first, std::size_t last, unsigned threads, const Work& work) {
    for_each_range(last - first, rows_per_task, threads, [&](ItemRange range) {
        for (std::size_t row = first + range.begin; row < first + range.end; ++row)
            work(row);
    });
}

/// One row's neighbours, while they are put in order.
class RowOfNeighbours {
public:
    /// `fresh` of them come first.
    RowOfNeighbours(std::span<Neighbour> all, std::size_t fresh) : begin_(all.data()) {
        fresh_ = sort(begin_, begin_ + fresh);
        known_ = std::copy(begin_ + fresh, sort(begin_ + fresh, begin_ + all.size()), fresh_);
        end_ = known_;
    }
    /// Leaves fresh or known the nearest alone, in their order.
    void limit(std::size_t most) {
        const auto size = static_cast<std::size_t>(end_ - begin_);
        if (size <= most)
            return;
        std::vector<Neighbour> by_nearness(begin_, end_);
        const auto worst = by_nearness.begin() + static_cast<std::ptrdiff_t>(most - 1);
        std::nth_element(by_nearness.begin(), worst, by_nearness.end(), nearer);
        const auto stays = [&](const Neighbour& one) { return !nearer(*worst, one); };
        Neighbour* const fresh = std::stable_partition(begin_, fresh_, stays);
        std::stable_partition(fresh_, end_, stays);
        known_ = std::rotate(fresh, fresh_, begin_ + most + (fresh_ - fresh));
        fresh_ = fresh;
    }
    [[nodiscard]] std::span<const Neighbour> all() const { return {begin_, end_}; }
    [[nodiscard]] std::size_t fresh() const { return static_cast<std::size_t>(fresh_ - begin_); }
    [[nodiscard]] std::size_t known() const { return static_cast<std::size_t>(known_ - fresh_); }

private:
    /// By place, descending, each once.
    static Neighbour* sort(Neighbour* begin, Neighbour* end) {
        std::sort(begin, end,
                  [](const Neighbour& a, const Neighbour& b) { return a.place > b.place; });
        return std::unique(
            begin, end, [](const Neighbour& a, const Neighbour& b) { return a.place == b.place; });
    }

    Neighbour *begin_, *fresh_, *known_, *end_;
};

} // namespace

NeighbourLists::NeighbourLists(std::span<const std::uint32_t> order, std::size_t nearest,
                               PairSink& sink, unsigned threads, std::size_t at_once)
    : most_(nearest) {
    const std::size_t rows = order.size();
    std::vector<std::uint32_t> place_of(rows);
    for (std::size_t place = 0; place < rows; ++place)
        place_of[order[place]] = static_cast<std::uint32_t>(place);

    std::vector<std::size_t> begin(rows + 1);
    sink.for_each_pair(threads, [&](std::uint32_t i, std::uint32_t j, float, bool) {
        one_more(begin[place_of[i] + 1]);
        one_more(begin[place_of[j] + 1]);
    });
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    begin_.resize(rows + 1);
    fresh_.resize(rows);
    known_.resize(rows);
    nearest_.resize(rows * most_);
    places_.reserve(begin.back()); // what is not used of it is never in memory
    for (std::size_t first = 0; first < rows;) {
        const auto after = std::upper_bound(begin.begin() + static_cast<std::ptrdiff_t>(first) + 2,
                                            begin.end(), begin[first] + at_once);
        const auto last = static_cast<std::size_t>(after - begin.begin()) - 1;
        put_in_order(begin, first, last, place_of, sink, threads);
        first = last;
    }
}

void NeighbourLists::put_in_order(std::span<const std::size_t> begin, std::size_t first,
                                  std::size_t last, std::span<const std::uint32_t> place_of,
                                  PairSink& sink, unsigned threads) {
    // Each row's fresh neighbours from its beginning on, its known ones from its end back. Not
    // zeroed: the threads are the first to touch it.
    const auto memory = std::make_unique_for_overwrite<Neighbour[]>(begin[last] - begin[first]);
    const auto neighbours = [&](std::size_t row) {
        return std::span(memory.get() + (begin[row] - begin[first]), begin[row + 1] - begin[row]);
    };
    std::vector<std::uint32_t> fresh(last - first), known(last - first);
    const auto enter = [&](std::size_t row, const Neighbour& neighbour, bool is_fresh) {
        if (row < first || row >= last)
            return;
        const auto all = neighbours(row);
        all[is_fresh ? one_more(fresh[row - first])
                     : all.size() - 1 - one_more(known[row - first])] = neighbour;
    };
    sink.for_each_pair(threads, [&](std::uint32_t i, std::uint32_t j, float cosine, bool is_fresh) {
        enter(place_of[i], {cosine, place_of[j]}, is_fresh);
        enter(place_of[j], {cosine, place_of[i]}, is_fresh);
    });

    for_each_row(first, last, threads, [&](std::size_t row) {
        RowOfNeighbours found(neighbours(row), fresh[row - first]);
        found.limit(longest);
        fresh_[row] = static_cast<std::uint16_t>(found.fresh());
        known_[row] = static_cast<std::uint16_t>(found.known());
        const auto all = found.all();
        begin_[row + 1] = all.size();
        thread_local std::vector<std::uint32_t> ranks;
        ranks.resize(all.size());
        std::iota(ranks.begin(), ranks.end(), 0U);
        const auto to = nearest_.begin() + static_cast<std::ptrdiff_t>(row * most_);
        std::partial_sort_copy(
            ranks.begin(), ranks.end(), to, to + static_cast<std::ptrdiff_t>(most_),
            [&](std::uint32_t a, std::uint32_t b) { return nearer(all[a], all[b]); });
    });
    const auto sizes = begin_.begin() + static_cast<std::ptrdiff_t>(first);
    std::partial_sum(sizes, sizes + static_cast<std::ptrdiff_t>(last - first) + 1, sizes);
    places_.resize(begin_[last]);
    for_each_row(first, last, threads, [&](std::size_t row) {
        for (std::size_t i = 0; i < begin_[row + 1] - begin_[row]; ++i)
            places_[begin_[row] + i] = neighbours(row)[i].place;
    });
}

Followers::Followers(const NeighbourLists& lists) {
    const std::size_t rows = lists.rows();
    begin_.resize(rows + 1);
    fresh_.resize(rows);
    known_.resize(rows);
    // From the last row to the first, so that those of each row descend.
    const auto each = [&](bool fresh, const auto& take) {
        for (std::size_t row = rows; row-- > 0;) {
            for (const std::uint32_t rank : lists.nearest(row))
                if ((rank < lists.fresh(row).size()) == fresh)
                    take(static_cast<std::uint32_t>(row), lists.all(row)[rank]);
        }
    };
    std::vector<std::uint32_t> fresh(rows), known(rows);
    each(true, [&](std::uint32_t, std::uint32_t of) { ++fresh[of]; });
    each(false, [&](std::uint32_t, std::uint32_t of) { ++known[of]; });
    for (std::size_t row = 0; row < rows; ++row) {
        fresh_[row] = static_cast<std::uint16_t>(std::min<std::size_t>(longest, fresh[row]));
        known_[row] =
            static_cast<std::uint16_t>(std::min<std::size_t>(longest - fresh_[row], known[row]));
        begin_[row + 1] = begin_[row] + fresh_[row] + known_[row];
    }
    places_.resize(begin_.back());
    std::fill(fresh.begin(), fresh.end(), 0U);
    std::fill(known.begin(), known.end(), 0U);
    each(true, [&](std::uint32_t row, std::uint32_t of) {
        if (fresh[of] < fresh_[of])
            places_[begin_[of] + fresh[of]++] = row;
    });
    each(false, [&](std::uint32_t row, std::uint32_t of) {
        if (known[of] < known_[of])
            places_[begin_[of] + fresh_[of] + known[of]++] = row;
    });
}

} // namespace fabula::detail
