// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fabula::training {

/// Frozen English vectors that serve as a teacher: a table of WordPiece vectors, int8, as in the
/// folder of a static model (`model.safetensors`, `tokenizer.json`).
class Anchor {
public:
    /// \throws Error naming the file
    [[nodiscard]] static Anchor load(const std::filesystem::path& folder);

    [[nodiscard]] std::size_t dimension() const noexcept { return dimension_; }

    /// Sum of the vectors of the word's pieces (greedy longest match), zero where it has none.
    /// `word` is lower-case ASCII.
    void word_vector(std::string_view word, std::span<float> out) const;

private:
    std::size_t dimension_{};
    std::unordered_map<std::string, std::size_t> pieces_;
    std::vector<signed char> rows_;
};

} // namespace fabula::training
