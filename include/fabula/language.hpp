// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// One answer of a `LanguageIdentifier`.
struct LanguageGuess {
    /// BCP-47 tag, for example `nb`, `pt`, `zh-Hant`. `und` where the text has no letters of a
    /// script the model knows, or where no language stands out (`LanguageIdentifier::identify`).
    std::string language{"und"};
    /// The model's probability of this very tag, 0 to 1; 0 for `und`.
    float probability{};
    /// Whether the answer can be relied upon, see `LanguageIdentifier`.
    bool is_reliable{};
};

/// Tells which language a text is written in.
///
/// ```cpp
/// const auto identifier = fabula::LanguageIdentifier::load("models/language-id.ftz");
/// identifier.identify("Der Ausschuss tagt morgen.").language; // "de"
/// identifier.identify("123 :-)").language;                    // "und"
/// ```
///
/// With our own model a guess is the same for a text in upper or lower case (but for what capitals
/// lose, as Turkish ı does) and with or without digits, punctuation, emoji, URLs, e-mail addresses
/// and HTML tags; line breaks, NUL and invalid UTF-8 separate words. Only letters of the script
/// that most letters belong to are looked at, and of the whole text only the first 1,000 letters,
/// or 150 to 300 where those are certain. Letters that few languages have (ў, ђ, kana) rule out
/// others. Languages that are not written in that script are ruled out, and where one is left, as
/// for Greek or Thai, no model is asked. Other models get the text in its own case and with all its
/// scripts.
///
/// Our model knows 108 languages, more than there are vectors for: an article in one of the others
/// is recognised, and not taken for its neighbour. Cantonese is `yue` where it is written as it is
/// spoken, and otherwise Chinese. Uzbek is `uz` in both its scripts.
///
/// Immutable and cheap to copy (copies share the model); every member function may be called from
/// any number of threads at once.
class FABULA_EXPORT LanguageIdentifier {
public:
    /// A guess `is_reliable` if it has this probability, with that of `bs`, `hr`, `sr` and `sh`, or
    /// of `zh`, `zh-Hant` and `yue`, added up; and if the text has `reliable_letters` letters (a
    /// Han, Kana or Hangul letter counts as three).
    ///
    /// Measured with `models/language-id.ftz` on FLORES-200 devtest, 107 languages: of whole
    /// sentences, 98.1 % are reliable and 99.97 % of those right; of their first eight words, as
    /// short as a headline, 92.2 % and 99.7 %; of their first three words, 40.6 % and 97.0 %. For
    /// other thresholds see models/train/language_id/RESULTS.md. Text in a language that the model
    /// does not know is not detected as such: it is taken for a similar one, often with confidence.
    static constexpr float reliable_probability = 0.9F;
    static constexpr std::size_t reliable_letters = 16;

    /// Where no language, or group as above, has this probability, the answer is `und`. Of eight
    /// words that is 0.1 %, of single words 2.5 %.
    static constexpr float least_probability = 0.4F;

    /// What a language that the caller can use needs where no answer is reliable.
    static constexpr float least_usable_probability = 0.1F;

    /// Loads a supervised fastText model (`.ftz` or `.bin`, version 0.9.2 format) whose labels are
    /// language tags: `models/language-id.ftz`, or fastText's own `lid.176.ftz` and `lid.176.bin`.
    /// Labels `__label__no` become `nb`; all others are passed on as they are.
    ///
    /// Throws `Error` that names the file: `file_not_found`, `unreadable`, `damaged_model` where
    /// the file is truncated, altered (our own models carry a checksum) or no fastText model, and
    /// `unsupported_model` where it is an intact model of another kind.
    [[nodiscard]] static LanguageIdentifier load(const std::filesystem::path& file);

    /// The likeliest language of any bytes, legal UTF-8 or not.
    [[nodiscard]] LanguageGuess identify(std::string_view utf8) const;

    /// Up to `k` languages, likeliest first, ties by tag. One single `und` where `identify` would
    /// say so; empty only for `k == 0`.
    [[nodiscard]] std::vector<LanguageGuess> identify(std::string_view utf8, std::size_t k) const;

    /// The answer for a caller who can make use of some languages only: that of `identify` where it
    /// is reliable; else the likeliest of those languages that has `least_usable_probability`,
    /// where there is one. A short headline is better read as its likeliest neighbour than not at
    /// all.
    [[nodiscard]] LanguageGuess
    identify(std::string_view utf8,
             const std::function<bool(std::string_view tag)>& is_usable) const;

    /// The tags that `identify` can answer with beside `und`, sorted.
    [[nodiscard]] const std::vector<std::string>& languages() const;

private:
    struct State;
    explicit LanguageIdentifier(std::shared_ptr<const State> state);
    /// The likeliest `k`, whatever their probability, and that of the first one's group.
    [[nodiscard]] std::vector<LanguageGuess> ranked(std::string_view utf8, std::size_t k,
                                                    float& highest) const;
    std::shared_ptr<const State> state_;
};

} // namespace fabula::inline v0
