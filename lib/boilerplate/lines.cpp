// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/lines.hpp"

#include "boilerplate/line_key.hpp"
#include "boilerplate/phrases/phrases.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <unordered_map>

namespace fabula::detail {

namespace {

/// Widest text (see `line_width`) that may follow a phrase: beyond it the line has something to
/// say.
constexpr std::size_t widest_rest = 80;
constexpr std::size_t widest_headline = 160;
/// No phrase with its rest is longer, so longer lines need not be looked at.
constexpr std::size_t longest_candidate = 600; ///< bytes
constexpr std::size_t longest_address = 2000;  ///< bytes

bool is_ascii_letter_or_digit(UChar32 c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// Bytes of ASCII at the beginning, or some of them.
std::size_t ascii_prefix(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
    std::size_t at = 0;
    for (std::uint64_t bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes) {
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        if ((bytes & high_bits) != 0)
            break;
    }
    return at;
}

/// Looks up a string by a view of it.
struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

std::string_view word_at_begin(std::string_view key) {
    return key.substr(0, key.find_first_of(" :"));
}

/// How a phrase makes a line boilerplate, from the strictest on.
enum Rule : unsigned {
    rule_whole = 1,
    rule_label = 2,
    rule_start = 4,
    rule_heading = 8,
};

/// Phrases by their keys.
class PhraseTable {
public:
    static const PhraseTable& shared() {
        static const PhraseTable& one = *new PhraseTable;
        return one;
    }

    [[nodiscard]] unsigned rules(std::string_view key) const {
        const auto found = rules_.find(key);
        return found == rules_.end() ? 0 : found->second;
    }

    [[nodiscard]] bool is_publisher(std::string_view key) const {
        return publishers_.contains(std::string(key));
    }

    /// Whether a phrase begins with this word: most lines need no further look.
    [[nodiscard]] bool begins_phrase(std::string_view word) const {
        return lengths_.find(word) != lengths_.end();
    }

    /// Calls visit(end, rules) for the phrases with which the key begins and after which a word
    /// ends in it, the shorter first, until one says yes; whether one did.
    template <class Visit>
    [[nodiscard]] bool any_at_begin(std::string_view key, const Visit& visit) const {
        const auto lengths = lengths_.find(word_at_begin(key));
        if (lengths == lengths_.end())
            return false;
        for (const std::size_t end : lengths->second) {
            if (end >= key.size())
                break;
            if ((key[end] == ' ' || key[end] == ':') && visit(end, rules(key.substr(0, end))))
                return true;
        }
        return false;
    }

private:
    PhraseTable() {
        add(boilerplate_phrases_latin());
        add(boilerplate_phrases_other());
        publishers_ = keys_of_phrases(publisher_names());
    }

    void add(std::span<const BoilerplatePhrases> languages) {
        for (const BoilerplatePhrases& of : languages) {
            add(of.related, rule_whole | rule_label | rule_heading);
            add(of.related_start, rule_whole | rule_label | rule_start | rule_heading);
            add(of.whole, rule_whole);
            add(of.label, rule_whole | rule_label);
            add(of.start, rule_whole | rule_label | rule_start);
        }
    }

    void add(std::string_view phrases, unsigned rules) {
        for (const std::string& key : keys_of_phrases(phrases)) {
            lengths_[std::string(word_at_begin(key))].insert(key.size());
            rules_[key] |= rules;
        }
    }

    StringMap<unsigned> rules_;
    StringMap<std::set<std::size_t>> lengths_; ///< of the phrases that begin with a word
    std::set<std::string> publishers_;
};

bool is_digits(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `key` without numbers and dividers at its ends: "3 comments", "Коментарі — 0".
std::string_view without_counts(std::string_view key) {
    const auto is_gap = [](char c) { return c == ' ' || c == ':'; };
    while (!key.empty()) {
        if (is_gap(key.back())) {
            key.remove_suffix(1);
            continue;
        }
        if (is_gap(key.front())) {
            key.remove_prefix(1);
            continue;
        }
        const std::size_t last = key.find_last_of(" :");
        const std::size_t first = key.find_first_of(" :");
        if (last != std::string_view::npos && is_digits(key.substr(last + 1)))
            key = key.substr(0, last);
        else if (first != std::string_view::npos && is_digits(key.substr(0, first)))
            key = key.substr(first + 1);
        else
            break;
    }
    return key;
}

bool is_space_or_break(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The first word of a line as it stands there; empty where a number or a sign may come before it.
std::string_view first_word(std::string_view line) {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool inside = false;
    for (std::size_t next = 0; end < line.size(); end = next) {
        const auto c = static_cast<UChar32>(next_code_point(line, next));
        if (c == 0x00A9 || u_charDigitValue(c) >= 0)
            return {};
        if (is_key_letter(c)) {
            if (!inside)
                begin = end;
            inside = true;
        } else if (inside && !is_apostrophe(c) &&
                   u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0) {
            break;
        }
    }
    return line.substr(begin, end - begin);
}

bool is_address(std::string_view line) {
    return line.size() <= longest_address &&
           (line.starts_with("http://") || line.starts_with("https://") ||
            line.starts_with("www.")) &&
           std::none_of(line.begin(), line.end(), is_space_or_break);
}

/// Whether a line break may begin with this byte: one in thousands does.
constexpr std::array<bool, 256> may_break = [] {
    std::array<bool, 256> out{};
    for (const unsigned char byte : {'\r', '\n', '\v', '\f'})
        out[byte] = true;
    out[0xC2] = true;
    out[0xE2] = true;
    return out;
}();

/// Length of the line break at `at`, 0 where there is none.
std::size_t line_break(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    switch (byte(at)) {
    case '\r':
        return byte(at + 1) == '\n' ? 2 : 1;
    case '\n':
    case '\v':
    case '\f':
        return 1;
    case 0xC2:
        return byte(at + 1) == 0x85 ? 2 : 0;
    case 0xE2:
        return byte(at + 1) == 0x80 && (byte(at + 2) == 0xA8 || byte(at + 2) == 0xA9) ? 3 : 0;
    default:
        return 0;
    }
}

} // namespace

std::string_view trimmed(std::string_view line) {
    while (!line.empty() && is_space_or_break(line.front()))
        line.remove_prefix(1);
    while (!line.empty() && is_space_or_break(line.back()))
        line.remove_suffix(1);
    return line;
}

std::vector<ByteRange> split_lines(std::string_view text) {
    std::vector<ByteRange> lines;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!may_break[static_cast<unsigned char>(text[i])]) {
            ++i;
            continue;
        }
        const std::size_t length = line_break(text, i);
        i += std::max<std::size_t>(length, 1);
        if (length > 0) {
            lines.push_back({begin, i});
            begin = i;
        }
    }
    if (begin < text.size())
        lines.push_back({begin, text.size()});
    return lines;
}

std::size_t find_separator(std::string_view text, std::string_view separator) {
    const std::size_t sign = separator.find_first_not_of(' ');
    const std::size_t end = separator.find_last_not_of(' ') + 1;
    for (std::size_t from = sign; from < text.size();) {
        const std::size_t at = text.find(separator.substr(sign, end - sign), from);
        if (at == std::string_view::npos)
            break;
        if (text.substr(at - sign).starts_with(separator))
            return at - sign;
        from = at + 1;
    }
    return std::string_view::npos;
}

std::size_t rfind_separator(std::string_view text, std::string_view separator) {
    std::size_t last = std::string_view::npos;
    for (std::size_t from = 0;;) {
        const std::size_t at = find_separator(text.substr(from), separator);
        if (at == std::string_view::npos)
            return last;
        last = from + at;
        from = last + 1;
    }
}

std::size_t count_letters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = static_cast<UChar32>(next_code_point(text, at));
        count += (c < 0x80 ? is_ascii_letter_or_digit(c) : u_isalnum(c) != 0) ? 1 : 0;
    }
    return count;
}

