// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "embedding/word_numbers.hpp"
#include "model/lookup/model_data.hpp"
#include "story/collection_view.hpp"
#include "story/key_term_choice.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace fabula::detail {

/// Normalised forms of the names of months and days of the week in a language, from ICU.
[[nodiscard]] std::unordered_set<std::string> calendar_words(const std::string& language);

/// Finds the words that name a story.
///
///     score = share of reports × absence from other stories
///             × (1 + share of the story's languages that have it) / 2
///             × rarity × (1 + ln(1 + occurrences a report)) × (2 for a name)
///
/// Reports count by their weight in the story (see `Centrality`), those in other languages than
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
    /// `calendar_words`. All of it must live as long.
    KeyTerms(const CollectionView& collection, const ModelData& model,
             std::span<const std::uint32_t> members, std::span<const double> weights, int language,
             const std::unordered_set<std::string>& calendar)
        : collection_(collection), model_(model), members_(members), weights_(weights),
          language_(language), calendar_(calendar) {}

    /// The words of one report in that language; of more than `most_reports` the first.
    void add(const AnalyzedArticle& analyzed, const Article& article);

    /// The best in their order, at most so many, in the spelling that is most frequent in the
    /// reports that were added.
    [[nodiscard]] std::vector<std::string> best(std::size_t at_most) const;

    static constexpr std::size_t most_reports = 32;

private:
    /// What there is to know of a word before it comes again.
    struct Known {
        std::uint32_t use{}; ///< index into `uses_`
        bool may_be_particle{};
    };

    void add_text(const AnalyzedText& text, std::string_view source);
    [[nodiscard]] Known meet(const Token& token);
    [[nodiscard]] std::vector<TermScore> scores() const;

    const CollectionView& collection_;
    const ModelData& model_;
    std::span<const std::uint32_t> members_;
    std::span<const double> weights_;
    int language_;
    const std::unordered_set<std::string>& calendar_;
    WordNumbers numbers_{256}; ///< by hash, into `known_`
    std::vector<Known> known_;
    WordNumbers keys_{256}; ///< into `uses_`
    std::vector<TermUse> uses_;
    std::vector<TermWord> words_; ///< of all reports
    std::size_t reports_{};
};

} // namespace fabula::detail
