// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/word_index.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace fabula::detail;
using Catch::Matchers::ContainsSubstring;

std::vector<std::uint64_t> hashes_of(std::size_t count) {
    std::mt19937_64 random(7);
    std::vector<std::uint64_t> hashes(count);
    std::generate(hashes.begin(), hashes.end(), std::ref(random));
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

/// Slots, and behind them what `tail` has for each word.
template <class Tail>
std::vector<std::byte> payload_of(const std::vector<std::uint32_t>& head,
                                  const std::vector<Tail>& tail) {
    const auto first = std::as_bytes(std::span(head));
    const auto second = std::as_bytes(std::span(tail));
    std::vector<std::byte> payload(first.begin(), first.end());
    payload.insert(payload.end(), second.begin(), second.end());
    return payload;
}

} // namespace

TEST_CASE("an index as it is built finds every word and is opened whatever its size") {
    for (const std::size_t count : {0U, 1U, 5U, 6U, 70U, 1000U, 200'000U}) {
        INFO(count);
        const auto hashes = hashes_of(count);
        const BuiltWordIndex built = build_word_index(hashes);
        WordIndex index;
        CHECK(WordIndex::open(built.payload, built.order.size(), built.slot_bits, index).empty());
        std::size_t found = 0;
        for (const std::uint64_t hash : hashes)
            found += index.find(hash) >= 0 ? 1U : 0U;
        CHECK(found == count);

        std::vector<HashedProbability> words;
        for (const std::uint64_t hash : hashes)
            words.emplace_back(hash, 1e-3F);
        const std::vector<std::vector<HashedProbability>> languages{words, {}, words};
        const BuiltWordProbabilities listed = build_word_probabilities(languages);
        WordProbabilities probabilities;
        CHECK(WordProbabilities::open(listed.payload, listed.words, 3, listed.slot_entries,
                                      probabilities)
                  .empty());
    }
}

TEST_CASE("an index whose words crowd in a slot is refused: every look-up would walk them all") {
    const auto hashes = hashes_of(1000);
    std::vector<std::uint32_t> fingerprints;
    for (const std::uint64_t hash : hashes)
        fingerprints.push_back(static_cast<std::uint32_t>(hash >> 32U));
    WordIndex index;
    // One slot.
    CHECK_THAT(WordIndex::open(payload_of({0, 1000}, fingerprints), 1000, 0, index),
               ContainsSubstring("1000 words"));
    // 1,024 of them, and all words in the last.
    std::vector<std::uint32_t> slots(1025, 0);
    slots.back() = 1000;
    CHECK_THAT(WordIndex::open(payload_of(slots, fingerprints), 1000, 10, index),
               ContainsSubstring("1000 words"));

    // The same of word probabilities: slot bits, first slot entry, first word, words; slots; then a
    // fingerprint and a code each.
    std::vector<std::byte> payload =
        payload_of<std::uint16_t>({0, 0, 0, 1000, 0, 1000}, std::vector<std::uint16_t>(1000, 1));
    payload.insert(payload.end(), 1000, std::byte{8});
    WordProbabilities probabilities;
    CHECK_THAT(WordProbabilities::open(payload, 1000, 1, 2, probabilities),
               ContainsSubstring("language 0") && ContainsSubstring("1000 words"));
}
