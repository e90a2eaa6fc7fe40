// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/dot.hpp"
#include "neighbours/join/int8_rows.hpp"
#include "neighbours/join/unit_rows.hpp"
#include "neighbours/kernels/dispatch.hpp"
#include "neighbours/kernels/kernel_source.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <cstring>
#include <limits>

using namespace fabula;
using namespace fabula::detail;

namespace {

struct Named {
    std::string name;
    Kernels loops;
};

/// All that this processor has, and the templates over plain arrays: as VNNI has them, too.
std::vector<Named> all_kernels() {
    std::vector<Named> all{{"plain int16", kernels_with<PlainSet<false>>(dot_in_order)},
                           {"plain int32", kernels_with<PlainSet<true>>(dot_in_order)}};
    for (int level = 0; level <= static_cast<int>(highest_kernel_level()); ++level)
        all.push_back({std::string(to_string(static_cast<KernelLevel>(level))),
                       kernels(static_cast<KernelLevel>(level))});
    return all;
}

/// Unit vectors, some of them with all their length in few columns.
std::vector<float> unit_vectors(test::Random& random, std::size_t rows, std::size_t dimension) {
    std::vector<float> values;
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<float> row(dimension);
        for (float& value : row)
            value = random.part() - 0.5F;
        if (i % 5 == 0)
            row[random.number(static_cast<std::uint32_t>(dimension))] = 30;
        if (i % 7 == 0)
            row.back() = -20;
        const double scale = unit_scale(row);
        for (const float value : row)
            values.push_back(unit_value(value, scale));
    }
    return values;
}

std::vector<std::int8_t> numbers_of(const std::vector<float>& units, std::size_t dimension,
                                    std::vector<float>& slack) {
    const Int8Scale scale = Int8Scale::best_for(units, dimension);
    const std::size_t padded = Int8Scale::padded(dimension);
    const std::size_t rows = units.size() / dimension;
    std::vector<std::int8_t> numbers(rows * padded);
    for (std::size_t i = 0; i < rows; ++i)
        slack.push_back(scale.quantize(std::span(units).subspan(i * dimension, dimension),
                                       std::span(numbers).subspan(i * padded, padded)));
    return numbers;
}

int product(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
    int sum = 0;
    for (std::size_t i = 0; i < size; ++i)
        sum += a[i] * b[i];
    return sum;
}

std::vector<std::int16_t> thresholds(test::Random& random, std::size_t padded, int range) {
    std::vector<std::int16_t> values(padded);
    for (std::int16_t& value : values) {
        value = static_cast<std::int16_t>(
            static_cast<int>(random.number(static_cast<std::uint32_t>(2 * range))) - range);
        if (random.number(20) == 0)
            value = std::numeric_limits<std::int16_t>::min();
        if (random.number(20) == 0)
            value = std::numeric_limits<std::int16_t>::max();
    }
    return values;
}

int at_the_ends(int sum) {
    return std::clamp(sum, -32768, 32767);
}

} // namespace

TEST_CASE("kernels: every instruction set finds the pairs and products of the definition") {
    test::Random random(11);
    for (const std::size_t dimension : {1, 3, 4, 127, 128, 300}) {
        const std::size_t padded = Int8Scale::padded(dimension);
        for (const auto& [rows, columns] : {std::pair{1, 1}, {7, 70}, {37, 64}, {64, 131}}) {
            std::vector<float> slack;
            const auto tiles = numbers_of(unit_vectors(random, rows, dimension), dimension, slack);
            const auto panels =
                numbers_of(unit_vectors(random, columns, dimension), dimension, slack);
            const std::size_t room = 512;
            std::vector<std::vector<std::int16_t>> limits;
            for (int i = 0; i < 6; ++i)
                limits.push_back(thresholds(random, room, 6000));

            std::vector<std::uint32_t> expected;
            for (int r = 0; r < rows; ++r)
                for (int c = 0; c < columns; ++c) {
                    const int p =
                        product(tiles.data() + r * padded, panels.data() + c * padded, padded);
                    const int limit = std::max(at_the_ends(limits[0][r] + limits[3][c]),
                                               std::min(at_the_ends(limits[1][r] + limits[5][c]),
                                                        at_the_ends(limits[2][r] + limits[4][c])));
                    if (p >> 1 > limit)
                        expected.push_back(static_cast<std::uint32_t>(r << 16 | c));
                }
            for (const auto& [name, loops] : all_kernels()) {
                INFO(name << ", dimension " << dimension << ", " << rows << " x " << columns);
                Int8Tiles packed;
                packed.pack(tiles, padded, loops);
                std::vector<std::uint8_t> bytes;
                pack_panels(panels, padded, loops, bytes);
                const PairBlock block{bytes.data(),
                                      packed.bytes.data(),
                                      static_cast<std::uint32_t>(rows),
                                      static_cast<std::uint32_t>(columns),
                                      static_cast<std::uint32_t>(padded / loops.group),
                                      packed.start.data(),
                                      limits[0].data(),
                                      limits[1].data(),
                                      limits[2].data(),
                                      limits[3].data(),
                                      limits[4].data(),
                                      limits[5].data()};
                std::vector<std::uint32_t> hits(static_cast<std::size_t>(rows * columns));
                hits.resize(loops.filter(block, hits.data()));
                std::sort(hits.begin(), hits.end());
                CHECK(hits == expected);

                const std::size_t stride = bytes.size() / padded;
                std::vector<std::int16_t> products(packed.start.size() * stride);
                loops.multiply(block, products.data());
                int wrong = 0;
                for (int r = 0; r < rows; ++r)
                    for (int c = 0; c < columns; ++c)
                        wrong +=
                            products[r * stride + c] !=
                            product(tiles.data() + r * padded, panels.data() + c * padded, padded);
                CHECK(wrong == 0);
            }
        }
    }
}

