// SPDX-License-Identifier: Apache-2.0
#include "text/break_rules.hpp"

#include <fabula/error.hpp>

#include <unicode/rbbi.h>
#include <unicode/utext.h>
#include <unicode/uvernum.h>

#include <new>
#include <string>

namespace fabula::detail {

namespace {

struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};

icu::UnicodeString aliased(std::u16string_view text) {
    return {false, text.data(), static_cast<std::int32_t>(text.size())};
}

std::unique_ptr<icu::BreakIterator> first_word_iterator() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> ready{
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu, std::string("ICU has no word break rules (") +
                                            u_errorName(status) + "): install ICU's full data");
    const auto* const ruled = dynamic_cast<const icu::RuleBasedBreakIterator*>(ready.get());
    if (ruled != nullptr && ruled->getRules() == aliased(word_rules()))
        return ready;
    return read_rules(word_rules());
}

} // namespace

// From ICU's data, © Unicode, Inc., Unicode License; without white space and comments, as ICU
// itself keeps rules.
std::u16string_view word_rules() {
    return uR"(!!chain;!!quoted_literals_only;$Han=[:Han:];$CR=[\p{Word_Break=CR}];)"
           uR"($LF=[\p{Word_Break=LF}];$Newline=[\p{Word_Break=Newline}];)"
           uR"($Extend=[\p{Word_Break=Extend}-$Han];$ZWJ=[\p{Word_Break=ZWJ}];)"
           uR"($Regional_Indicator=[\p{Word_Break=Regional_Indicator}];)"
           uR"($Format=[\p{Word_Break=Format}];$Katakana=[\p{Word_Break=Katakana}];)"
           uR"($Hebrew_Letter=[\p{Word_Break=Hebrew_Letter}];)"
           uR"($ALetter=[\p{Word_Break=ALetter}@];$Single_Quote=[\p{Word_Break=Single_Quote}];)"
           uR"($Double_Quote=[\p{Word_Break=Double_Quote}];)"
           uR"($MidNumLet=[\p{Word_Break=MidNumLet}];)"
           uR"($MidLetter=[\p{Word_Break=MidLetter}-[\:\uFE55\uFF1A]];)"
           uR"($MidNum=[\p{Word_Break=MidNum}];$Numeric=[\p{Word_Break=Numeric}];)"
           uR"($ExtendNumLet=[\p{Word_Break=ExtendNumLet}];)"
           uR"($WSegSpace=[\p{Word_Break=WSegSpace}];)"
           uR"($Extended_Pict=[\p{Extended_Pictographic}];$Hiragana=[:Hiragana:];)"
           uR"($Ideographic=[\p{Ideographic}];$Control=[\p{Grapheme_Cluster_Break=Control}];)"
           uR"($HangulSyllable=[\uac00-\ud7a3];$ComplexContext=[:LineBreak=Complex_Context:];)"
           uR"($KanaKanji=[$Han$Hiragana$Katakana];$dictionaryCJK=[$KanaKanji$HangulSyllable];)"
           uR"($dictionary=[$ComplexContext$dictionaryCJK];)"
           uR"($ALetterPlus=[$ALetter-$dictionaryCJK[$ComplexContext-$Extend-$Control]];$CR$LF;)"
           uR"($ZWJ$Extended_Pict;$WSegSpace$WSegSpace;$ExFm=[$Extend$Format$ZWJ];^$ExFm+;)"
           uR"([^$CR$LF$Newline$ExFm]$ExFm*;$Numeric$ExFm*{100};$ALetterPlus$ExFm*{200};)"
           uR"($HangulSyllable{200};$Hebrew_Letter$ExFm*{200};$Katakana$ExFm*{400};)"
           uR"($Hiragana$ExFm*{400};$Ideographic$ExFm*{400};)"
           uR"(($ALetterPlus|$Hebrew_Letter)$ExFm*($ALetterPlus|$Hebrew_Letter);)"
           uR"(($ALetterPlus|$Hebrew_Letter)$ExFm*($MidLetter|$MidNumLet|$Single_Quote)$ExFm*($ALetterPlus|$Hebrew_Letter){200};)"
           uR"($Hebrew_Letter$ExFm*$Single_Quote{200};)"
           uR"($Hebrew_Letter$ExFm*$Double_Quote$ExFm*$Hebrew_Letter;$Numeric$ExFm*$Numeric;)"
           uR"(($ALetterPlus|$Hebrew_Letter)$ExFm*$Numeric;)"
           uR"($Numeric$ExFm*($ALetterPlus|$Hebrew_Letter);)"
           uR"($Numeric$ExFm*($MidNum|$MidNumLet|$Single_Quote)$ExFm*$Numeric;)"
           uR"($Katakana$ExFm*$Katakana{400};$ALetterPlus$ExFm*$ExtendNumLet{200};)"
           uR"($Hebrew_Letter$ExFm*$ExtendNumLet{200};$Numeric$ExFm*$ExtendNumLet{100};)"
           uR"($Katakana$ExFm*$ExtendNumLet{400};$ExtendNumLet$ExFm*$ExtendNumLet{200};)"
           uR"($ExtendNumLet$ExFm*$ALetterPlus{200};$ExtendNumLet$ExFm*$Hebrew_Letter{200};)"
           uR"($ExtendNumLet$ExFm*$Numeric{100};$ExtendNumLet$ExFm*$Katakana{400};)"
           uR"(^$Regional_Indicator$ExFm*$Regional_Indicator;)"
           uR"($HangulSyllable$HangulSyllable{200};$KanaKanji$KanaKanji{400};.;)";
}

std::unique_ptr<icu::BreakIterator> word_iterator() {
    static const icu::BreakIterator& first = *first_word_iterator().release();
    std::unique_ptr<icu::BreakIterator> copy{first.clone()};
    if (!copy)
        throw std::bad_alloc();
    return copy;
}

std::unique_ptr<icu::BreakIterator> read_rules(std::u16string_view rules) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    auto made = std::make_unique<icu::RuleBasedBreakIterator>(aliased(rules), place, status);
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu,
                    std::string("ICU ") + U_ICU_VERSION + " cannot read rules for breaks (" +
                        u_errorName(status) + ", character " + std::to_string(place.offset) +
                        "): use a version that CONTRIBUTING.md names");
    return made;
}

void set_text(icu::BreakIterator& iterator, std::u16string_view units) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> text{
        utext_openUChars(nullptr, units.data(), static_cast<std::int64_t>(units.size()), &status)};
    iterator.setText(text.get(), status);
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu,
                    std::string("ICU cannot segment a text (") + u_errorName(status) + ")");
}

} // namespace fabula::detail
