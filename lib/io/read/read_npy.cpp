// SPDX-License-Identifier: Apache-2.0
#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <fstream>
#include <regex>
#include <span>
#include <string>
#include <system_error>

namespace fabula::inline v0 {
namespace {

/// What the header says of the data behind it.
struct NpyShape {
    std::size_t rows{};
    std::size_t columns{};
    std::size_t value_bytes{};
};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& what) {
    throw Error(Errc::bad_input, file.string() + ": " + what);
}

std::size_t number(const std::filesystem::path& file, const std::string& digits) {
    if (digits.size() > 15)
        refuse(file, "a dimension of " + digits + " is more than there can be");
    return static_cast<std::size_t>(std::stoull(digits));
}

/// The dictionary as numpy.lib.format writes it: these three keys, in any order.
NpyShape parse(const std::filesystem::path& file, const std::string& dictionary) {
    std::smatch found;
    const std::regex descr(R"('descr':\s*'([^']*)')");
    const std::regex order(R"('fortran_order':\s*(True|False))");
    const std::regex shape(R"('shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\))");
    NpyShape out;
    if (!std::regex_search(dictionary, found, descr))
        refuse(file, "the header does not say of what type the values are");
    if (found[1] == "<f4")
        out.value_bytes = 4;
    else if (found[1] == "<f8")
        out.value_bytes = 8;
    else
        refuse(file, "values of the type \"" + found[1].str() +
                         "\"; vectors must be float32 or float64: v.astype('float32')");
    if (!std::regex_search(dictionary, found, order) || found[1] != "False")
        refuse(file, "rows must be stored one after the other: numpy.ascontiguousarray(v)");
    if (!std::regex_search(dictionary, found, shape))
        refuse(file, "the array must have two dimensions, one row an article");
    out.rows = number(file, found[1]);
    out.columns = number(file, found[2]);
    return out;
}

NpyShape read_header(const std::filesystem::path& file, std::istream& in) {
    std::array<unsigned char, 12> start{};
    in.read(reinterpret_cast<char*>(start.data()), 8); // NOLINT(*-reinterpret-cast)
    if (!in || std::string_view(reinterpret_cast<const char*>(start.data()), 6) != // NOLINT
                   "\x93NUMPY")
        refuse(file, "this is no NumPy array; write one with numpy.save");
    const bool is_first = start[6] == 1;
    if (start[6] < 1 || start[6] > 3)
        refuse(file, "version " + std::to_string(start[6]) + " of the format is not known");
    in.read(reinterpret_cast<char*>(start.data()) + 8, is_first ? 2 : 4); // NOLINT
    std::size_t length = start[8] | static_cast<std::size_t>(start[9]) << 8U;
    if (!is_first)
        length |= static_cast<std::size_t>(start[10]) << 16U | static_cast<std::size_t>(start[11])
                                                                   << 24U;
    constexpr std::size_t longest = std::size_t{1} << 16U;
    if (!in || length > longest)
        refuse(file, "the header is damaged");
    std::string dictionary(length, '\0');
    if (!in.read(dictionary.data(), static_cast<std::streamsize>(length)))
        refuse(file, "the file ends within the header");
    return parse(file, dictionary);
}

template <class Bits, class Value>
void read_values(std::istream& in, std::span<float> out) {
    constexpr std::size_t at_once = 4096;
    std::array<unsigned char, at_once * sizeof(Bits)> bytes{};
    for (std::size_t begin = 0; begin < out.size(); begin += at_once) {
        const std::size_t count = std::min(at_once, out.size() - begin);
        in.read(reinterpret_cast<char*>(bytes.data()), // NOLINT(*-reinterpret-cast)
                static_cast<std::streamsize>(count * sizeof(Bits)));
        for (std::size_t i = 0; i < count; ++i) {
            Bits bits = 0;
            for (std::size_t k = sizeof(Bits); k > 0; --k)
                bits = static_cast<Bits>(bits << 8U | bytes[i * sizeof(Bits) + k - 1]);
            out[begin + i] = static_cast<float>(std::bit_cast<Value>(bits));
        }
    }
}

} // namespace

EmbeddingMatrix read_npy(const std::filesystem::path& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error && !std::filesystem::exists(file))
        throw Error(Errc::file_not_found, file.string() + " does not exist");
    std::ifstream in(file, std::ios::binary);
    if (error || !in)
        throw Error(Errc::unreadable, file.string() + " cannot be read");
    const NpyShape shape = read_header(file, in);
    const auto header = static_cast<std::uintmax_t>(in.tellg());
    const std::uintmax_t row_bytes = std::uintmax_t{shape.columns} * shape.value_bytes;
    // No more is allocated than the file has.
    if (row_bytes == 0
            ? size != header
            : (size - header) % row_bytes != 0 || (size - header) / row_bytes != shape.rows)
        refuse(file, "the header speaks of " + std::to_string(shape.rows) + " rows of " +
                         std::to_string(shape.columns) + " values, but " +
                         std::to_string(size - header) + " bytes follow");
    EmbeddingMatrix out{shape.rows, shape.columns,
                        std::vector<float>(row_bytes == 0 ? 0 : shape.rows * shape.columns)};
    if (shape.value_bytes == 4)
        read_values<std::uint32_t, float>(in, out.values);
    else
        read_values<std::uint64_t, double>(in, out.values);
    if (!in)
        throw Error(Errc::unreadable, file.string() + " cannot be read to its end");
    return out;
}

} // namespace fabula::inline v0
