// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "model/lookup/unknown_words.hpp"
#include "model/lookup/word_index.hpp"
#include "model/lookup/word_table.hpp"

#include <fabula/model.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What a loader puts together. `ModelData` is made of it and adds no check.
struct ModelParts {
    static constexpr std::size_t all_tables = ~std::size_t{0};

    std::size_t dimension{};
    ModelCard card;
    std::vector<std::string> languages; ///< sorted
    /// Every language, known or not, is served by language 0 (a file imported without a tag).
    bool any_language{false};
    std::vector<WordTable> tables;
    /// For each language the table that is asked first, or `all_tables`.
    std::vector<std::size_t> first_table;
    std::vector<float> means; ///< languages × dimension
    WordProbabilities probabilities;
    std::map<std::string, double> coefficients;
    std::span<const std::byte> background;
    /// The files and buffers that the tables refer to.
    std::vector<std::shared_ptr<const void>> storage;
    std::filesystem::path folder; ///< where `language-id.ftz` is looked for first
};

/// The content of a model as the later stages use it. Immutable: every member function may be
/// called from any number of threads.
class ModelData {
public:
    static constexpr int unknown_language = -1;

    explicit ModelData(ModelParts parts) : parts_(std::move(parts)) {}

    /// What is behind a model.
    [[nodiscard]] static const ModelData& of(const Model& model) noexcept { return *model.data_; }

    /// \throws Error(file_not_found, unreadable, damaged_model, unsupported_model)
    [[nodiscard]] static std::shared_ptr<const ModelData>
    open_pack(const std::filesystem::path& path, const ModelOptions& options);

    /// Number of values of a vector.
    [[nodiscard]] std::size_t dimension() const noexcept { return parts_.dimension; }
    [[nodiscard]] const ModelCard& card() const noexcept { return parts_.card; }
    /// Tags, sorted; numbers of languages are positions in this list.
    [[nodiscard]] const std::vector<std::string>& languages() const noexcept {
        return parts_.languages;
    }

    /// The number of a language, whatever its case; else of the nearest relation the model has:
    /// "pt-BR" → "pt", "zh-Hant" → "zh", "no" → "nb", "sr" → "sh". `unknown_language` where there
    /// is none. A model imported without a language has one nameless language, "und", for all.
    [[nodiscard]] int language_index(std::string_view tag) const;

    /// Adds weight × the vector of a word to out[0, dimension). A word without a row of its own is
    /// the mean of its subwords' rows. False, and `out` is as it was, where the model knows nothing
    /// of it. With one file a language (`Model::from_fasttext`) the file of `language` is asked
    /// first, then all others in the order of their tags.
    bool add_word(std::string_view normalised, std::string_view romanised, std::string_view surface,
                  TokenKind kind, int language, float weight, float* out) const;

    /// The table that all words of all languages are looked up in, where there is but one and many
    /// words can be added at once; else none.
    [[nodiscard]] const WordTable* batch_table() const noexcept;

    /// What callers remember of that table's words, see `WordBatch`.
    [[nodiscard]] Pool<UnknownWords>& unknown_words() const noexcept { return unknown_words_; }

    /// Probability of a word in running text of the language, by `word_hash` of its normalised
    /// form; 0 where it is not listed.
    [[nodiscard]] float word_probability(int language, std::uint64_t hash) const;
    /// The same of many words. As long as `hashes`.
    void word_probabilities(int language, std::span<const std::uint64_t> hashes,
                            std::span<float> out) const;

    /// `dimension` values: the mean word vector of running text in the language, words weighted
    /// a / (a + p) with a = `EmbedOptions::word_weight`. Taken from each word in use. Zeros where
    /// it is not known.
    [[nodiscard]] std::span<const float> mean(int language) const;

    /// Calibrated constants of the later stages, by name.
    [[nodiscard]] const std::map<std::string, double>& coefficients() const noexcept {
        return parts_.coefficients;
    }
    [[nodiscard]] double coefficient(std::string_view name, double fallback) const;

    /// The section `background` of the file, of a length that fits its dimension and not looked at
    /// any further; empty where there is none. See `background_of`.
    [[nodiscard]] std::span<const std::byte> background() const noexcept {
        return parts_.background;
    }

    /// Loaded at the first call. \throws Error where the file is missing or damaged
    [[nodiscard]] const LanguageIdentifier& identifier() const;

private:
    ModelParts parts_;
    std::vector<float> zeros_ = std::vector<float>(parts_.dimension);
    mutable Pool<UnknownWords> unknown_words_{
        [dimension = parts_.dimension] { return std::make_unique<UnknownWords>(dimension); }};
    mutable std::mutex identifier_mutex_;
    mutable std::optional<LanguageIdentifier> identifier_;
};

} // namespace fabula::detail
