// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/fasttext_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The n-grams that a quantised fastText model has kept. fastText looks each n-gram of a text up in
/// a hash table of nodes, where most are not; that was a third of the time of an identification.
class KeptNgrams {
public:
    KeptNgrams() = default;
    /// `file` is what `check_fasttext` says of `bytes`.
    KeptNgrams(std::string_view bytes, const FastTextFile& file);

    /// Whether the model is one of kept n-grams and single words. Nothing is looked up otherwise.
    [[nodiscard]] bool usable() const { return !slots_.empty(); }

    /// Appends fastText's ids of the n-grams of a word that its dictionary has not, in its order.
    void append(std::string_view word, std::vector<std::int32_t>& ids) const;

private:
    struct Slot {
        std::int32_t bucket{-1};
        std::int32_t id{};
    };

    [[nodiscard]] std::size_t slot_of(std::uint32_t bucket) const {
        return static_cast<std::size_t>(bucket * 0x9E3779B1U) & (slots_.size() - 1);
    }

    std::vector<bool> kept_; ///< for each bucket
    std::vector<Slot> slots_;
    std::uint32_t buckets_{};
    int shortest_{};
    int longest_{};
};

} // namespace fabula::detail
