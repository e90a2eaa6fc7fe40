// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "embedding/word_numbers.hpp"
#include "model/lookup/model_data.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// From this rarity on a word may be a name.
inline constexpr float rare_as_a_name = 9.0F;

/// A distinct word of an article, with all that is asked of words, found out once.
struct ArticleWord {
    std::uint64_t hash{};     ///< `Token::hash`
    std::uint32_t count{};    ///< in title and body
    std::uint32_t key{};      ///< `term_key`, where `has_key`
    std::uint32_t stem{};     ///< `stem_key`; not asked of numbers
    float rarity{};           ///< `word_rarity`; 0 of numbers
    bool has_key{};           ///< never of numbers
    bool is_normalised_key{}; ///< the key is that of the normalised form, not of a name's sounds
    bool is_long_key{};       ///< enough for a name
    bool has_capitals{};      ///< `has_capitals`; not asked of numbers
    bool is_number{};         ///< its kind is `number`
    bool is_ideographic{};    ///< its kind is that
    bool is_capitalised{};    ///< somewhere
    bool is_inside{};         ///< somewhere outside the edges of the body
    bool is_capital_inside{}; ///< both at one place
};

/// Gathers the words of an article. Keeps its tables, where they are not large, and a bounded cache
/// of words' keys (384 KiB): use one per thread. The result is a pure function.
class ArticleWords {
public:
    ArticleWords();

    /// In the order in which they come first. Valid until the next call of either. The tokens must
    /// have their hashes.
    [[nodiscard]] std::span<const ArticleWord> collect(const AnalyzedArticle& analyzed,
                                                       const ModelData& model);
    /// Frees the tables where the article made them large.
    void free_what_is_large();

private:
    /// What the spelling of a word says of it.
    struct Spelling {
        std::uint64_t hash{};
        std::uint32_t key{};
        std::uint32_t stem{};
        bool has_key{};
        bool is_normalised_key{};
        bool is_long_key{};
        bool has_capitals{};
    };

    void add(const AnalyzedText& text, bool has_edges, WordNumbers& numbers);
    [[nodiscard]] const Spelling& spelling(const Token& token);

    std::vector<Spelling> spellings_; ///< by the last bits of the hash; a newcomer takes the place
    std::vector<ArticleWord> words_;
    std::vector<const Token*> first_; ///< where each comes first
};

} // namespace fabula::detail
