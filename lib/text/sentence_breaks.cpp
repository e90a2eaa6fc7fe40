// SPDX-License-Identifier: Apache-2.0
#include "text/sentence_breaks.hpp"

#include "text/code_points.hpp"

#include <unicode/utf16.h>

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

} // namespace fabula::detail
