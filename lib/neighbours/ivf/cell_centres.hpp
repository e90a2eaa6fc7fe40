// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fabula::detail {

/// The centres that rows are sorted by, as rows of int8. Safe for concurrent calls.
class CellCentres {
public:
    CellCentres() = default;
    /// `numbers` is cells × `padded`, see `Int8Scale`; at most 65,536 cells.
    CellCentres(std::span<const std::int8_t> numbers, std::size_t padded);

    [[nodiscard]] std::size_t cells() const { return cells_; }

    /// Writes the `count` nearest cells of each row to `to`, rows × `count`: the nearest first, the
    /// others in no certain order, but always the same; ties to the lower cell. `numbers(i)` gives
    /// the padded numbers of a row, from any thread. Range of `count`: 1 to `cells()`.
    void nearest(std::size_t rows,
                 const std::function<std::span<const std::int8_t>(std::size_t)>& numbers,
                 std::size_t count, std::span<std::uint16_t> to, unsigned threads) const;

private:
    std::size_t cells_{};
    std::size_t padded_{};
    std::vector<std::uint8_t> panels_;
};

} // namespace fabula::detail
