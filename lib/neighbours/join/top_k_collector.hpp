// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/parallel.hpp"
#include "neighbours/join/candidate_pair.hpp"
#include "neighbours/join/join_rows.hpp"

#include <atomic>
#include <mutex>
#include <span>
#include <vector>

namespace fabula::detail {

/// Positions of a block, whose kept neighbours are under one lock.
constexpr std::size_t block_rows = 256;

/// Two positions and their cosine.
struct FoundPair {
    std::uint32_t first{};
    std::uint32_t second{};
    float cosine{};
};

/// Gathers the pairs of a join, each of which must come once; with a limit k on neighbours, of each
/// row its k nearest. What it ends up with does not depend on the order in which they come.
///
/// Memory: 12 bytes a pair; with a limit 4 bytes a row and 15 for each neighbour that is kept, in
/// whose place the pairs come at the end.
class PairSink {
public:
    explicit PairSink(const JoinRows& rows);

    /// Lets the thresholds begin higher, one a position: before the join, and with a limit. Where
    /// one turns out to be too high, its row is among the `short_rows`.
    void begin_at(std::span<const float> thresholds);
    /// After the join: the positions, ascending, that have fewer than k neighbours above a
    /// threshold that is not `min_cosine`.
    [[nodiscard]] std::vector<std::uint32_t> short_rows(unsigned threads);
    /// Takes what these rows have away and lets only them have more: all of their pairs must come.
    void begin_again(std::span<const std::uint32_t> positions);

    /// What one thread has found; given back with `take`.
    struct Local {
        std::vector<std::vector<CandidatePair>> chunks; ///< without a limit
        std::vector<FoundPair> fresh;                   ///< with one
    };

    /// \throws Error(bad_input) where it is sure that the pairs are more than `most_pairs`
    void add(Local& local, std::size_t i, std::size_t j, float cosine) const;
    /// Offers the fresh pairs to their rows. Any thread; soon, as it raises the thresholds.
    void flush(Local& local);
    /// One thread at a time, after its last `flush`.
    void take(Local& local);

    /// A row at this position has k neighbours of at least this cosine, or it is `min_cosine`. It
    /// only rises, so an old value costs time and changes nothing.
    [[nodiscard]] float threshold(std::size_t position) const {
        return limited() ? thresholds_[position].load(std::memory_order_relaxed)
                         : rows_.limits().min_cosine;
    }
    [[nodiscard]] bool limited() const { return rows_.limits().max_neighbours > 0; }

    /// Calls each(i, j, cosine, fresh) with every pair that is kept, on positions, a few of them
    /// twice, on several threads at once. No thread may be adding any; what all have found has been
    /// given back.
    template <class Each>
    void for_each_pair(unsigned threads, const Each& each);
    /// What has been found so far is no longer fresh. As for `for_each_pair`.
    void end_round();

    /// All pairs, sorted, each once. Leaves this empty.
    /// \throws Error(bad_input) where they are more than `most_pairs`
    [[nodiscard]] std::vector<CandidatePair> finish(unsigned threads);

private:
    struct Neighbour {
        float cosine;
        std::uint32_t row;   ///< of the matrix
        std::uint16_t local; ///< position in the block of the row whose neighbour this is
        std::uint16_t round; ///< in which it was found
    };
    struct Block {
        std::mutex mutex;
        std::vector<Neighbour> kept;
        std::size_t limit{}; ///< when to drop what is no longer among the nearest
        bool is_pruned{};    ///< there is nothing to drop
    };

    /// Where the neighbours of each row of the block begin, if they stood in the order of rows.
    [[nodiscard]] static std::vector<std::size_t> row_begins(const Block& block);
    void prune_all(unsigned threads);
    /// Of a neighbour of this row, when all are pruned: whether the other row keeps the pair as
    /// well, and is the one that it is taken from. For a cosine at its threshold that is not
    /// certain.
    [[nodiscard]] bool is_taken_from_other(const Neighbour& neighbour, std::uint32_t row,
                                           std::span<const std::uint32_t> position_of) const {
        return neighbour.row < row && neighbour.cosine > threshold(position_of[neighbour.row]);
    }
    void check_count(std::size_t pairs) const;
    void offer(std::span<const FoundPair> pairs, bool second);
    void prune(std::size_t at);

    const JoinRows& rows_;
    std::vector<std::vector<CandidatePair>> chunks_;
    std::size_t known_chunks_{};                   ///< that are not fresh
    mutable std::atomic<std::size_t> full_chunks_; ///< of all threads
    std::uint16_t round_{};
    std::vector<Block> blocks_;
    std::vector<std::atomic<float>> thresholds_; ///< one a position
};

template <class Each>
void PairSink::for_each_pair(unsigned threads, const Each& each) {
    prune_all(threads);
    const std::vector<std::uint32_t> position_of = rows_.positions();
    for_each_task(chunks_.size(), threads, [&](std::size_t at) {
        for (const CandidatePair& pair : chunks_[at])
            each(position_of[pair.first], position_of[pair.second], pair.cosine,
                 at >= known_chunks_);
    });
    for_each_task(blocks_.size(), threads, [&](std::size_t at) {
        for (const Neighbour& neighbour : blocks_[at].kept) {
            const std::size_t position = at * block_rows + neighbour.local;
            if (!is_taken_from_other(neighbour, rows_.row(position), position_of))
                each(static_cast<std::uint32_t>(position), position_of[neighbour.row],
                     neighbour.cosine, neighbour.round == round_);
        }
    });
}

} // namespace fabula::detail
