// SPDX-License-Identifier: Apache-2.0
#include "language/normalise.hpp"

#include "language/script.hpp"
#include "text/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

namespace fabula::detail {
namespace {

bool is_graphic_ascii(char c) {
    return c > 0x20 && c < 0x7F;
}

bool is_ascii_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_case) {
    return std::search(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                       [](char a, char b) { return ascii_lower(a) == b; }) != text.end();
}

/// A run of printable ASCII that is an address rather than words.
bool is_address(std::string_view run) {
    if (run.find('@') != std::string_view::npos || run.find("://") != std::string_view::npos ||
        contains_ignoring_case(run, "www.")) {
        return true;
    }
    while (!run.empty() && !is_ascii_alnum(run.back()) && run.back() != '/') {
        run.remove_suffix(1); // "(see example.com)."
    }
    for (const std::string_view ending : {".com", ".org", ".net"}) {
        if (run.size() > ending.size() &&
            contains_ignoring_case(run.substr(run.size() - ending.size()), ending)) {
            return true;
        }
    }
    return contains_ignoring_case(run, ".com/") || contains_ignoring_case(run, ".org/") ||
           contains_ignoring_case(run, ".net/");
}

/// Length of the HTML tag or entity that starts here, 0 where there is none. `</s>` is one.
std::size_t markup_length(std::string_view rest) {
    constexpr std::size_t longest_name = 12;
    const bool tag = rest.front() == '<';
    if (!tag && rest.front() != '&') {
        return 0;
    }
    std::size_t at = 1;
    if (at < rest.size() && rest[at] == (tag ? '/' : '#')) {
        ++at;
    }
    const std::size_t name = at;
    while (at < rest.size() && at - name < longest_name && is_ascii_alnum(rest[at])) {
        ++at;
    }
    if (at == name) {
        return 0;
    }
    if (tag && at < rest.size() && rest[at] == '/') {
        ++at;
    }
    return at < rest.size() && rest[at] == (tag ? '>' : ';') ? at + 1 : 0;
}

/// The letters of a text as code points, words separated by one 0.
class LetterSequence {
public:
    void letter(UChar32 c) {
        if (pending_break_ && !points_.empty()) {
            points_.push_back(0);
        }
        pending_break_ = false;
        points_.push_back(c);
        ++count_;
    }
    /// Belongs to the letter before it; dropped where there is none.
    void mark(UChar32 c) {
        constexpr int most_marks = 4; // more are decoration ("Zalgo"), not language
        if (!pending_break_ && !points_.empty() && marks_in_a_row() < most_marks) {
            points_.push_back(c);
        }
    }
    void word_break() { pending_break_ = true; }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] const std::vector<UChar32>& points() const { return points_; }

private:
    [[nodiscard]] int marks_in_a_row() const {
        int marks = 0;
        for (auto at = points_.rbegin();
             at != points_.rend() && (U_GET_GC_MASK(*at) & U_GC_M_MASK) != 0; ++at) {
            ++marks;
        }
        return marks;
    }

    std::vector<UChar32> points_;
    std::size_t count_{};
    bool pending_break_{};
};

void add_code_point(UChar32 c, LetterSequence& letters) {
    constexpr UChar32 tatweel = 0x640;
    constexpr UChar32 zero_width_non_joiner = 0x200C;
    const std::uint32_t category = U_GET_GC_MASK(c);
    if ((category & U_GC_L_MASK) != 0) {
        if (c != tatweel) {
            letters.letter(c);
        }
    } else if ((category & U_GC_M_MASK) != 0) {
        const Script script = script_of(c);
        // Arabic vowel marks have the script Inherited.
        const bool vocalisation =
            script == Script::arabic || script == Script::hebrew || (c >= 0x64B && c <= 0x65F);
        if (!vocalisation || (category & U_GC_MN_MASK) == 0) {
            letters.mark(c);
        }
    } else if ((category & U_GC_CF_MASK) == 0 || c == zero_width_non_joiner) {
        letters.word_break(); // soft hyphens and direction marks, in contrast, break no word
    }
}

