// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/index_join.hpp"

#include "base/parallel.hpp"
#include "neighbours/ivf/nn_descent.hpp"
#include "neighbours/join/block_match.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>

namespace fabula::detail {
namespace {

constexpr std::size_t task_members = 1024;
constexpr std::size_t task_seekers = 64 * block_rows;
constexpr std::size_t rows_ahead = 8; ///< that are fetched

struct Task {
    std::span<const std::uint32_t> members, seekers;
};

struct Hand {
    BlockMatch match;
    PanelSide panels;
    std::vector<std::int8_t> numbers;
    std::vector<float> slack;

    void gather(const InvertedFile& file, std::span<const std::uint32_t> positions) {
        numbers.clear();
        slack.clear();
        for (std::size_t i = 0; i < positions.size(); ++i) {
            if (i + rows_ahead < positions.size())
                file.prefetch(positions[i + rows_ahead]);
            const std::uint32_t position = positions[i];
            const auto row = file.numbers(position);
            numbers.insert(numbers.end(), row.begin(), row.end());
            slack.push_back(file.slack(position));
        }
    }
};

/// The members that may be in the window of some of the seekers: [first, second). Both ascend, so
/// that those without a time come first and the others in the order of time.
std::pair<std::size_t, std::size_t> within_reach(const JoinRows& rows,
                                                 std::span<const std::uint32_t> members,
                                                 std::span<const std::uint32_t> seekers) {
    if (seekers.front() < rows.undated())
        return {0, members.size()};
    const auto begin =
        members.front() < rows.undated()
            ? members.begin()
            : std::partition_point(members.begin(), members.end(), [&](std::uint32_t member) {
                  return member < seekers.front() && !rows.in_window(member, seekers.front());
              });
    const auto end = std::partition_point(begin, members.end(), [&](std::uint32_t member) {
        return member <= seekers.back() || rows.in_window(member, seekers.back());
    });
    return {static_cast<std::size_t>(begin - members.begin()),
            static_cast<std::size_t>(end - members.begin())};
}

} // namespace

void join_by_index(const JoinRows& rows, const IndexOptions& options, PairSink& sink,
                   unsigned threads) {
    const InvertedFile file(rows, options, threads);
    std::vector<Task> tasks;
    for (std::size_t list = 0; list < file.lists(); ++list) {
        const auto members = file.members(list);
        const auto seekers = file.seekers(list);
        for (std::size_t m = 0; m < members.size(); m += task_members)
            for (std::size_t s = 0; s < seekers.size(); s += task_seekers)
                tasks.push_back({members.subspan(m, std::min(task_members, members.size() - m)),
                                 seekers.subspan(s, std::min(task_seekers, seekers.size() - s))});
    }
    tbb::enumerable_thread_specific<Hand> hands;
    for_each_task(tasks.size(), threads, [&](std::size_t t) {
        const auto [members, seekers] = tasks[t];
        Hand& hand = hands.local();
        hand.gather(file, members);
        hand.panels.assign(rows, members, hand.slack, hand.numbers);
        const std::size_t list = file.list_of(members.front());
        for (std::size_t s = 0; s < seekers.size(); s += block_rows) {
            const auto some = seekers.subspan(s, std::min(block_rows, seekers.size() - s));
            const auto [begin, end] = within_reach(rows, members, some);
            if (begin == end)
                continue;
            hand.gather(file, some);
            hand.match.set_tiles(rows, some, hand.slack, hand.numbers);
            // Where each looks into the other's list, the pair is met twice, or, within one list,
            // in both orders: the lower position speaks for it.
            hand.match.match(rows, hand.panels, begin, end, sink,
                             [&](std::size_t seeker, std::size_t member) {
                                 const std::size_t other = file.list_of(seeker);
                                 const bool twice = other == list || file.seeks(member, other);
                                 return (seeker < member || (!twice && seeker != member)) &&
                                        rows.in_window(seeker, member);
                             });
        }
    });
    for (Hand& hand : hands)
        sink.take(hand.match.local);
    compare_neighbours_of_neighbours(rows, file.by_list(), options.expansion, sink, threads);
}

} // namespace fabula::detail
