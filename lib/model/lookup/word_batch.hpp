// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/unknown_words.hpp"
#include "model/lookup/word_table.hpp"
#include "model/rows/product_sum.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// A word to be added to a sum.
struct WeightedWord {
    WordSpellings spellings;
    std::uint64_t hash{}; ///< `word_hash(spellings.normalised)`
    float weight{};
    bool known{}; ///< set: whether the model knows anything of it
};

/// Adds many words of a "fabula-2" table with product-coded rows. Memory is the slow part of a
/// look-up, so each step is taken for all words before the next: what the next will read is on its
/// way meanwhile.
class WordBatch {
public:
    [[nodiscard]] static bool fits(const WordTable& table) noexcept;

    /// Both must outlive the batch. Of `remembered` only the table's own words may be asked; what
    /// it has in store changes no bit of a result.
    WordBatch(const WordTable& table, UnknownWords& remembered);

    /// Adds weight × vector of each word: first of those that have a row of their own, in their
    /// order, as `add_known` of the table does; then of the others, whose vector is what
    /// `add_from_subwords` adds to zeros with weight 1. Any number of words; some dozens at once
    /// are best.
    void add(std::span<WeightedWord> words, float* out);

    /// The same, each word to a row of its own: words × columns of the table.
    void add_each(std::span<WeightedWord> words, float* out);

private:
    struct Range {
        std::size_t begin;
        std::size_t end;
    };
    /// A word without a row of its own. What it refers to lies in `rows_` and `hashes_`.
    struct Unknown {
        std::size_t word;
        Range rows;              ///< of its subwords
        std::uint64_t romanised; ///< hash of the romanised form, where it may be borrowed from
        Range beginnings;        ///< hash of a word, hash of a stem, and so on
        Range endings;
    };

    void look_up(std::span<const WeightedWord> words);
    /// Adds the vectors of the words that have no row to the rows at `out`, which are `stride`
    /// apart.
    void add_others(std::span<WeightedWord> words, float* out, std::size_t stride);
    /// Makes sure that the vector of such a word is in store.
    void remember(const WeightedWord& word, const Unknown* looked_up);
    [[nodiscard]] bool has_row(std::size_t word) const;
    [[nodiscard]] std::size_t row_of(std::int64_t entry) const;
    bool add_entry(std::int64_t entry, float weight);
    Unknown collect_unknown(std::size_t number, const WordSpellings& word);
    [[nodiscard]] std::int64_t first_entry(Range hashes) const;
    bool add_unknown(const WordSpellings& word, const Unknown& unknown);

    const WordTable& table_;
    UnknownWords& remembered_;
    ProductSum sum_;
    std::vector<std::int64_t> entries_;
    std::vector<Unknown> unknown_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint64_t> hashes_;
};

} // namespace fabula::detail