LetterSequence collect_letters(std::string_view bytes) {
    LetterSequence letters;
    std::size_t at = 0;
    while (at < bytes.size() && letters.count() < identification_letters) {
        if (is_graphic_ascii(bytes[at])) {
            std::size_t end = at;
            while (end < bytes.size() && is_graphic_ascii(bytes[end])) {
                ++end;
            }
            if (is_address(bytes.substr(at, end - at))) {
                letters.word_break();
                at = end;
                continue;
            }
            while (at < end && letters.count() < identification_letters) {
                if (const std::size_t markup = markup_length(bytes.substr(at, end - at))) {
                    letters.word_break();
                    at += markup;
                } else {
                    add_code_point(bytes[at++], letters);
                }
            }
            continue;
        }
        add_code_point(static_cast<UChar32>(next_code_point(bytes, at)), letters);
    }
    return letters;
}

std::size_t weight_of(Script script) {
    return script == Script::chinese_japanese || script == Script::hangul ? 3 : 1;
}

Script predominant_script(const std::vector<UChar32>& points) {
    std::array<std::size_t, script_count> weight{};
    for (const UChar32 c : points) {
        const Script script = script_of(c);
        weight[static_cast<std::size_t>(script)] += weight_of(script);
    }
    weight[static_cast<std::size_t>(Script::none)] = 0;
    const auto most = std::max_element(weight.begin(), weight.end());
    return *most == 0 ? Script::none : static_cast<Script>(most - weight.begin());
}

void append_word_break(std::string& out) {
    if (!out.empty() && out.back() != ' ') {
        out.push_back(' ');
    }
}

/// Null where ICU has no normalisation data.
const icu::Normalizer2* nfkc_or_null() {
    static const icu::Normalizer2* const got = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* const found = icu::Normalizer2::getNFKCInstance(status);
        return U_FAILURE(status) != 0 ? nullptr : found;
    }();
    return got;
}

/// NFKC, with the word breaks that its spaces make.
std::vector<UChar32> compose(const std::vector<UChar32>& points) {
    if (std::all_of(points.begin(), points.end(), [](UChar32 c) { return c < 0x80; })) {
        return points;
    }
    const icu::Normalizer2* const nfkc = nfkc_or_null();
    icu::UnicodeString text;
    for (const UChar32 c : points) {
        text.append(c);
    }
    UErrorCode status = U_ZERO_ERROR;
    if (nfkc == nullptr || nfkc->isNormalized(text, status) != 0) {
        return points;
    }
    text = nfkc->normalize(text, status);
    LetterSequence letters;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        add_code_point(text.char32At(at), letters);
    }
    return letters.points();
}

} // namespace

std::string normalise_for_identification(std::string_view bytes, Preparation preparation) {
    const std::vector<UChar32> points = compose(collect_letters(bytes).points());
    const bool one_script = preparation == Preparation::main_script;
    const Script wanted = one_script ? predominant_script(points) : Script::none;
    if (one_script && (wanted == Script::none || wanted == Script::foreign)) {
        return {};
    }
    const bool lower_case = one_script || std::none_of(points.begin(), points.end(), [](UChar32 c) {
                                return u_charType(c) == U_LOWERCASE_LETTER;
                            });

    std::string out;
    out.reserve(points.size() * 2);
    bool kept = false; // whether the letter that marks would belong to was kept
    for (const UChar32 c : points) {
        if (c == 0) {
            append_word_break(out);
            kept = false;
            continue;
        }
        const Script script = script_of(c);
        if (one_script && script != wanted && (script != Script::none || !kept)) {
            append_word_break(out);
            kept = false;
            continue;
        }
        kept = true;
        if (one_script && wanted == Script::chinese_japanese) {
            append_word_break(out); // <x> is one feature then, whatever stands around it
        }
        append_utf8(out, static_cast<char32_t>(lower_case ? u_tolower(c) : c));
    }
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return out;
}

std::size_t letter_weight(std::string_view normalised_text) {
    std::size_t weight = 0;
    for (std::size_t at = 0; at < normalised_text.size();) {
        const auto c = static_cast<UChar32>(next_code_point(normalised_text, at));
        if (u_isalpha(c) != 0) {
            weight += weight_of(script_of(c));
        }
    }
    return weight;
}

} // namespace fabula::detail
