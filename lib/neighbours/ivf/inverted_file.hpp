// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "neighbours/ivf/cell_centres.hpp"
#include "neighbours/ivf/nn_descent.hpp"
#include "neighbours/join/join_rows.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// How rows are sorted into cells of near ones, and what is compared after them.
struct IndexOptions {
    std::size_t cells{};  ///< range 1–65535
    std::size_t probes{}; ///< cells that a row is looked for in; at most `cells`
    ExpansionOptions expansion{2, 8};

    /// The defaults for this many rows. What they find is in docs/performance.md.
    static IndexOptions for_rows(std::size_t rows);
};

/// Rows sorted by the nearest of some centres, which k-means finds on a sample: every row that is a
/// whole multiple of some step away from the first, a fixed number of iterations, sums in the order
/// of the rows. So it depends on the rows and their order alone.
///
/// Memory: for each row its int8 numbers (dimension, rounded up to a multiple of 4), 10 bytes, and
/// 6 for each probe.
class InvertedFile {
public:
    InvertedFile(const JoinRows& rows, const IndexOptions& options, unsigned threads);

    [[nodiscard]] std::size_t cells() const { return options_.cells; }
    [[nodiscard]] const CellCentres& centres() const { return centres_; }
    /// Positions whose nearest centre is that of the cell, ascending.
    [[nodiscard]] std::span<const std::uint32_t> members(std::size_t cell) const {
        return part(members_, member_begin_, cell);
    }
    /// The members of all cells, cell by cell.
    [[nodiscard]] std::span<const std::uint32_t> by_list() const { return members_; }
    /// Positions that look into the cell, ascending; all members among them.
    [[nodiscard]] std::span<const std::uint32_t> queries(std::size_t cell) const {
        return part(queries_, query_begin_, cell);
    }
    [[nodiscard]] std::size_t cell_of(std::size_t position) const {
        return probes_[position * options_.probes];
    }
    [[nodiscard]] bool seeks(std::size_t position, std::size_t cell) const;

    [[nodiscard]] float slack(std::size_t position) const { return slack_[position]; }
    [[nodiscard]] std::span<const std::int8_t> numbers(std::size_t position) const {
        return std::span(numbers_).subspan(position * rows_.padded(), rows_.padded());
    }

    void prefetch(std::size_t position) const {
        __builtin_prefetch(slack_.data() + position);
        for (std::size_t i = 0; i < rows_.padded(); i += 64)
            __builtin_prefetch(numbers_.data() + position * rows_.padded() + i);
    }

private:
    using Offsets = std::vector<std::size_t>;

    static std::span<const std::uint32_t> part(const std::vector<std::uint32_t>& all,
                                               const Offsets& begin, std::size_t cell) {
        return std::span(all).subspan(begin[cell], begin[cell + 1] - begin[cell]);
    }
    void quantize(unsigned threads);
    [[nodiscard]] CellCentres find_centres(unsigned threads) const;
    void sort_into_lists();

    const JoinRows& rows_;
    IndexOptions options_;
    CellCentres centres_;
    std::vector<std::int8_t> numbers_;
    std::vector<float> slack_;
    std::vector<std::uint16_t>
        probes_; ///< positions × probes, the nearest first, the others in no certain order
    std::vector<std::uint32_t> members_, queries_;
    Offsets member_begin_, query_begin_;
};

} // namespace fabula::detail
