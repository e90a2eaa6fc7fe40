// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/language_tags.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace fabula::detail {
namespace {

struct Relation {
    std::string_view tag;
    std::array<std::string_view, 3> stands_for; ///< best first
};

// What its readers take for nearly the same. That a code has another form, ICU knows.
constexpr Relation relations[] = {
    {"no", {"nb", "nn", ""}},   {"nb", {"no", "nn", ""}},   {"nn", {"no", "nb", ""}},
    {"sh", {"hr", "sr", "bs"}}, {"sr", {"sh", "hr", "bs"}}, {"hr", {"sh", "bs", "sr"}},
    {"bs", {"sh", "hr", "sr"}}, {"yue", {"zh", "", ""}},    {"wuu", {"zh", "", ""}},
    {"fil", {"tl", "", ""}},    {"arz", {"ar", "", ""}},
};

char normal(char c) {
    if (c == '_')
        return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (normal(a[i]) != normal(b[i]))
            return false;
    return true;
}

int find_exact(const std::vector<std::string>& tags, std::string_view tag) {
    for (std::size_t i = 0; i < tags.size(); ++i)
        if (same(tags[i], tag))
            return static_cast<int>(i);
    return -1;
}

std::string_view without_last_subtag(std::string_view tag) {
    const std::size_t cut = tag.find_last_of("-_");
    return cut == std::string_view::npos ? std::string_view{} : tag.substr(0, cut);
}

std::string_view first_subtag(std::string_view tag) {
    return tag.substr(0, tag.find_first_of("-_"));
}

/// "zh-yue": to cut the end off would lose the language.
bool has_extended_subtag(std::string_view tag) {
    const std::size_t first = first_subtag(tag).size();
    return first < tag.size() && first_subtag(tag.substr(first + 1)).size() == 3 &&
           !(tag[first + 1] >= '0' && tag[first + 1] <= '9'); // "es-419" is a region
}

/// The tag, else the tag without its last subtags.
int find_shortened(const std::vector<std::string>& tags, std::string_view tag) {
    for (; !tag.empty(); tag = without_last_subtag(tag))
        if (const int found = find_exact(tags, tag); found >= 0)
            return found;
    return -1;
}

int find_related(const std::vector<std::string>& tags, std::string_view language) {
    for (const Relation& relation : relations)
        if (same(relation.tag, language))
            for (const std::string_view other : relation.stands_for)
                if (const int found = find_exact(tags, other); !other.empty() && found >= 0)
                    return found;
    return -1;
}

int find_form(const std::vector<std::string>& tags, std::string_view tag) {
    const int found = find_shortened(tags, tag);
    return found >= 0 ? found : find_related(tags, first_subtag(tag));
}

int find_variety(const std::vector<std::string>& tags, std::string_view language) {
    for (std::size_t i = 0; i < tags.size(); ++i)
        if (tags[i].size() > language.size() && same(first_subtag(tags[i]), language))
            return static_cast<int>(i);
    return -1;
}

} // namespace

std::string canonical_language(std::string_view tag) {
    std::string hyphened(tag);
    std::replace(hyphened.begin(), hyphened.end(), '_', '-');
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(hyphened, status);
    locale.canonicalize(status);
    auto canonical = locale.toLanguageTag<std::string>(status);
    return U_SUCCESS(status) != 0 ? canonical : std::string(tag);
}

std::string short_tag(std::string_view tag) {
    constexpr std::size_t three_letters = 3;
    return first_subtag(tag).size() == three_letters ? canonical_language(tag) : std::string(tag);
}

bool says_no_language(std::string_view tag) {
    const std::string_view language = first_subtag(tag);
    constexpr std::array<std::string_view, 4> none{"und", "un", "mul", "zxx"};
    return tag.empty() || std::any_of(none.begin(), none.end(),
                                      [&](std::string_view one) { return same(one, language); });
}

int find_language(const std::vector<std::string>& tags, std::string_view tag) {
    if (tag.empty())
        return -1;
    if (const int found = find_form(tags, tag); found >= 0 && !has_extended_subtag(tag))
        return found;
    const std::string canonical =
        says_no_language(tag) ? std::string(tag) : canonical_language(tag);
    if (const int found = find_form(tags, canonical); found >= 0)
        return found;
    for (const std::string_view form : {tag, std::string_view(canonical)})
        if (const int found = find_variety(tags, first_subtag(form)); found >= 0)
            return found;
    return -1;
}

} // namespace fabula::detail
