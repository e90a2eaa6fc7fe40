// SPDX-License-Identifier: Apache-2.0
#include "similarity/neighbours.hpp"

#include "similarity/unit_rows.hpp"

#include <Eigen/Core>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

namespace fabula::detail {
namespace {

using Times = std::span<const std::optional<std::chrono::sys_seconds>>;

/// Two operands and their product, 256 KiB each at dimension 256, stay in a core's second cache.
constexpr std::size_t block_rows = 256;

bool by_rows(const CandidatePair& a, const CandidatePair& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
}

CandidatePair ordered_pair(std::uint32_t a, std::uint32_t b, float cosine) {
    return {std::min(a, b), std::max(a, b), cosine};
}

std::int64_t seconds_of(std::chrono::sys_seconds time) {
    return time.time_since_epoch().count();
}

/// The distance of any two times fits, even where the signed difference would overflow.
std::uint64_t distance(std::int64_t a, std::int64_t b) {
    return static_cast<std::uint64_t>(std::max(a, b)) - static_cast<std::uint64_t>(std::min(a, b));
}

/// The rows that take part, ascending.
std::vector<std::uint32_t> rows_of(std::size_t rows, std::span<const std::uint32_t> only) {
    std::vector<std::uint32_t> order(only.begin(), only.end());
    if (only.empty()) {
        order.resize(rows);
        std::iota(order.begin(), order.end(), 0U);
    }
    return order;
}

/// Rows without a time first, then by time: near times meet in near blocks.
void sort_by_time(std::vector<std::uint32_t>& order, Times times) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
}

struct Neighbour {
    float cosine{};
    std::uint32_t row{};
};

bool nearer(const Neighbour& a, const Neighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
}

/// The k nearest neighbours of one row: a heap with the worst in front. What it ends up with does
/// not depend on the order of the offers, as no two neighbours rank the same.
void offer(std::vector<Neighbour>& kept, std::size_t k, Neighbour neighbour) {
    if (kept.size() == k) {
        if (!nearer(neighbour, kept.front()))
            return;
        std::pop_heap(kept.begin(), kept.end(), nearer);
        kept.back() = neighbour;
    } else {
        kept.push_back(neighbour);
    }
    std::push_heap(kept.begin(), kept.end(), nearer);
}

/// Pairs that either of their rows keeps, each once.
std::vector<CandidatePair> kept_pairs(std::vector<std::vector<Neighbour>>& kept_by_row) {
    const auto by_row = [](const Neighbour& a, const Neighbour& b) { return a.row < b.row; };
    std::size_t entries = 0;
    for (auto& kept : kept_by_row) {
        std::sort(kept.begin(), kept.end(), by_row);
        entries += kept.size();
    }
    std::vector<CandidatePair> pairs;
    pairs.reserve(entries);
    for (std::uint32_t row = 0; row < kept_by_row.size(); ++row)
        for (const Neighbour& neighbour : kept_by_row[row]) {
            // The lower row speaks for the pair, unless only the higher one keeps it.
            const auto& others = kept_by_row[neighbour.row];
            if (row < neighbour.row ||
                !std::binary_search(others.begin(), others.end(), Neighbour{0, row}, by_row))
                pairs.push_back(ordered_pair(row, neighbour.row, neighbour.cosine));
        }
    return pairs;
}

/// More threads than TBB may use would be of no help, and asking for them makes it print a warning.
int concurrency(unsigned threads) {
    const std::size_t most =
        tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
    return static_cast<int>(threads == 0 ? most : std::min<std::size_t>(threads, most));
}

class Search {
public:
    Search(const EmbeddingMatrix& vectors, float min_cosine, std::size_t max_neighbours,
           std::chrono::seconds time_window, Times times, std::span<const std::uint32_t> only)
        : min_cosine_(min_cosine), k_(max_neighbours) {
        std::vector<std::uint32_t> order = rows_of(vectors.rows, only);
        const bool windowed = time_window.count() > 0 && !times.empty();
        if (windowed)
            sort_by_time(order, times);
        units_ = unit_rows(vectors, order);
        if (windowed) {
            window_ = static_cast<std::uint64_t>(time_window.count());
            for (const std::uint32_t row : units_.row) {
                seconds_.push_back(times[row] ? seconds_of(*times[row]) : 0);
                undated_ += times[row] ? 0 : 1;
            }
        } else {
            undated_ = units_.size();
        }
        blocks_ = (units_.size() + block_rows - 1) / block_rows;
        // Rounding error of a product of unit vectors summed in any order is below dimension ×
        // 2^-24, and there are two of them; doubled again for the vectors' own lengths.
        margin_ = static_cast<float>(units_.dimension + 16) * 0x1p-22F;
        if (k_ > 0) {
            kept_.resize(vectors.rows);
            floors_ = std::vector<std::atomic<float>>(units_.size());
            for (auto& floor : floors_)
                floor.store(min_cosine_, std::memory_order_relaxed);
            locks_ = std::vector<std::mutex>(blocks_);
        }
    }

