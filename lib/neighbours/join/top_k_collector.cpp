// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/top_k_collector.hpp"

#include "base/release_pages.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace fabula::detail {
namespace {

constexpr std::size_t chunk_pairs = 8192;
constexpr std::size_t least_limit = 4096;   ///< neighbours of a block
constexpr std::size_t least_growth = 64;    ///< likewise
constexpr std::size_t rows_together = 1024; ///< whose pairs are sorted at once

CandidatePair ordered_pair(std::uint32_t a, std::uint32_t b, float cosine) {
    return {std::min(a, b), std::max(a, b), cosine};
}

/// The pairs of some rows that follow one another, by (first, second).
void sort_together(std::span<CandidatePair> pairs, std::uint32_t first_row) {
    const std::vector<CandidatePair> unsorted(pairs.begin(), pairs.end());
    std::array<std::size_t, rows_together + 1> begin{};
    for (const CandidatePair& pair : unsorted)
        ++begin[pair.first - first_row + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::array<std::size_t, rows_together + 1> next = begin;
    for (const CandidatePair& pair : unsorted)
        pairs[next[pair.first - first_row]++] = pair;
    for (std::size_t row = 0; row < rows_together; ++row)
        std::sort(
            pairs.begin() + static_cast<std::ptrdiff_t>(begin[row]),
            pairs.begin() + static_cast<std::ptrdiff_t>(begin[row + 1]),
            [](const CandidatePair& a, const CandidatePair& b) { return a.second < b.second; });
}

/// By (first, second), repeated ones once. In place but for those of `rows_together` rows a thread:
/// they are the most memory of a large join.
void sort_pairs(std::vector<CandidatePair>& pairs, std::size_t rows, unsigned threads) {
    const std::size_t parts = (rows + rows_together - 1) / rows_together;
    std::vector<std::size_t> begin(parts + 1);
    for (const CandidatePair& pair : pairs)
        ++begin[pair.first / rows_together + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    // Each pair changes places with what stands where it belongs, until that is one of this part.
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t part = 0; part < parts; ++part)
        while (next[part] < begin[part + 1]) {
            CandidatePair& pair = pairs[next[part]];
            const std::size_t to = pair.first / rows_together;
            if (to == part)
                ++next[part];
            else
                std::swap(pair, pairs[next[to]++]);
        }
    for_each_task(parts, threads, [&](std::size_t part) {
        sort_together(std::span(pairs).subspan(begin[part], begin[part + 1] - begin[part]),
                      static_cast<std::uint32_t>(part * rows_together));
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

} // namespace

PairSink::PairSink(const JoinRows& rows) : rows_(rows) {
    if (!limited())
        return;
    thresholds_ = std::vector<std::atomic<float>>(rows.size());
    for (auto& threshold : thresholds_)
        threshold.store(rows.limits().min_cosine, std::memory_order_relaxed);
    blocks_ = std::vector<Block>((rows.size() + block_rows - 1) / block_rows);
    for (Block& block : blocks_)
        block.limit = least_limit;
}

void PairSink::begin_at(std::span<const float> thresholds) {
    for (std::size_t i = 0; i < thresholds.size(); ++i)
        thresholds_[i].store(thresholds[i], std::memory_order_relaxed);
}

std::vector<std::uint32_t> PairSink::short_rows(unsigned threads) {
    std::vector<std::vector<std::uint32_t>> found(blocks_.size());
    for_each_task(blocks_.size(), threads, [&](std::size_t at) {
        prune(at);
        const std::vector<std::size_t> begin = row_begins(blocks_[at]);
        const std::size_t rows = std::min(block_rows, rows_.size() - at * block_rows);
        for (std::size_t local = 0; local < rows; ++local) {
            const std::size_t position = at * block_rows + local;
            if (begin[local + 1] - begin[local] < rows_.limits().max_neighbours &&
                threshold(position) > rows_.limits().min_cosine)
                found[at].push_back(static_cast<std::uint32_t>(position));
        }
    });
    std::vector<std::uint32_t> out;
    for (const auto& of_block : found)
        out.insert(out.end(), of_block.begin(), of_block.end());
    return out;
}

void PairSink::begin_again(std::span<const std::uint32_t> positions) {
    for (auto& threshold : thresholds_)
        threshold.store(highest_row_threshold, std::memory_order_relaxed); // that no cosine reaches
    for (const std::uint32_t position : positions)
        thresholds_[position].store(rows_.limits().min_cosine, std::memory_order_relaxed);
    for (std::size_t at = 0; at < blocks_.size(); ++at)
        std::erase_if(blocks_[at].kept, [&](const Neighbour& neighbour) {
            return threshold(at * block_rows + neighbour.local) < highest_row_threshold;
        });
}

void PairSink::add(Local& local, std::size_t i, std::size_t j, float cosine) const {
    if (limited()) {
        local.fresh.push_back(
            {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), cosine});
        return;
    }
    if (local.chunks.empty() || local.chunks.back().size() == chunk_pairs) {
        if (!local.chunks.empty())
            check_count(++full_chunks_ * chunk_pairs);
        local.chunks.emplace_back();
        local.chunks.back().reserve(chunk_pairs);
    }
    local.chunks.back().push_back(ordered_pair(rows_.row(i), rows_.row(j), cosine));
}

void PairSink::check_count(std::size_t pairs) const {
    if (const std::size_t most = rows_.limits().most_pairs; pairs > most)
        throw Error(Errc::bad_input,
                    "more than " + std::to_string(most) +
                        " pairs are worth comparing, which is more than fit; set a time window "
                        "(time_window), let each article keep fewer of its nearest "
                        "(max_neighbours) or raise min_cosine");
}

void PairSink::flush(Local& local) {
    offer(local.fresh, false);
    offer(local.fresh, true);
    local.fresh.clear();
}

void PairSink::offer(std::span<const FoundPair> pairs, bool second) {
    std::unique_lock<std::mutex> lock;
    std::size_t locked = blocks_.size();
    for (const FoundPair& pair : pairs) {
        const std::size_t to = second ? pair.second : pair.first;
        // The threshold itself may still get in, by the tie.
        if (pair.cosine < threshold(to))
            continue;
        const std::size_t at = to / block_rows;
        Block& block = blocks_[at];
        if (at != locked) {
            // One lock at a time: with two in no certain order, two threads could wait for each
            // other.
            if (lock)
                lock.unlock();
            lock = std::unique_lock(block.mutex);
            locked = at;
        }
        if (block.kept.size() == block.limit)
            prune(at);
        // By less than the double: these lists are the most of a join's memory.
        if (const std::size_t size = block.kept.size(); size == block.kept.capacity())
            block.kept.reserve(size + std::max(least_growth, size / 8));
        block.kept.push_back({pair.cosine, rows_.row(second ? pair.first : pair.second),
                              static_cast<std::uint16_t>(to % block_rows), round_});
        block.is_pruned = false;
    }
}

std::vector<std::size_t> PairSink::row_begins(const Block& block) {
    std::vector<std::size_t> begin(block_rows + 1);
    for (const Neighbour& neighbour : block.kept)
        ++begin[neighbour.local + 1U];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    return begin;
}

void PairSink::prune(std::size_t at) {
    const std::size_t k = rows_.limits().max_neighbours;
    Block& block = blocks_[at];
    if (block.is_pruned)
        return;
    const std::vector<std::size_t> begin = row_begins(block);
    std::vector<Neighbour> by_row(block.kept.size());
    {
        std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
        for (const Neighbour& neighbour : block.kept)
            by_row[next[neighbour.local]++] = neighbour;
    }
    block.kept.clear();
    for (std::size_t local = 0; local < block_rows; ++local) {
        const auto first = by_row.begin() + static_cast<std::ptrdiff_t>(begin[local]);
        auto last = by_row.begin() + static_cast<std::ptrdiff_t>(begin[local + 1]);
        if (begin[local + 1] - begin[local] >= k) {
            // No two neighbours of a row rank the same, so that these are k certain ones.
            const auto worst = first + static_cast<std::ptrdiff_t>(k - 1);
            std::nth_element(first, worst, last, [](const Neighbour& a, const Neighbour& b) {
                return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
            });
            std::atomic<float>& threshold = thresholds_[at * block_rows + local];
            if (worst->cosine > threshold.load(std::memory_order_relaxed))
                threshold.store(worst->cosine, std::memory_order_relaxed);
            last = worst + 1;
        }
        block.kept.insert(block.kept.end(), first, last);
    }
    block.limit = std::max(least_limit, block.kept.size() + block.kept.size() / 4);
    block.is_pruned = true;
}

void PairSink::take(Local& local) {
    for (auto& chunk : local.chunks)
        chunks_.push_back(std::move(chunk));
    local.chunks.clear();
}

void PairSink::end_round() {
    known_chunks_ = chunks_.size();
    ++round_;
}

void PairSink::prune_all(unsigned threads) {
    for_each_task(blocks_.size(), threads, [&](std::size_t at) { prune(at); });
}

std::vector<CandidatePair> PairSink::finish(unsigned threads) {
    prune_all(threads);
    std::size_t at_most = 0;
    for (const auto& chunk : chunks_)
        at_most += chunk.size();
    for (const Block& block : blocks_)
        at_most += block.kept.size();
    std::vector<CandidatePair> pairs;
    pairs.reserve(at_most); // what is not used takes no memory
    for (auto& chunk : chunks_) {
        pairs.insert(pairs.end(), chunk.begin(), chunk.end());
        release(chunk);
    }
    chunks_.clear();
    const std::vector<std::uint32_t> position_of =
        limited() ? rows_.positions() : std::vector<std::uint32_t>();
    for (std::size_t at = 0; at < blocks_.size(); ++at) {
        for (const Neighbour& neighbour : blocks_[at].kept) {
            const std::uint32_t row = rows_.row(at * block_rows + neighbour.local);
            if (!is_taken_from_other(neighbour, row, position_of))
                pairs.push_back(ordered_pair(row, neighbour.row, neighbour.cosine));
        }
        release(blocks_[at].kept);
    }
    sort_pairs(pairs, rows_.matrix_rows(), threads);
    check_count(pairs.size());
    return pairs;
}

} // namespace fabula::detail