TEST_CASE("kernels: the dot product has the bits of its definition in every instruction set") {
    test::Random random(12);
    for (const std::size_t size : {0, 1, 3, 15, 16, 17, 127, 128, 300})
        for (const float length : {1.0F, 1e30F, 1e-40F}) {
            std::vector<float> a;
            std::vector<float> b;
            for (std::size_t i = 0; i < size; ++i) {
                a.push_back(random.part() - 0.5F);
                b.push_back((random.part() - 0.5F) * length);
            }
            const double scale = unit_scale(b);
            std::vector<float> unit;
            for (const float value : b)
                unit.push_back(unit_value(value, scale));
            const float expected = dot(a.data(), unit.data(), size);
            for (const auto& [name, loops] : all_kernels()) {
                INFO(name << ", size " << size << ", length " << length);
                const float found = loops.dot(a.data(), b.data(), scale, size);
                CHECK(std::memcmp(&found, &expected, sizeof found) == 0);
            }
        }
}

TEST_CASE("kernels: rows of unit length are taken as they are, to the bit, up to rounding") {
    test::Random random(14);
    for (const std::size_t size : {1, 16, 127, 128}) {
        std::vector<float> row;
        double squares = 0;
        for (std::size_t i = 0; i < size; ++i) {
            row.push_back(random.part() - 0.5F);
            squares += static_cast<double>(row.back()) * static_cast<double>(row.back());
        }
        for (float& value : row)
            value = static_cast<float>(static_cast<double>(value) / std::sqrt(squares));
        CHECK(unit_scale(row) == 1.0);
        for (const float value : row)
            CHECK(unit_value(value, unit_scale(row)) == value);
        const float expected = dot(row.data(), row.data(), size);
        for (const auto& [name, loops] : all_kernels()) {
            INFO(name << ", size " << size);
            const float found = loops.dot(row.data(), row.data(), 1.0, size);
            CHECK(std::memcmp(&found, &expected, sizeof found) == 0);
        }
        std::vector<float> longer = row;
        for (float& value : longer)
            value *= 1.001F;
        CHECK(unit_scale(longer) != 1.0);
    }
}

TEST_CASE("int8 rows: no product is further off than the two rows' slack, and the rules are kept") {
    test::Random random(13);
    for (const std::size_t dimension : {1, 2, 3, 16, 128, 300, 2000}) {
        const std::size_t rows = 60;
        const auto units = unit_vectors(random, rows, dimension);
        const std::size_t padded = Int8Scale::padded(dimension);
        for (const double scale : {Int8Scale::best_for(units, dimension).scale, 180.0, 60.0}) {
            std::vector<std::int8_t> numbers(rows * padded);
            std::vector<float> slack;
            for (std::size_t i = 0; i < rows; ++i)
                slack.push_back(
                    Int8Scale{scale}.quantize(std::span(units).subspan(i * dimension, dimension),
                                              std::span(numbers).subspan(i * padded, padded)));
            int broken = 0;
            int too_far = 0;
            for (std::size_t i = 0; i < rows; ++i) {
                const std::int8_t* q = numbers.data() + i * padded;
                broken += product(q, q, padded) > 32767 || slack[i] > 1.51F;
                for (std::size_t k = 0; k < padded; k += 2)
                    broken += std::abs(q[k]) + std::abs(q[k + 1]) > 128;
                for (std::size_t j = 0; j < rows; ++j) {
                    double exact = 0;
                    for (std::size_t k = 0; k < dimension; ++k)
                        exact += static_cast<double>(units[i * dimension + k]) *
                                 static_cast<double>(units[j * dimension + k]);
                    const double about =
                        product(q, numbers.data() + j * padded, padded) / (scale * scale);
                    too_far += std::abs(exact - about) >
                               static_cast<double>(slack[i]) + static_cast<double>(slack[j]);
                }
            }
            INFO("dimension " << dimension << ", scale " << scale);
            CHECK(broken == 0);
            CHECK(too_far == 0);
        }
    }
}

TEST_CASE("kernels: a level can be asked for by name, up to what the processor has") {
    for (const auto level :
         {KernelLevel::baseline, KernelLevel::v3, KernelLevel::v4, KernelLevel::v4_vnni}) {
        CHECK(kernel_level_named(to_string(level)) == level);
        use_kernel_level(level);
        CHECK(kernel_level() == std::min(level, highest_kernel_level()));
    }
    use_kernel_level({});
    CHECK_FALSE(kernel_level_named("v5").has_value());
    CHECK(kernel_level() <= highest_kernel_level());
}
