// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/datelines.hpp"

#include "boilerplate/lines.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace fabula::detail {

namespace {

constexpr std::size_t longest_dateline = 160; ///< bytes; half of it in Latin letters
constexpr std::size_t most_words = 6;         ///< before the agency

/// News agencies as they sign, in any form that `line_key` makes equal; separated by '|'.
constexpr std::string_view agencies =
    "AP|Associated Press|Reuters|AFP|dpa|dpa-AFX|ANSA|EFE|Europa Press|Lusa|ANP|Belga|APA|sda|"
    "ats|Keystone-SDA|KNA|epd|AdnKronos|NTB|TT|Ritzau|STT|LETA|BNS|ELTA|ERR|PAP|ČTK|TASR|SITA|"
    "MTI|Agerpres|Mediafax|HINA|Tanjug|Танјуг|Beta|FENA|STA|MINA|БТА|BTA|AA|DHA|İHA|ANKA|"
    "Anadolu|ТАСС|TASS|РИА Новости|Интерфакс|Interfax|БЕЛТА|БелТА|УНІАН|УНИАН|Укрінформ|"
    "Укринформ|Ukrinform|Інтерфакс-Україна|Reuters/AP|AP/Reuters|AFP/Reuters|dpa/AFP|ΑΠΕ-ΜΠΕ|"
    "АПА|Azərtac|Kazinform|Xinhua|新华社|新華社|中新社|中新网|中央社|路透社|法新社|美联社|共同|"
    "共同通信|時事|時事通信|ロイター|AFP時事|연합뉴스|뉴시스|뉴스1|로이터|رويترز|أ ف ب|أ.ف.ب|"
    "د ب أ|واس|وفا|سانا|قنا|وام|ایرنا|ایسنا|مهر|فارس|تسنیم|PTI|ANI|IANS|UNI|भाषा|वार्ता|एएनआई|"
    "एपी|Antara|Bernama|TTXVN|VNA|รอยเตอร์|CNA|UPI|CP|Canadian Press|PA|PA Media|AAP|Xinhuanet|"
    "KCNA|Prensa Latina|Télam|Agência Brasil|Notimex|MAP|APS";

bool is_agency(std::string_view name) {
    static const auto& keys = *new std::set<std::string>(keys_of_phrases(agencies));
    constexpr std::size_t longest_name = 60; // bytes
    return !name.empty() && name.size() <= longest_name && keys.contains(line_key(name));
}

std::size_t skip(std::string_view line, std::size_t at, std::span<const std::string_view> signs) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view sign : signs)
            if (line.substr(at).starts_with(sign)) {
                at += sign.size();
                again = true;
            }
    }
    return at;
}

constexpr std::string_view dividers[] = {" ", "—", "–",  "―",  "-",     ":",
                                         ".", "=", "：", "　", "\u00A0"};

std::size_t after_dividers(std::string_view line, std::size_t at) {
    return skip(line, at, dividers);
}

/// The bracket that `line` begins with, if any.
struct Brackets {
    std::string_view open;
    std::string_view close;
};

constexpr Brackets brackets[] = {{"(", ")"},   {"（", "）"}, {"[", "]"},
                                 {"【", "】"}, {"［", "］"}, {"〔", "〕"}};

/// Inside brackets at the beginning of a line these tell of a dateline in East Asia.
constexpr std::string_view agency_marks[] = {"日电",     "日電",   "电】",     "電】",   "讯",
                                             "訊",       "共同",   "時事",     "記者",   "记者",
                                             "ロイター", "AFP",    "연합뉴스", "뉴시스", "뉴스1",
                                             "기자",     "新华社", "新華社",   "中央社", "中新"};

/// "【北京2月24日电】", "（東京 共同）", "[서울=뉴시스] 김지훈 기자 = "
std::size_t bracketed(std::string_view line) {
    for (const Brackets& pair : brackets) {
        if (!line.starts_with(pair.open))
            continue;
        const std::size_t close = line.find(pair.close, pair.open.size());
        if (close > longest_dateline) // or nowhere
            return 0;
        std::size_t end = close + pair.close.size();
        const std::string_view whole = line.substr(0, end);
        const std::string_view inside = whole.substr(pair.open.size(), close - pair.open.size());
        if (std::none_of(std::begin(agency_marks), std::end(agency_marks),
                         [&](std::string_view word) {
                             return whole.find(word) != std::string_view::npos;
                         }) &&
            !is_agency(inside))
            return 0;
        constexpr std::size_t longest_reporter = 60; // bytes
        for (const std::string_view title : {"기자 =", "특파원 =", "기자="}) {
            const std::size_t at = line.find(title, end);
            if (at != std::string_view::npos && at - end <= longest_reporter)
                end = at + title.size();
        }
        return after_dividers(line, end);
    }
    return 0;
}

