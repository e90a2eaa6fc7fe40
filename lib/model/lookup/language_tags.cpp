// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/language_tags.hpp"

#include <array>
#include <cstddef>

namespace fabula::detail {
namespace {

struct Relation {
    std::string_view tag;
    std::array<std::string_view, 3> stands_for; ///< best first
};

// Norwegian without the written form said, Serbo-Croatian in its standards, tags that were renamed,
// and three-letter tags of languages that have two letters or a macrolanguage.
constexpr Relation relations[] = {
    {"no", {"nb", "nn", ""}},   {"nb", {"no", "nn", ""}},    {"nn", {"no", "nb", ""}},
    {"sh", {"hr", "sr", "bs"}}, {"sr", {"sh", "hr", "bs"}},  {"hr", {"sh", "bs", "sr"}},
    {"bs", {"sh", "hr", "sr"}}, {"cnr", {"sr", "sh", "hr"}}, {"iw", {"he", "", ""}},
    {"in", {"id", "", ""}},     {"ji", {"yi", "", ""}},      {"mo", {"ro", "", ""}},
    {"cmn", {"zh", "", ""}},    {"yue", {"zh", "", ""}},     {"wuu", {"zh", "", ""}},
    {"fil", {"tl", "", ""}},    {"tl", {"fil", "", ""}},     {"arb", {"ar", "", ""}},
    {"arz", {"ar", "", ""}},    {"pes", {"fa", "", ""}},     {"prs", {"fa", "", ""}},
    {"azj", {"az", "", ""}},    {"lvs", {"lv", "", ""}},     {"ekk", {"et", "", ""}},
    {"als", {"sq", "", ""}},    {"zsm", {"ms", "", ""}},     {"swh", {"sw", "", ""}},
    {"uzn", {"uz", "", ""}},    {"khk", {"mn", "", ""}},     {"npi", {"ne", "", ""}},
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

} // namespace

int find_language(const std::vector<std::string>& tags, std::string_view tag) {
    if (tag.empty())
        return -1;
    std::string_view shorter = tag;
    for (;;) {
        if (const int found = find_exact(tags, shorter); found >= 0)
            return found;
        const std::size_t cut = shorter.find_last_of("-_");
        if (cut == std::string_view::npos)
            break;
        shorter = shorter.substr(0, cut);
    }
    for (const Relation& relation : relations)
        if (same(relation.tag, shorter))
            for (const std::string_view other : relation.stands_for)
                if (const int found = find_exact(tags, other); !other.empty() && found >= 0)
                    return found;
    for (std::size_t i = 0; i < tags.size(); ++i)
        if (tags[i].size() > shorter.size() && normal(tags[i][shorter.size()]) == '-' &&
            same(std::string_view(tags[i]).substr(0, shorter.size()), shorter))
            return static_cast<int>(i);
    return -1;
}

} // namespace fabula::detail
