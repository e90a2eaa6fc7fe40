// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fabula::detail {

/// How the rows of a matrix are stored.
enum class RowEncoding : std::uint32_t {
    float32 = 1, ///< `columns` floats a row
    int8 = 2,    ///< a float scale for each row, then `columns` signed bytes a row
    product = 3, ///< `columns / group` centroid numbers and one norm code a row, one byte each
};

/// "float32", "int8", "product".
[[nodiscard]] std::string_view to_string(RowEncoding encoding) noexcept;

inline constexpr std::size_t centroids_per_group = 256;

/// The length of a row on a logarithmic scale of one byte: code 0 is the zero row, code 1 is `low`,
/// code 255 is `high`. Over a range of e⁴ the relative error is at most 0.8 %.
struct NormScale {
    float low{1};
    float high{1};

    [[nodiscard]] std::uint8_t encode(float norm) const;
    [[nodiscard]] std::array<float, 256> table() const;
};

/// A read-only view of rows in one of the encodings; whoever makes it keeps the bytes alive. Safe
/// for concurrent use. The bytes need no alignment.
class RowMatrix {
public:
    RowMatrix() = default;

    /// `rows` × `columns` floats at `values`.
    static RowMatrix float32(const void* values, std::size_t rows, std::size_t columns);

    /// The payload of an encoding as `pack_format.hpp` lays it out. `codebook` is used by product
    /// codes alone and must have `columns / group` × 256 × `group` floats; `payload` must have
    /// `payload_bytes(...)` bytes.
    static RowMatrix encoded(RowEncoding encoding, std::span<const std::byte> payload,
                             std::span<const std::byte> codebook, std::size_t rows,
                             std::size_t columns, std::size_t group, NormScale norms);

    /// Bytes that the encoding needs; the caller has made sure that the product does not overflow
    /// (`rows` < 2³², `columns` ≤ 65,535).
    static std::uint64_t payload_bytes(RowEncoding encoding, std::uint64_t rows,
                                       std::uint64_t columns, std::uint64_t group);

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] RowEncoding encoding() const noexcept { return encoding_; }

    /// Adds weight × row to out[0, columns). False where the row is zero.
    bool add(std::size_t row, float weight, float* out) const;

    /// Adds weight × the sum of some rows. False where all of them are zero. Faster than one by
    /// one.
    bool add_all(std::span<const std::uint32_t> rows, float weight, float* out) const;

    /// Of product-coded rows `add_all` sums so many before it adds them to `out`.
    static constexpr std::size_t rows_at_once = 64;

    /// Product codes alone: the length of a group, their number, the codes of a row (one a group,
    /// then that of its norm), the norm, and the centroids (group by group, unaligned floats).
    [[nodiscard]] std::size_t group() const noexcept { return group_; }
    [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
    [[nodiscard]] const unsigned char* codes(std::size_t row) const noexcept {
        return payload_ + row * (groups_ + 1);
    }
    [[nodiscard]] float norm(const unsigned char* codes) const noexcept {
        return norms_[codes[groups_]];
    }
    [[nodiscard]] const unsigned char* codebook() const noexcept { return codebook_; }
    void prefetch(std::size_t row) const noexcept {
        const unsigned char* const first = codes(row);
        __builtin_prefetch(first);
        __builtin_prefetch(first + groups_);
    }

private:
    /// At most `rows_at_once` rows.
    template <std::size_t Group>
    bool add_products(std::span<const std::uint32_t> rows, float weight, float* out) const;
    template <std::size_t Group>
    void add_product(const unsigned char* codes, float scale, float* out) const;

    RowEncoding encoding_{RowEncoding::float32};
    std::size_t rows_{};
    std::size_t columns_{};
    std::size_t group_{};
    std::size_t groups_{}; ///< columns / group
    const unsigned char* payload_{};
    const unsigned char* codebook_{};
    std::array<float, 256> norms_{};
};

} // namespace fabula::detail
