// SPDX-License-Identifier: Apache-2.0
#include "io/fields/field_names.hpp"

#include "io/message.hpp"

#include <fabula/error.hpp>

#include <algorithm>

namespace fabula::detail {
namespace {

struct Names {
    Field field;
    std::string_view names; ///< without capitals, "_", "-" and spaces; first come
};

/// Producers: feedparser, trafilatura, newspaper, news-please, NewsAPI, GDELT, Event Registry, the
/// Guardian, the New York Times, Media Cloud, WordPress, ninjs, schema.org, JSON Feed, sitemaps,
/// and tables of data sets.
constexpr Names usual[] = {
    {id, "id guid uri uuid articleid"},
    {title, "title headline headlines heading webtitle"},
    {text,
     "text body content maintext bodytext articlebody fulltext articletext contenttext article "
     "document plaintext bodies bodyhtml contenthtml leadparagraph description shortdescription "
     "summary excerpt abstract snippet"},
    {language, "language lang languagecode langcode inlanguage metalang locale"},
    {source,
     "source outlet publisher publication sourcename sitename medianame provider infosources "
     "domain "
     "sourcedomain hostname sourcehostname sourceurl url link permalink articleurl weburl loc"},
    {published,
     "published publishedat publishdate datepublish pubdate publicationdate datepublished "
     "publisheddate publishedtime webpublicationdate datetimepub datetime dategmt date "
     "versioncreated firstcreated "
     "createdat created timestamp seendate updated updatedat modified datemodified"},
};

constexpr std::size_t longest_name = 24;

/// Writes the key of a name; its length, or 0 where the name is too long to be one of ours.
std::size_t key_of(std::string_view name, std::array<char, longest_name>& key) noexcept {
    std::size_t length = 0;
    for (const char c : name) {
        if (c == '_' || c == '-' || c == ' ')
            continue;
        if (length == longest_name)
            return 0;
        key[length++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return length;
}

std::size_t slot_of(std::string_view key, std::size_t slots) noexcept {
    std::size_t hash = key.size();
    for (const char c : key)
        hash = hash * 31 + static_cast<unsigned char>(c);
    return hash % slots;
}

} // namespace

void FieldNames::add(std::string_view key, NamedField stands_for) {
    std::size_t at = slot_of(key, slot_count);
    while (!slots_[at].key.empty())
        at = (at + 1) % slot_count;
    slots_[at] = {key, stands_for};
}

FieldNames::FieldNames(std::span<const FieldName> chosen) : chosen_(chosen.begin(), chosen.end()) {
    for (const FieldName& one : chosen_) {
        const auto found = std::find(field_names.begin(), field_names.end(), one.field);
        if (found == field_names.end() || one.name.empty())
            throw Error{
                Errc::bad_option,
                in_quotes(one.field + "=" + one.name) +
                    " names no field; write id, title, text, language, source, published or "
                    "story, \"=\", and its name in the input, such as text=body"};
        const auto field = static_cast<Field>(found - field_names.begin());
        const auto same = [&](const FieldName& other) { return other.name == one.name; };
        if (is_chosen_[field] || std::count_if(chosen_.begin(), chosen_.end(), same) > 1)
            throw Error{Errc::bad_option, in_quotes(one.field + "=" + one.name) +
                                              " names a field for the second time; each field has "
                                              "one name, and each name is of one field"};
        is_chosen_[field] = true;
        chosen_fields_.push_back(field);
    }
    for (const auto& [field, list] : usual) {
        std::string_view names = list;
        for (std::uint8_t rank = 1; !names.empty(); ++rank) {
            const std::size_t end = std::min(names.find(' '), names.size());
            add(names.substr(0, end), {field, rank});
            names.remove_prefix(std::min(end + 1, names.size()));
        }
    }
}

bool FieldNames::operator==(const FieldNames& other) const {
    return std::equal(chosen_.begin(), chosen_.end(), other.chosen_.begin(), other.chosen_.end(),
                      [](const FieldName& a, const FieldName& b) {
                          return a.field == b.field && a.name == b.name;
                      });
}

NamedField FieldNames::find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < chosen_.size(); ++i)
        if (chosen_[i].name == name)
            return {chosen_fields_[i], 0};
    // Most files have the names that are their own.
    for (std::size_t field = 0; field < field_count; ++field)
        if (name == field_names[field] && !is_chosen_[field])
            return {static_cast<Field>(field), 0};
    std::array<char, longest_name> buffer; // NOLINT(*-member-init): written before it is read
    const std::size_t length = key_of(name, buffer);
    if (length == 0)
        return {};
    const std::string_view key{buffer.data(), length};
    for (std::size_t at = slot_of(key, slot_count); !slots_[at].key.empty();
         at = (at + 1) % slot_count) {
        if (slots_[at].key != key)
            continue;
        const NamedField found = slots_[at].stands_for;
        return is_chosen_[found.field] ? NamedField{} : found;
    }
    return {};
}

} // namespace fabula::detail