std::size_t line_width(std::string_view text) {
    std::size_t at = ascii_prefix(text);
    std::size_t width = at;
    while (at < text.size()) {
        const char32_t c = next_code_point(text, at);
        width += c >= 0x1100 && (c < 0x1200 || c >= 0x2E80) ? 2 : 1;
    }
    return width;
}

std::set<std::string> keys_of_phrases(std::string_view phrases) {
    std::set<std::string> keys;
    while (!phrases.empty()) {
        const std::size_t bar = phrases.find('|');
        if (std::string key = line_key(phrases.substr(0, bar)); !key.empty())
            keys.insert(std::move(key));
        phrases.remove_prefix(bar == std::string_view::npos ? phrases.size() : bar + 1);
    }
    return keys;
}

LineKind classify_line(std::string_view line) {
    line = trimmed(line);
    if (is_address(line))
        return LineKind::boilerplate;
    if (line.empty() || line.size() > longest_candidate)
        return LineKind::own_words;
    const PhraseTable& table = PhraseTable::shared();
    const std::string_view word = first_word(line);
    if (!word.empty() && !table.begins_phrase(line_key(word)))
        return LineKind::own_words;
    const std::string key = line_key(line);
    if (const unsigned rules = table.rules(without_counts(key)); rules != 0)
        return (rules & rule_heading) != 0 ? LineKind::heading : LineKind::boilerplate;
    const bool begins_so = table.any_at_begin(key, [&](std::size_t end, unsigned rules) {
        const unsigned needed = key[end] == ':' ? rule_label | rule_start : rule_start;
        return (rules & needed) != 0 &&
               line_width(std::string_view(key).substr(end)) <= widest_rest;
    });
    return begins_so ? LineKind::boilerplate : LineKind::own_words;
}

