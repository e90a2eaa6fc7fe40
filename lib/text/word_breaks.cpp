// SPDX-License-Identifier: Apache-2.0
#include "text/word_breaks.hpp"

#include "text/break_rules.hpp"
#include "text/code_points.hpp"

#include <unicode/ubrk.h>
#include <unicode/utf16.h>

namespace fabula::detail {

namespace {

bool is_letter(WordBreak c) {
    return c == WordBreak::letter || c == WordBreak::hebrew;
}

bool is_ignored(WordBreak c) {
    return c == WordBreak::extend || c == WordBreak::zwj;
}

/// A segment of the text as it is being read.
class Segment {
public:
    enum class End { reached, needs_icu };

    Segment(std::u16string_view units, std::size_t begin, CodePointTable& letters)
        : units_(units), letters_(letters), at_(begin) {}

    /// Reads up to its end, or to where ICU has to go on from its beginning.
    End read() {
        const CodePoint& first = take(at_);
        accept(first, at_);
        if (last_ == WordBreak::dictionary)
            return End::needs_icu;
        if (is_ignored(last_)) {
            zwj_ = last_ == WordBreak::zwj;
            ignored_ = true;
            last_ = WordBreak::extend;
        }
        joined_ = false;
        while (at_ < units_.size()) {
            std::size_t next = at_;
            const CodePoint& letter = take(next);
            const WordBreak c = letter.word_break;
            if (c == WordBreak::dictionary)
                return End::needs_icu;
            if (is_ignored(c) && last_ != WordBreak::cr && last_ != WordBreak::lf &&
                last_ != WordBreak::newline) {
                ignored_ = true;
                zwj_ = c == WordBreak::zwj;
                flags_ |= letter.flags;
                at_ = next;
            } else if (joins(letter)) {
                accept(letter, next);
            } else {
                const WordBreak wanted = wanted_behind(c);
                if (wanted == WordBreak::other)
                    return End::reached;
                if (!reads_over(letter, next, wanted))
                    return needs_icu_ ? End::needs_icu : End::reached;
            }
        }
        return End::reached;
    }

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool may_have_apostrophe() const { return (flags_ & CodePoint::apostrophe) != 0; }

    [[nodiscard]] bool is_word() const {
        switch (last_) {
        case WordBreak::letter:
        case WordBreak::hebrew:
        case WordBreak::number:
            return true;
        case WordBreak::hangul:
            return !ignored_;
        case WordBreak::extend_number_letter:
        case WordBreak::single_quote: // behind a Hebrew letter
            return joined_ && !ignored_;
        default:
            return false;
        }
    }

private:
    const CodePoint& take(std::size_t& at) const {
        char32_t c = units_[at++];
        if (U16_IS_LEAD(c) && at < units_.size() && U16_IS_TRAIL(units_[at]))
            c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(c, units_[at++]));
        return letters_[c];
    }

    void accept(const CodePoint& letter, std::size_t end) {
        last_ = letter.word_break;
        flags_ |= letter.flags;
        at_ = end;
        ignored_ = false;
        zwj_ = false;
        joined_ = true;
    }

    /// Whether the next letter belongs to the segment, whatever follows.
    [[nodiscard]] bool joins(const CodePoint& letter) {
        const WordBreak c = letter.word_break;
        if (zwj_ && (letter.flags & CodePoint::pictographic) != 0)
            return true;
        switch (last_) {
        case WordBreak::letter:
        case WordBreak::hebrew:
        case WordBreak::number:
            return is_letter(c) || c == WordBreak::number || c == WordBreak::extend_number_letter;
        case WordBreak::extend_number_letter:
            return is_letter(c) || c == WordBreak::number || c == last_;
        case WordBreak::space:
        case WordBreak::hangul:
            return c == last_ && !ignored_;
        case WordBreak::cr:
            return c == WordBreak::lf;
        case WordBreak::regional: // two of them, and no third
            return c == last_ && !joined_;
        default:
            return false;
        }
    }

    /// What must follow a sign inside of a word: `letter` for any letter; `other` where the sign
    /// cannot be inside of this word.
    [[nodiscard]] WordBreak wanted_behind(WordBreak c) const {
        if (is_letter(last_)) {
            if (c == WordBreak::mid_letter || c == WordBreak::mid_number_letter ||
                c == WordBreak::single_quote)
                return WordBreak::letter;
            if (c == WordBreak::double_quote && last_ == WordBreak::hebrew)
                return WordBreak::hebrew;
        } else if (last_ == WordBreak::number &&
                   (c == WordBreak::mid_number || c == WordBreak::mid_number_letter ||
                    c == WordBreak::single_quote)) {
            return WordBreak::number;
        }
        return WordBreak::other;
    }

    /// Goes on behind the sign that ends at `next`, if what is wanted follows.
    bool reads_over(const CodePoint& sign, std::size_t next, WordBreak wanted) {
        const std::size_t behind_sign = next;
        std::uint8_t flags = sign.flags;
        while (next < units_.size()) {
            const CodePoint& letter = take(next);
            const WordBreak c = letter.word_break;
            if (c == WordBreak::dictionary) {
                needs_icu_ = true;
                return false;
            }
            flags |= letter.flags;
            if (is_ignored(c))
                continue;
            if (c == wanted || (wanted == WordBreak::letter && is_letter(c))) {
                flags_ |= flags;
                accept(letter, next);
                return true;
            }
            break;
        }
        if (last_ == WordBreak::hebrew && sign.word_break == WordBreak::single_quote) {
            accept(sign, behind_sign);
            return true;
        }
        return false;
    }

