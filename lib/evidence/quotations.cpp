// SPDX-License-Identifier: Apache-2.0
#include "evidence/quotations.hpp"

#include "evidence/fingerprint.hpp"
#include "model/subwords.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace fabula::detail {

namespace {

/// An open mark much further back than the longest quotation has lost its partner.
constexpr std::size_t longest_bytes = 2400;
/// Lengths are counted in thirds of a word: a Chinese character is two.
constexpr std::size_t thirds_of_word = 3;
constexpr std::size_t thirds_of_ideograph = 2;

/// Marks that close each other; each family may be open once.
enum Family : std::size_t {
    guillemets,
    single_guillemets,
    doubles,
    singles,
    corners,
    white_corners
};
constexpr std::size_t families = 6;

constexpr UChar32 straight = '"';
constexpr UChar32 left_guillemet = 0x00AB;
constexpr UChar32 right_guillemet = 0x00BB;
constexpr UChar32 left_single = 0x2018;
constexpr UChar32 right_single = 0x2019;
constexpr UChar32 low_single = 0x201A;
constexpr UChar32 left_double = 0x201C;
constexpr UChar32 right_double = 0x201D;
constexpr UChar32 low_double = 0x201E;

bool is_space(UChar32 c) {
    return c == 0 || u_isUWhiteSpace(c) != 0;
}

bool is_ideograph(UChar32 c) {
    return (c >= 0x3040 && c <= 0x30FF) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0;
}

/// Words of Chinese and Japanese stand against their marks without a space.
bool is_letter(UChar32 c) {
    return u_isalnum(c) != 0 && !is_ideograph(c);
}

class Scanner {
public:
    explicit Scanner(std::string_view text)
        : bytes_(reinterpret_cast<const std::uint8_t*>(text.data())),
          size_(static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX))) {}

    std::vector<ByteRange> operator()() {
        for (std::int32_t at = 0; at < size_;) {
            const std::uint8_t byte = bytes_[at];
            if (byte == '\n') {
                close_line();
                ++at;
            } else if (byte == '"' || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 ||
                       byte == 0xEF) {
                const std::int32_t begin = at;
                UChar32 mark = 0;
                U8_NEXT(bytes_, at, size_, mark);
                meet(mark, begin, at);
            } else {
                ++at; // no lead byte of a mark
            }
        }
        return std::move(found_);
    }

private:
    struct Open {
        UChar32 mark{}; ///< 0: none
        std::size_t begin{};
    };

    [[nodiscard]] UChar32 before(std::int32_t at) const {
        std::int32_t begin = at;
        while (begin > 0 && at - begin < 4 && (begin == at || (bytes_[begin] & 0xC0U) == 0x80U))
            --begin;
        return begin < at ? after(begin) : 0;
    }

    [[nodiscard]] UChar32 after(std::int32_t at) const {
        UChar32 c = 0;
        if (at < size_)
            U8_NEXT(bytes_, at, size_, c);
        return c;
    }

    void close_line() {
        for (Open& open : open_)
            if (open.mark == straight || open.mark == right_double ||
                open.mark == right_guillemet || open.mark == left_single)
                open.mark = 0;
    }

    void meet(UChar32 mark, std::int32_t begin, std::int32_t end) {
        if (mark == 0xFF02) // full width
            mark = straight;
        switch (mark) {
        case left_guillemet:
        case right_guillemet:
            meet_guillemet(guillemets, mark, begin, end);
            break;
        case 0x2039:
            meet_guillemet(single_guillemets, left_guillemet, begin, end);
            break;
        case 0x203A:
            meet_guillemet(single_guillemets, right_guillemet, begin, end);
            break;
        case straight:
        case left_double:
        case right_double:
        case low_double:
            meet_double(mark, begin, end);
            break;
        case left_single:
        case right_single:
        case low_single:
            meet_single(mark, begin, end);
            break;
        case 0x300C: // 「
        case 0xFE41: // ﹁
            open(corners, mark, end);
            break;
        case 0x300D: // 」
        case 0xFE42: // ﹂
            close(corners, begin);
            break;
        case 0x300E: // 『
        case 0xFE43: // ﹃
            open(white_corners, mark, end);
            break;
        case 0x300F: // 』
        case 0xFE44: // ﹄
            close(white_corners, begin);
            break;
        default:
            break;
        }
    }

    /// Whether a mark stands as an opening one does: before a word and not behind one.
    [[nodiscard]] bool looks_opening(std::int32_t begin, std::int32_t end) const {
        return !is_space(after(end)) && !is_letter(before(begin));
    }

    [[nodiscard]] bool looks_closing(std::int32_t begin, std::int32_t end) const {
        return !is_space(before(begin)) && !is_letter(after(end));
    }

    void meet_guillemet(Family family, UChar32 mark, std::int32_t begin, std::int32_t end) {
        const UChar32 opened = opened_by(family, begin);
        const bool opening = looks_opening(begin, end);
        if (opened != 0 && opened != mark)
            close(family, begin);
        else if (mark == left_guillemet || (opened == 0 && opening))
            open(family, mark, end);
        else if (opened == right_guillemet && opening && !looks_closing(begin, end))
            open(family, mark, end);
        else if (opened == right_guillemet)
            close(family, begin);
    }

    void meet_double(UChar32 mark, std::int32_t begin, std::int32_t end) {
        const UChar32 opened = opened_by(doubles, begin);
        const bool opening = looks_opening(begin, end);
        const bool closing = looks_closing(begin, end);
        bool closes = false;
        switch (mark) {
        case left_double:
            closes = opened == low_double || (opened == left_double && closing && !opening);
            break;
        case right_double:
            closes = opened != 0 && !(opened == right_double && opening && !closing);
            break;
        case straight:
            closes = opened != 0 && closing;
            break;
        default:
            break;
        }
        if (closes)
            close(doubles, begin);
        else if (mark == low_double || (mark == left_double && (opening || !closing)) || opening)
            open(doubles, mark, end);
    }

    void meet_single(UChar32 mark, std::int32_t begin, std::int32_t end) {
        const UChar32 opened = opened_by(singles, begin);
        if (mark == low_single ||
            (mark == left_single && opened != low_single && looks_opening(begin, end)))
            open(singles, mark, end);
        else if (opened != 0 && looks_closing(begin, end))
            close(singles, begin);
    }

    /// The mark that a family is open with, 0 where it is not.
    UChar32 opened_by(Family family, std::int32_t at) {
        Open& open = open_[family];
        if (open.mark != 0 && static_cast<std::size_t>(at) - open.begin > longest_bytes)
            open.mark = 0;
        return open.mark;
    }

    void open(Family family, UChar32 mark, std::int32_t end) {
        open_[family] = {mark, static_cast<std::size_t>(end)};
    }

    void close(Family family, std::int32_t begin) {
        if (opened_by(family, begin) == 0)
            return;
        found_.push_back({open_[family].begin, static_cast<std::size_t>(begin)});
        open_[family].mark = 0;
    }

    const std::uint8_t* bytes_;
    std::int32_t size_;
    std::array<Open, families> open_{};
    std::vector<ByteRange> found_;
};

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

