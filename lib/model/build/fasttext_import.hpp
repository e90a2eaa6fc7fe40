// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/format/model_file.hpp"
#include "model/lookup/model_data.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Import of fastText's files: `.bin` and `.ftz` (versions 11 and 12 of the format, supervised or
/// not) and text vectors, `.vec`.
///
/// A `.bin` stays as it is, and a vector is composed when it is asked for, from the word's row and
/// those of its n-grams, so that it equals fastText's `getWordVector`, for words that the model
/// never saw too. The codes of a `.ftz` are undone at import. Rows of a `.vec` are
/// kept as int8 with a scale each, a quarter of the memory; it has no subwords.
///
/// These files have no statistics of texts, so they are taken from the first 100,000 words: the
/// probability of a word is its count / the sum of counts (`.bin`, `.ftz`) or, as words stand in
/// the order of their frequency, by Zipf's law, 1 / (rank × H) (`.vec`); the mean word vector of
/// the language is the sum of p · a / (a + p) × vector over these words, divided by the sum of p ·
/// a / (a + p).
namespace fabula::detail {

/// True for fastText's binary files and for names that end in .bin, .ftz, .vec or .txt.
/// \throws Error(file_not_found, unreadable)
[[nodiscard]] bool looks_like_fasttext(const std::filesystem::path& path);

/// One space from several files, a language each; or from one file with the empty tag, which then
/// stands for all languages. \throws Error naming the file and, for `.vec`, the line
[[nodiscard]] std::shared_ptr<const ModelData>
import_fasttext(const std::map<std::string, std::filesystem::path>& files,
                const ModelOptions& options);

/// What is wanted of a file.
struct ImportOptions {
    /// How the rows of a `.vec` are kept: int8 or float32.
    RowEncoding text_rows{RowEncoding::int8};
    /// Only so many words of a `.vec` from the top get a row, though all lines are checked; 0 =
    /// all.
    std::size_t text_words{0};
};

/// One file.
struct ImportedFile {
    WordTable table;
    std::size_t dimension{};
    /// The words that have a row, in the order of the file; valid as long as the file is there.
    std::vector<std::string_view> words;
    /// The most frequent words and how often they occur, in any unit; from the top, at most
    /// `counted_words`.
    std::vector<std::pair<std::string, double>> counts;
    std::vector<std::shared_ptr<const void>> storage;

    static constexpr std::size_t counted_words = 100'000;
};

/// Takes a file for binary or text by its first bytes and its name. \throws Error naming the file
[[nodiscard]] ImportedFile import_file(const std::filesystem::path& path,
                                       const std::shared_ptr<const ModelFile>& file,
                                       const ImportOptions& options = {});
[[nodiscard]] ImportedFile import_binary(const std::filesystem::path& path,
                                         const std::shared_ptr<const ModelFile>& file);
[[nodiscard]] ImportedFile import_text(const std::filesystem::path& path,
                                       const std::shared_ptr<const ModelFile>& file,
                                       const ImportOptions& options);

/// What one file says of the words of its language: probabilities by normalised form, and the mean
/// vector.
struct WordStatistics {
    std::vector<HashedProbability> probabilities;
    std::vector<float> mean;
};
[[nodiscard]] WordStatistics count_words(const ImportedFile& file);

/// Vectors of one space have one dimension. \throws Error(bad_option) naming the file
void check_dimension(const std::filesystem::path& path, std::size_t dimension,
                     std::size_t dimension_before);

} // namespace fabula::detail
