// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "text/break_rules.hpp"
#include "text/code_points.hpp"
#include "text/forms.hpp"
#include "text/sentence_breaks.hpp"
#include "text/utf8.hpp"
#include "text/word_breaks.hpp"

#include <fabula/text.hpp>

#include <unicode/rbbi.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/uvernum.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::TextAnalyzer;
using fabula::Token;
using fabula::detail::CodePoint;
using fabula::detail::CodePointTable;
using fabula::detail::FormMaker;
using fabula::detail::WordBreaks;
using fabula::detail::WordSpan;

namespace {

using Spans = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Spans spans(const std::vector<WordSpan>& words) {
    Spans out;
    for (const WordSpan& word : words)
        out.emplace_back(word.begin, word.end);
    return out;
}

/// ICU's rules for sentences.
constexpr std::u16string_view sentence_rules =
    uR"(!!quoted_literals_only;$CR=[\p{Sentence_Break=CR}];$LF=[\p{Sentence_Break=LF}];)"
    uR"($Extend=[\p{Sentence_Break=Extend}];$Sep=[\p{Sentence_Break=Sep}];)"
    uR"($Format=[\p{Sentence_Break=Format}];$Sp=[\p{Sentence_Break=Sp}];)"
    uR"($Lower=[\p{Sentence_Break=Lower}];$Upper=[\p{Sentence_Break=Upper}];)"
    uR"($OLetter=[\p{Sentence_Break=OLetter}];$Numeric=[\p{Sentence_Break=Numeric}];)"
    uR"($ATerm=[\p{Sentence_Break=ATerm}];$SContinue=[\p{Sentence_Break=SContinue}];)"
    uR"($STerm=[\p{Sentence_Break=STerm}];$Close=[\p{Sentence_Break=Close}];)"
    uR"($SpEx=$Sp($Extend|$Format)*;$LowerEx=$Lower($Extend|$Format)*;)"
    uR"($UpperEx=$Upper($Extend|$Format)*;$OLetterEx=$OLetter($Extend|$Format)*;)"
    uR"($NumericEx=$Numeric($Extend|$Format)*;$ATermEx=$ATerm($Extend|$Format)*;)"
    uR"($SContinueEx=$SContinue($Extend|$Format)*;$STermEx=$STerm($Extend|$Format)*;)"
    uR"($CloseEx=$Close($Extend|$Format)*;!!chain;$CR$LF;[^$Sep$CR$LF]?($Extend|$Format)*;)"
    uR"($ATermEx$NumericEx;($UpperEx|$LowerEx)$ATermEx$UpperEx;)"
    uR"($NotLettersEx=[^$OLetter$Upper$Lower$Sep$CR$LF$ATerm$STerm]($Extend|$Format)*;)"
    uR"($ATermEx$CloseEx*$SpEx*$NotLettersEx*$Lower;)"
    uR"(($STermEx|$ATermEx)$CloseEx*$SpEx*($SContinueEx|$STermEx|$ATermEx);)"
    uR"(($STermEx|$ATermEx)$CloseEx*$SpEx*($Sep|$CR|$LF)?;)"
    uR"([[^$STerm$ATerm$Close$Sp$Sep$LF$CR$Format$Extend]{bof}]($Extend|$Format|$Close|$Sp)*.;)"
    uR"([[^$STerm$ATerm$Close$Sp$Sep$LF$CR$Format$Extend]{bof}]($Extend|$Format|$Close|$Sp)*([$Sep$LF$CR{eof}]|$CR$LF){100};)";

/// What ICU makes of the rules that we follow by ourselves, whatever version it is.
struct Breaks {
    WordBreaks of_words;
    std::unique_ptr<icu::BreakIterator> of_sentences = fabula::detail::read_rules(sentence_rules);
};

bool sentences_alike(icu::BreakIterator& breaks, std::u16string_view text) {
    std::vector<std::size_t> fast;
    std::vector<std::size_t> icu;
    fabula::detail::find_sentence_ends(text, fast);
    fabula::detail::set_text(breaks, text);
    breaks.first();
    for (std::int32_t at = breaks.next(); at != icu::BreakIterator::DONE; at = breaks.next())
        icu.push_back(static_cast<std::size_t>(at));
    return fast == icu;
}

bool cut_alike(Breaks& breaks, std::u16string_view text) {
    std::vector<WordSpan> fast;
    std::vector<WordSpan> icu;
    breaks.of_words.find(text, fast);
    breaks.of_words.find_by_icu(text, icu);
    return spans(fast) == spans(icu) && sentences_alike(*breaks.of_sentences, text);
}

void append(std::u16string& out, char32_t c) {
    if (c <= 0xFFFF) {
        out.push_back(static_cast<char16_t>(c));
    } else {
        out.push_back(static_cast<char16_t>(U16_LEAD(c)));
        out.push_back(static_cast<char16_t>(U16_TRAIL(c)));
    }
}

std::string printable(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        constexpr char digits[] = "0123456789ABCDEF";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += digits[unit >> static_cast<unsigned>(shift) & 15U];
        out += ' ';
    }
    return out;
}

