// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/lookup/subwords.hpp"
#include "model/lookup/word_index.hpp"
#include "model/lookup/word_table.hpp"
#include "model/rows/quantize.hpp"

#include <fabula/model.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What is known of one language.
struct PackLanguage {
    std::string tag; ///< BCP-47
    /// Mean word vector of running text in this language, words of probability p weighted
    /// a / (a + p) with a = `EmbedOptions::word_weight`. Empty or `dimension`
    /// values.
    std::vector<float> mean;
    /// `word_hash(normalised form)` and the probability of the word in the language, in any order.
    std::vector<std::pair<std::uint64_t, float>> words;
};

/// The plain data that a model file is made of. Spans refer to the caller's memory.
struct PackSource {
    /// `name` to `fold` and `quality` are written; the rest follows from the file. An empty `fold`
    /// stands for `forms_version()`.
    ModelCard card;
    std::size_t dimension{};
    std::span<const std::uint64_t>
        word_hashes;                     ///< `word_hash(normalised form)`, each once, any order
    std::span<const float> word_rows;    ///< word_hashes.size() × dimension
    std::span<const float> word_weights; ///< empty, or what each row counts in k-means
    std::span<const float> subword_rows; ///< rows × dimension; may be empty
    std::string subword_scheme{fabula_subword_scheme};
    std::vector<PackLanguage> languages; ///< any order
    std::map<std::string, double> coefficients;
    RowOptions word_options;
    RowOptions subword_options;
};

/// What the stored form has cost.
struct PackReport {
    std::uint64_t bytes{};
    std::string checksum;
    std::size_t words_dropped{}; ///< hashes that could not be told apart from another
    double word_cosine{1};       ///< see `EncodedRows::mean_cosine`
    double subword_cosine{1};
};

/// Writes a model file: the same bytes for the same source, whatever the number of threads and the
/// order of words and languages. The file appears under its name only when it is complete.
/// \throws Error(bad_option) on sizes that do not fit together or values that are not finite,
/// Error(unwritable) where the file cannot be written
PackReport write_pack(const PackSource& source, const std::filesystem::path& path);

/// The `scheme` of a table of a pack of several: "words" of `none`, or "fasttext".
[[nodiscard]] constexpr std::string_view table_scheme_name(SubwordScheme scheme) noexcept {
    return scheme == SubwordScheme::fasttext ? "fasttext" : "words";
}

/// One language's words of a pack of several tables, in stored form.
struct PackTable {
    std::string language; ///< a tag of the pack; empty where one table is for all languages
    SubwordScheme scheme{SubwordScheme::none}; ///< `none` or `fasttext`
    BuiltWordIndex index;
    EncodedRows words; ///< in the order of the index
    /// What is left where `scheme` is `fasttext`: one row a bucket, or one for each of
    /// `kept_buckets` (ascending) where the model is pruned.
    EncodedRows subwords;
    std::size_t shortest_ngram{};
    std::size_t longest_ngram{};
    std::uint32_t buckets{};
    bool pruned{false};
    std::vector<std::uint32_t> kept_buckets;
};

/// A pack with a table for each language, format version 2.
struct PackTables {
    ModelCard card; ///< as in `PackSource`
    std::size_t dimension{};
    std::vector<PackTable> tables;
    std::vector<PackLanguage> languages;
};

/// As above; the cosines of the report stay untouched.
PackReport write_pack(PackTables source, const std::filesystem::path& path);

/// Changes to the part of a model file that describes the rest.
struct PackEdits {
    std::map<std::string, std::string> texts; ///< card fields by name: "version", "provenance", ...
    std::map<std::string, double>
        coefficients; ///< added to, or in place of, those of the same name
    std::map<std::string, double> quality;
    bool drop_coefficients{false}; ///< first forget those that are there
    bool drop_quality{false};
    std::map<std::string, std::vector<float>> means; ///< by language tag of the file
};

/// Copies the model file `in` to `out` (which may be the same) with another manifest and, where
/// given, other mean vectors; no other section is touched. Returns the new checksum. \throws Error
std::string rewrite_manifest(const std::filesystem::path& in, const std::filesystem::path& out,
                             const PackEdits& edits);

/// The same with another section `background`, or without one where `bytes` are empty. Makes them:
/// `background_bytes`. \throws Error, bad_option where they do not fit the dimension
std::string rewrite_background(const std::filesystem::path& in, const std::filesystem::path& out,
                               std::string_view bytes);

} // namespace fabula::detail
