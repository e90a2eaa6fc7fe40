// SPDX-License-Identifier: Apache-2.0
#include "phrasing.hpp"

#include <array>
#include <map>
#include <string_view>

namespace bench {
namespace {

using Months = std::array<std::string_view, 12>;

/// %d stands for the day, %m for the month.
struct DateStyle {
    std::string_view form;
    Months months;
};

const std::map<std::string, DateStyle, std::less<>>& date_styles() {
    static const std::map<std::string, DateStyle, std::less<>> styles{
        {"en",
         {"%d %m",
          {"January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"}}},
        {"de",
         {"%d. %m",
          {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
           "Oktober", "November", "Dezember"}}},
        {"es",
         {"%d de %m",
          {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
           "octubre", "noviembre", "diciembre"}}},
        {"fr",
         {"%d %m",
          {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
           "octobre", "novembre", "décembre"}}},
        {"it",
         {"%d %m",
          {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
           "settembre", "ottobre", "novembre", "dicembre"}}},
        {"pt",
         {"%d de %m",
          {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
           "outubro", "novembro", "dezembro"}}},
        {"ru",
         {"%d %m",
          {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
           "октября", "ноября", "декабря"}}},
        {"ar",
         {"%d %m",
          {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
           "أكتوبر", "نوفمبر", "ديسمبر"}}},
        {"hi",
         {"%d %m",
          {"जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर",
           "दिसंबर"}}},
        {"zh", {"%m月%d日", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}}},
    };
    return styles;
}

void replace(std::string& text, std::string_view what, std::string_view by) {
    if (const std::size_t at = text.find(what); at != std::string::npos)
        text.replace(at, what.size(), by);
}

bool is_unspaced(const std::string& tag) {
    return tag.starts_with("zh") || tag == "ja" || tag == "th";
}

void capitalise(std::string& text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
}

} // namespace

std::string write_number(std::size_t number, const std::string& language) {
    std::string digits = std::to_string(number);
    std::string_view separator = ".";
    if (language == "en" || language == "zh" || language == "hi" || language == "ar")
        separator = ",";
    else if (language == "fr" || language == "ru" || language == "uk")
        separator = "\u00A0";
    // Four digits stand together in most languages, as years do.
    if (digits.size() > (language == "en" ? 3 : 4))
        for (std::size_t i = digits.size() - 3; i > 0 && i<digits.size(); i = i> 3 ? i - 3 : 0)
            digits.insert(i, separator);
    return digits;
}

std::string write_date(std::chrono::sys_days day, const std::string& language) {
    const std::chrono::year_month_day date(day);
    const std::string number = std::to_string(static_cast<unsigned>(date.day()));
    const unsigned month = static_cast<unsigned>(date.month());
    const auto style = date_styles().find(language);
    if (style == date_styles().end())
        return number + "." + std::to_string(month) + ".";
    std::string text(style->second.form);
    replace(text, "%d", number);
    replace(text, "%m", style->second.months[month - 1]);
    return text;
}

std::string Phrasing::space() const {
    return is_unspaced(here().tag) ? "" : " ";
}

std::string Phrasing::words(const Mention& mention, const Happening& of, Freedom freedom,
                            Draw& draw) const {
    const std::string& tag = here().tag;
    switch (mention.kind) {
    case Mention::Kind::person: {
        const Person& person = of.people[mention.value];
        const std::string family = person.family.in(tag);
        if (!draw.chance(0.35))
            return family;
        return person.given.in(tag) + (is_unspaced(tag) ? "·" : " ") + family;
    }
    case Mention::Kind::place:
        return of.places[mention.value].in(tag);
    case Mention::Kind::number:
        return write_number(draw.chance(freedom.other_number)
                                ? mention.value + draw.between(1, 1 + mention.value / 3)
                                : mention.value,
                            tag);
    case Mention::Kind::date:
        return write_date(of.dates[mention.value], tag);
    case Mention::Kind::meaning:
        break;
    }
    const std::string& word = vocabulary_.concepts[mention.value][language_];
    if (word.empty() || draw.chance(freedom.other_word))
        return here().general[here().general_weights.pick(draw)];
    return word;
}

std::string Phrasing::sentence(const Fact& fact, const Happening& of, Freedom freedom,
                               Draw& draw) const {
    const std::string between = space();
    std::string text;
    for (std::size_t i = 0; i < fact.size(); ++i) {
        if (i > 1 && draw.chance(0.12))
            text += is_unspaced(here().tag) ? "，" : here().tag == "ar" ? "،" : ",";
        for (std::size_t n = draw.below(3); n > 0; --n) {
            text += text.empty() ? "" : between;
            text += here().common[here().common_weights.pick(draw)];
        }
        if (draw.chance(0.25)) {
            text += text.empty() ? "" : between;
            text += here().general[here().general_weights.pick(draw)];
        }
        text += text.empty() ? "" : between;
        text += words(fact[i], of, freedom, draw);
    }
    capitalise(text);
    const std::string& tag = here().tag;
    return text + (is_unspaced(tag) ? "。" : tag == "hi" ? "।" : ".");
}

std::string Phrasing::headline(const Fact& fact, const Happening& of, Freedom freedom,
                               Draw& draw) const {
    std::string text;
    for (const Mention& mention : fact) {
        if (draw.chance(0.3)) {
            text += text.empty() ? "" : space();
            text += here().common[here().common_weights.pick(draw)];
        }
        text += text.empty() ? "" : space();
        text += words(mention, of, freedom, draw);
    }
    capitalise(text);
    return text;
}

std::string Phrasing::dateline(const Happening& of, Draw& draw) const {
    const std::string place = of.places[draw.below(of.places.size())].in(here().tag);
    if (is_unspaced(here().tag))
        return place + write_date(of.dates[0], here().tag) + "电 ";
    if (draw.chance(0.5))
        return place + " (" + Name(draw).in("en") + ") - ";
    return place + ", " + write_date(of.dates[0], here().tag) + " - ";
}

} // namespace bench
