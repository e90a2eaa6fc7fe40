// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/article_words.hpp"

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// A word in whichever form: its first five letters, and what it weighs. Cutting every word off at
/// one length finds the forms of a word as well as stemmers that know the language (F5 of Can and
/// others, "Information retrieval on Turkish texts", JASIST 59, 2008), and needs to know none.
///
/// Unlike a `WeightedTerm` it also is of ordinary words, and means nothing in another language.
/// Four bytes: 24 of its bits are of a hash of the letters, the last 8 its weight.
class Stem {
public:
    Stem(std::uint32_t key_of_stem, std::uint8_t weight) : bits_(key_of_stem | weight) {}
    explicit Stem(std::uint32_t bits) : bits_(bits) {}

    [[nodiscard]] std::uint32_t key() const { return bits_ & ~weight_bits; }
    /// 4 × (1 + ln frequency) × (`word_rarity` − 3), at least 1 and at most 255
    [[nodiscard]] std::uint32_t weight() const { return bits_ & weight_bits; }
    [[nodiscard]] std::uint32_t bits() const { return bits_; }

private:
    static constexpr std::uint32_t weight_bits = 0xFFU;
    std::uint32_t bits_;
};

/// Of an article; so many of its distinct words are looked at, from the first on.
inline constexpr std::size_t most_stems = 160;

/// The key of a word in its normalised form. Words with the same first five letters share one.
[[nodiscard]] std::uint32_t stem_key(std::string_view normalised);

/// Sorted by key, each key once; of the first `most_stems` words, as news says first what happened.
/// Numbers and words that tell nothing have none.
void collect_stems(std::span<const ArticleWord> words, std::pmr::vector<Stem>& out);

/// Euclidean norm of their weights.
[[nodiscard]] float stems_norm(std::span<const Stem> stems);

/// Dot product of the weights of two articles. Both are sorted by key, each key once.
[[nodiscard]] std::uint32_t shared_stems(std::span<const Stem> a, std::span<const Stem> b);

} // namespace fabula::detail
