// SPDX-License-Identifier: Apache-2.0
#include "name_pairs.hpp"

#include "tab_lines.hpp"

#include <fabula/error.hpp>

#include <unicode/locid.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

namespace fabula::training {

namespace {

/// The name, where it is one word for the analyzer.
std::optional<Name> one_word(TextAnalyzer& analyzer, const std::string& language,
                             const std::string& text) {
    const AnalyzedText analyzed = analyzer.analyze(text, Sentences::skip);
    if (analyzed.tokens.size() != 1)
        return std::nullopt;
    const Token& token = analyzed.tokens.front();
    if (token.range.begin != 0 || token.range.end != text.size() || token.normalised.empty())
        return std::nullopt;
    return Name{language, text, std::string(token.normalised), std::string(token.romanised),
                token.kind};
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

void check(UErrorCode status, const char* what) {
    if (U_FAILURE(status))
        throw Error(Errc::unusable_icu, std::string("ICU has no ") + what + " (" +
                                            u_errorName(status) + "): install ICU's full data");
}

/// Names by key of the thing, in one language.
using Names = std::map<std::string, std::string>;

Names names_in(const std::string& language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(language, status);
    const std::unique_ptr<icu::TimeZoneNames> zones{
        icu::TimeZoneNames::createInstance(locale, status)};
    const std::unique_ptr<icu::StringEnumeration> ids{icu::TimeZone::createTimeZoneIDEnumeration(
        UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status)};
    check(status, "names of time zones");
    Names out;
    while (const icu::UnicodeString* id = ids->snext(status)) {
        icu::UnicodeString city;
        zones->getExemplarLocationName(*id, city);
        if (!city.isEmpty())
            out.emplace(to_utf8(*id), to_utf8(city));
    }
    check(status, "list of time zones");
    for (const char* const* country = icu::Locale::getISOCountries(); *country != nullptr;
         ++country) {
        icu::UnicodeString name;
        icu::Locale("", *country).getDisplayCountry(locale, name);
        out.emplace(*country, to_utf8(name));
    }
    return out;
}

bool is_capitalised_ascii_word(const std::string& text) {
    return text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string consonants(const std::string& romanised) {
    std::string out;
    for (const char c : romanised)
        if (std::string_view("aeiouyhwj").find(c) == std::string_view::npos)
            out.push_back(c);
    return out;
}

std::size_t longest_common_subsequence(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (const char c : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

} // namespace

std::vector<NamedThing> icu_names(const std::vector<std::string>& languages) {
    TextAnalyzer analyzer;
    std::map<std::string, NamedThing> things;
    for (const auto& [key, text] : names_in("en"))
        if (const auto name = one_word(analyzer, "en", text))
            things[key].english = *name;
    for (const std::string& language : languages) {
        if (language == "en")
            continue;
        for (const auto& [key, text] : names_in(language == "sh" ? "sr-Latn" : language))
            if (const auto thing = things.find(key); thing != things.end())
                if (const auto name = one_word(analyzer, language, text))
                    thing->second.others.push_back(*name);
    }
    std::vector<NamedThing> out;
    for (auto& [key, thing] : things)
        out.push_back(std::move(thing));
    return out;
}

std::vector<NamedThing> lexicon_names(const std::filesystem::path& file) {
    TabLines lines(file);
    TextAnalyzer analyzer;
    std::vector<NamedThing> out;
    std::vector<std::pair<std::string, std::string>> group;
    std::string number;
    const auto finish = [&] {
        std::set<std::string> english;
        for (const auto& [language, text] : group)
            if (language == "en" && is_capitalised_ascii_word(text))
                english.insert(text);
        if (english.size() == 1) {
            NamedThing& thing = out.emplace_back();
            thing.english = *one_word(analyzer, "en", *english.begin());
            std::set<std::string> seen{"en"};
            for (const auto& [language, text] : group)
                if (seen.insert(language).second)
                    if (const auto name = one_word(analyzer, language, text))
                        thing.others.push_back(*name);
        }
        group.clear();
    };
    while (lines.next()) {
        if (lines.first() != number) {
            finish();
            number = lines.first();
        }
        group.emplace_back(lines.second(), lines.third());
    }
    finish();
    return out;
}

std::string script_class(const Name& other) {
    std::int32_t at = 0;
    UChar32 first = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(other.normalised.data()), at,
            static_cast<std::int32_t>(other.normalised.size()), first);
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(first, &status)) {
    case USCRIPT_LATIN:
        return "same script";
    case USCRIPT_HAN:
        return "Latin–Chinese characters";
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        return "Latin–kana";
    default:
        return std::string("Latin–") + uscript_getName(uscript_getScript(first, &status));
    }
}

bool is_one_name(const Name& a, const Name& b) {
    const std::string x = consonants(a.romanised);
    const std::string y = consonants(b.romanised);
    const std::size_t longer = std::max(x.size(), y.size());
    return 2 * longest_common_subsequence(x, y) >= longer;
}

} // namespace fabula::training
