// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/keys.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// A short run of words, and where it stands. Not `Passage`: the public one of that name would be
/// hidden by it in every file of this namespace.
struct Shingle {
    std::uint64_t hash{};  ///< numbers count as equal, so do cases
    std::uint32_t first{}; ///< its words
    std::uint32_t last{};  ///< behind its last one
};

/// A text as the passages that begin at each of its words, each of four words, or of eight
/// characters in scripts without spaces between words.
struct Passages {
    std::vector<ByteRange> words; ///< a whole number is one, so is a character of a dense script
    std::vector<std::uint8_t> weights; ///< a character of a dense script counts half of a word: 1
    std::vector<Shingle> all;
};

/// Weight of a passage.
inline constexpr std::size_t passage_weight = 8;

/// Any bytes are legal.
[[nodiscard]] Passages find_passages(std::string_view text, std::uint64_t source, Part part);

/// What a text is about, as far as single words tell: the hashes of its words of four letters or
/// more, and of its pairs of characters in scripts without spaces. Sorted, each once; no numbers.
[[nodiscard]] std::vector<std::uint64_t> distinct_words(std::string_view text);

/// Whether scrapers joined the lines of a page: a long text in one or two lines.
[[nodiscard]] bool is_flattened(std::string_view text);

} // namespace fabula::detail