bool looks_like_headline(std::string_view line) {
    line = trimmed(line);
    if (line.size() > longest_candidate || line_width(line) > widest_headline)
        return false;
    char32_t last = 0;
    for (std::size_t at = line.size(); at > 0;) {
        const char32_t c = previous_code_point(line, at);
        if (c == '"' || c == ')' || c == 0x201D || c == 0x2019 || c == 0x00BB || c == 0x300D)
            continue;
        last = c;
        break;
    }
    // Full stops of Latin, Devanagari, Arabic, Armenian, Ethiopic and East Asian scripts.
    constexpr char32_t stops[] = {U'.',      U':',      U';',      U'\u0964', U'\u06D4',
                                  U'\u0589', U'\u1362', U'\u3002', U'\uFF0E'};
    return std::find(std::begin(stops), std::end(stops), last) == std::end(stops);
}

bool is_publisher_name(std::string_view key) {
    return PhraseTable::shared().is_publisher(key);
}

namespace {

constexpr std::size_t longest_learned = 200; ///< code points of a line
/// Short lines whose numbers change stay the same line: "Updated 14:05", "12 comments".
constexpr std::size_t widest_with_numbers = 60;

/// A key with every number made 0.
std::string with_equal_numbers(std::string_view key) {
    std::string out;
    for (const char c : key) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit || out.empty() || out.back() != '0')
            out.push_back(digit ? '0' : c);
    }
    return out;
}

} // namespace

bool may_be_learned(std::string_view line) {
    return line.size() <= 4 * longest_learned &&
           first_code_points(line, longest_learned).size() == line.size();
}

std::string learned_key(std::string_view line, std::string_view key) {
    if (key.size() > widest_with_numbers || is_statement(line))
        return std::string(key);
    std::string out = with_equal_numbers(key);
    return out == "0" || out == ":" ? std::string{} : out;
}

bool is_prose(std::string_view line) {
    constexpr std::size_t least_sentence = 40; ///< width
    constexpr std::size_t least_other = 80;
    const std::size_t width = line_width(line.substr(0, 4 * least_other));
    return width >= least_other || (width >= least_sentence && !looks_like_headline(line));
}

bool is_statement(std::string_view line) {
    constexpr std::size_t least_width = 60;
    return line_width(line.substr(0, 4 * least_width)) >= least_width || is_prose(line);
}

} // namespace fabula::detail
