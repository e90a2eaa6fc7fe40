// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Tables that find a word by the hash of its bytes and do not hold the word itself; their layout
/// is described in `pack_format.hpp`. The classes are views: whoever makes them keeps the bytes
/// alive.
namespace fabula::detail {

/// From word to row.
class WordIndex {
public:
    static constexpr std::int64_t unknown = -1;

    WordIndex() = default;

    /// A section `vocabulary_index`. Empty string where it is sound, else what is wrong with it: so
    /// is one whose words crowd in a few slots, which would make every look-up a long walk.
    /// `payload` must be aligned to four bytes.
    [[nodiscard]] static std::string open(std::span<const std::byte> payload, std::uint64_t words,
                                          std::uint32_t slot_bits, WordIndex& index);

    [[nodiscard]] std::int64_t find(std::uint64_t hash) const;

    /// Fetches what `find` reads first, and what it reads then. For many words: all first steps,
    /// all second steps, and only then the answers.
    void prefetch_slot(std::uint64_t hash) const noexcept;
    void prefetch_words(std::uint64_t hash) const noexcept;
    [[nodiscard]] std::size_t words() const noexcept { return fingerprints_.size(); }

private:
    std::uint32_t slot_bits_{};
    std::span<const std::uint32_t> slots_;
    std::span<const std::uint32_t> fingerprints_;
};

struct BuiltWordIndex {
    std::uint32_t slot_bits{};
    std::vector<std::byte> payload;
    /// For each position of the index the number of the hash that it was built from.
    std::vector<std::uint32_t> order;
};

/// Of hashes that cannot be told apart only the first is kept. At most 2^32 - 2 hashes.
[[nodiscard]] BuiltWordIndex build_word_index(std::span<const std::uint64_t> hashes);

/// From language and word to the probability of the word.
class WordProbabilities {
public:
    WordProbabilities() = default;

    /// A section `word_probabilities`; as `WordIndex::open`.
    [[nodiscard]] static std::string open(std::span<const std::byte> payload, std::uint64_t words,
                                          std::uint32_t languages, std::uint32_t slot_entries,
                                          WordProbabilities& probabilities);

    /// 0 where the word is not listed. `language` must be one of the table.
    [[nodiscard]] float probability(std::size_t language, std::uint64_t hash) const;

    /// As in `WordIndex`.
    void prefetch_slot(std::size_t language, std::uint64_t hash) const noexcept;
    void prefetch_words(std::size_t language, std::uint64_t hash) const noexcept;
    [[nodiscard]] std::size_t languages() const noexcept { return directory_.size() / 4; }

private:
    std::span<const std::uint32_t> directory_;
    std::span<const std::uint32_t> slots_;
    std::span<const std::uint16_t> fingerprints_;
    std::span<const std::uint8_t> codes_;
};

struct BuiltWordProbabilities {
    std::uint64_t words{};
    std::uint32_t slot_entries{};
    std::vector<std::byte> payload;
};

/// A word's hash and its probability, in (0, 1].
using HashedProbability = std::pair<std::uint64_t, float>;

/// One list a language. Words of probability 0 are left out; of words that cannot be told apart the
/// most probable is kept.
[[nodiscard]] BuiltWordProbabilities
build_word_probabilities(std::span<const std::vector<HashedProbability>> languages);

} // namespace fabula::detail