    std::u16string_view units_;
    CodePointTable& letters_;
    std::size_t at_;
    WordBreak last_{};    ///< the last class that is not ignored
    bool ignored_{false}; ///< whether ignored ones follow it
    bool zwj_{false};     ///< whether the last of these is a zero-width joiner
    bool joined_{false};  ///< whether something stands before the last one
    bool needs_icu_{false};
    std::uint8_t flags_{}; ///< of all letters, joined
};

/// Conjunctions, prepositions and articles of Arabic and Hebrew that are written as one with what
/// follows, and what lengthens them.
bool is_prefix_letter(char16_t c) {
    switch (c) {
    case u'و':
    case u'ف':
    case u'ب':
    case u'ل':
    case u'ك':
    case u'ک':
    case u'ا':
    case u'ـ':
    case u'ו':
    case u'ב':
    case u'ל':
    case u'ה':
    case u'מ':
    case u'ש':
    case u'כ':
        return true;
    default:
        return false;
    }
}

/// Puts words into a list, cut where the rules do not cut.
class Words {
public:
    Words(std::u16string_view units, CodePointTable& letters, std::vector<WordSpan>& out)
        : units_(units), letters_(letters), out_(out) {}

    /// Cut between prefixes and a number: و12.
    void put(std::size_t begin, std::size_t end, bool may_have_apostrophe) {
        if (const std::size_t number = number_behind_prefix(begin, end); number != begin) {
            out_.push_back(span(begin, number, may_have_apostrophe));
            begin = number;
        }
        out_.push_back(span(begin, end, may_have_apostrophe));
    }

    /// What ICU calls a word: cut between Thai, Lao, Khmer or Burmese letters and all others as
    /// well. Signs at such a cut belong to neither.
    void put_of_icu(std::size_t begin, std::size_t end) {
        std::size_t piece = begin;
        std::size_t piece_end = begin; // behind the last letter or digit
        bool is_asian = false;
        for (std::size_t at = begin; at < end;) {
            char32_t c = units_[at];
            std::size_t next = at + 1;
            if (U16_IS_LEAD(c) && next < end && U16_IS_TRAIL(units_[next]))
                c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(c, units_[next++]));
            const CodePoint& letter = letters_[c];
            const bool here = letter.kind == TokenKind::southeast_asian;
            if (is_ignored(letter.word_break)) {
                piece_end = piece_end == at ? next : piece_end;
            } else if (here || is_in_words(letter.word_break)) {
                if (here != is_asian && piece_end > piece) {
                    put(piece, piece_end, true);
                    piece = at;
                }
                is_asian = here;
                piece_end = next;
            }
            at = next;
        }
        put(piece, end, true);
    }

private:
    static WordSpan span(std::size_t begin, std::size_t end, bool may_have_apostrophe) {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                may_have_apostrophe};
    }

    static bool is_in_words(WordBreak c) {
        return is_letter(c) || c == WordBreak::number || c == WordBreak::hangul ||
               c == WordBreak::dictionary;
    }

    /// `begin` where there is none.
    [[nodiscard]] std::size_t number_behind_prefix(std::size_t begin, std::size_t end) const {
        constexpr std::size_t most_letters = 4;
        std::size_t at = begin;
        for (std::size_t count = 0; at < end && is_prefix_letter(units_[at]); ++at)
            if (units_[at] != u'ـ' && ++count > most_letters)
                return begin;
        if (at == begin || at == end)
            return begin;
        return letters_[units_[at]].word_break == WordBreak::number ? at : begin;
    }

    std::u16string_view units_;
    CodePointTable& letters_;
    std::vector<WordSpan>& out_;
};

} // namespace

struct WordBreaks::State {
    std::unique_ptr<icu::BreakIterator> iterator; ///< made when a text first needs it
    CodePointTable& letters{CodePointTable::shared()};

    void ask_icu(std::u16string_view units, std::size_t begin, std::size_t end,
                 std::vector<WordSpan>& out) {
        if (!iterator)
            iterator = word_iterator();
        set_text(*iterator, units.substr(begin, end - begin));
        auto from = static_cast<std::size_t>(iterator->first());
        Words words(units, letters, out);
        for (std::int32_t to = iterator->next(); to != icu::BreakIterator::DONE;
             to = iterator->next()) {
            if (iterator->getRuleStatus() >= UBRK_WORD_NONE_LIMIT)
                words.put_of_icu(begin + from, begin + static_cast<std::size_t>(to));
            from = static_cast<std::size_t>(to);
        }
    }
};

WordBreaks::WordBreaks() : state_(std::make_unique<State>()) {}
WordBreaks::~WordBreaks() = default;
WordBreaks::WordBreaks(WordBreaks&&) noexcept = default;
WordBreaks& WordBreaks::operator=(WordBreaks&&) noexcept = default;

void WordBreaks::find_by_icu(std::u16string_view units, std::vector<WordSpan>& out) {
    state_->ask_icu(units, 0, units.size(), out);
}

void WordBreaks::find(std::u16string_view units, std::vector<WordSpan>& out) {
    Words words(units, state_->letters, out);
    std::size_t begin = 0;
    while (begin < units.size()) {
        Segment segment(units, begin, state_->letters);
        if (segment.read() == Segment::End::reached) {
            if (segment.is_word())
                words.put(begin, segment.at(), segment.may_have_apostrophe());
            begin = segment.at();
            continue;
        }
        // No segment reaches over a space or a line end that something else stands before, and
        // each is cut without a look at what stands before it.
        std::size_t end = segment.at();
        while (end < units.size() && units[end] != u' ' && units[end] != u'\n')
            ++end;
        state_->ask_icu(units, begin, end, out);
        begin = end;
    }
}

} // namespace fabula::detail
