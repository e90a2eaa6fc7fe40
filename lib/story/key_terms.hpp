// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "model/model_data.hpp"
#include "story/collection_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fabula::detail {

/// Native forms of the names of months and days of the week in a language, from ICU.
[[nodiscard]] std::unordered_set<std::string> calendar_words(const std::string& language);

/// Finds the words that name a story.
///
///     score = share of tellings × absence from other stories
///             × (1 + share of the story's languages that have it) / 2
///             × rarity × (1 + ln(1 + occurrences a telling)) × (2 for a name)
///
/// Tellings count by their weight in the story (see `Centrality`), those in other languages than
/// `language` by the names they have alone. Absence is ln(1 + stories / frequency) over
/// ln(1 + stories), see `StoryFrequency`. Rarity is that of the word in its language. A name is a
/// word that is capitalised inside sentences; in German and its relatives, which capitalise every
/// noun, such a word that other languages have too.
///
/// A word that nearly always stands beside another comes with it: "New York", "Ursula von der
/// Leyen". Of the forms of one word only the best comes, as the shortest of them is spelled. Months
/// and days of the week are no terms.
class KeyTerms {
public:
    /// `language` is the number of the language that the terms are spelled in, `calendar` its
    /// `calendar_words`, which must live as long.
    KeyTerms(const CollectionView& collection, const ModelData& model,
             std::span<const std::uint32_t> members, std::span<const double> weights, int language,
             const std::unordered_set<std::string>& calendar);

    /// The words of one telling in that language; of more than `most_tellings` the first.
    void add(const AnalyzedArticle& analyzed, const Article& article);

    /// The best in their order, at most so many, in the spelling that is most frequent in the
    /// tellings that were added.
    [[nodiscard]] std::vector<std::string> best(std::size_t at_most) const;

    static constexpr std::size_t most_tellings = 32;

private:
    /// One word where it stands; `text` is a part of the caller's article.
    struct Word {
        std::uint32_t key{}; ///< of its term; of its native form where it is no term
        std::string_view text;
        bool is_inside{};   ///< neither first in its sentence nor in one that is all capitals
        bool joins_next{};  ///< at most a blank or a hyphen between it and the next word
        bool is_particle{}; ///< "de", "von", ...: lower-case and inside names
    };

    /// All that is known of the words with one key.
    struct Use {
        std::size_t first{}; ///< index of the first in `words_`
        std::size_t count{};
        std::size_t inside{};
        std::size_t capitalised{}; ///< of those inside
        std::string form;          ///< its letters, for telling forms of one word
        float rarity{};            ///< see `word_rarity`; of the rarest of its words
        bool is_dense{};           ///< of a script that is written without blanks
    };

    struct Score {
        double value{};
        std::size_t languages{};
    };

    /// Words that stand together, as indices into `words_`, both included.
    struct Place {
        std::size_t first{};
        std::size_t last{};
    };
    using Places = std::vector<Place>;

    enum class Extension { none, done, onto_taken };

    void add_text(const AnalyzedText& text, std::string_view source);
    [[nodiscard]] bool is_name(std::uint32_t key) const;
    [[nodiscard]] bool belong_together(std::uint32_t key, std::uint32_t neighbour,
                                       std::size_t together, std::size_t places) const;
    [[nodiscard]] Extension extend(Places& places, std::uint32_t key, bool forward,
                                   const std::unordered_set<std::uint32_t>& taken) const;
    [[nodiscard]] Places places_of(std::uint32_t key) const;
    /// The shortest word of which this one is a longer form; the word itself where there is none.
    [[nodiscard]] std::uint32_t base_of(std::uint32_t key) const;
    [[nodiscard]] std::string spelled(const Places& places) const;

    const ModelData& model_;
    int language_;
    bool nouns_have_capitals_;
    const std::unordered_set<std::string>& calendar_;
    std::unordered_map<std::uint32_t, Score> scores_;
    std::vector<Word> words_; ///< of all tellings
    std::unordered_map<std::uint32_t, Use> uses_;
    std::size_t tellings_{};
};

} // namespace fabula::detail
