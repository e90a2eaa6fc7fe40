// SPDX-License-Identifier: Apache-2.0
#include "features/quantities/calendars.hpp"

#include "features/quantities/number_shapes.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace fabula::detail {

namespace {

/// How years are counted: the first Gregorian one of a year, and whether it goes on into the next.
enum class Count { plain, straddling, islamic };

struct Calendar {
    std::string_view sign; ///< before or behind the number, without spaces around it
    int first{};           ///< year that may be meant
    int last{};
    int offset{};
    Count count{};
};

constexpr Calendar eras[] = {
    {"令和", 1, 60, 2018, Count::plain},  {"平成", 1, 31, 1988, Count::plain},
    {"昭和", 1, 64, 1925, Count::plain},  {"大正", 1, 15, 1911, Count::plain},
    {"明治", 1, 45, 1867, Count::plain},  {"㋿", 1, 60, 2018, Count::plain},
    {"㍻", 1, 31, 1988, Count::plain},    {"㍼", 1, 64, 1925, Count::plain},
    {"民國", 1, 200, 1911, Count::plain}, {"民国", 1, 200, 1911, Count::plain},
    {"주체", 1, 200, 1911, Count::plain}, {"단기", 4233, 4433, -2333, Count::plain},
};

constexpr Calendar signs_before[] = {
    // Buddhist years: Thai, Lao, Khmer
    {"พ.ศ.", 2443, 2642, -543, Count::plain},
    {"พ.ศ", 2443, 2642, -543, Count::plain},
    {"พศ.", 2443, 2642, -543, Count::plain},
    {"พุทธศักราช", 2443, 2642, -543, Count::plain},
    {"ปี", 2443, 2642, -543, Count::plain},
    {"ພ.ສ.", 2443, 2642, -543, Count::plain},
    {"ພ.ສ", 2443, 2642, -543, Count::plain},
    {"ព.ស.", 2443, 2642, -543, Count::plain},
    {"ព.ស", 2443, 2642, -543, Count::plain},
    {"ពុទ្ធសករាជ", 2443, 2642, -543, Count::plain},
    // Iranian
    {"سال", 1279, 1478, 621, Count::straddling},
    {"سنه", 1279, 1478, 621, Count::straddling},
    {"کال", 1279, 1478, 621, Count::straddling}, // Pashto
    // Nepalese
    {"वि.सं.", 1957, 2156, -57, Count::straddling},
    {"वि.सं", 1957, 2156, -57, Count::straddling},
    {"वि. सं.", 1957, 2156, -57, Count::straddling},
};

constexpr Calendar signs_behind[] = {
    // Islamic; before those of which they are the beginning
    {"هجری شمسی", 1279, 1478, 621, Count::straddling},
    {"هجری خورشیدی", 1279, 1478, 621, Count::straddling},
    {"هـ.ش", 1279, 1478, 621, Count::straddling},
    {"ه.ش", 1279, 1478, 621, Count::straddling},
    {"ه‍.ش", 1279, 1478, 621, Count::straddling},
    {"شمسی", 1279, 1478, 621, Count::straddling},
    {"خورشیدی", 1279, 1478, 621, Count::straddling},
    {"لمریز", 1279, 1478, 621, Count::straddling},
    {"هـ", 1318, 1522, 0, Count::islamic},
    {"ه\u200D", 1318, 1522, 0, Count::islamic},
    {"للهجرة", 1318, 1522, 0, Count::islamic},
    {"هجري", 1318, 1522, 0, Count::islamic},
    {"هجری", 1318, 1522, 0, Count::islamic},
    {"ہجری", 1318, 1522, 0, Count::islamic},
    // Ethiopian, Bengali, Nepalese, Indian
    {"ዓ.ም", 1893, 2092, 7, Count::straddling},
    {"ዓ/ም", 1893, 2092, 7, Count::straddling},
    {"ዓመተ ምሕረት", 1893, 2092, 7, Count::straddling},
    {"বঙ্গাব্দ", 1307, 1506, 593, Count::straddling},
    {"विक्रम संवत्", 1957, 2156, -57, Count::straddling},
};

/// What a number of four digits is without a sign, in languages whose news say it so.
struct OwnCalendar {
    std::string_view language;
    Calendar calendar;
};
constexpr OwnCalendar own_calendars[] = {
    {"fa", {"", 1381, 1430, 621, Count::straddling}},
    {"ne", {"", 2061, 2099, -57, Count::straddling}},
};

GregorianYears years_of(const Calendar& calendar, int year) {
    if (calendar.count == Count::islamic) { // a lunar year has 0.970224 of a solar one
        constexpr std::int64_t million = 1'000'000;
        const std::int64_t begin = 622'540'000 + std::int64_t{970'224} * (year - 1);
        return {static_cast<int>(begin / million), static_cast<int>((begin + 970'224) / million)};
    }
    const int first = year + calendar.offset;
    return {first, first + (calendar.count == Count::straddling ? 1 : 0)};
}

bool may_be(const Calendar& calendar, int year) {
    return year >= calendar.first && year <= calendar.last;
}

std::string_view before(std::string_view text, std::size_t at) {
    constexpr std::size_t enough = 48; // bytes
    const std::size_t begin = at > enough ? at - enough : 0;
    std::string_view out = text.substr(begin, at - begin);
    while (!out.empty() && out.back() == ' ')
        out.remove_suffix(1);
    return out;
}

/// Whether a sign for years since Christ stands there: Ethiopian news say which they mean.
bool is_gregorian(std::string_view text_before) {
    for (const std::string_view sign : {"እ.ኤ.አ", "እ.ኤ.አ.", "እኤአ", "እ.አ.አ", "እ.አ.አ."})
        if (text_before.ends_with(sign))
            return true;
    return false;
}

/// Whether a word begins with the sign at the end: سال in امسال is none.
bool begins_word(std::string_view text, std::size_t sign_size) {
    std::size_t at = text.size() - sign_size;
    if (at == 0)
        return true;
    const char32_t c = previous_code_point(text, at);
    return !(c >= 0x0620 && c < 0x0700);
}

} // namespace

bool is_behind_era(std::string_view text, std::size_t at) {
    const std::string_view there = text.substr(0, at);
    return std::any_of(std::begin(eras), std::end(eras),
                       [&](const Calendar& era) { return there.ends_with(era.sign); });
}

std::optional<GregorianYears> years_of_other_calendar(std::string_view text, std::size_t begin,
                                                      std::size_t end, int number,
                                                      std::string_view language) {
    const std::string_view there = before(text, begin);
    std::size_t next = skip_space(text, end);
    const char32_t unit = next_code_point(text, next);
    if (unit == U'年' || unit == U'년' || number > 999)
        for (const Calendar& era : eras)
            if (may_be(era, number) && there.ends_with(era.sign))
                return years_of(era, number);
    if (number < 1279)
        return std::nullopt;
    for (const Calendar& calendar : signs_before)
        if (may_be(calendar, number) && there.ends_with(calendar.sign) &&
            begins_word(there, calendar.sign.size()))
            return years_of(calendar, number);
    const std::string_view behind = text.substr(skip_space(text, end));
    for (const Calendar& calendar : signs_behind)
        if (may_be(calendar, number) && behind.starts_with(calendar.sign) && !is_gregorian(there))
            return years_of(calendar, number);
    for (const OwnCalendar& own : own_calendars)
        if (own.language == language && may_be(own.calendar, number))
            return years_of(own.calendar, number);
    return std::nullopt;
}

GregorianDay gregorian_of_persian(int year, int month, int day) {
    const auto floor_divided = [](int a, int b) { return a / b - (a % b < 0 ? 1 : 0); };
    const int before_month = month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
    const int julian_day =
        1'948'319 + 365 * (year - 1) + floor_divided(8 * year + 21, 33) + before_month + day;
    // Fliegel and Van Flandern's way back, CACM 11 (1968) 657.
    int l = julian_day + 68'569;
    const int n = 4 * l / 146'097;
    l -= (146'097 * n + 3) / 4;
    const int i = 4000 * (l + 1) / 1'461'001;
    l += 31 - 1461 * i / 4;
    const int j = 80 * l / 2447;
    return {100 * (n - 49) + i + j / 11, j + 2 - 12 * (j / 11), l - 2447 * j / 80};
}

int persian_month(std::string_view normalised) {
    constexpr std::string_view month_word = "ماه"; // in one with the name, at times
    if (normalised.ends_with(month_word))
        normalised.remove_suffix(month_word.size());
    constexpr std::string_view names[][12] = {{"فروردين", "ارديبهشت", "خرداد", "تير", "مرداد",
                                               "شهريور", "مهر", "ابان", "اذر", "دي", "بهمن",
                                               "اسفند"},
                                              {"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله",
                                               "ميزان", "عقرب", "قوس", "جدي", "دلو", "حوت"},
                                              {"وري", "غويي", "غبرگولي", "چنگاښ", "زمري", "وږي",
                                               "تله", "لړم", "ليندۍ", "مرغومي", "سلواغه", "كب"}};
    for (const auto& calendar : names)
        for (int month = 0; month < 12; ++month)
            if (calendar[month] == normalised)
                return month + 1;
    return 0;
}

char32_t calendar_unit(char32_t c) {
    switch (c) {
    case U'年':
    case U'년':
        return U'年';
    case U'月':
    case U'월':
        return U'月';
    case U'日':
    case U'일':
    case U'号':
    case U'號':
        return U'日';
    default:
        return 0;
    }
}

bool is_joint(std::string_view text, std::size_t begin, std::size_t end, bool full_stop) {
    constexpr std::size_t longest = 16; // bytes
    if (end < begin || end - begin > longest)
        return false;
    std::string_view gap = text.substr(begin, end - begin);
    if (!full_stop && gap.find('.') != std::string_view::npos)
        return false;
    constexpr std::string_view edges = " ,.-'\xC2\xA0\xBA\xB0\xE2\x80\x99"; // and º ° ’
    const std::size_t first = gap.find_first_not_of(edges);
    if (first == std::string_view::npos)
        return true;
    gap = gap.substr(first, gap.find_last_not_of(edges) + 1 - first);
    constexpr std::string_view links[] = {
        "of", "de", "del", "d",  "do",  "the", "st", "nd", "rd",  "th",  "er", "m",  "من",
        "го", "е",  "ге",  "те", "ого", "του", "ης", "η",  "năm", "año", "ko", "hb", "ماه"};
    return std::find(std::begin(links), std::end(links), gap) != std::end(links);
}

} // namespace fabula::detail
