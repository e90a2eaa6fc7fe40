// SPDX-License-Identifier: Apache-2.0
#include "model/rows/row_matrix.hpp"

#include "base/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fabula::detail {
namespace {

// Files give no promise of alignment; compilers turn this into an unaligned vector load.
float load_float(const unsigned char* bytes) {
    float value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

} // namespace

std::string_view to_string(RowEncoding encoding) noexcept {
    switch (encoding) {
    case RowEncoding::float32:
        return "float32";
    case RowEncoding::int8:
        return "int8";
    case RowEncoding::product:
        return "product";
    }
    return "unknown";
}

std::uint8_t NormScale::encode(float norm) const {
    if (!(norm > 0))
        return 0;
    if (!(high > low))
        return 1;
    const double position = 254.0 *
                            portable_log(static_cast<double>(norm) / static_cast<double>(low)) /
                            portable_log(static_cast<double>(high) / static_cast<double>(low));
    return static_cast<std::uint8_t>(1 + std::lround(std::clamp(position, 0.0, 254.0)));
}

std::array<float, 256> NormScale::table() const {
    std::array<float, 256> norms{};
    const double step = portable_log(static_cast<double>(high) / static_cast<double>(low)) / 254.0;
    for (std::size_t code = 1; code < norms.size(); ++code)
        norms[code] = static_cast<float>(static_cast<double>(low) *
                                         portable_exp(step * static_cast<double>(code - 1)));
    return norms;
}

RowMatrix RowMatrix::float32(const void* values, std::size_t rows, std::size_t columns) {
    RowMatrix matrix;
    matrix.rows_ = rows;
    matrix.columns_ = columns;
    matrix.payload_ = static_cast<const unsigned char*>(values);
    return matrix;
}

RowMatrix RowMatrix::encoded(RowEncoding encoding, std::span<const std::byte> payload,
                             std::span<const std::byte> codebook, std::size_t rows,
                             std::size_t columns, std::size_t group, NormScale norms) {
    RowMatrix matrix = float32(payload.data(), rows, columns);
    matrix.encoding_ = encoding;
    matrix.group_ = group;
    matrix.codebook_ = reinterpret_cast<const unsigned char*>(codebook.data());
    if (encoding == RowEncoding::product) {
        matrix.groups_ = columns / group;
        matrix.norms_ = norms.table();
    }
    return matrix;
}

std::uint64_t RowMatrix::payload_bytes(RowEncoding encoding, std::uint64_t rows,
                                       std::uint64_t columns, std::uint64_t group) {
    switch (encoding) {
    case RowEncoding::float32:
        return rows * columns * sizeof(float);
    case RowEncoding::int8:
        return rows * (columns + sizeof(float));
    case RowEncoding::product:
        return rows * (columns / group + 1);
    }
    return 0;
}

template <std::size_t Group>
void RowMatrix::add_product(const unsigned char* codes, float scale, float* out) const {
    const std::size_t groups = columns_ / Group;
    const unsigned char* table = codebook_;
    for (std::size_t g = 0; g < groups; ++g) {
        float centroid[Group];
        std::memcpy(centroid, table + codes[g] * sizeof centroid, sizeof centroid);
        for (std::size_t j = 0; j < Group; ++j)
            out[g * Group + j] += scale * centroid[j];
        table += centroids_per_group * sizeof centroid;
    }
}

bool RowMatrix::add(std::size_t row, float weight, float* out) const {
    switch (encoding_) {
    case RowEncoding::float32: {
        const unsigned char* values = payload_ + row * columns_ * sizeof(float);
        bool nonzero = false;
        for (std::size_t i = 0; i < columns_; ++i) {
            const float value = load_float(values + i * sizeof(float));
            nonzero |= value != 0;
            out[i] += weight * value;
        }
        return nonzero;
    }
    case RowEncoding::int8: {
        const float scale = load_float(payload_ + row * sizeof(float));
        if (scale == 0)
            return false;
        const float factor = weight * scale;
        const unsigned char* values = payload_ + rows_ * sizeof(float) + row * columns_;
        for (std::size_t i = 0; i < columns_; ++i)
            out[i] += factor * static_cast<float>(static_cast<std::int8_t>(values[i]));
        return true;
    }
    case RowEncoding::product: {
        const std::size_t groups = columns_ / group_;
        const unsigned char* codes = payload_ + row * (groups + 1);
        const unsigned char norm = codes[groups];
        if (norm == 0)
            return false;
        const float scale = weight * norms_[norm];
        if (group_ == 2)
            add_product<2>(codes, scale, out);
        else if (group_ == 4)
            add_product<4>(codes, scale, out);
        else
            add_product<8>(codes, scale, out);
        return true;
    }
    }
    return false;
}

// Group by group rather than row by row: the centroids of one group stay in the first cache, and
// the sum in registers.
template <std::size_t Group>
bool RowMatrix::add_products(std::span<const std::uint32_t> rows, float weight, float* out) const {
    const std::size_t groups = columns_ / Group;
    const unsigned char* codes[rows_at_once];
    float scales[rows_at_once];
    std::size_t count = 0;
    for (const std::uint32_t row : rows)
        __builtin_prefetch(payload_ + row * (groups + 1));
    for (const std::uint32_t row : rows) {
        codes[count] = payload_ + row * (groups + 1);
        scales[count] = weight * norms_[codes[count][groups]];
        count += codes[count][groups] == 0 ? 0U : 1U;
    }
    const unsigned char* table = codebook_;
    for (std::size_t g = 0; g < groups; ++g) {
        float sum[Group] = {};
        for (std::size_t i = 0; i < count; ++i) {
            float centroid[Group];
            std::memcpy(centroid, table + codes[i][g] * sizeof centroid, sizeof centroid);
            for (std::size_t j = 0; j < Group; ++j)
                sum[j] += scales[i] * centroid[j];
        }
        for (std::size_t j = 0; j < Group; ++j)
            out[g * Group + j] += sum[j];
        table += centroids_per_group * Group * sizeof(float);
    }
    return count > 0;
}

bool RowMatrix::add_all(std::span<const std::uint32_t> rows, float weight, float* out) const {
    bool nonzero = false;
    if (encoding_ != RowEncoding::product) {
        for (const std::uint32_t row : rows)
            nonzero |= add(row, weight, out);
        return nonzero;
    }
    while (!rows.empty()) {
        const auto part = rows.first(std::min(rows.size(), rows_at_once));
        rows = rows.subspan(part.size());
        if (group_ == 2)
            nonzero |= add_products<2>(part, weight, out);
        else if (group_ == 4)
            nonzero |= add_products<4>(part, weight, out);
        else
            nonzero |= add_products<8>(part, weight, out);
    }
    return nonzero;
}

} // namespace fabula::detail
