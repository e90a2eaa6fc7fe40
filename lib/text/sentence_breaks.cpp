// SPDX-License-Identifier: Apache-2.0
#include "text/sentence_breaks.hpp"

#include "text/break_rules.hpp"
#include "text/letters.hpp"

#include <unicode/utf16.h>

namespace fabula::detail {

namespace {

const BreakRules& rules() {
    // ICU 72's: whoever adds another hash has read those rules and run the tests with them.
    static const BreakRules made(BreakRules::Kind::sentences, 0x35841040C9EF4717);
    return made;
}

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
    Text(std::u16string_view units, Letters& letters) : units_(units), letters_(letters) {}

    /// The end of the sentence that begins here.
    [[nodiscard]] std::size_t end_of(std::size_t at) const {
        SentenceBreak before = SentenceBreak::other; // not ignored ones aside, rule 5
        while (at < units_.size()) {
            const SentenceBreak c = class_at(at);
            std::size_t next = after(at);
            if (ends_paragraph(c)) // 3, 4
                return c == SentenceBreak::cr && class_at(next) == SentenceBreak::lf ? next + 1
                                                                                     : next;
            if (is_terminator(c)) {
                next = skip(next, SentenceBreak::ignored);
                if (!goes_on_at_once(before, c, next)) {
                    bool goes_on = false;
                    next = behind_terminator(c, next, goes_on);
                    if (!goes_on)
                        return next;
                }
            }
            if (c != SentenceBreak::ignored)
                before = c;
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
    [[nodiscard]] bool goes_on_at_once(SentenceBreak before, SentenceBreak terminator,
                                       std::size_t next) const {
        if (terminator != SentenceBreak::full_stop)
            return false;
        const SentenceBreak c = class_at(next);
        return c == SentenceBreak::number ||                    // 6
               (has_case(before) && c == SentenceBreak::upper); // 7
    }

    /// Where the sentence ends, or where it goes on.
    [[nodiscard]] std::size_t behind_terminator(SentenceBreak terminator, std::size_t next,
                                                bool& goes_on) const {
        next = skip(next, SentenceBreak::close); // 9
        next = skip(next, SentenceBreak::space); // 10
        const SentenceBreak c = class_at(next);
        goes_on = c == SentenceBreak::goes_on || is_terminator(c); // 8a
        if (!goes_on && terminator == SentenceBreak::full_stop) {  // 8
            std::size_t at = next;
            while (at < units_.size() && says_nothing(class_at(at)))
                at = after(at);
            goes_on = class_at(at) == SentenceBreak::lower;
        }
        if (!goes_on && ends_paragraph(c)) // 11
            return c == SentenceBreak::cr && class_at(next + 1) == SentenceBreak::lf ? next + 2
                                                                                     : next + 1;
        return next;
    }

    /// Whether rule 8 looks over it for a small letter.
    [[nodiscard]] static bool says_nothing(SentenceBreak c) {
        return !(c == SentenceBreak::letter || has_case(c) || ends_paragraph(c) ||
                 is_terminator(c));
    }

    std::u16string_view units_;
    Letters& letters_;
};

} // namespace

struct SentenceBreaks::State {
    std::unique_ptr<icu::BreakIterator> iterator{rules().iterator()};
    Letters& letters{Letters::shared()};
    bool are_known{rules().are_known()};
};

SentenceBreaks::SentenceBreaks() : state_(std::make_unique<State>()) {}
SentenceBreaks::~SentenceBreaks() = default;
SentenceBreaks::SentenceBreaks(SentenceBreaks&&) noexcept = default;
SentenceBreaks& SentenceBreaks::operator=(SentenceBreaks&&) noexcept = default;

bool SentenceBreaks::rules_are_known() {
    return rules().are_known();
}

void SentenceBreaks::find_by_icu(std::u16string_view units, std::vector<std::size_t>& ends) {
    set_text(*state_->iterator, units);
    state_->iterator->first();
    for (std::int32_t at = state_->iterator->next(); at != icu::BreakIterator::DONE;
         at = state_->iterator->next())
        ends.push_back(static_cast<std::size_t>(at));
}

void SentenceBreaks::find(std::u16string_view units, std::vector<std::size_t>& ends) {
    if (!state_->are_known) {
        find_by_icu(units, ends);
        return;
    }
    const Text text(units, state_->letters);
    for (std::size_t begin = 0; begin < units.size();) {
        begin = text.end_of(begin);
        ends.push_back(begin);
    }
}

} // namespace fabula::detail
