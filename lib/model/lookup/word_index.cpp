// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/word_index.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numbers>
#include <numeric>

namespace fabula::detail {
namespace {

constexpr std::uint32_t max_slot_bits = 24;

// Words that a slot gets on average, as the builders choose it.
constexpr std::size_t index_words_per_slot = 6;
constexpr std::size_t probability_words_per_slot = 16;

// The first `bits` bits of a hash, and the 32 after them.
std::uint64_t slot_of(std::uint64_t hash, std::uint32_t bits) {
    return bits == 0 ? 0 : hash >> (64 - bits);
}
std::uint32_t fingerprint_of(std::uint64_t hash, std::uint32_t bits) {
    return static_cast<std::uint32_t>((hash << bits) >> 32U);
}
std::uint16_t short_fingerprint_of(std::uint64_t hash, std::uint32_t bits) {
    return static_cast<std::uint16_t>((hash << bits) >> 48U);
}

// As many slots as give each about `words_per_slot` words.
std::uint32_t choose_slot_bits(std::size_t words, std::size_t words_per_slot) {
    const auto bits = static_cast<std::uint32_t>(std::bit_width(words / words_per_slot));
    return std::min(bits, max_slot_bits);
}

// Empty where the slots share out `words` words in order and none has so many that a look-up would
// walk for long; else what is wrong.
std::string check_slots(std::span<const std::uint32_t> slots, std::uint64_t words,
                        std::size_t words_per_slot) {
    if (slots.front() != 0 || slots.back() != words || !std::is_sorted(slots.begin(), slots.end()))
        return "are not in order";
    const std::uint64_t expected = std::max<std::uint64_t>(words_per_slot, words >> max_slot_bits);
    std::uint32_t longest = 0;
    for (std::size_t i = 1; i < slots.size(); ++i)
        longest = std::max(longest, slots[i] - slots[i - 1]);
    // Hashes fall like raindrops: not one slot of 2^24 gets six times its share and 32 more.
    const std::uint64_t most = 6 * expected + 32;
    return longest <= most
               ? std::string()
               : "hold up to " + std::to_string(longest) + " words each, more than the " +
                     std::to_string(most) + " of an index that is well built";
}

template <class T>
std::span<const T> take(std::span<const std::byte>& bytes, std::size_t count) {
    const auto* first = reinterpret_cast<const T*>(bytes.data());
    bytes = bytes.subspan(count * sizeof(T));
    return {first, count};
}

template <class T>
void append(std::vector<std::byte>& payload, std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    payload.insert(payload.end(), bytes.begin(), bytes.end());
}

float probability_of(std::uint8_t code) {
    static const std::array<float, 256> table = [] {
        std::array<float, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i) // 2^(-i / 8)
            made[i] = static_cast<float>(
                std::ldexp(portable_exp(-static_cast<double>(i % 8) / 8 * std::numbers::ln2),
                           -static_cast<int>(i / 8)));
        return made;
    }();
    return table[code];
}

// Slot starts for hashes in ascending order.
void append_slots(std::vector<std::uint32_t>& slots, std::span<const std::uint64_t> sorted,
                  std::uint32_t bits) {
    std::uint32_t position = 0;
    for (std::uint64_t slot = 0; slot <= std::uint64_t{1} << bits; ++slot) {
        while (position < sorted.size() && slot_of(sorted[position], bits) < slot)
            ++position;
        slots.push_back(position);
    }
}

} // namespace

std::string WordIndex::open(std::span<const std::byte> payload, std::uint64_t words,
                            std::uint32_t slot_bits, WordIndex& index) {
    if (slot_bits > max_slot_bits)
        return "the vocabulary index has " + std::to_string(slot_bits) + " slot bits";
    const std::uint64_t slots = (std::uint64_t{1} << slot_bits) + 1;
    if (words > 0xFFFFFFFEU || payload.size() != (slots + words) * sizeof(std::uint32_t))
        return "the vocabulary index has a length that does not fit " + std::to_string(words) +
               " words";
    index.slot_bits_ = slot_bits;
    index.slots_ = take<std::uint32_t>(payload, slots);
    index.fingerprints_ = take<std::uint32_t>(payload, words);
    const std::string wrong = check_slots(index.slots_, words, index_words_per_slot);
    return wrong.empty() ? wrong : "the slots of the vocabulary index " + wrong;
}

