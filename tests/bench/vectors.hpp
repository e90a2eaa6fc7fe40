// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// Rows × dimension floats, with the cluster that each row truly belongs to.
struct LabelledVectors {
    std::size_t rows{};
    std::size_t dimension{};
    std::vector<float> values;
    std::vector<std::uint32_t> gold;
};

/// Unit vectors that lie as those of news do: stories of Zipfian sizes (50 at most) around centres
/// that share a topic's direction. Cosines are about 0.5 to 0.8 within a story, 0.4 within a topic
/// and 0 elsewhere.
[[nodiscard]] LabelledVectors story_like_vectors(std::size_t rows, std::size_t dimension,
                                                 std::uint64_t seed);

/// A file of rows, dimension (64-bit each), the values and the gold labels, as they are in memory.
/// \throws std::runtime_error naming the file
void write_vectors(const std::string& file, const LabelledVectors& vectors);
[[nodiscard]] LabelledVectors read_vectors(const std::string& file);

/// Two rows, `first < second`.
struct RowPair {
    std::uint32_t first{};
    std::uint32_t second{};

    friend auto operator<=>(const RowPair&, const RowPair&) = default;
};

/// A file of pairs, sorted, as they are in memory.
void write_pairs(const std::string& file, const std::vector<RowPair>& pairs);
[[nodiscard]] std::vector<RowPair> read_pairs(const std::string& file);

/// Part of the true pairs that were found; both are sorted. 1 where there are none.
[[nodiscard]] double recall(const std::vector<RowPair>& found, const std::vector<RowPair>& truth);

} // namespace bench
