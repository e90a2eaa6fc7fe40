// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "features/minhash_sketch.hpp"
#include "features/required_terms.hpp"
#include "features/stems.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/article.hpp>
#include <fabula/text.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

namespace fabula::detail {

/// A term of an article, comparable across languages and scripts. 8 bytes.
class WeightedTerm {
public:
    WeightedTerm(std::uint32_t key_of_term, float weight, bool is_a_name)
        : key(key_of_term), signed_weight_(is_a_name ? -weight : weight) {}

    std::uint32_t key; ///< hash of the phonetic key, or of the normalised form (ideographs)

    /// (1 + ln frequency in the article) × 14 (`word_rarity` − 6) / 8: what it tells beyond an
    /// ordinary word; not negative
    [[nodiscard]] float weight() const { return std::fabs(signed_weight_); }
    /// may be one, or is written in ideographs
    [[nodiscard]] bool is_name() const { return std::signbit(signed_weight_); }
    /// By a factor that is not negative.
    void scale(float factor) { signed_weight_ *= factor; }

private:
    float signed_weight_; ///< the sign says whether it is a name
};

class TermPlaces;

/// What an article offers for comparison beside its vector: 536 bytes, of which 260 are the
/// sketch, and elsewhere 8 a term and 4 a stem, key or mark, without slack. Of news some 2.4 KB in
/// all. The marks are for near-duplicates alone, but `RelationRule::is_duplicate` asks for them and
/// for the sketch until the stories are described: neither can be dropped once near-duplicates are
/// grouped.
struct LexicalFeatures {
    std::pmr::vector<WeightedTerm> terms; ///< sorted by key
    float terms_norm{};                   ///< Euclidean norm of their weights
    float names_norm{};                   ///< of those that are names
    std::pmr::vector<Stem> stems;         ///< see `collect_stems`
    float stems_norm{};                   ///< Euclidean norm of their weights
    /// Keys of its distinct numbers from 10 on, of its months and days, and of its years, sorted:
    /// see `find_quantities`. A year tells little, and so is apart.
    std::pmr::vector<std::uint32_t> numbers;
    std::pmr::vector<std::uint32_t> dates;
    std::pmr::vector<std::uint32_t> years;
    /// Keys of its words that may be names, sorted: of at least four letters, rare, and capitalised
    /// where the script has capitals. For articles that have no vector, see `lexical_fallback.hpp`.
    std::pmr::vector<std::uint32_t> names;
    bool has_vector{true}; ///< whether its status is `ok`
    bool is_titled{};      ///< its title is more than the publisher's name
    /// Of what may be names, more than half by squared weight is written in signs that are no
    /// spelling: no other script's names meet it.
    bool has_unspelled_names{};
    std::uint32_t words{};
    int language{-1}; ///< number of the language in the model
    std::optional<std::chrono::sys_seconds> published;
    MinHashSketch sketch; ///< of its words; empty where its status is `empty_text`
    std::pmr::vector<RequiredTerm> required_terms; ///< what no copy of it may lack
};

/// Whether its key is the hash of the normalised form: Chinese characters are no spelling of
/// sounds, and some scripts have no romanised form.
[[nodiscard]] bool has_normalised_key(const Token& token);

/// Whether the word's script has capitals and uses them.
[[nodiscard]] bool has_capitals(const Token& token);

/// How much a word tells, from its probability in the language: ln(1 / p), at most 14. Words that
/// are not listed count as that.
[[nodiscard]] float word_rarity(const ModelData& model, int language, const Token& token);
/// Words below tell nothing: those of p > 0.0015.
inline constexpr float least_distinctive_rarity = 6.5F;

/// The key under which a token is compared; nothing for numbers and for words whose key is too
/// short to tell articles apart.
[[nodiscard]] std::optional<std::uint32_t> term_key(const Token& token);

/// How far apart two times are; empty where one is missing. Any two times will do: a distance that
/// does not fit is cut to the longest that does.
[[nodiscard]] std::optional<std::chrono::seconds>
time_gap(std::optional<std::chrono::sys_seconds> a, std::optional<std::chrono::sys_seconds> b);

/// A pure function of the article and the model. The status must be set, see `article_vector`.
/// Lists have bounds, so that no article takes more than 16 KB: of more terms the heaviest are
/// kept, of more keys the lowest, which for hashes is a sample that two versions of one text share.
[[nodiscard]] LexicalFeatures extract_lexical_features(const AnalyzedArticle& analyzed,
                                                       const Article& article,
                                                       const ModelData& model);

/// Moves the lists to this memory, each next to the other. It must outlive them.
void move_lists(LexicalFeatures& lexical, std::pmr::memory_resource& memory);

/// Sets the norms from the weights of terms and stems.
void measure_terms(LexicalFeatures& lexical);

/// Asks for the terms and numbers of `later`, and for the place that says where those of
/// `much_later` are, before they are compared: in a long list of pairs the second article
/// is nowhere near the first, and memory is what comparing waits for.
void prefetch_lexical_features(const LexicalFeatures& later, const LexicalFeatures& much_later);

/// What two articles have in common; all but the names in [0, 1].
struct TermOverlap {
    double all{};          ///< cosine of the term vectors
    double shared_names{}; ///< Σ product of the weights of the terms that are names in both
    double words{};        ///< what terms that are not names in both add to `all`
    /// Of the article whose names have less weight, the part of their squared weight that is not
    /// shared; half where only one of the two `has_unspelled_names`. Where there is little weight
    /// to lack, drawn towards 0 in one language, towards 0.4 in two: a headline without names is no
    /// more likely to be of the same story for it.
    double unmatched_names{};
};
[[nodiscard]] TermOverlap term_overlap(const LexicalFeatures& a, const LexicalFeatures& b);
/// The same value, where `a` meets many others: `places_of_a` are those of its terms.
[[nodiscard]] TermOverlap term_overlap(const TermPlaces& places_of_a, const LexicalFeatures& a,
                                       const LexicalFeatures& b);

/// `TermOverlap::all`.
[[nodiscard]] float term_cosine(const LexicalFeatures& a, const LexicalFeatures& b);
/// Cosine of their stems, [0, 1]; of articles in one language.
[[nodiscard]] double stem_cosine(const LexicalFeatures& a, const LexicalFeatures& b);

/// How many keys two articles share, and how many the one with fewer has.
struct KeyOverlap {
    std::size_t shared{};
    std::size_t smaller{};

    /// One more in the denominator: two of two say more than one of one.
    [[nodiscard]] double shared_part() const {
        return static_cast<double>(shared) / static_cast<double>(smaller + 1);
    }
    [[nodiscard]] double unmatched_part() const {
        return static_cast<double>(smaller - shared) / static_cast<double>(smaller + 1);
    }
};
/// Of two sorted lists of distinct keys, such as `LexicalFeatures::numbers`.
[[nodiscard]] KeyOverlap key_overlap(std::span<const std::uint32_t> a,
                                     std::span<const std::uint32_t> b);

} // namespace fabula::detail
