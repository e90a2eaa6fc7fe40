// SPDX-License-Identifier: Apache-2.0
#include <fabula/io.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <ostream>

namespace fabula::inline v0 {
namespace {

/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0: magic,
/// version, length of the header, then a Python dictionary padded so that the data is aligned.
std::string npy_header(const EmbeddingMatrix& matrix) {
    constexpr std::size_t alignment = 64;
    constexpr std::size_t fixed = 10; // magic, version and length
    std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                             std::to_string(matrix.rows) + ", " + std::to_string(matrix.dimension) +
                             "), }";
    const std::size_t unpadded = fixed + dictionary.size() + 1;
    dictionary.append((alignment - unpadded % alignment) % alignment, ' ');
    dictionary += '\n';

    std::string header{"\x93NUMPY\x01\x00", 8};
    header += static_cast<char>(dictionary.size() & 0xFFU);
    header += static_cast<char>(dictionary.size() >> 8U);
    return header + dictionary;
}

void put_little_endian(std::ostream& out, float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::array<char, 4> bytes{static_cast<char>(bits & 0xFFU), static_cast<char>(bits >> 8U),
                                    static_cast<char>(bits >> 16U), static_cast<char>(bits >> 24U)};
    out.write(bytes.data(), bytes.size());
}

} // namespace

void write_npy(const std::filesystem::path& file, const EmbeddingMatrix& matrix) {
    write_file(file, [&matrix](std::ostream& out) {
        const std::string header = npy_header(matrix);
        out.write(header.data(), static_cast<std::streamsize>(header.size()));
        for (const float value : matrix.values)
            put_little_endian(out, value);
    });
}

} // namespace fabula::inline v0