    std::vector<CandidatePair> run() {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> work;
        for (std::size_t a = 0; a < blocks_; ++a)
            for (std::size_t b = a; b < blocks_ && in_reach(a, b); ++b)
                work.emplace_back(a, b);
        tbb::parallel_for(std::size_t{0}, work.size(), [&](std::size_t i) {
            multiply(work[i].first, work[i].second, scratch_.local());
        });

        std::vector<CandidatePair> pairs;
        if (k_ > 0) {
            pairs = kept_pairs(kept_);
        } else {
            std::size_t size = 0;
            for (const Scratch& scratch : scratch_)
                size += scratch.pairs.size();
            pairs.reserve(size);
            for (Scratch& scratch : scratch_) {
                for (const CandidatePair& pair : scratch.pairs)
                    pairs.push_back(
                        ordered_pair(units_.row[pair.first], units_.row[pair.second], pair.cosine));
                std::vector<CandidatePair>().swap(scratch.pairs);
            }
        }
        tbb::parallel_sort(pairs.begin(), pairs.end(), by_rows);
        return pairs;
    }

private:
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    struct Scratch {
        Matrix product;
        std::vector<CandidatePair> pairs; ///< positions, `first < second`
    };

    [[nodiscard]] std::size_t begin(std::size_t block) const { return block * block_rows; }
    [[nodiscard]] std::size_t end(std::size_t block) const {
        return std::min((block + 1) * block_rows, units_.size());
    }

    /// Whether blocks a <= b have any pair in the window. Dated rows are in the order of time, so
    /// once b is too late for a, so are all blocks after b.
    [[nodiscard]] bool in_reach(std::size_t a, std::size_t b) const {
        return a == b || begin(a) < undated_ ||
               distance(seconds_[end(a) - 1], seconds_[begin(b)]) <= window_;
    }

    [[nodiscard]] bool in_window(std::size_t i, std::size_t j) const {
        return i < undated_ || distance(seconds_[i], seconds_[j]) <= window_;
    }

    void multiply(std::size_t a, std::size_t b, Scratch& scratch) {
        const auto rows = [&](std::size_t block) {
            return Eigen::Map<const Matrix>(units_.at(begin(block)),
                                            static_cast<Eigen::Index>(end(block) - begin(block)),
                                            static_cast<Eigen::Index>(units_.dimension));
        };
        scratch.product.noalias() = rows(a) * rows(b).transpose();
        if (k_ > 0)
            scratch.pairs.clear();
        const float low = min_cosine_ - margin_;
        for (std::size_t i = begin(a); i < end(a); ++i) {
            const float* products = scratch.product.data() + (i - begin(a)) * (end(b) - begin(b));
            for (std::size_t j = a == b ? i + 1 : begin(b); j < end(b); ++j) {
                const float product = products[j - begin(b)];
                if (product < low || !in_window(i, j) || !wanted(i, j, product))
                    continue;
                const float cosine = units_.cosine(i, j);
                if (cosine >= min_cosine_)
                    scratch.pairs.push_back(
                        {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), cosine});
            }
        }
        if (k_ > 0) {
            keep(a, scratch.pairs, false);
            keep(b, scratch.pairs, true);
        }
    }

