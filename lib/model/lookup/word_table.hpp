// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/word_index.hpp"
#include "model/rows/row_matrix.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fabula::detail {

/// A word as a text gives it.
struct WordSpellings {
    std::string_view normalised; ///< `normalised_form`
    std::string_view romanised;  ///< `romanised`
    std::string_view surface;    ///< as it is spelled in the text
    TokenKind kind{};
};

/// Where a word is looked up and what it is made of.
enum class SubwordScheme {
    none,     ///< words alone: by surface form, then in lower case, then by normalised form
    fabula,   ///< "fabula-2", see `subwords.hpp`: words by normalised form alone
    fasttext, ///< fastText's: words by surface form, then by normalised form; n-grams of the
              ///< surface form
};

/// Words and subwords of one model file, and how they make a vector. Immutable; the bytes that the
/// views refer to are kept alive by `ModelData`.
struct WordTable {
    SubwordScheme scheme{SubwordScheme::fabula};
    WordIndex index;
    RowMatrix words;
    RowMatrix subwords;
    /// Row of each word in `words`, where that is not its position in the index.
    std::vector<std::uint32_t> row_of_word;

    /// fastText's n-gram lengths, and the number of buckets that their hashes are taken modulo.
    std::size_t shortest_ngram{};
    std::size_t longest_ngram{};
    std::uint32_t buckets{};
    /// The rows of those buckets that quantisation with a cut-off has left, where it was used.
    std::unordered_map<std::uint32_t, std::uint32_t> kept_buckets;
    bool pruned{false};
    /// A word's vector is the mean of its own row and those of its n-grams, as fastText stores
    /// them.
    bool compose_words{false};

    /// Adds weight × vector of a word that has a row of its own. False where it has none.
    bool add_known(const WordSpellings& word, float weight, float* out) const;

    /// Adds weight × the mean of the rows of the subwords; in "fabula-2" also the row of the word's
    /// romanised, where that is itself a word (then only half of the subwords' mean), or else the
    /// mean of the rows of its known parts. False where there are none, or all are zero.
    bool add_from_subwords(const WordSpellings& word, float weight, float* out) const;

private:
    bool add_known_parts(const WordSpellings& word, float weight, float* out) const;
    bool add_entry(std::int64_t entry, std::string_view spelling, float weight, float* out) const;
};

} // namespace fabula::detail
