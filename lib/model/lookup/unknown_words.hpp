// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fabula::detail {

/// Remembers the vectors of words without a row of their own, each of which is a sum of some dozens
/// of rows: names come again and again in the news. A table in which a word has one place, by its
/// hash, and takes it from whatever word was there. Not for concurrent calls.
///
/// Memory: 16,384 × (4 × dimension + 11) bytes, 8.2 MiB with 128 dimensions; vectors lie in the
/// order in which their places were first taken, and what no word has taken yet is not touched.
class UnknownWords {
public:
    explicit UnknownWords(std::size_t dimension)
        : dimension_(dimension), hashes_(places), states_(places), rows_(places),
          values_(std::make_unique_for_overwrite<float[]>(places * dimension)) {}

    [[nodiscard]] bool has(std::uint64_t hash) const {
        const std::size_t place = place_of(hash);
        return states_[place] != State::free && hashes_[place] == hash;
    }
    /// Of a word that it has: whether the model knows anything of it, and its vector.
    [[nodiscard]] bool known(std::uint64_t hash) const {
        return states_[place_of(hash)] == State::known;
    }
    [[nodiscard]] const float* values(std::uint64_t hash) const {
        return values_.get() + rows_[place_of(hash)] * dimension_;
    }
    void prefetch(std::uint64_t hash) const {
        __builtin_prefetch(&hashes_[place_of(hash)]);
        __builtin_prefetch(values(hash));
    }

    /// A place of zeros for the word's vector; tell by `set_known` what became of it.
    [[nodiscard]] float* take_place(std::uint64_t hash);
    void set_known(std::uint64_t hash, bool known) {
        states_[place_of(hash)] = known ? State::known : State::unknown;
    }

private:
    enum class State : std::uint8_t { free, unknown, known };
    static constexpr std::size_t places = 16384;

    [[nodiscard]] static std::size_t place_of(std::uint64_t hash) { return hash % places; }

    std::size_t dimension_;
    std::vector<std::uint64_t> hashes_;
    std::vector<State> states_;
    std::vector<std::uint16_t> rows_; ///< of places that are taken, in `values_`
    std::uint16_t taken_{};           ///< rows
    std::unique_ptr<float[]> values_;
};

} // namespace fabula::detail
