// SPDX-License-Identifier: Apache-2.0
#include "story/key_terms.hpp"

#include "base/hash.hpp"
#include "base/portable_math.hpp"
#include "model/lookup/language_tags.hpp"
#include "text/utf8.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

namespace fabula::detail {

namespace {

constexpr double all_capitals = 0.6; ///< share in a sentence that is a headline

constexpr std::array<std::string_view, 25> particles{
    "al", "bin", "d",   "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "el",  "ibn", "la", "le",  "of", "ten", "ter",   "van", "von", "zu", "zum"};

/// German and its relatives: a capital does not tell a name.
bool capitalises_nouns(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    return base == "de" || base == "lb" || base == "nds" || base == "gsw";
}

bool is_dense_kind(TokenKind kind) {
    return kind == TokenKind::ideographic || kind == TokenKind::kana ||
           kind == TokenKind::southeast_asian;
}

/// Whether what stands between two words leaves them in one phrase.
bool joins(std::string_view gap) {
    return gap.empty() || gap == " " || gap == "-" || gap == "\u00A0" || gap == "\u2010" ||
           gap == "'" || gap == "\u2019" || gap == "\u30FB" || gap == "\u00B7";
}

/// Whether a word after such a gap has a capital for its own sake, and not because a quotation or a
/// list begins there.
bool goes_on(std::string_view gap) {
    return joins(gap) || gap == ", " || gap == "," || gap == " (" || gap == "/" || gap == " & ";
}

std::uint32_t key_of(const Token& token) {
    if (const auto key = term_key(token))
        return *key;
    return static_cast<std::uint32_t>(hash_of(token.normalised)) ^ 0x9E3779B9U;
}

/// The locales that ICU has data for, old names among them.
std::unordered_set<std::string> available_locales() {
    std::unordered_set<std::string> out;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UEnumeration, decltype(&uenum_close)> names(
        uloc_openAvailableByType(ULOC_AVAILABLE_WITH_LEGACY_ALIASES, &status), &uenum_close);
    while (const char* const name = uenum_next(names.get(), nullptr, &status))
        out.emplace(name);
    return out;
}

/// The locale for a tag, without the last parts of it where ICU does not know them; empty where it
/// knows none. Of what it does not know, ICU would take the machine's own locale.
std::string known_locale(const std::string& tag) {
    static const auto& known = *new std::unordered_set<std::string>(available_locales());
    std::string name = icu::Locale(short_tag(tag).c_str()).getBaseName();
    while (!name.empty() && !known.contains(name))
        name.resize(name.find('_') == std::string::npos ? 0 : name.rfind('_'));
    return name;
}

} // namespace

std::unordered_set<std::string> calendar_words(const std::string& language) {
    std::unordered_set<std::string> out;
    const std::string locale = known_locale(language);
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(locale.c_str()), status);
    if (locale.empty() || U_FAILURE(status) != 0)
        return out;
    const auto add = [&](const icu::UnicodeString* names, std::int32_t count) {
        for (std::int32_t i = 0; i < count; ++i) {
            std::string name;
            names[i].toUTF8String(name);
            if (count_code_points(name) > 2)
                out.insert(normalised_form(name));
        }
    };
    using Symbols = icu::DateFormatSymbols;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
        std::int32_t count = 0;
        const icu::UnicodeString* months = symbols.getMonths(count, context, Symbols::WIDE);
        add(months, count);
        const icu::UnicodeString* days = symbols.getWeekdays(count, context, Symbols::WIDE);
        add(days, count);
    }
    return out;
}

void KeyTerms::add(const AnalyzedArticle& analyzed, const Article& article) {
    if (reports_++ >= most_reports)
        return;
    add_text(analyzed.title, article.title);
    add_text(analyzed.body, article.text);
}

KeyTerms::Known KeyTerms::meet(const Token& token) {
    const auto [number, is_new] = numbers_.of(token.hash);
    if (!is_new)
        return known_[number];
    const std::uint32_t key = key_of(token);
    const auto [use_number, is_new_use] = keys_.of(key);
    if (is_new_use) {
        TermUse made;
        made.key = key;
        made.first = words_.size();
        made.is_dense = is_dense_kind(token.kind);
        made.form = made.is_dense || token.romanised.empty() ? token.normalised : token.romanised;
        uses_.push_back(std::move(made));
    }
    TermUse& use = uses_[use_number];
    if (!calendar_.contains(std::string(token.normalised)))
        use.rarity = std::max(use.rarity, word_rarity(model_, language_, token));
    const bool may_be_particle =
        std::find(particles.begin(), particles.end(), token.normalised) != particles.end();
    return known_.emplace_back(Known{use_number, may_be_particle});
}

