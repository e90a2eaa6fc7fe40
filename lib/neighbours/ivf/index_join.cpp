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
constexpr std::size_t task_queries = 64 * block_rows;
constexpr std::size_t rows_ahead = 8; ///< that are fetched

struct Task {
    std::span<const std::uint32_t> members, queries;
};

struct Workspace {
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

/// The members that may be in the window of some of the queries: [first, second). Both ascend, so
/// that those without a time come first and the others in the order of time.
std::pair<std::size_t, std::size_t> within_window_of(const JoinRows& rows,
                                                     std::span<const std::uint32_t> members,
                                                     std::span<const std::uint32_t> queries) {
    if (queries.front() < rows.undated())
        return {0, members.size()};
    const auto begin =
        members.front() < rows.undated()
            ? members.begin()
            : std::partition_point(members.begin(), members.end(), [&](std::uint32_t member) {
                  return member < queries.front() && !rows.in_window(member, queries.front());
              });
    const auto end = std::partition_point(begin, members.end(), [&](std::uint32_t member) {
        return member <= queries.back() || rows.in_window(member, queries.back());
    });
    return {static_cast<std::size_t>(begin - members.begin()),
            static_cast<std::size_t>(end - members.begin())};
}

} // namespace

void join_by_index(const JoinRows& rows, const IndexOptions& options, PairSink& sink,
                   unsigned threads) {
    const InvertedFile file(rows, options, threads);
    std::vector<Task> tasks;
    for (std::size_t cell = 0; cell < file.cells(); ++cell) {
        const auto members = file.members(cell);
        const auto queries = file.queries(cell);
        for (std::size_t m = 0; m < members.size(); m += task_members)
            for (std::size_t s = 0; s < queries.size(); s += task_queries)
                tasks.push_back({members.subspan(m, std::min(task_members, members.size() - m)),
                                 queries.subspan(s, std::min(task_queries, queries.size() - s))});
    }
    tbb::enumerable_thread_specific<Workspace> workspaces;
    for_each_task(tasks.size(), threads, [&](std::size_t t) {
        const auto [members, queries] = tasks[t];
        Workspace& workspace = workspaces.local();
        workspace.gather(file, members);
        workspace.panels.assign(rows, members, workspace.slack, workspace.numbers);
        const std::size_t cell = file.cell_of(members.front());
        for (std::size_t s = 0; s < queries.size(); s += block_rows) {
            const auto some = queries.subspan(s, std::min(block_rows, queries.size() - s));
            const auto [begin, end] = within_window_of(rows, members, some);
            if (begin == end)
                continue;
            workspace.gather(file, some);
            workspace.match.set_tiles(rows, some, workspace.slack, workspace.numbers);
            // Where each looks into the other's cell, the pair is met twice, or, within one cell,
            // in both orders: the lower position speaks for it.
            workspace.match.match(rows, workspace.panels, begin, end, sink,
                                  [&](std::size_t query, std::size_t member) {
                                      const std::size_t other = file.cell_of(query);
                                      const bool twice = other == cell || file.seeks(member, other);
                                      return (query < member || (!twice && query != member)) &&
                                             rows.in_window(query, member);
                                  });
        }
    });
    for (Workspace& workspace : workspaces)
        sink.take(workspace.match.local);
    compare_neighbours_of_neighbours(rows, file.by_list(), options.expansion, sink, threads);
}

} // namespace fabula::detail