/// "新华社北京2月24日电（记者王晓岚）"
std::size_t chinese(std::string_view line) {
    constexpr std::string_view names[] = {"新华社", "新華社", "中新社", "中新网", "中央社",
                                          "本报",   "本報",   "人民网", "央视网"};
    if (std::none_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return line.starts_with(name); }))
        return 0;
    for (const std::string_view wire : {"日电", "日電", "日讯", "日訊"}) {
        const std::size_t at = line.substr(0, longest_dateline).find(wire);
        if (at == std::string_view::npos)
            continue;
        std::size_t end = at + wire.size();
        if (line.substr(end).starts_with("（")) {
            const std::size_t close = line.find("）", end);
            if (close != std::string_view::npos && close - end <= longest_dateline)
                end = close + std::string_view("）").size();
        }
        return after_dividers(line, end);
    }
    return 0;
}

std::size_t count_words(std::string_view text) {
    const std::string key = line_key(text);
    return key.empty() ? 0
                       : 1 + static_cast<std::size_t>(std::count_if(
                                 key.begin(), key.end(), [](char c) { return c == ' '; }));
}

bool has_divider(std::string_view line, std::size_t at) {
    at = skip(line, at, std::array<std::string_view, 2>{" ", "\u00A0"});
    return std::any_of(std::begin(dividers), std::end(dividers), [&](std::string_view sign) {
        return sign != " " && sign != "\u00A0" && line.substr(at).starts_with(sign);
    });
}

/// Whether the first word is written in capitals, as places in datelines are.
bool begins_in_capitals(std::string_view text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = static_cast<UChar32>(next_code_point(text, at));
        if (u_isUUppercase(c) == 0)
            return letters >= 3 && (c == ' ' || c == ',' || c == '/');
        ++letters;
    }
    return letters >= 3;
}

bool has_dash(std::string_view line, std::size_t at) {
    const std::string_view rest = trimmed(line.substr(at));
    return rest.starts_with("— ") || rest.starts_with("– ") || rest.starts_with("- ");
}

/// "WASHINGTON, Feb. 24 (Reuters) — ", "МОСКВА, 24 февраля. /ТАСС/. ". Other agencies than those
/// known are believed behind a place in capitals and before a dash.
std::size_t with_agency(std::string_view line) {
    const std::string_view beginning = line.substr(0, longest_dateline);
    for (const Brackets& pair : {Brackets{"(", ")"}, Brackets{"/", "/"}, Brackets{"（", "）"}}) {
        for (std::size_t open = beginning.find(pair.open); open != std::string_view::npos;
             open = beginning.find(pair.open, open + pair.open.size())) {
            const std::size_t inside = open + pair.open.size();
            const std::size_t close = beginning.find(pair.close, inside);
            if (close == std::string_view::npos)
                break;
            const std::string_view name = beginning.substr(inside, close - inside);
            const std::string_view place = trimmed(beginning.substr(0, open));
            const std::size_t end = close + pair.close.size();
            constexpr std::size_t most_words_of_agency = 2;
            if (!is_agency(name) && (!begins_in_capitals(place) || !has_dash(line, end) ||
                                     count_words(name) > most_words_of_agency))
                continue;
            if (count_words(place) > most_words ||
                (!has_divider(line, end) && !place.ends_with(')')))
                return 0;
            return after_dividers(line, end);
        }
    }
    return 0;
}

/// "TEHRAN - ایرنا - ": the agency between dividers.
std::size_t between_dashes(std::string_view line) {
    const std::string_view beginning = line.substr(0, longest_dateline);
    for (const std::string_view dash : {" - ", " – ", " — "}) {
        const std::size_t first = beginning.find(dash);
        if (first == std::string_view::npos)
            continue;
        const std::size_t name = first + dash.size();
        const std::size_t second = beginning.find(dash, name);
        if (second != std::string_view::npos && count_words(beginning.substr(0, first)) <= 3 &&
            is_agency(beginning.substr(name, second - name)))
            return second + dash.size();
    }
    return 0;
}