std::int64_t WordIndex::find(std::uint64_t hash) const {
    if (fingerprints_.empty())
        return unknown;
    const std::uint64_t slot = slot_of(hash, slot_bits_);
    const std::uint32_t wanted = fingerprint_of(hash, slot_bits_);
    // A handful of entries in one or two cache lines: a plain walk beats a binary search.
    for (std::uint32_t i = slots_[slot]; i < slots_[slot + 1]; ++i)
        if (fingerprints_[i] == wanted)
            return i;
    return unknown;
}

void WordIndex::prefetch_slot(std::uint64_t hash) const noexcept {
    if (!fingerprints_.empty())
        __builtin_prefetch(&slots_[slot_of(hash, slot_bits_)]);
}

void WordIndex::prefetch_words(std::uint64_t hash) const noexcept {
    if (!fingerprints_.empty())
        __builtin_prefetch(fingerprints_.data() + slots_[slot_of(hash, slot_bits_)]);
}

BuiltWordIndex build_word_index(std::span<const std::uint64_t> hashes) {
    BuiltWordIndex built;
    built.slot_bits = choose_slot_bits(hashes.size(), index_words_per_slot);
    std::vector<std::uint32_t> order(hashes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return hashes[a] != hashes[b] ? hashes[a] < hashes[b] : a < b;
    });
    // A slot may hold two words of one fingerprint, which only the first of them would be found by.
    std::vector<std::uint64_t> sorted;
    std::vector<std::uint32_t> fingerprints;
    std::uint64_t previous_slot = 0;
    for (const std::uint32_t number : order) {
        const std::uint64_t slot = slot_of(hashes[number], built.slot_bits);
        const std::uint32_t fingerprint = fingerprint_of(hashes[number], built.slot_bits);
        if (!sorted.empty() && slot == previous_slot && fingerprint == fingerprints.back()) {
            built.order.back() = std::min(built.order.back(), number);
            continue;
        }
        previous_slot = slot;
        sorted.push_back(hashes[number]);
        fingerprints.push_back(fingerprint);
        built.order.push_back(number);
    }
    std::vector<std::uint32_t> slots;
    append_slots(slots, sorted, built.slot_bits);
    append<std::uint32_t>(built.payload, slots);
    append<std::uint32_t>(built.payload, fingerprints);
    return built;
}

std::string WordProbabilities::open(std::span<const std::byte> payload, std::uint64_t words,
                                    std::uint32_t languages, std::uint32_t slot_entries,
                                    WordProbabilities& probabilities) {
    const std::uint64_t entries = std::uint64_t{languages} * 4 + slot_entries;
    if (words > 0xFFFFFFFEU ||
        payload.size() != entries * sizeof(std::uint32_t) + words * (sizeof(std::uint16_t) + 1))
        return "the word probabilities have a length that does not fit " + std::to_string(words) +
               " words";
    probabilities.directory_ = take<std::uint32_t>(payload, std::size_t{languages} * 4);
    probabilities.slots_ = take<std::uint32_t>(payload, slot_entries);
    probabilities.fingerprints_ = take<std::uint16_t>(payload, words);
    probabilities.codes_ = take<std::uint8_t>(payload, words);
    for (std::size_t language = 0; language < languages; ++language) {
        const auto entry = probabilities.directory_.subspan(language * 4, 4);
        const std::uint64_t slots =
            entry[0] > max_slot_bits ? ~std::uint64_t{0} >> 1U : (std::uint64_t{1} << entry[0]) + 1;
        std::string wrong = "are not in order";
        if (entry[1] + slots <= slot_entries && std::uint64_t{entry[2]} + entry[3] <= words)
            wrong = check_slots(probabilities.slots_.subspan(entry[1], slots), entry[3],
                                probability_words_per_slot);
        if (!wrong.empty())
            return "the word probabilities of language " + std::to_string(language) + " " + wrong;
    }
    return {};
}

