// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/growing_rows.hpp"

#include "base/parallel.hpp"
#include "neighbours/join/join_rows.hpp"
#include "neighbours/join/unit_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_of_block = 1024;
constexpr std::size_t queries_at_once = 256;
constexpr std::size_t blocks_of_part = 16; ///< at most
constexpr std::size_t sample_rows = 1024;  ///< that the scale of int8 is chosen for
/// So few take less time than threads that wait for one another.
constexpr std::size_t few_products = std::size_t{1} << 18U;
constexpr std::int16_t unreachable = std::numeric_limits<std::int16_t>::max();

Int8Scale scale_for(const EmbeddingMatrix& rows) {
    std::vector<float> sample;
    const std::size_t count = std::min(rows.rows, sample_rows);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const float> row = rows.row(i * rows.rows / count);
        sample.insert(sample.end(), row.begin(), row.end());
    }
    return Int8Scale::best_for(sample, rows.dimension);
}

/// Room for what comes, but no more than an eighth: there are many short lists.
template <class T>
void grow(std::vector<T>& list, std::size_t size, T value) {
    if (list.capacity() < size)
        list.reserve(size + list.size() / 8);
    list.resize(size, value);
}

} // namespace

void GrowingRows::Limits::resize(std::size_t size) {
    grow(common, size, unreachable);
    grow(nearest, size, unreachable);
    grow(slack, size, unreachable);
}

GrowingRows::GrowingRows(EmbeddingMatrix rows, std::span<const float> thresholds, float min_cosine,
                         std::span<const std::uint16_t> shelves, std::size_t shelf_count)
    : kernels_(&kernels()), min_cosine_(min_cosine), scale_of_int8_(scale_for(rows)),
      int8_(scale_of_int8_.scale, rows.dimension), padded_(Int8Scale::padded(rows.dimension)),
      rows_(std::move(rows)), shelves_(shelf_count) {
    check_sizes(rows_, 0);
    check_row_thresholds(rows_.rows, thresholds);
    thresholds_.assign(thresholds.begin(), thresholds.end());
    thresholds_.resize(rows_.rows, lowest_row_threshold);
    hidden_.resize(rows_.rows);
    for (std::uint32_t row = 0; row < rows_.rows; ++row)
        pack(row, shelves.empty() ? std::uint16_t{0} : shelves[row]);
}

void GrowingRows::reserve(std::size_t rows) {
    rows_.values.reserve(rows * rows_.dimension);
    scale_.reserve(rows);
    slack_.reserve(rows);
    thresholds_.reserve(rows);
    hidden_.reserve(rows);
    places_.reserve(rows);
}

void GrowingRows::add(std::span<const float> values, float threshold, std::uint16_t shelf) {
    rows_.values.insert(rows_.values.end(), values.begin(), values.end());
    ++rows_.rows;
    thresholds_.push_back(threshold);
    hidden_.push_back(0);
    pack(static_cast<std::uint32_t>(rows_.rows - 1), shelf);
}

void GrowingRows::pack(std::uint32_t row, std::uint16_t shelf) {
    const std::span<const float> values = rows_.row(row);
    const double scale = unit_scale(values);
    if (std::isnan(scale))
        throw_not_finite(rows_, row);
    std::vector<float> unit(values.size());
    std::transform(values.begin(), values.end(), unit.begin(),
                   [&](float value) { return unit_value(value, scale); });
    std::vector<std::int8_t> numbers(padded_);
    scale_.push_back(scale);
    slack_.push_back(scale_of_int8_.quantize(unit, numbers));
    Shelf& to = shelves_[shelf];
    const std::size_t at = to.rows.size();
    places_.push_back({shelf, static_cast<std::uint32_t>(at)});
    grow(to.rows, at + 1, row);
    if (at % rows_of_block == 0)
        to.blocks.emplace_back();
    Block& block = to.blocks.back();
    const std::size_t width = kernels_->panel_columns;
    const std::size_t columns = (at % rows_of_block + width) / width * width;
    grow(block.panels, columns * padded_, empty_panel_byte);
    block.limits.resize(columns);
    pack_panel_row(numbers, at % rows_of_block, *kernels_, block.panels);
    set_limits(row);
}

