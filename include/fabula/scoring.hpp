// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>
#include <fabula/text.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// How two reports are related, from far to near. A headline or a brief (of fewer than 25 words)
/// shows too little of a text to be a rewrite or a translation of another.
enum class Relation {
    unrelated,   ///< not the same story
    same_story,  ///< independent reports of one story
    rewrite,     ///< the same language and mostly the same content in other words
    translation, ///< another language and mostly the same content
    duplicate,   ///< the same language and nearly the same words
};

/// "unrelated", "same_story", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(Relation relation) noexcept;

/// Which of two reports was published first, where their dates say so.
enum class Direction { unknown, first_is_earlier, second_is_earlier };

/// "unknown", "first_is_earlier", ... as written by the program.
[[nodiscard]] FABULA_EXPORT std::string_view to_string(Direction direction) noexcept;

/// `unknown` where a date is missing or both are the same. A time of exactly midnight (UTC) is what
/// a date without a time of day is read as: it is not taken as earlier or later than another time
/// of the same day.
[[nodiscard]] FABULA_EXPORT Direction
direction_of(std::optional<std::chrono::sys_seconds> first,
             std::optional<std::chrono::sys_seconds> second) noexcept;

/// A pair of sentences, one of each article, that say the same.
struct Passage {
    ByteRange first;    ///< in the first article's text
    ByteRange second;   ///< in the second article's text
    float similarity{}; ///< cosine similarity of the two sentences
};

/// A word that both articles have, perhaps in different spellings or scripts.
struct SharedTerm {
    std::string first;  ///< as the first article spells it
    std::string second; ///< as the second article spells it
    double weight{};    ///< inverse document frequency, natural logarithm
};

/// A number or date that both articles have, perhaps in other formats: "1.5 million" and
/// "1,5 Mio.", "24 February" and "2月24日".
struct SharedNumber {
    std::string first;  ///< as the first article writes it
    std::string second; ///< as the second article writes it
};

/// What two texts that say the same in the same words have otherwise in one place, as each writes
/// it: "Orkla" and "Mowi", "rose 3.2" and "fell 4.1".
struct Difference {
    std::string first;
    std::string second;
};

/// What one article has and the other lacks, as it writes it.
struct OneSided {
    std::vector<std::string> names;   ///< rarest first
    std::vector<std::string> numbers; ///< from 10 on; in the order of the text
    std::vector<std::string> dates;   ///< days, months and years, likewise
};

/// One term of the logistic model: what was measured, and what it adds to the log-odds.
struct Contribution {
    std::string name;  ///< such as "meaning" or "time_gap"
    double value{};    ///< the measured feature
    double log_odds{}; ///< what it adds; all of them sum to the log-odds of the pair
};

/// The name of a contribution in words for someone who did not build the model, as "rare words in
/// common" for "terms". A name that has no such words comes back with blanks for underscores.
[[nodiscard]] FABULA_EXPORT std::string in_words(const Contribution& contribution);

/// Why a pair has its probability.
struct Explanation {
    std::vector<Passage> passages;            ///< most similar first
    std::vector<SharedTerm> shared_terms;     ///< rarest first; names and other rare words
    std::vector<SharedNumber> shared_numbers; ///< from 10 on; as they come in the first article
    std::vector<SharedNumber> shared_dates;   ///< days, months and years, likewise
    OneSided only_first;                      ///< of the first article, twelve of each
    OneSided only_second;                     ///< of the second, likewise
    /// Of two fillings of one form, what is filled in: the first twelve places. Empty where the
    /// wording is not the same.
    std::vector<Difference> differences;
    std::optional<std::chrono::seconds> time_gap; ///< absolute; empty where a date is missing
    std::vector<Contribution> contributions;
};

/// The answer for one pair of articles.
struct Comparison {
    double probability{};             ///< that both tell the same story, calibrated, in [0, 1]
    std::optional<Relation> relation; ///< empty where it would take the texts to tell
    Direction direction{Direction::unknown}; ///< of time; says nothing of who copied from whom
    float similarity{};                      ///< cosine similarity of the two article vectors
    Explanation explanation;
};

} // namespace fabula::inline v0