float WordProbabilities::probability(std::size_t language, std::uint64_t hash) const {
    const std::uint32_t* entry = directory_.data() + language * 4;
    const std::uint32_t* slots = slots_.data() + entry[1] + slot_of(hash, entry[0]);
    const std::uint16_t wanted = short_fingerprint_of(hash, entry[0]);
    for (std::size_t i = entry[2] + slots[0]; i < entry[2] + slots[1]; ++i)
        if (fingerprints_[i] == wanted)
            return probability_of(codes_[i]);
    return 0;
}

void WordProbabilities::prefetch_slot(std::size_t language, std::uint64_t hash) const noexcept {
    const std::uint32_t* entry = directory_.data() + language * 4;
    __builtin_prefetch(slots_.data() + entry[1] + slot_of(hash, entry[0]));
}

void WordProbabilities::prefetch_words(std::size_t language, std::uint64_t hash) const noexcept {
    const std::uint32_t* entry = directory_.data() + language * 4;
    const std::size_t first = entry[2] + slots_[entry[1] + slot_of(hash, entry[0])];
    __builtin_prefetch(fingerprints_.data() + first);
    __builtin_prefetch(codes_.data() + first);
}

BuiltWordProbabilities
build_word_probabilities(std::span<const std::vector<HashedProbability>> languages) {
    BuiltWordProbabilities built;
    std::vector<std::uint32_t> directory;
    std::vector<std::uint32_t> slots;
    std::vector<std::uint16_t> fingerprints;
    std::vector<std::uint8_t> codes;
    for (const std::vector<HashedProbability>& given : languages) {
        std::vector<HashedProbability> words;
        std::copy_if(given.begin(), given.end(), std::back_inserter(words),
                     [](const HashedProbability& word) { return word.second > 0; });
        const std::uint32_t bits = choose_slot_bits(words.size(), probability_words_per_slot);
        std::sort(words.begin(), words.end(),
                  [](const HashedProbability& a, const HashedProbability& b) {
                      return a.first != b.first ? a.first < b.first : a.second > b.second;
                  });
        std::vector<std::uint64_t> sorted;
        const std::size_t first_word = codes.size();
        for (const auto& [hash, probability] : words) {
            const double scaled =
                -8 * portable_log(static_cast<double>(probability)) / std::numbers::ln2;
            const auto code =
                static_cast<std::uint8_t>(std::lround(std::clamp(scaled, 0.0, 255.0)));
            const std::uint16_t fingerprint = short_fingerprint_of(hash, bits);
            if (!sorted.empty() && fingerprint == fingerprints.back() &&
                slot_of(hash, bits) == slot_of(sorted.back(), bits)) {
                codes.back() = std::min(codes.back(), code);
                continue;
            }
            sorted.push_back(hash);
            fingerprints.push_back(fingerprint);
            codes.push_back(code);
        }
        directory.insert(directory.end(), {bits, static_cast<std::uint32_t>(slots.size()),
                                           static_cast<std::uint32_t>(first_word),
                                           static_cast<std::uint32_t>(codes.size() - first_word)});
        append_slots(slots, sorted, bits);
    }
    built.words = codes.size();
    built.slot_entries = static_cast<std::uint32_t>(slots.size());
    append<std::uint32_t>(built.payload, directory);
    append<std::uint32_t>(built.payload, slots);
    append<std::uint16_t>(built.payload, fingerprints);
    append<std::uint8_t>(built.payload, codes);
    return built;
}

} // namespace fabula::detail