void GrowingRows::set_limits(std::uint32_t row) {
    const Place place = places_[row];
    Limits& limits = shelves_[place.shelf].blocks[place.at / rows_of_block].limits;
    const std::size_t at = place.at % rows_of_block;
    const bool is_found = hidden_[row] == 0 && scale_[row] != 0;
    limits.common[at] = is_found ? int8_.common(thresholds_[row], slack_[row]) : unreachable;
    limits.nearest[at] = is_found ? int8_.nearest(slack_[row], min_cosine_) : unreachable;
    limits.slack[at] = is_found ? int8_.slack(slack_[row]) : unreachable;
}

void GrowingRows::hide(std::uint32_t row) {
    hidden_[row] = 1;
    set_limits(row);
}

void GrowingRows::show(std::uint32_t row, float threshold) {
    hidden_[row] = 0;
    thresholds_[row] = threshold;
    set_limits(row);
}

GrowingRows::Queries GrowingRows::queries(std::span<const float> values,
                                          std::span<const float> thresholds) const {
    Queries out;
    const std::size_t dimension = rows_.dimension;
    const std::size_t count = thresholds.size();
    out.padded_ = padded_;
    out.thresholds_.assign(thresholds.begin(), thresholds.end());
    out.units_.resize(values.size());
    out.is_zero_.resize(count);
    out.numbers_.resize(count * padded_);
    for (std::size_t i = 0; i < count; ++i) {
        // As `JoinRows` does: the very values of unit vectors, whatever is given.
        const std::span<const float> query = values.subspan(i * dimension, dimension);
        const auto unit = std::span(out.units_).subspan(i * dimension, dimension);
        const double scale = unit_scale(query);
        out.is_zero_[i] = scale > 0 ? 0 : 1;
        if (out.is_zero_[i] == 0)
            std::transform(query.begin(), query.end(), unit.begin(),
                           [&](float value) { return unit_value(value, scale); });
        out.slack_.push_back(
            scale_of_int8_.quantize(unit, std::span(out.numbers_).subspan(i * padded_, padded_)));
    }
    return out;
}

GrowingRows::Tiles GrowingRows::tiles(const Queries& all,
                                      std::span<const std::uint32_t> some) const {
    const std::size_t step = kernels_->tile_rows;
    Tiles out{some, {}, {}};
    out.limits.resize((some.size() + step - 1) / step * step);
    std::vector<std::int8_t> numbers;
    numbers.reserve(some.size() * padded_);
    for (std::size_t i = 0; i < some.size(); ++i) {
        const auto of_query = all.numbers(some[i]);
        numbers.insert(numbers.end(), of_query.begin(), of_query.end());
        const float slack = all.slack_[some[i]];
        out.limits.common[i] = int8_.common(all.thresholds_[some[i]], slack);
        out.limits.nearest[i] = int8_.nearest(slack, min_cosine_);
        out.limits.slack[i] = int8_.slack(slack);
    }
    out.packed.pack(numbers, padded_, *kernels_);
    return out;
}

