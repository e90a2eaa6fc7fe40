// SPDX-License-Identifier: Apache-2.0
#include "text/sentence_breaks.hpp"

#include "text/code_points.hpp"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <iterator>

namespace fabula::detail {

namespace {

bool ends_paragraph(SentenceBreak c) {
    return c == SentenceBreak::cr || c == SentenceBreak::lf || c == SentenceBreak::separator;
}

bool is_terminator(SentenceBreak c) {
    return c == SentenceBreak::full_stop || c == SentenceBreak::terminator;
}

bool has_case(SentenceBreak c) {
    return c == SentenceBreak::lower || c == SentenceBreak::upper;
}

/// A text and the classes of its code points. Numbers of rules are those of UAX #29, table 4.
class Text {
public:
    Text(std::u16string_view units, CodePointTable& letters) : units_(units), letters_(letters) {}

    /// The end of the sentence that begins here.
    [[nodiscard]] std::size_t end_of(std::size_t at) const {
        SentenceBreak last = SentenceBreak::other; // that is not ignored, rule 5
        while (at < units_.size()) {
            const SentenceBreak c = class_at(at);
            if (ends_paragraph(c))
                return behind_paragraph(at); // 4
            std::size_t next = after(at);
            if (is_terminator(c)) {
                next = skip(next, SentenceBreak::ignored);
                if (!goes_on_at_once(last, c, next)) {
                    const Behind behind = behind_terminator(c, next);
                    if (behind.is_end)
                        return behind.at;
                    next = behind.at;
                }
            }
            if (c != SentenceBreak::ignored)
                last = c;
            at = next;
        }
        return at;
    }

private:
    /// `other` at the end.
    [[nodiscard]] SentenceBreak class_at(std::size_t at) const {
        if (at >= units_.size())
            return SentenceBreak::other;
        char32_t c = units_[at];
        if (U16_IS_LEAD(c) && at + 1 < units_.size() && U16_IS_TRAIL(units_[at + 1]))
            c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(c, units_[at + 1]));
        return letters_[c].sentence_break;
    }

    [[nodiscard]] std::size_t after(std::size_t at) const {
        const bool is_pair =
            U16_IS_LEAD(units_[at]) && at + 1 < units_.size() && U16_IS_TRAIL(units_[at + 1]);
        return at + (is_pair ? 2 : 1);
    }

    /// Behind all of this class, and what is ignored between them.
    [[nodiscard]] std::size_t skip(std::size_t at, SentenceBreak wanted) const {
        for (; at < units_.size(); at = after(at))
            if (const SentenceBreak c = class_at(at); c != wanted && c != SentenceBreak::ignored)
                break;
        return at;
    }

    /// A number or an abbreviation, whose full stop ends nothing.
    [[nodiscard]] bool goes_on_at_once(SentenceBreak last, SentenceBreak terminator,
                                       std::size_t next) const {
        if (terminator != SentenceBreak::full_stop)
            return false;
        const SentenceBreak c = class_at(next);
        return c == SentenceBreak::number ||                  // 6
               (has_case(last) && c == SentenceBreak::upper); // 7
    }

    /// Where the sentence ends, or from where on it is read further.
    struct Behind {
        std::size_t at;
        bool is_end;
    };
    [[nodiscard]] Behind behind_terminator(SentenceBreak terminator, std::size_t next) const {
        next = skip(next, SentenceBreak::close); // 9
        next = skip(next, SentenceBreak::space); // 10
        const SentenceBreak c = class_at(next);
        if (c == SentenceBreak::goes_on || is_terminator(c)) // 8a
            return {next, false};
        if (terminator == SentenceBreak::full_stop) { // 8
            std::size_t at = next;
            while (at < units_.size() && says_nothing(class_at(at)))
                at = after(at);
            if (class_at(at) == SentenceBreak::lower)
                return {next, false};
        }
        return {ends_paragraph(c) ? behind_paragraph(next) : next, true}; // 11
    }

    /// Behind the sign or the two that end a paragraph here. 3
    [[nodiscard]] std::size_t behind_paragraph(std::size_t at) const {
        const bool are_two =
            class_at(at) == SentenceBreak::cr && class_at(at + 1) == SentenceBreak::lf;
        return at + (are_two ? 2 : 1);
    }

    /// Whether rule 8 looks over it for a small letter.
    [[nodiscard]] static bool says_nothing(SentenceBreak c) {
        return !(c == SentenceBreak::letter || has_case(c) || ends_paragraph(c) ||
                 is_terminator(c));
    }

    std::u16string_view units_;
    CodePointTable& letters_;
};

} // namespace

void find_sentence_ends(std::u16string_view units, std::vector<std::size_t>& ends) {
    const Text text(units, CodePointTable::shared());
    for (std::size_t begin = 0; begin < units.size();) {
        begin = text.end_of(begin);
        ends.push_back(begin);
    }
}