    /// False where both rows surely have k nearer neighbours. Floors only rise, so a stale one that
    /// another thread is just raising costs time but changes nothing.
    [[nodiscard]] bool wanted(std::size_t i, std::size_t j, float product) const {
        return k_ == 0 || product + margin_ >= std::min(floors_[i].load(std::memory_order_relaxed),
                                                        floors_[j].load(std::memory_order_relaxed));
    }

    /// Offers the pairs to their rows in one block.
    void keep(std::size_t block, const std::vector<CandidatePair>& pairs, bool second) {
        const std::lock_guard lock(locks_[block]);
        for (const CandidatePair& pair : pairs) {
            const std::size_t position = second ? pair.second : pair.first;
            auto& kept = kept_[units_.row[position]];
            offer(kept, k_, {pair.cosine, units_.row[second ? pair.first : pair.second]});
            if (kept.size() == k_)
                floors_[position].store(kept.front().cosine, std::memory_order_relaxed);
        }
    }

    float min_cosine_;
    std::size_t k_;
    UnitRows units_;
    std::size_t undated_{};             ///< positions before it have no time
    std::vector<std::int64_t> seconds_; ///< one a position where there is a window
    std::uint64_t window_{std::numeric_limits<std::uint64_t>::max()};
    std::size_t blocks_{};
    float margin_{};
    std::vector<std::vector<Neighbour>> kept_; ///< one a row of the matrix
    std::vector<std::atomic<float>> floors_;   ///< one a position: the worst cosine that it keeps
    std::vector<std::mutex> locks_;            ///< one a block: guards its rows in `kept_`
    tbb::enumerable_thread_specific<Scratch> scratch_;
};

} // namespace

std::vector<CandidatePair> candidate_pairs(const EmbeddingMatrix& vectors, float min_cosine,
                                           std::size_t max_neighbours,
                                           std::chrono::seconds time_window, Times times,
                                           unsigned threads, std::span<const std::uint32_t> only) {
    check_sizes(vectors, times.size());
    tbb::task_arena arena(concurrency(threads));
    return arena.execute([&] {
        return Search(vectors, min_cosine, max_neighbours, time_window, times, only).run();
    });
}

std::vector<CandidatePair> candidate_pairs_naive(const EmbeddingMatrix& vectors, float min_cosine,
                                                 std::size_t max_neighbours,
                                                 std::chrono::seconds time_window, Times times,
                                                 std::span<const std::uint32_t> only) {
    check_sizes(vectors, times.size());
    const UnitRows units = unit_rows(vectors, rows_of(vectors.rows, only));
    std::vector<CandidatePair> pairs;
    for (std::size_t i = 0; i < units.size(); ++i)
        for (std::size_t j = i + 1; j < units.size(); ++j) {
            const std::uint32_t a = units.row[i];
            const std::uint32_t b = units.row[j];
            const float cosine = units.cosine(i, j);
            const bool apart = time_window.count() > 0 && !times.empty() && times[a] && times[b] &&
                               distance(seconds_of(*times[a]), seconds_of(*times[b])) >
                                   static_cast<std::uint64_t>(time_window.count());
            if (cosine >= min_cosine && !apart)
                pairs.push_back({a, b, cosine});
        }
    if (max_neighbours == 0)
        return pairs;

    std::vector<std::vector<Neighbour>> neighbours(vectors.rows);
    for (const CandidatePair& pair : pairs) {
        neighbours[pair.first].push_back({pair.cosine, pair.second});
        neighbours[pair.second].push_back({pair.cosine, pair.first});
    }
    std::vector<CandidatePair> kept;
    for (std::uint32_t row = 0; row < neighbours.size(); ++row) {
        std::sort(neighbours[row].begin(), neighbours[row].end(), nearer);
        for (std::size_t i = 0; i < std::min(max_neighbours, neighbours[row].size()); ++i)
            kept.push_back(ordered_pair(row, neighbours[row][i].row, neighbours[row][i].cosine));
    }
    std::sort(kept.begin(), kept.end(), by_rows);
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

} // namespace fabula::detail
