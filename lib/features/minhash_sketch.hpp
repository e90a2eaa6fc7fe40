// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fabula::detail {

/// The shingles of a text are its runs of this many words in their normalised forms (numbers are
/// words too); a text with fewer words has one shingle of all of them. One changed word changes
/// four.
inline constexpr std::size_t shingle_words = 4;

/// A sketch of the set of an article's shingles, from which two articles' resemblance and
/// containment are estimated: the smallest of the shingles' hashes (bottom-k sketch: Broder 1997,
/// "On the resemblance and containment of documents"; Cohen & Kaplan 2007, "Summarizing data using
/// bottom-k sketches"). 260 bytes. Texts of at most `size` distinct shingles are held whole, and
/// their estimates are exact.
class MinHashSketch {
public:
    /// The standard error of a resemblance r is root(r (1 - r) / size): 0.05 at 0.8.
    static constexpr std::size_t size = 64;

    /// Adds the shingles of a text; none reaches from one text into the next.
    void add(std::span<const Token> words);

    /// Adds one value. Depends on the set of values alone, not on their order or number.
    void add(std::uint32_t value);

    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    /// Ascending, distinct.
    [[nodiscard]] std::span<const std::uint32_t> values() const noexcept {
        return {values_.data(), count_};
    }
    /// Whether there may be more shingles than values.
    [[nodiscard]] bool is_full() const noexcept { return count_ == size; }

    friend bool operator==(const MinHashSketch& a, const MinHashSketch& b) noexcept;

private:
    std::array<std::uint32_t, size> values_{};
    std::uint32_t count_{};
};

/// Estimate of |A ∩ B| / |A ∪ B|, in [0, 1]; 0 where either is empty. Symmetric.
[[nodiscard]] double resemblance(const MinHashSketch& a, const MinHashSketch& b);

/// Estimate of |A ∩ B| / |A|, in [0, 1]: how much of `a` stands in `b`. 0 where either is empty, or
/// where `a` is so much shorter than `b` that less than an eighth of the values can tell.
[[nodiscard]] double containment(const MinHashSketch& a, const MinHashSketch& b);

/// Hash of one shingle, from the hashes of its words in their order.
[[nodiscard]] std::uint32_t shingle_hash(std::span<const std::uint64_t> word_hashes);

} // namespace fabula::detail
