// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/growing_index.hpp"

#include "neighbours/ivf/inverted_file.hpp"
#include "neighbours/join/join_rows.hpp"

#include <algorithm>
#include <utility>

namespace fabula::detail {
namespace {

/// The rows in cells, or all in one.
GrowingRows sorted(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine,
                   std::size_t exact_below, unsigned threads, CellCentres& centres,
                   std::size_t& probes) {
    if (rows.rows <= exact_below)
        return {std::move(rows), thresholds, min_cosine};
    IndexOptions options = IndexOptions::for_rows(rows.rows);
    const std::size_t most_probes = options.probes;
    options.probes = 1; // of a row: the cell that it is in
    std::vector<std::uint16_t> cells(rows.rows);
    {
        const JoinRows join(rows, {}, {}, {}, threads);
        const InvertedFile file(join, options, threads);
        centres = file.centres();
        probes = std::min(most_probes, centres.cells());
        for (std::size_t at = 0; at < join.size(); ++at) // rows that are zero have no position
            cells[join.row(at)] = static_cast<std::uint16_t>(file.cell_of(at));
    }
    return {std::move(rows), thresholds, min_cosine, cells, centres.cells()};
}

} // namespace

GrowingIndex::GrowingIndex(EmbeddingMatrix rows, std::span<const float> thresholds,
                           float min_cosine, std::size_t exact_below, unsigned threads)
    : rows_(sorted(std::move(rows), thresholds, min_cosine, exact_below, threads, centres_,
                   probes_)) {}

std::vector<std::uint16_t> GrowingIndex::cells(const GrowingRows::Queries& queries,
                                               std::size_t count, unsigned threads) const {
    std::vector<std::uint16_t> out(queries.size() * count);
    centres_.nearest(
        queries.size(), [&](std::size_t query) { return queries.numbers(query); }, count, out,
        threads);
    return out;
}

void GrowingIndex::add(std::span<const float> values, float threshold) {
    if (is_exact()) {
        rows_.add(values, threshold);
        return;
    }
    const GrowingRows::Queries row = rows_.queries(values, {&threshold, 1});
    rows_.add(values, threshold, cells(row, 1, 1).front());
}

std::vector<std::vector<RowNeighbour>> GrowingIndex::search(std::span<const float> queries,
                                                            std::span<const float> thresholds,
                                                            unsigned threads) const {
    const GrowingRows::Queries all = rows_.queries(queries, thresholds);
    return is_exact() ? rows_.search(all, threads)
                      : rows_.search(all, threads, cells(all, probes_, threads));
}

} // namespace fabula::detail
