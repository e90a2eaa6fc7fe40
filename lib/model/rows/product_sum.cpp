// SPDX-License-Identifier: Apache-2.0
#include "model/rows/product_sum.hpp"

#include <algorithm>
#include <cstring>

namespace fabula::detail {

namespace {

/// Values summed at once. Their centroids, of both matrices, take 32 KiB, the first cache.
constexpr std::size_t block = 16;

/// Compilers keep these in registers; each lane is rounded as a float is.
using Four = float __attribute__((vector_size(16)));
using Two = double __attribute__((vector_size(16)));
constexpr std::size_t fours = block / 4;

struct Block {
    Four values[fours];
};

double load_double(const unsigned char* bytes) {
    double value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

/// The centroids that the codes of a block name. `table` begins with the block's first group.
template <std::size_t Group>
Block centroids(const unsigned char* table, const unsigned char* codes) {
    constexpr std::size_t bytes = Group * sizeof(float);
    constexpr std::size_t table_bytes = centroids_per_group * bytes;
    Block out;
    if constexpr (Group == 2) {
        for (std::size_t i = 0; i < fours; ++i) {
            const unsigned char* const both = table + 2 * i * table_bytes;
            const Two pair = {load_double(both + codes[2 * i] * bytes),
                              load_double(both + table_bytes + codes[2 * i + 1] * bytes)};
            std::memcpy(&out.values[i], &pair, sizeof pair);
        }
    } else {
        for (std::size_t i = 0; i < block / Group; ++i)
            std::memcpy(&out.values[i * Group / 4], table + i * table_bytes + codes[i] * bytes,
                        bytes);
    }
    return out;
}

} // namespace

bool ProductSum::fits(const RowMatrix& words, const RowMatrix& subwords) noexcept {
    return words.encoding() == RowEncoding::product &&
           subwords.encoding() == RowEncoding::product && words.columns() == subwords.columns() &&
           words.columns() % block == 0;
}

ProductSum::ProductSum(const RowMatrix& words, const RowMatrix& subwords)
    : words_(words), subwords_(subwords) {}

void ProductSum::add_row(const RowMatrix& matrix, const unsigned char* codes, float weight) {
    const std::size_t size = matrix.groups();
    if (codes_size_ + size > codes_.size())
        codes_.resize(2 * codes_.size() + size);
    std::memcpy(codes_.data() + codes_size_, codes, size);
    codes_size_ += size;
    scales_.push_back(weight * matrix.norm(codes));
}

bool ProductSum::add_word(std::size_t row, float weight) {
    const unsigned char* codes = words_.codes(row);
    if (codes[words_.groups()] == 0)
        return false;
    add_row(words_, codes, weight);
    if (!runs_.empty() && !runs_.back().subwords)
        runs_.back().end = scales_.size();
    else
        runs_.push_back({scales_.size(), false});
    return true;
}

bool ProductSum::add_subwords(std::span<const std::uint32_t> rows, float weight) {
    const std::size_t groups = subwords_.groups();
    bool nonzero = false;
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), RowMatrix::rows_at_once));
        rows = rows.subspan(part.size());
        const std::size_t before = scales_.size();
        for (const std::uint32_t row : part) {
            const unsigned char* codes = subwords_.codes(row);
            if (codes[groups] != 0)
                add_row(subwords_, codes, weight);
        }
        nonzero |= scales_.size() > before;
        runs_.push_back({scales_.size(), true});
    }
    return nonzero;
}

namespace {

/// Adds scale × row for `count` rows; `codes` goes on to the next one.
template <std::size_t Group>
Block add_rows(Block sum, const unsigned char* table, const unsigned char*& codes,
               std::size_t groups, const float* scales, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row, codes += groups) {
        const Block add = centroids<Group>(table, codes);
        for (std::size_t i = 0; i < fours; ++i)
            sum.values[i] += scales[row] * add.values[i];
    }
    return sum;
}

} // namespace

template <std::size_t WordGroup, std::size_t SubwordGroup>
void ProductSum::add_blocks(float* out) const {
    for (std::size_t first = 0; first < words_.columns(); first += block) {
        const std::size_t table = first * centroids_per_group * sizeof(float);
        Block total;
        std::memcpy(&total, out + first, sizeof total);
        const unsigned char* codes = codes_.data();
        std::size_t row = 0;
        for (const Run& run : runs_) {
            const float* const scales = scales_.data() + row;
            const std::size_t count = run.end - row;
            row = run.end;
            if (run.subwords) {
                codes += first / SubwordGroup;
                const Block sum = add_rows<SubwordGroup>(Block{}, subwords_.codebook() + table,
                                                         codes, subwords_.groups(), scales, count);
                codes -= first / SubwordGroup;
                for (std::size_t i = 0; i < fours; ++i)
                    total.values[i] += sum.values[i];
            } else {
                codes += first / WordGroup;
                total = add_rows<WordGroup>(total, words_.codebook() + table, codes,
                                            words_.groups(), scales, count);
                codes -= first / WordGroup;
            }
        }
        std::memcpy(out + first, &total, sizeof total);
    }
}

template <std::size_t WordGroup>
void ProductSum::add_blocks_of(float* out) const {
    if (subwords_.group() == 2)
        add_blocks<WordGroup, 2>(out);
    else if (subwords_.group() == 4)
        add_blocks<WordGroup, 4>(out);
    else
        add_blocks<WordGroup, 8>(out);
}

void ProductSum::add_to(float* out) {
    if (words_.group() == 2)
        add_blocks_of<2>(out);
    else if (words_.group() == 4)
        add_blocks_of<4>(out);
    else
        add_blocks_of<8>(out);
    codes_size_ = 0;
    scales_.clear();
    runs_.clear();
}

} // namespace fabula::detail