/// Of every class of the rules and of what they are made of, the ordinary and the odd ones.
constexpr char32_t tricky[] = {
    '\r',    '\n',    0x0B,    0x85,    0x2028,  ' ',     0x3000, 0xA0,    0x301,  0x5BC,  0xAD,
    0x200E,  0x200D,  0x200C,  0x05D0,  'a',     'Z',     0xE9,   0x0436,  0x0E01, 0x0E31, 0x0E34,
    0x1780,  0x17D2,  0x0EB1,  0x1000,  0xFE0F,  0x1F3FB, 0x3099, '\'',    '"',    '.',    0x2019,
    0x2018,  ':',     0xB7,    0x05F4,  ',',     ';',     '1',    0x0661,  0xFF11, '_',    0x203F,
    0x1F1E6, 0x1F1FA, 0xAC00,  0xD55C,  0x1100,  0x11A8,  0x4E00, 0x3005,  0x3007, 0x3042, 0x30AB,
    0x30FC,  0xFF76,  0x17000, 0x1B170, 0x1F600, 0x2764,  0x2139, 0x1F170, 0xA9,   0x2C2,  '@',
    '-',     '!',     0xFFFD,  0x10330, 0xD800,  0xDC00,  0x02BC, 0x0640,  0x093F, 0x094D, 0x0915,
    0x10D0,  0xFF0E,  0xFF07,  0x1B001, 0x1F200, 0x20000, 0x3031, 0x600,   0xFEFF};

/// Of every class of the rules for sentences, the ends of them more than once.
constexpr char32_t sentence_signs[] = {
    '.',    '.',    0x2024, 0xFF0E, '!',    '?', 0x3002,  ' ',     0x0B,   0xA0,  '\n',
    '\r',   0x2029, ')',    0x201D, '\'',   ',', ':',     '1',     0x0661, 'a',   'A',
    0x10D0, 0x05D0, 0x301,  0xAD,   0x200D, '-', 0x1F600, 0x10400, 0x1FC,  0xD800};

/// Words as news write them, but of random letters of a script and its signs.
std::u16string random_words(std::mt19937& random, std::size_t size) {
    constexpr std::pair<char32_t, char32_t> scripts[] = {
        {'a', 26},    {'A', 58},       {0xC0, 320},   {0x391, 57},     {0x410, 96},   {0x531, 86},
        {0x5D0, 27},  {0x621, 42},     {0x671, 99},   {0x905, 79},     {0x985, 70},   {0xE01, 90},
        {0x10D0, 43}, {0xAC00, 11172}, {0x3041, 182}, {0x4E00, 20000}, {0x1E00, 256}, {'0', 10}};
    std::u16string out;
    auto script = scripts[random() % std::size(scripts)];
    for (std::size_t i = 0; i < size; ++i) {
        if (random() % 8 == 0)
            script = scripts[random() % std::size(scripts)];
        if (random() % 5 == 0)
            append(out, tricky[random() % std::size(tricky)]);
        else
            append(out, static_cast<char32_t>(script.first + random() % script.second));
        if (random() % 7 == 0)
            out += u' ';
    }
    return out;
}

