// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contrastive.hpp"
#include "corpus.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace fabula::training {

/// Anchor vectors of the pivot's texts (English), made from the teacher's word vectors.
class AnchorTexts {
public:
    /// \throws Error naming the file; std::invalid_argument where the teacher's dimension is not
    /// `dimension`
    AnchorTexts(const Corpus& corpus, const std::filesystem::path& folder, const std::string& pivot,
                std::size_t dimension);

    /// One unit row a pair, for its second text; zero where that is of another language or not
    /// known. Valid until the next call.
    [[nodiscard]] std::span<const float> units(const std::vector<TextPair>& pairs);

private:
    const Corpus& corpus_;
    std::uint16_t pivot_{};
    std::size_t dimension_{};
    std::vector<std::uint32_t> numbers_; ///< row of each word type of the pivot's texts
    std::vector<float> rows_;
    std::vector<float> units_;
};

} // namespace fabula::training
