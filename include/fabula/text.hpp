// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::inline v0 {

/// Half-open range of bytes [begin, end) in the caller's UTF-8 text.
struct ByteRange {
    std::size_t begin{};
    std::size_t end{};

    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// Replaces every maximal invalid sequence by U+FFFD (the WHATWG practice).
/// `replaced`, where given, receives the number of replacements.
[[nodiscard]] FABULA_EXPORT std::string repair_utf8(std::string_view bytes,
                                                    std::size_t* replaced = nullptr);

/// The *normalised form* of a word: NFKC, case-folded, without stress, vowel and cantillation marks
/// (Cyrillic, Arabic, Hebrew), traditional Han characters written simplified. Letters that one word
/// is written with now this way, now that, are one, whatever the language: е for ё, i for ı, ş and
/// ţ for ș and ț, Greek vowels without accent and dialytika, Arabic letters in Arabic's own shape,
/// Malayalam chillu and Bengali khanda ta as consonant and virama, Amharic letters of one sound.
/// Apostrophes are dropped, those that are letters too (oʻ, п'ять). Idempotent.
[[nodiscard]] FABULA_EXPORT std::string normalised_form(std::string_view utf8);

/// The *romanised form* of a word: one Latin lower-case alphabet [a-z0-9] in which Ільїн, Ильин and
/// Iljin come close to each other. ICU `Any-Latin; NFD; remove marks; Latin-ASCII; Lower`, then
/// only letters and digits kept; but lj, nj, dz for the Serbian љ, њ, џ, and no letter that is
/// spoken is lost (ə becomes a). Empty where nothing is left. Idempotent. Slow: use
/// `TextAnalyzer`, which caches it per distinct word.
[[nodiscard]] FABULA_EXPORT std::string romanised_form(std::string_view utf8);

/// Name and version of the two forms above, as written into a model file: a model may only be used
/// with the forms it was trained on.
[[nodiscard]] FABULA_EXPORT std::string_view forms_version() noexcept;

/// What a word consists of, by its first letter or digit.
enum class TokenKind : std::uint8_t { word, number, ideographic, kana, hangul, southeast_asian };

/// One word of an analysed text. Refers into the `AnalyzedText` it belongs to.
struct Token {
    std::string_view normalised; ///< normalised form, see `normalised_form`; never empty
    std::string_view romanised;  ///< see `romanised_form`; may be empty
    ByteRange range;             ///< where the word stands in the text that was analysed
    std::uint32_t sentence{};    ///< index into `AnalyzedText::sentences`
    TokenKind kind{};
    bool capitalised{};   ///< starts with an upper- or title-case letter
    std::uint64_t hash{}; ///< XXH3-64 of `normalised`'s bytes: what models know the word by
};

/// The words and sentences of one text. Movable; the views in `tokens` stay valid while it lives.
struct AnalyzedText {
    std::vector<Token> tokens;
    std::vector<ByteRange> sentences; ///< from the first to the last word of each, in order
    std::size_t replaced{};           ///< invalid UTF-8 sequences met

    std::vector<std::unique_ptr<char[]>> storage; ///< owns the bytes the tokens refer to
};

/// Whether `TextAnalyzer` looks for the ends of sentences; without, all words are in sentence 0.
enum class Sentences : bool { skip, find };

/// Cuts text into words and sentences with ICU (dictionary segmentation for Chinese, Japanese,
/// Thai, Khmer, Lao and Burmese) and brings every word into its normalised form and its romanised
/// form. Cut once more are Thai, Lao, Khmer and Burmese letters from digits and other letters,
/// prefixes of Arabic and Hebrew from the number behind them, and elided articles of Latin script;
/// what stands for an apostrophe between Cyrillic or Hebrew letters, or behind the Uzbek o and g,
/// cuts nothing.
///
/// Holds break iterators and a bounded cache of forms: use one per thread (none of the member
/// functions is safe for concurrent calls). The result is a pure function of the text; the cache
/// only makes it faster.
class FABULA_EXPORT TextAnalyzer {
public:
    TextAnalyzer();
    ~TextAnalyzer();
    TextAnalyzer(TextAnalyzer&&) noexcept;
    TextAnalyzer& operator=(TextAnalyzer&&) noexcept;

    /// Any bytes are legal. Ranges count the bytes of `text` as given. A line break ends a
    /// sentence; the full stop of a title (Dr. Müller) or an initial does not. Words longer than 64
    /// code points are cut there; texts longer than 2^31 bytes are analysed up to that length.
    [[nodiscard]] AnalyzedText analyze(std::string_view text,
                                       Sentences sentences = Sentences::find);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fabula::inline v0