std::vector<std::filesystem::path> text_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder))
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.is_regular_file() &&
                (entry.path().extension() == ".jsonl" || entry.path().extension() == ".txt" ||
                 entry.path().extension() == ".tsv"))
                files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// The normalised forms of single letters that are folded letter by letter, of one script.
std::vector<char16_t> folding_letters(UScriptCode script) {
    std::vector<char16_t> out;
    for (char32_t c = 0x80; c < 0xD800; ++c) {
        UErrorCode status = U_ZERO_ERROR;
        if (uscript_getScript(static_cast<UChar32>(c), &status) == script &&
            (CodePointTable::shared()[c].flags & CodePoint::romanises) != 0)
            out.push_back(static_cast<char16_t>(c));
    }
    return out;
}

std::string fold_by_letters(std::u16string_view normalised) {
    std::string out;
    for (const char16_t unit : normalised) {
        const CodePoint& letter = CodePointTable::shared()[unit];
        out.append(letter.romanised.data(), letter.romanised_size);
    }
    return out;
}

bool folds_alike(FormMaker& maker, std::u16string_view normalised) {
    return fold_by_letters(normalised) == maker.romanised_of_normalised(normalised);
}

/// Whether the analyzer's word of these units is what `FormMaker` makes of them.
bool has_forms_of(TextAnalyzer& analyzer, FormMaker& maker, std::u16string_view units) {
    std::string text;
    for (std::size_t i = 0; i < units.size();) {
        char32_t c = 0;
        U16_NEXT(units, i, units.size(), c);
        fabula::detail::append_utf8(text, c);
    }
    for (const Token& token : analyzer.analyze(text, fabula::Sentences::skip).tokens) {
        fabula::detail::DecodedText word;
        fabula::detail::decode_utf8(
            std::string_view(text).substr(token.range.begin, token.range.end - token.range.begin),
            word);
        const fabula::detail::WordForms forms = maker.forms(word.units);
        if (token.normalised != forms.normalised || token.romanised != forms.romanised ||
            token.kind != forms.kind || token.capitalised != forms.capitalised ||
            token.hash != forms.hash)
            return false;
    }
    return true;
}

} // namespace

TEST_CASE("The rules are those that ICU 72 has for all languages", "[text][property]") {
    if (U_ICU_VERSION_MAJOR_NUM != 72)
        SKIP("ICU is another version than 72");
    UErrorCode status = U_ZERO_ERROR;
    const auto rules_of = [&](icu::BreakIterator* made) {
        const std::unique_ptr<icu::BreakIterator> ready{made};
        REQUIRE(U_SUCCESS(status));
        const icu::UnicodeString rules =
            dynamic_cast<const icu::RuleBasedBreakIterator&>(*ready).getRules();
        return std::u16string(rules.getBuffer(), static_cast<std::size_t>(rules.length()));
    };
    const icu::Locale& root = icu::Locale::getRoot();
    CHECK(rules_of(icu::BreakIterator::createWordInstance(root, status)) ==
          fabula::detail::word_rules());
    CHECK(rules_of(icu::BreakIterator::createSentenceInstance(root, status)) == sentence_rules);
}