void GrowingRows::match(const Queries& all, const Tiles& tiles, const Shelf& shelf,
                        std::size_t block, std::vector<Hit>& found) const {
    const std::size_t first = block * rows_of_block;
    const std::size_t columns = std::min(rows_of_block, shelf.rows.size() - first);
    const Block& panels = shelf.blocks[block];
    thread_local std::vector<std::uint32_t> hits;
    hits.resize(std::max(hits.size(), tiles.queries.size() * columns));
    PairBlock pairs{};
    pairs.panels = panels.panels.data();
    pairs.tiles = tiles.packed.bytes.data();
    pairs.rows = static_cast<std::uint32_t>(tiles.queries.size());
    pairs.columns = static_cast<std::uint32_t>(columns);
    pairs.groups = static_cast<std::uint32_t>(padded_ / kernels_->group);
    pairs.row_start = tiles.packed.start.data();
    pairs.row_common = tiles.limits.common.data();
    pairs.row_nearest = tiles.limits.nearest.data();
    pairs.row_slack = tiles.limits.slack.data();
    pairs.column_common = panels.limits.common.data();
    pairs.column_nearest = panels.limits.nearest.data();
    pairs.column_slack = panels.limits.slack.data();
    const std::uint32_t count = kernels_->filter(pairs, hits.data());
    for (std::uint32_t hit = 0; hit < count; ++hit) {
        const std::uint32_t query = tiles.queries[hits[hit] >> 16U];
        const std::uint32_t row = shelf.rows[first + (hits[hit] & 0xFFFFU)];
        if (hidden_[row] != 0 || scale_[row] == 0)
            continue;
        const float product = kernels_->dot(all.units_.data() + query * rows_.dimension,
                                            rows_.row(row).data(), scale_[row], rows_.dimension) +
                              0.0F;
        const float cosine = std::clamp(product, -1.0F, 1.0F);
        if (cosine >=
            std::max(min_cosine_, pair_threshold(all.thresholds_[query], thresholds_[row])))
            found.push_back({query, {row, cosine}});
    }
}

std::vector<GrowingRows::Part>
GrowingRows::parts(std::span<const std::vector<std::uint32_t>> looking) const {
    std::vector<Part> out;
    for (std::uint32_t shelf = 0; shelf < looking.size(); ++shelf) {
        const std::span<const std::uint32_t> all = looking[shelf];
        for (std::size_t begin = 0; begin < all.size(); begin += queries_at_once)
            for (std::size_t block = 0; block < shelves_[shelf].blocks.size();
                 block += blocks_of_part)
                out.push_back({shelf, block,
                               std::min(block + blocks_of_part, shelves_[shelf].blocks.size()),
                               all.subspan(begin, std::min(queries_at_once, all.size() - begin))});
    }
    return out;
}

std::vector<std::vector<RowNeighbour>>
GrowingRows::search(const Queries& queries, unsigned threads,
                    std::span<const std::uint16_t> shelves) const {
    std::vector<std::vector<std::uint32_t>> looking(shelves_.size()); // of each shelf
    const std::size_t of_each = shelves.size() / std::max<std::size_t>(1, queries.size());
    for (std::uint32_t query = 0; query < queries.size(); ++query) {
        if (queries.is_zero_[query] != 0)
            continue;
        if (shelves.empty())
            for (std::vector<std::uint32_t>& some : looking)
                some.push_back(query);
        else
            for (const std::uint16_t shelf : shelves.subspan(query * of_each, of_each))
                looking[shelf].push_back(query);
    }
    const std::vector<Part> all = parts(looking);
    std::size_t products = 0;
    for (const Part& part : all)
        products +=
            part.queries.size() * std::min((part.last_block - part.first_block) * rows_of_block,
                                           shelves_[part.shelf].rows.size());
    std::vector<std::vector<Hit>> found(all.size());
    for_each_task(all.size(), products < few_products ? 1U : threads, [&](std::size_t i) {
        const Tiles some = tiles(queries, all[i].queries);
        for (std::size_t block = all[i].first_block; block < all[i].last_block; ++block)
            match(queries, some, shelves_[all[i].shelf], block, found[i]);
    });
    std::vector<std::vector<RowNeighbour>> out(queries.size());
    for (const std::vector<Hit>& some : found)
        for (const Hit& hit : some)
            out[hit.query].push_back(hit.row);
    for (std::vector<RowNeighbour>& neighbours : out)
        std::sort(neighbours.begin(), neighbours.end(),
                  [](const RowNeighbour& a, const RowNeighbour& b) { return a.row < b.row; });
    return out;
}

} // namespace fabula::detail