void KeyTerms::add_text(const AnalyzedText& text, std::string_view source) {
    for (std::size_t begin = 0; begin < text.tokens.size();) {
        std::size_t end = begin;
        std::size_t capitals = 0;
        for (; end < text.tokens.size() && text.tokens[end].sentence == text.tokens[begin].sentence;
             ++end)
            capitals += text.tokens[end].capitalised;
        const bool is_headline =
            static_cast<double>(capitals) > all_capitals * static_cast<double>(end - begin);
        const auto joins_after = [&](std::size_t at, std::string_view gap) {
            return joins(gap) || (gap == ". " && text.tokens[at].capitalised &&
                                  count_code_points(text.tokens[at].normalised) == 1); // an initial
        };
        std::string_view gap_before;
        for (std::size_t i = begin; i < end; ++i) {
            const Token& token = text.tokens[i];
            const Known known = meet(token);
            TermWord word;
            word.use = known.use;
            word.text = surface_of(token, source);
            word.is_inside = i > begin && !is_headline && goes_on(gap_before);
            word.is_particle = !token.capitalised && known.may_be_particle;
            if (i + 1 < end) {
                const Token& next = text.tokens[i + 1];
                gap_before = source.substr(token.range.end, next.range.begin - token.range.end);
                word.joins_next = token.kind != TokenKind::number &&
                                  next.kind != TokenKind::number && joins_after(i, gap_before);
            }
            TermUse& use = uses_[known.use];
            ++use.count;
            if (word.is_inside) {
                ++use.inside;
                use.capitalised += token.capitalised;
            }
            words_.push_back(word);
        }
        begin = end;
    }
}

std::vector<TermScore> KeyTerms::scores() const {
    // Language by language, so that the languages of a term are counted in passing.
    std::map<std::string_view, std::vector<std::size_t>> by_language;
    double total = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        by_language[collection_.known.corpus.outcomes[members_[i]].language].push_back(i);
        total += weights_[i];
    }
    struct Sum {
        double weight{};
        std::size_t languages{};
        std::size_t last_language{};
    };
    std::vector<Sum> sums(uses_.size());
    std::size_t number = 0;
    for (const auto& [tag, reports] : by_language) {
        ++number;
        for (const std::size_t i : reports) {
            const LexicalFeatures& lexical = collection_.known.corpus.lexical[members_[i]];
            for (const WeightedTerm& term : lexical.terms) {
                if (lexical.language != language_ && !term.is_name())
                    continue;
                const auto use = keys_.find(term.key);
                if (!use)
                    continue;
                Sum& sum = sums[*use];
                sum.weight += weights_[i];
                sum.languages += sum.last_language != number;
                sum.last_language = number;
            }
        }
    }
    const auto stories = static_cast<double>(collection_.frequency.stories);
    const auto languages = static_cast<double>(by_language.size());
    std::vector<TermScore> out(uses_.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const Sum& sum = sums[i];
        if (sum.languages == 0)
            continue;
        const double frequency = std::max(1.0, collection_.frequency.terms[uses_[i].key]);
        const double absence = portable_log1p(stories / frequency) / portable_log1p(stories);
        const double spread = (1 + static_cast<double>(sum.languages) / languages) / 2;
        out[i] = {sum.weight / total * absence * spread, sum.languages};
    }
    return out;
}

std::vector<std::string> KeyTerms::best(std::size_t at_most) const {
    const bool nouns_have_capitals =
        language_ >= 0 &&
        capitalises_nouns(model_.languages()[static_cast<std::size_t>(language_)]);
    const std::vector<TermScore> of_uses = scores();
    return KeyTermChoice(words_, uses_, of_uses, std::min(reports_, most_reports),
                         nouns_have_capitals)
        .best(at_most);
}

} // namespace fabula::detail
