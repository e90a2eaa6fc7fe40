// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace fabula;

namespace {

/// As numpy.save writes it.
std::string array(const std::string& dictionary, const std::string& data, char version = 1) {
    std::string out{"\x93NUMPY", 6};
    out += version;
    out += '\0';
    const std::string header = dictionary + std::string(20, ' ') + "\n";
    out += static_cast<char>(header.size() & 0xFFU);
    out += static_cast<char>(header.size() >> 8U);
    if (version > 1)
        out += std::string(2, '\0');
    return out + header + data;
}

const std::string two_rows = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
const std::string eight_bytes("\x00\x00\x80\x3f\x00\x00\x00\xc0", 8); // 1, -2

} // namespace

TEST_CASE("npy: what is written is read back bit for bit") {
    const test::TempFolder folder;
    const EmbeddingMatrix matrix{3, 2, {0.1F, -2.5F, 0, 1e-30F, 3e30F, -0.0F}};
    write_npy(folder.path() / "v.npy", matrix);
    const EmbeddingMatrix found = read_npy(folder.path() / "v.npy");
    CHECK(found.rows == 3);
    CHECK(found.dimension == 2);
    CHECK(found.values == matrix.values);
}

TEST_CASE("npy: float64, later versions, keys in another order") {
    const test::TempFolder folder;
    const std::string one("\x00\x00\x00\x00\x00\x00\xf0\x3f", 8);
    for (const char version : {'\1', '\2', '\3'}) {
        const auto file =
            folder.write("d.npy", array("{'shape': (1, 1), 'fortran_order': False, 'descr': '<f8'}",
                                        one, version));
        CHECK(read_npy(file).values == std::vector<float>{1});
    }
    CHECK(read_npy(folder.write("f.npy", array(two_rows, eight_bytes))).values ==
          std::vector<float>{1, -2});
}

TEST_CASE("npy: another array is refused with the file, what is wrong and what would help") {
    const test::TempFolder folder;
    const auto refused = [&](const std::string& bytes, const std::string& words) {
        CAPTURE(words);
        const auto file = folder.write("bad.npy", bytes);
        CHECK_THROWS_WITH(read_npy(file), Catch::Matchers::ContainsSubstring("bad.npy") &&
                                              Catch::Matchers::ContainsSubstring(words));
    };
    refused("", "no NumPy array");
    refused("id,x\n1,2\n", "no NumPy array");
    refused(array("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1), }", eight_bytes),
            "astype('float32')");
    refused(array("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", eight_bytes),
            "ascontiguousarray");
    refused(array("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", eight_bytes),
            "two dimensions");
    refused(array("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 1), }", eight_bytes),
            "8 bytes follow");
    refused(array("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999, 1), }",
                  eight_bytes),
            "more than there can be");
    refused(array("{'descr': '<f4', 'fortran_order': False, "
                  "'shape': (99999999999, 99999999999), }",
                  eight_bytes),
            "8 bytes follow");
    refused(array("{'fortran_order': False, 'shape': (2, 1), }", eight_bytes), "of what type");
    refused(array(two_rows, eight_bytes, 9), "version 9");
    CHECK_THROWS_WITH(read_npy(folder.path() / "none.npy"),
                      Catch::Matchers::ContainsSubstring("does not exist"));
}

TEST_CASE("npy: an array cut short anywhere is refused") {
    const test::TempFolder folder;
    const std::string whole = array(two_rows, eight_bytes);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto file = folder.write("cut.npy", whole.substr(0, size));
        CHECK_THROWS_AS(read_npy(file), Error);
    }
}