TEST_CASE("Rules that ICU reads cut as those that it has ready", "[text][property]") {
    // With ICU 72 the latter are asked, with others the former.
    const std::unique_ptr<icu::BreakIterator> ready = fabula::detail::word_iterator();
    const std::unique_ptr<icu::BreakIterator> read =
        fabula::detail::read_rules(fabula::detail::word_rules());
    const auto cut = [](icu::BreakIterator& breaks, std::u16string_view text) {
        std::vector<std::pair<std::int32_t, std::int32_t>> out;
        fabula::detail::set_text(breaks, text);
        breaks.first();
        for (std::int32_t at = breaks.next(); at != icu::BreakIterator::DONE; at = breaks.next())
            out.emplace_back(at, breaks.getRuleStatus());
        return out;
    };
    std::mt19937 random(27);
    for (int round = 0; round < 20'000; ++round) {
        const std::u16string text = random_words(random, 1 + random() % 60);
        if (cut(*ready, text) != cut(*read, text))
            FAIL_CHECK(printable(text));
    }
    CHECK_THROWS_WITH(fabula::detail::read_rules(u"$a=[;"), ContainsSubstring("cannot read rules"));
}

TEST_CASE("An address is one word, and a colon divides, whatever ICU's own rules are",
          "[text][property]") {
    WordBreaks breaks;
    std::vector<WordSpan> words;
    breaks.find(u"user@example.com EU:n \u4E2D\u6587@a:b", words);
    CHECK(spans(words) == Spans{{0, 16}, {17, 19}, {20, 21}, {22, 24}, {24, 26}, {27, 28}});
}

TEST_CASE("Ends of sentences are where ICU finds them", "[text][property]") {
    const auto breaks = fabula::detail::read_rules(sentence_rules);
    std::u16string text;
    const std::size_t n = std::size(sentence_signs);
    for (std::size_t i = 0; i < n * n * n * n; i += i < n * n * n ? 1 : 3) {
        text.clear();
        for (std::size_t rest = i; text.size() < 4; rest /= n)
            append(text, sentence_signs[rest % n]);
        if (!sentences_alike(*breaks, text))
            FAIL_CHECK(printable(text));
    }
    std::mt19937 random(26);
    for (int round = 0; round < 300'000; ++round) {
        text.clear();
        for (std::size_t size = 5 + random() % 12; size > 0; --size)
            append(text, sentence_signs[random() % n]);
        if (!sentences_alike(*breaks, text))
            FAIL_CHECK(printable(text));
    }
}

TEST_CASE("Short texts of odd characters are cut as ICU cuts them", "[text][property]") {
    Breaks breaks;
    std::u16string text;
    const std::size_t n = std::size(tricky);
    for (std::size_t i = 0; i < n * n * n; ++i) {
        text.clear();
        append(text, tricky[i % n]);
        append(text, tricky[i / n % n]);
        append(text, tricky[i / n / n]);
        if (!cut_alike(breaks, text))
            FAIL_CHECK(printable(text));
    }
    std::mt19937 random(21);
    for (int round = 0; round < 300'000; ++round) {
        text.clear();
        for (std::size_t size = 4 + random() % 9; size > 0; --size)
            append(text, tricky[random() % n]);
        if (!cut_alike(breaks, text))
            FAIL_CHECK(printable(text));
    }
}

TEST_CASE("Each code point is cut as ICU cuts it", "[text][property]") {
    Breaks breaks;
    std::u16string text;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (c == 0x30000)
            c = 0xE0000; // nothing is assigned between
        if (c == 0xE1000)
            break;
        text = u"a";
        append(text, c);
        text += u"b ";
        append(text, c);
        append(text, c);
        text += u"1\u0301";
        append(text, c);
        text += u"2";
        append(text, c);
        text += u"'\u05D0";
        append(text, c);
        text += u"\u200D\u2764";
        if (!cut_alike(breaks, text))
            FAIL_CHECK(printable(text));
    }
}

TEST_CASE("Random words are cut as ICU cuts them", "[text][property]") {
    Breaks breaks;
    std::mt19937 random(22);
    for (int round = 0; round < 30'000; ++round) {
        const std::u16string text = random_words(random, 1 + random() % 60);
        if (!cut_alike(breaks, text))
            FAIL_CHECK(printable(text));
    }
}

