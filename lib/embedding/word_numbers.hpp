// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Numbers distinct words, told by their hashes, from 0 in the order of their first occurrence.
/// Memory: 16 to 24 bytes a word, in two blocks; `std::unordered_map` takes a block for each word.
class WordNumbers {
public:
    /// Room for so many words; there may be more.
    explicit WordNumbers(std::size_t words) : places_(std::bit_ceil(2 * words + 2)) {
        hashes_.reserve(words);
    }

    /// The word's number, and whether it is new.
    std::pair<std::uint32_t, bool> of(std::uint64_t hash) {
        if (2 * (hashes_.size() + 1) > places_.size())
            grow();
        std::uint32_t& number = places_[place_of(hash)];
        const bool is_new = number == 0;
        if (is_new) {
            hashes_.push_back(hash);
            number = static_cast<std::uint32_t>(hashes_.size());
        }
        return {number - 1, is_new};
    }

    /// The number of a word that came before.
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash) const {
        const std::uint32_t number = places_[place_of(hash)];
        return number == 0 ? std::nullopt : std::optional(number - 1);
    }

    [[nodiscard]] std::size_t size() const { return hashes_.size(); }

private:
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const {
        const std::size_t mask = places_.size() - 1;
        std::size_t place = hash & mask;
        while (places_[place] != 0 && hashes_[places_[place] - 1] != hash)
            place = (place + 1) & mask;
        return place;
    }

    void grow() {
        places_.assign(2 * places_.size(), 0);
        for (std::size_t i = 0; i < hashes_.size(); ++i)
            places_[place_of(hashes_[i])] = static_cast<std::uint32_t>(i + 1);
    }

    std::vector<std::uint64_t> hashes_;
    /// Open addressing: numbers of words, counted from 1, at their hash or the next free place.
    std::vector<std::uint32_t> places_;
};

} // namespace fabula::detail
