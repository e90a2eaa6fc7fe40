// SPDX-License-Identifier: Apache-2.0
#include "text/break_rules.hpp"

#include <fabula/error.hpp>

#include <unicode/rbbi.h>
#include <unicode/utext.h>
#include <xxhash.h>

#include <new>
#include <string>

namespace fabula::detail {

namespace {

struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};

} // namespace

BreakRules::BreakRules(Kind kind, std::uint64_t known) {
    const bool of_words = kind == Kind::words;
    const icu::Locale& root = icu::Locale::getRoot();
    UErrorCode status = U_ZERO_ERROR;
    first_.reset(of_words ? icu::BreakIterator::createWordInstance(root, status)
                          : icu::BreakIterator::createSentenceInstance(root, status));
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu, std::string("ICU has no ") +
                                            (of_words ? "word" : "sentence") + " break rules (" +
                                            u_errorName(status) + "): install ICU's full data");
    if (const auto* ruled = dynamic_cast<const icu::RuleBasedBreakIterator*>(first_.get())) {
        const icu::UnicodeString& text = ruled->getRules();
        are_known_ = XXH3_64bits(text.getBuffer(), static_cast<std::size_t>(text.length()) *
                                                       sizeof(char16_t)) == known;
    }
}

std::unique_ptr<icu::BreakIterator> BreakRules::iterator() const {
    std::unique_ptr<icu::BreakIterator> copy{first_->clone()};
    if (!copy)
        throw std::bad_alloc();
    return copy;
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