namespace {

/// What stands before a name, in any language's text; between spaces.
constexpr std::u16string_view titles =
    u" Dr dr z Dra Drs drs Mr mr Mrs Ms Prof prof Profa Doç doc Doc St Ste Sr Sra Srta Sres Sig "
    u"Dott "
    u"dott Avv Hr Hrn Fr Frl Gen Col Cel Gral Lt Sgt Capt Maj Cpl Gov Sen Rep Rev Hon Mons Msgr "
    u"Ing "
    u"ing Mag Mgr Bc Dipl JUDr MUDr PhDr RNDr ThDr plk płk ks św sv ul al Sv Av Org mnr mev Ir ir "
    u"Jl "
    u"TP TS PGS GS ThS BS Dk Dkt Bw Gng Bb Mt Ft vs bzw ca Ca evtl ggf inkl проф Проф акад ген св "
    u"Св "
    u"им ул ім вул бул инж д-р гр Δρ κ Δρα Αγ डॉ श्री प्रो ডা ডাঃ ডঃ ડૉ డా డాక్టర్ ಡಾ ഡോ மரு ਡਾ ଡା ஶ்ரீ ";

/// What stands before a number.
constexpr std::u16string_view before_numbers =
    u" No Nos Nr nr Nro núm Núm num art Art Abs abs Rn pp S p Fig fig Vol vol cap Cap str Str стр "
    u"ст "
    u"п пп тел Tel tel tlf č čl br бр kap Kap Pos Ziff § αρ άρθρ ";

constexpr std::u16string_view german_months = u" Januar Jänner Februar Feber März April Mai Juni "
                                              u"Juli August September Oktober November Dezember ";
constexpr std::u16string_view before_ordinals =
    u" am im vom zum zur beim der den dem des das seit ab ins Am Im Vom Zum Zur Beim Der Den Das ";

/// What has letters for names, so that one behind it is no initial.
constexpr std::u16string_view before_letters =
    u" Serie serie Group group Gruppe Grupo grupo Groupe groupe Gruppo gruppo Grup grup Grupa "
    u"grupa "
    u"Skupina skupina skupině Plan plan Vitamin vitamin Vitamina vitamina vitamine Hepatitis "
    u"hepatitis Liga liga Class class Klasse Block Gate Terminal Teil Part part Type type Typ Tipo "
    u"tipo Series series Grade Category Kategorie группа группе группы план плана витамин серия "
    u"серии група групі групи όμιλος ";

bool is_among(std::u16string_view word, std::u16string_view words) {
    for (std::size_t at = words.find(word); !word.empty() && at != std::u16string_view::npos;
         at = words.find(word, at + 1))
        if (at > 0 && words[at - 1] == u' ' && words[at + word.size()] == u' ')
            return true;
    return false;
}

bool is_blank(char16_t c) {
    return c == u' ' || c == 0x00A0 || c == 0x202F;
}

bool is_part_of_word(char16_t c) {
    return u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || c == u'-' || c == u'§';
}

/// The word that ends before `end`, or its last letters.
std::u16string_view word_before(std::u16string_view units, std::size_t end) {
    constexpr std::size_t enough = 16;
    std::size_t begin = end;
    while (begin > 0 && end - begin < enough && is_part_of_word(units[begin - 1]))
        --begin;
    return units.substr(begin, end - begin);
}

std::size_t skip_blanks_back(std::u16string_view units, std::size_t at) {
    while (at > 0 && is_blank(units[at - 1]))
        --at;
    return at;
}

/// One letter, a capital one where there are such.
bool is_initial(std::u16string_view word) {
    return word.size() == 1 && u_isalpha(word[0]) != 0 && word[0] != u'I' && word[0] < 0x0E00 &&
           u_islower(word[0]) == 0;
}

bool is_ordinal(std::u16string_view word) {
    return !word.empty() && word.size() < 3 &&
           std::all_of(word.begin(), word.end(), [](char16_t c) { return c >= u'0' && c <= u'9'; });
}

bool ends_with_abbreviation(std::u16string_view units, std::size_t end) {
    const std::size_t stop_end = skip_blanks_back(units, end);
    if (end == units.size() || stop_end == end || stop_end < 2 || units[stop_end - 1] != u'.')
        return false;
    const std::u16string_view word = word_before(units, stop_end - 1);
    const std::size_t begin = stop_end - 1 - word.size();
    const char16_t next = units[end];
    if (u_isdigit(next) != 0)
        return is_among(word, before_numbers);
    if (u_isalpha(next) == 0 && !U16_IS_LEAD(next))
        return false;
    if (is_among(word, titles))
        return true;
    const std::u16string_view before = word_before(units, skip_blanks_back(units, begin));
    if (is_initial(word))
        return (begin == 0 || units[begin - 1] != u'.') && !is_among(before, before_letters);
    if (!is_ordinal(word))
        return false;
    std::size_t next_end = end;
    while (next_end < units.size() && is_part_of_word(units[next_end]))
        ++next_end;
    return is_among(units.substr(end, next_end - end), german_months) ||
           is_among(before, before_ordinals);
}

} // namespace

void drop_ends_of_abbreviations(std::u16string_view units, std::vector<std::size_t>& ends) {
    std::erase_if(ends, [&](std::size_t end) { return ends_with_abbreviation(units, end); });
}

} // namespace fabula::detail
