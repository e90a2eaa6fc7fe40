// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/shingles.hpp"

#include "base/runs.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>

namespace fabula::detail {

namespace {

constexpr std::uint64_t mixing = 0x9E3779B97F4A7C15U; ///< 2^64 / golden ratio, odd

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * mixing;
    return hash ^ (hash >> 32U);
}

/// Scripts without spaces between words: Thai to Myanmar, Khmer, and those of East Asia but for
/// Hangul, whose words are separated.
bool is_dense(UChar32 c) {
    return (c >= 0x0E00 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
           (c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || c >= 0x20000;
}

bool is_word_character(UChar32 c) {
    return u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

class WordFinder {
public:
    explicit WordFinder(std::string_view text) : text_(text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            const auto c = static_cast<UChar32>(next_code_point(text, at));
            add(c, begin, at);
        }
        close();
    }

    Passages found;
    std::vector<std::uint64_t> hashes;

private:
    void add(UChar32 c, std::size_t begin, std::size_t end) {
        if (!is_word_character(c)) {
            close();
            return;
        }
        const bool digit = u_charDigitValue(c) >= 0;
        const bool dense = is_dense(c) && !digit;
        if (dense || (inside_ && digit != digits_))
            close();
        if (!inside_)
            word_ = {begin, end};
        inside_ = true;
        digits_ = digit;
        word_.end = end;
        if (digit)
            hash_ = mix(0, '0');
        else
            hash_ = mix(hash_, static_cast<std::uint64_t>(u_foldCase(c, U_FOLD_CASE_DEFAULT)));
        if (dense) {
            weight_ = 1;
            close();
        }
    }

    void close() {
        if (inside_) {
            found.words.push_back(word_);
            found.weights.push_back(weight_);
            hashes.push_back(hash_);
        }
        inside_ = false;
        hash_ = 0;
        weight_ = 2;
    }

    std::string_view text_;
    ByteRange word_;
    std::uint64_t hash_{};
    std::uint8_t weight_{2};
    bool inside_{};
    bool digits_{};
};

} // namespace

Passages find_passages(std::string_view text, std::uint64_t source, Part part) {
    WordFinder finder(text);
    Passages& out = finder.found;
    const std::uint64_t seed = mix(source, static_cast<std::uint64_t>(part));
    for (std::size_t first = 0; first < out.words.size(); ++first) {
        std::size_t last = first;
        std::uint64_t hash = seed;
        for (std::size_t weight = 0; weight < passage_weight && last < out.words.size(); ++last) {
            hash = mix(hash, finder.hashes[last]);
            weight += out.weights[last];
            if (weight >= passage_weight) {
                out.all.push_back({hash, static_cast<std::uint32_t>(first),
                                   static_cast<std::uint32_t>(last + 1)});
            }
        }
    }
    return std::move(out);
}

std::vector<std::uint64_t> distinct_words(std::string_view text) {
    constexpr std::size_t least_letters = 4;
    constexpr std::uint8_t weight_of_dense = 1;
    const WordFinder finder(text);
    const Passages& found = finder.found;
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < found.words.size(); ++i) {
        const ByteRange range = found.words[i];
        const std::string_view word = text.substr(range.begin, range.end - range.begin);
        if (found.weights[i] == weight_of_dense) {
            if (i > 0 && found.weights[i - 1] == weight_of_dense &&
                found.words[i - 1].end == range.begin)
                out.push_back(mix(finder.hashes[i - 1], finder.hashes[i]));
        } else if (finder.hashes[i] != mix(0, '0') &&
                   first_code_points(word, least_letters - 1).size() < word.size()) {
            out.push_back(finder.hashes[i]);
        }
    }
    sort_unique(out);
    return out;
}

bool is_flattened(std::string_view text) {
    constexpr std::size_t most_breaks = 1;
    constexpr std::size_t least_width = 300;
    text = trimmed(text);
    std::size_t breaks = 0;
    for (const char c : text)
        if (c == '\n' && ++breaks > most_breaks)
            return false;
    // The width is counted on the beginning only: it decides nothing beyond.
    return line_width(text.substr(0, 4 * least_width)) >= least_width;
}

} // namespace fabula::detail