/// "LONDON, 24 February — "
std::size_t with_date(std::string_view line) {
    constexpr std::size_t date_words = 3;
    const std::string_view beginning = line.substr(0, longest_dateline);
    for (const std::string_view dash : {" — ", " – ", " - "}) {
        const std::size_t at = beginning.find(dash);
        const std::string_view date = beginning.substr(0, at);
        if (at != std::string_view::npos && begins_in_capitals(date) &&
            date.find(',') != std::string_view::npos &&
            date.find_first_of("0123456789") != std::string_view::npos &&
            count_words(date) <= date_words)
            return at + dash.size();
    }
    return 0;
}

} // namespace

std::size_t dateline_length(std::string_view line) {
    for (const auto find : {bracketed, chinese, with_agency, between_dashes, with_date})
        if (const std::size_t length = std::min(find(line), line.size()); length > 0) {
            const std::size_t stop = line.substr(0, length + longest_dateline).find(". ", length);
            return stop != std::string_view::npos && is_agency(line.substr(length, stop - length))
                       ? stop + 2
                       : length;
        }
    return 0;
}

std::size_t possible_dateline_length(std::string_view line) {
    constexpr std::size_t longest_candidate = 100; // bytes
    const std::string_view beginning = line.substr(0, longest_candidate);
    std::size_t at = beginning.size();
    std::size_t length = 0;
    for (const std::string_view divider : {" — ", " – ", " - ", ".- ", ". ", "، "})
        if (const std::size_t found = beginning.find(divider); found < at) {
            at = found;
            length = found + divider.size();
        }
    if (const std::size_t found = beginning.find(": ");
        found < at && begins_in_capitals(beginning.substr(0, found))) {
        at = found;
        length = found + 2;
    }
    if (length == 0 || count_words(beginning.substr(0, at)) > most_words)
        return 0;
    // A date and an agency, each with a full stop: "Вашингтон. 9 лютого. УНІАН. "
    std::size_t end = length;
    for (int i = 0; i < 2; ++i) {
        const std::size_t stop = line.substr(0, end + longest_candidate).find(". ", end);
        if (stop == std::string_view::npos)
            break;
        const std::string_view piece = line.substr(end, stop - end);
        end = stop + 2;
        if (is_agency(piece))
            return end;
        if (piece.empty() || piece.front() < '0' || piece.front() > '9')
            break;
    }
    return length;
}

std::size_t last_sentence_begin(std::string_view line) {
    constexpr std::size_t widest = 120;
    constexpr std::size_t longest = 4 * widest + 4; // bytes: what begins before it is too wide
    const std::string_view all = trimmed(line);
    const std::size_t from = all.size() - std::min(all.size(), longest);
    std::size_t begin = 0;
    // The stop that ends the candidate itself does not count.
    const std::string_view inside = all.substr(from, all.size() - from - (all.empty() ? 0 : 1));
    for (const std::string_view sign :
         {". ", "? ", "! ", "\" ", "» ", "” ", "… ", ") ", "。", "।", " ©", " ("})
        if (const std::size_t at = rfind_separator(inside, sign); at != std::string_view::npos)
            begin = std::max(begin, from + (sign.front() == ' ' ? at : at + sign.size()));
    if (begin == 0 || line_width(all.substr(begin)) > widest)
        return line.size();
    return static_cast<std::size_t>(all.data() - line.data()) + begin;
}

std::size_t signature_begin(std::string_view line) {
    constexpr std::size_t longest_signature = 60; // bytes
    const std::string_view end = trimmed(line);
    if (end.size() <= longest_signature && is_agency(end))
        return 0;
    for (const Brackets& pair : {Brackets{"(", ")"}, Brackets{"/", "/"}, Brackets{"（", "）"}}) {
        if (end.size() < pair.open.size() + pair.close.size() || !end.ends_with(pair.close))
            continue;
        const std::size_t close = end.size() - pair.close.size();
        const std::size_t open = end.rfind(pair.open, close - pair.open.size());
        if (open == std::string_view::npos)
            continue;
        const std::size_t inside = open + pair.open.size();
        if (inside <= close && is_agency(end.substr(inside, close - inside)))
            return static_cast<std::size_t>(end.data() - line.data()) + open;
    }
    return line.size();
}

} // namespace fabula::detail
