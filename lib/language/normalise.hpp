// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fabula::detail {

/// How text is prepared for a language model. The number is written into the model file, so that a
/// model is only ever asked about text prepared as its training text was; a change of the rules
/// needs a new number.
enum class Preparation : std::uint32_t {
    /// For models of others (`lid.176.ftz`): letters of any script in their own case.
    plain = 0,
    /// For our own model: lower-case letters of the predominant script alone.
    main_script = 1,
};

inline constexpr Preparation latest_preparation = Preparation::main_script;

/// Letters that are looked at; beyond some hundreds the answer no longer changes.
inline constexpr std::size_t identification_letters = 1000;

/// The one form in which text reaches fastText, in training and in use: words of letters separated
/// by single spaces, NFKC, no line break, no NUL, no `</s>`; empty where there is no usable letter.
///
/// Dropped are invalid UTF-8, digits, punctuation, emoji, URLs, e-mail addresses, @mentions, HTML
/// tags and entities, and the vowel marks of Arabic and Hebrew. Only the first
/// `identification_letters` letters are used.
///
/// With `Preparation::main_script` all is lower case, and only letters of the script that most
/// letters belong to are kept: a Ukrainian text that quotes English names is scored by its
/// Cyrillic. Han, Kana, Bopomofo and Hangul letters count three times there, as one of them says as
/// much as three letters of an alphabet; Han, Kana and Bopomofo count as one script, and every
/// letter of it becomes a word of its own (headlines in traditional characters taken for simplified
/// ones or the other way round: 1 % instead of 5 %). Scripts that no language of the training data
/// is written in yield an empty string.
///
/// With `Preparation::plain` case is kept unless there is no lower-case letter at all.
[[nodiscard]] std::string normalise_for_identification(std::string_view bytes,
                                                       Preparation preparation);

/// The letters of a normalised text, each Han, Kana, Bopomofo and Hangul letter counted three
/// times.
[[nodiscard]] std::size_t letter_weight(std::string_view normalised_text);

} // namespace fabula::detail
