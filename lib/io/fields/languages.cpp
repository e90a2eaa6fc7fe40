// SPDX-License-Identifier: Apache-2.0
#include "io/fields/languages.hpp"

#include "boilerplate/lines.hpp"
#include "model/lookup/language_tags.hpp"

#include <unicode/localematcher.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <mutex>
#include <unordered_map>

namespace fabula::detail {
namespace {

/// What stands where nobody knew, beside the tags of `says_no_language`. "nan" and "na" are codes,
/// of Min Nan and Nauruan, but come from tables in which a number was missing.
constexpr std::array<std::string_view, 19> not_known{
    "\\n",          "nat",          "<na>", // "\N" of databases
    "unknown",      "undetermined", "undefined", "none", "null", "n/a", "na", "nan",
    "multilingual", "multiple",     "other",     "auto", "xx",   "-",   "--", "?"};

constexpr std::size_t longest_name = 80;

/// Names are compared without case and marks' order; empty where the bytes are not legal.
std::string key_of(const icu::UnicodeString& name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0)
        return {};
    std::string key;
    nfkc->normalize(name, status).toUTF8String(key);
    return U_SUCCESS(status) != 0 ? key : std::string{};
}

std::string key_of(std::string_view name) {
    return key_of(icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()))));
}

using Names = std::unordered_map<std::string, std::string>; ///< from the key of a name to a tag

void add_names(const icu::Locale& locale, const std::string& tag, const icu::Locale& in,
               Names& names) {
    icu::UnicodeString name;
    names.try_emplace(key_of(locale.getDisplayLanguage(in, name)), tag);
}

/// All languages that ICU has a name for: in English, and in themselves.
Names read_names() {
    Names names;
    const icu::Locale& english = icu::Locale::getEnglish();
    // Varieties first, by their whole names: "Brazilian Portuguese", "Chinese (Taiwan)".
    for (const char* tag :
         {"zh-Hans", "zh-Hant", "zh-TW",   "zh-HK",   "zh-CN", "pt-BR",   "pt-PT",
          "en-GB",   "en-US",   "en-AU",   "en-CA",   "es-ES", "es-MX",   "es-419",
          "fr-CA",   "fr-CH",   "de-AT",   "de-CH",   "nl-BE", "sr-Latn", "sr-Cyrl",
          "uz-Cyrl", "uz-Latn", "az-Cyrl", "pa-Arab", "ro-MD"}) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
        for (const icu::Locale& in : {english, locale}) {
            icu::UnicodeString name;
            names.try_emplace(key_of(locale.getDisplayName(in, name)), tag);
            const std::unique_ptr<icu::LocaleDisplayNames> dialects{
                icu::LocaleDisplayNames::createInstance(in, ULDN_DIALECT_NAMES)};
            if (dialects)
                names.try_emplace(key_of(dialects->localeDisplayName(locale, name)), tag);
        }
    }
    for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
        const icu::Locale locale{*code};
        std::string tag = canonical_language(*code);
        if (says_no_language(tag))
            continue;
        add_names(locale, tag, english, names);
        add_names(locale, tag, locale, names);
    }
    // Names that ICU has not, or has for something else.
    constexpr std::array<std::array<std::string_view, 2>, 16> others{{
        {"norwegian bokmal", "nb"},
        {"bokmål", "nb"},
        {"bokmal", "nb"},
        {"nynorsk", "nn"},
        {"farsi", "fa"},
        {"mandarin", "zh"},
        {"mandarin chinese", "zh"},
        {"castilian", "es"},
        {"castellano", "es"},
        {"flemish", "nl"},
        {"valencian", "ca"},
        {"moldavian", "ro"},
        {"modern greek", "el"},
        {"serbo-croatian", "sh"},
        {"tagalog", "tl"},
        {"burmese", "my"},
    }};
    for (const auto& [name, tag] : others)
        names.try_emplace(key_of(name), std::string{tag});
    names.erase("");
    return names;
}

const Names& all_names() {
    static const Names& names = *new Names{read_names()};
    return names;
}

bool is_code(std::string_view tag) {
    const std::string_view language = tag.substr(0, tag.find_first_of("-_"));
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_of_tag = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return (language.size() == 2 || language.size() == 3) &&
           std::all_of(language.begin(), language.end(), is_letter) &&
           std::all_of(tag.begin(), tag.end(), is_of_tag);
}

/// Whether ICU knows a language by this code of two or three letters. Of those with three there are
/// more than it knows, so that they are taken on trust.
bool is_known_code(std::string_view tag) {
    const std::string_view language = tag.substr(0, tag.find_first_of("-_"));
    if (language.size() == 3)
        return true;
    UErrorCode status = U_ZERO_ERROR;
    std::string code(language);
    std::transform(code.begin(), code.end(), code.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const icu::Locale locale{code.c_str()};
    icu::UnicodeString name;
    locale.getDisplayLanguage(icu::Locale::getEnglish(), name);
    std::string shown;
    name.toUTF8String(shown);
    return U_SUCCESS(status) != 0 && shown != locale.getLanguage() && shown != code;
}

std::optional<std::string> find_name(std::string_view name) {
    const auto found = all_names().find(key_of(name));
    if (found == all_names().end())
        return std::nullopt;
    return found->second;
}

std::optional<std::string> resolve(std::string_view written) {
    // "en_US.UTF-8", "de_DE@euro" of POSIX; "C" is none.
    if (const std::size_t end = written.find_first_of(".@"); end != std::string_view::npos)
        if (is_code(written.substr(0, end)))
            written = written.substr(0, end);
    if (is_code(written))
        if (is_known_code(written))
            return std::string(written);
    if (auto tag = find_name(written))
        return tag;
    // "Chinese (Simplified)", "Norwegian, Bokmål", "English; Middle": the part before.
    const std::size_t end = written.find_first_of("(,;/[");
    if (end == std::string_view::npos || end == 0)
        return std::nullopt;
    std::string_view inner = written.substr(end + 1);
    inner = trimmed(inner.substr(0, inner.find_first_of(")]")));
    const std::string_view outer = trimmed(written.substr(0, end));
    const auto tag = is_code(outer) && is_known_code(outer) ? std::string(outer) : find_name(outer);
    if (!tag)
        return std::nullopt;
    const std::string key = key_of(inner);
    if (*tag == "zh" && key.starts_with("simplified"))
        return "zh-Hans";
    if (*tag == "zh" && key.starts_with("traditional"))
        return "zh-Hant";
    if (const auto variety = find_name(inner); variety && *tag == "no")
        return variety;
    return tag;
}

} // namespace

std::optional<std::string> language_tag(std::string_view written) {
    written = trimmed(written);
    if (says_no_language(written))
        return std::string{};
    if (written.size() > longest_name)
        return std::nullopt;
    // A collection has a few languages, and millions of articles.
    struct Memory {
        std::mutex mutex;
        std::unordered_map<std::string, std::optional<std::string>> seen;
    };
    static Memory& memory = *new Memory;
    const std::lock_guard lock(memory.mutex);
    if (const auto found = memory.seen.find(std::string(written)); found != memory.seen.end())
        return found->second;
    const std::string key = key_of(written);
    auto tag = std::find(not_known.begin(), not_known.end(), key) != not_known.end()
                   ? std::optional(std::string{})
                   : resolve(written);
    constexpr std::size_t most_remembered = 1000;
    if (memory.seen.size() < most_remembered)
        memory.seen.emplace(written, tag);
    return tag;
}

} // namespace fabula::detail
