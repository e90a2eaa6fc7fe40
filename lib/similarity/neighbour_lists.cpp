// SPDX-License-Identifier: Apache-2.0
#include "similarity/neighbour_lists.hpp"

#include "text/parallel.hpp"

#include <algorithm>
#include <numeric>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 1024;

bool nearer(const NeighbourLists::Neighbour& a, const NeighbourLists::Neighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.place < b.place;
}

bool same(const NeighbourLists::Neighbour& a, const NeighbourLists::Neighbour& b) {
    return a.place == b.place;
}

} // namespace

NeighbourLists::NeighbourLists(std::span<const std::uint32_t> order, PairSink& sink,
                               unsigned threads)
    : begin_(order.size() + 1), end_(order.size()) {
    std::vector<std::uint32_t> place_of(order.size());
    for (std::size_t place = 0; place < order.size(); ++place)
        place_of[order[place]] = static_cast<std::uint32_t>(place);
    sink.for_each_pair(threads, [&](std::uint32_t i, std::uint32_t j, float /*cosine*/) {
        ++begin_[place_of[i] + 1];
        ++begin_[place_of[j] + 1];
    });
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::copy(begin_.begin(), begin_.end() - 1, end_.begin());
    neighbours_.resize(begin_.back());
    sink.for_each_pair(threads, [&](std::uint32_t i, std::uint32_t j, float cosine) {
        neighbours_[end_[place_of[i]]++] = {cosine, place_of[j]};
        neighbours_[end_[place_of[j]]++] = {cosine, place_of[i]};
    });
    for_each_task(
        (end_.size() + rows_per_task - 1) / rows_per_task, threads, [&](std::size_t task) {
            const std::size_t last = std::min(end_.size(), (task + 1) * rows_per_task);
            for (std::size_t row = task * rows_per_task; row < last; ++row) {
                Neighbour* const begin = neighbours_.data() + begin_[row];
                Neighbour* const end = neighbours_.data() + end_[row];
                std::sort(begin, end, nearer);
                end_[row] -= static_cast<std::size_t>(end - std::unique(begin, end, same));
            }
        });
}

} // namespace fabula::detail