bool is_ideographic(const Token& word) {
    return word.kind == TokenKind::ideographic || word.kind == TokenKind::kana;
}

std::size_t thirds(const Token& word) {
    return is_ideographic(word) ? thirds_of_ideograph * code_points(word.native) : thirds_of_word;
}

std::span<const Token> words_in(const ByteRange& range, std::span<const Token> words) {
    const auto begins_before = [](const Token& word, std::size_t byte) {
        return word.range.begin < byte;
    };
    const auto first = std::lower_bound(words.begin(), words.end(), range.begin, begins_before);
    const auto last = std::lower_bound(first, words.end(), range.end, begins_before);
    return {first, last};
}

bool has_length(std::span<const Token> words) {
    std::size_t sum = 0;
    for (const Token& word : words)
        if ((sum += thirds(word)) > longest_quotation * thirds_of_word)
            return false;
    return sum >= shortest_quotation * thirds_of_word;
}

QuotationKeys keys_of(std::span<const Token> words) {
    std::vector<std::uint64_t> units;
    std::size_t ideographs = 0;
    for (const Token& word : words) {
        if (!is_ideographic(word)) {
            units.push_back(word_hash(word.native));
            continue;
        }
        for (std::size_t i = 0; i < word.native.size();) {
            std::size_t next = i + 1;
            while (next < word.native.size() &&
                   (static_cast<unsigned char>(word.native[next]) & 0xC0U) == 0x80U)
                ++next;
            units.push_back(word_hash(word.native.substr(i, next - i)));
            i = next;
            ++ideographs;
        }
    }
    const std::size_t run = 2 * ideographs > units.size() ? 4 : 3;
    std::vector<std::uint32_t> hashes;
    for (std::size_t i = 0; i + run <= units.size(); ++i)
        hashes.push_back(shingle_hash({units.data() + i, run}));
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    QuotationKeys keys;
    keys.count = static_cast<std::uint32_t>(std::min(hashes.size(), QuotationKeys::size));
    std::copy_n(hashes.begin(), keys.count, keys.values.begin());
    return keys;
}

std::size_t found_in(std::span<const QuotationKeys> a, std::span<const QuotationKeys> b) {
    return static_cast<std::size_t>(std::ranges::count_if(a, [&](const QuotationKeys& x) {
        return std::ranges::any_of(b, [&](const QuotationKeys& y) { return same_quotation(x, y); });
    }));
}

} // namespace

std::vector<ByteRange> find_quotations(std::string_view text, std::span<const Token> words) {
    std::vector<ByteRange> found = Scanner(text)();
    std::erase_if(found,
                  [&](const ByteRange& range) { return !has_length(words_in(range, words)); });
    std::sort(found.begin(), found.end(), [](const ByteRange& a, const ByteRange& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::size_t end = 0;
    std::erase_if(found, [&](const ByteRange& range) {
        const bool nested = range.end <= end;
        end = std::max(end, range.end);
        return nested;
    });
    return found;
}

std::vector<QuotationKeys> quotation_keys(std::string_view text, std::span<const Token> words) {
    std::vector<QuotationKeys> out;
    for (const ByteRange& range : find_quotations(text, words)) {
        if (out.size() == most_quotations)
            break;
        out.push_back(keys_of(words_in(range, words)));
    }
    return out;
}

bool same_quotation(const QuotationKeys& a, const QuotationKeys& b) {
    const std::uint32_t enough = std::clamp(std::min(a.count, b.count), 2U, 3U);
    std::uint32_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.count && j < b.count && shared < enough;) {
        if (a.values[i] == b.values[j])
            ++shared;
        if (a.values[i] < b.values[j])
            ++i;
        else
            ++j;
    }
    return shared >= enough;
}

std::size_t shared_quotations(std::span<const QuotationKeys> a, std::span<const QuotationKeys> b) {
    return a.empty() || b.empty() ? 0 : std::min(found_in(a, b), found_in(b, a));
}

} // namespace fabula::detail