TEST_CASE("Texts at hand are cut as ICU cuts them", "[text][property]") {
    Breaks breaks;
    std::vector<std::filesystem::path> files = text_files(fabula::test::source_dir() / "examples");
    for (const auto& file : text_files(fabula::test::shared_data_dir() / "eval"))
        files.push_back(file);
    fabula::detail::DecodedText decoded;
    for (const auto& file : files) {
        constexpr std::size_t enough = 16'000'000; // bytes of a file
        std::ifstream in(file, std::ios::binary);
        std::size_t read = 0;
        int faults = 0;
        for (std::string line; read < enough && std::getline(in, line); read += line.size()) {
            fabula::detail::decode_utf8(line, decoded);
            faults += cut_alike(breaks, decoded.units) ? 0 : 1;
        }
        CAPTURE(file);
        CHECK(faults == 0);
    }
}

TEST_CASE("Letters that romanise alone romanise so among others", "[text][property]") {
    FormMaker maker;
    const UScriptCode script =
        GENERATE(USCRIPT_CYRILLIC, USCRIPT_HEBREW, USCRIPT_GEORGIAN, USCRIPT_ARABIC);
    const std::vector<char16_t> letters = folding_letters(script);
    CAPTURE(script);
    REQUIRE(letters.size() >= 27);
    for (const char16_t a : letters)
        for (const char16_t b : letters) {
            const char16_t word[] = {a, b};
            if (!folds_alike(maker, {word, 2}))
                FAIL_CHECK(printable({word, 2}));
        }
    std::mt19937 random(23);
    for (int round = 0; round < 30'000; ++round) {
        std::u16string word;
        for (std::size_t size = 3 + random() % 12; size > 0; --size)
            word += random() % 10 == 0 ? u'a' : letters[random() % letters.size()];
        if (!folds_alike(maker, word))
            FAIL_CHECK(printable(word));
    }
}

TEST_CASE("Hangul is romanised syllable by syllable", "[text][property]") {
    FormMaker maker;
    for (char32_t c = 0xAC00; c <= 0xD7A3; ++c) {
        const auto unit = static_cast<char16_t>(c);
        REQUIRE(folds_alike(maker, {&unit, 1}));
    }
    // Every end of a syllable before every beginning of one; vowels in turn.
    std::size_t vowel = 0;
    for (std::size_t tail = 0; tail < 28; ++tail)
        for (std::size_t lead = 0; lead < 19; ++lead)
            for (std::size_t i = 0; i < 21; ++i, ++vowel) {
                const char16_t word[] = {
                    static_cast<char16_t>(0xAC00 + (vowel % 19 * 21 + i) * 28 + tail),
                    static_cast<char16_t>(0xAC00 + (lead * 21 + vowel * 5 % 21) * 28 + vowel % 28)};
                if (!folds_alike(maker, {word, 2}))
                    FAIL_CHECK(printable({word, 2}));
            }
    std::mt19937 random(24);
    for (int round = 0; round < 20'000; ++round) {
        std::u16string word;
        for (std::size_t size = 3 + random() % 8; size > 0; --size)
            word += static_cast<char16_t>(0xAC00 + random() % 11172);
        if (!folds_alike(maker, word))
            FAIL_CHECK(printable(word));
    }
}

TEST_CASE("Words have the forms that ICU gives them", "[text][property]") {
    FormMaker maker;
    TextAnalyzer analyzer;
    for (char32_t c = 1; c < 0xFFFF; ++c) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        if (c >= 0x3400 && c < 0xA000 && c % 16 != 0) // Han
            continue;
        std::u16string word;
        for (const char16_t unit : {u'\0', u'a', u'\0', u'\u094D', u'\0', u'\u05D0'}) {
            if (unit == 0)
                append(word, c);
            else
                word += unit;
        }
        if (!has_forms_of(analyzer, maker, word))
            FAIL_CHECK(printable(word));
    }
    std::mt19937 random(25);
    for (int round = 0; round < 20'000; ++round) {
        const std::u16string text = random_words(random, 1 + random() % 12);
        if (!has_forms_of(analyzer, maker, text))
            FAIL_CHECK(printable(text));
    }
}
