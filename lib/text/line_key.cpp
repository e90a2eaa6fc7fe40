// SPDX-License-Identifier: Apache-2.0
#include "text/line_key.hpp"

#include "text/unicode.hpp"
#include "text/utf8.hpp"

#include <fabula/error.hpp>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace fabula::detail {

namespace {

/// Marks in a row that are put in order together. ICU takes the square of their number; no word of
/// any language has as many, and the stream-safe text format of UAX #15 allows no more.
constexpr int longest_run = 30;

icu::UnicodeString normalized(const icu::UnicodeString& units) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out = nfd().normalize(nfkc_casefold().normalize(units, status), status);
    if (U_FAILURE(status))
        throw Error(Errc::unreadable,
                    std::string("ICU cannot normalise a line (") + u_errorName(status) + ")");
    return out;
}

/// What becomes of a code point of a normalised line.
enum class Role : std::uint8_t { dropped, letter, sign, divider, gap };

bool is_dropped_mark(UChar32 c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) ||
           (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640;
}

bool divides_label(UChar32 c) {
    return c == ':' || c == '|' || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

Role role_of(UChar32 c) {
    if (is_dropped_mark(c) || is_apostrophe(c))
        return Role::dropped;
    if (is_key_letter(static_cast<char32_t>(c)))
        return Role::letter;
    if (c == 0x00A9)
        return Role::sign;
    return divides_label(c) ? Role::divider : Role::gap;
}

/// Collects the words and dividers of a key.
class KeyWriter {
public:
    explicit KeyWriter(std::size_t bytes) { key_.reserve(bytes); }

    void add(UChar32 c, Role role) {
        switch (role) {
        case Role::dropped:
            return;
        case Role::letter:
            if (gap_ && !key_.empty())
                key_.push_back(' ');
            gap_ = false;
            append(c == 0x0131 ? 'i' : c); // Turkish: "AYRICA" folds to "ayrica"
            return;
        case Role::sign:
            if (!key_.empty())
                key_.push_back(' ');
            append(c);
            break;
        case Role::divider:
            if (!key_.empty() && key_.back() != ':')
                key_.push_back(':');
            break;
        case Role::gap:
            break;
        }
        gap_ = true;
    }

    [[nodiscard]] std::string take() && { return std::move(key_); }

private:
    void append(UChar32 c) {
        if (c < 0x80)
            key_.push_back(static_cast<char>(c));
        else
            append_utf8(key_, static_cast<char32_t>(c));
    }

    std::string key_;
    bool gap_{};
};

/// One code point of what a code point is normalised to.
struct Piece {
    UChar32 c{};
    Role role{};
    /// Kept, and of a combining class: beside another such mark it might have to change places.
    bool is_mark{};
};

/// What code points of the Basic Multilingual Plane are normalised to one by one, asked of ICU for
/// 128 at a time when one of them first turns up. Normalising piece by piece and the whole line
/// differ only in the order of marks: what is composed is taken apart again.
class Pieces {
public:
    static Pieces& shared() {
        static Pieces& one = *new Pieces;
        return one;
    }

    [[nodiscard]] std::pair<const Piece*, const Piece*> of(char32_t c) {
        const std::size_t number = c / page_size;
        const Page* page = pages_[number].load(std::memory_order_acquire);
        if (page == nullptr)
            page = make(number);
        const std::size_t i = c % page_size;
        return {page->pieces.data() + page->begins[i], page->pieces.data() + page->begins[i + 1]};
    }

    static constexpr char32_t end = 0x10000;

private:
    static constexpr std::size_t page_size = 128;

    struct Page {
        std::array<std::uint16_t, page_size + 1> begins{};
        std::vector<Piece> pieces;
    };

    const Page* make(std::size_t number) {
        const std::lock_guard lock(mutex_);
        if (const Page* page = pages_[number].load(std::memory_order_relaxed); page != nullptr)
            return page;
        auto page = std::make_unique<Page>();
        for (std::size_t i = 0; i < page_size; ++i) {
            const icu::UnicodeString units =
                normalized(icu::UnicodeString(static_cast<UChar32>(number * page_size + i)));
            for (std::int32_t at = 0; at < units.length();) {
                const UChar32 c = units.char32At(at);
                at += U16_LENGTH(c);
                const Role role = role_of(c);
                page->pieces.push_back(
                    {c, role, role != Role::dropped && u_getCombiningClass(c) != 0});
            }
            page->begins[i + 1] = static_cast<std::uint16_t>(page->pieces.size());
        }
        made_.push_back(std::move(page));
        pages_[number].store(made_.back().get(), std::memory_order_release);
        return made_.back().get();
    }

    std::array<std::atomic<const Page*>, end / page_size> pages_{};
    std::mutex mutex_;
    std::vector<std::unique_ptr<const Page>> made_;
};

/// What ASCII is normalised to: each to one, and none is a mark.
struct Ascii {
    char c{};
    Role role{};
};

constexpr std::array<Ascii, 0x80> ascii = [] {
    std::array<Ascii, 0x80> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto c = static_cast<char>(i);
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        out[i].c = upper ? static_cast<char>(c + ('a' - 'A')) : c;
        if (letter)
            out[i].role = Role::letter;
        else if (c == '\'' || c == '`')
            out[i].role = Role::dropped;
        else
            out[i].role = c == ':' || c == '|' ? Role::divider : Role::gap;
    }
    return out;
}();

/// Nothing where the order of marks is in question, or a code point lies beyond the tables.
std::optional<std::string> key_by_pieces(std::string_view line) {
    Pieces& pieces = Pieces::shared();
    KeyWriter writer(line.size());
    bool after_mark = false;
    for (std::size_t at = 0; at < line.size();) {
        const char32_t c = next_code_point(line, at);
        if (c < ascii.size()) {
            const Ascii& simple = ascii[c];
            writer.add(static_cast<UChar32>(simple.c), simple.role);
            after_mark = after_mark && simple.role == Role::dropped;
            continue;
        }
        if (c >= Pieces::end)
            return std::nullopt;
        auto [piece, end] = pieces.of(c);
        for (; piece != end; ++piece) {
            if (piece->is_mark && after_mark)
                return std::nullopt;
            after_mark = piece->is_mark || (after_mark && piece->role == Role::dropped);
            writer.add(piece->c, piece->role);
        }
    }
    return std::move(writer).take();
}

} // namespace

bool is_key_letter(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return u_isalnum(point) != 0 || (U_GET_GC_MASK(point) & (U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

std::string line_key(std::string_view line) {
    if (std::optional<std::string> key = key_by_pieces(line))
        return *std::move(key);
    return line_key_by_icu(line);
}

std::string line_key_by_icu(std::string_view line) {
    KeyWriter writer(line.size());
    icu::UnicodeString units;
    const auto write = [&] {
        const icu::UnicodeString key = normalized(units);
        for (std::int32_t i = 0; i < key.length();) {
            const UChar32 c = key.char32At(i);
            i += U16_LENGTH(c);
            writer.add(c, role_of(c));
        }
        units.remove();
    };
    constexpr std::int32_t piece = 4096; // the whole of a long line would take ten times its bytes
    int run = 0;
    for (std::size_t at = 0; at < line.size();) {
        const auto c = static_cast<UChar32>(next_code_point(line, at));
        run = nfkc_casefold().hasBoundaryBefore(c) ? 0 : run + 1;
        if (run == longest_run || (run == 0 && units.length() >= piece)) {
            write();
            run = 0;
        }
        units.append(c);
    }
    write();
    return std::move(writer).take();
}

} // namespace fabula::detail
