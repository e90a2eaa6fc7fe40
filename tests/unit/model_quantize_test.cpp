// SPDX-License-Identifier: Apache-2.0
#include "model/rows/quantize.hpp"
#include "model_sample.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"

#include <fabula/error.hpp>

#include <cmath>
#include <limits>

namespace {

using namespace fabula;
using namespace fabula::detail;
using namespace fabula::test;

} // namespace

TEST_CASE("smaller groups of product codes come closer") {
    constexpr std::size_t dimension = 64;
    const std::size_t count = size_or(6000, 1500);
    const auto rows = clustered_rows(count, dimension, 50, 4);
    double previous = 1;
    for (const std::size_t group : {2, 4, 8}) {
        RowOptions options;
        options.group = group;
        const EncodedRows encoded = encode_rows(rows, dimension, options);
        CHECK(encoded.payload.size() == count * (dimension / group + 1));
        CHECK(encoded.codebook.size() == dimension * 256);
        CHECK(encoded.mean_cosine < previous);
        previous = encoded.mean_cosine;
        if (group == 4)
            CHECK(encoded.mean_cosine > 0.98);
    }
    CHECK(previous > 0.95);
}

TEST_CASE("product codes find the nearest centroid") {
    constexpr std::size_t dimension = 8;
    const auto rows = clustered_rows(3000, dimension, 500, 5);
    const std::size_t group = GENERATE(2, 4, 8);
    RowOptions options;
    options.group = group;
    const auto quantizer = ProductQuantizer::train(rows, dimension, options);
    const auto& codebook = quantizer.codebook();
    for (std::size_t i = 0; i < 300; ++i) {
        const float* row = rows.data() + i * dimension;
        std::uint8_t codes[dimension];
        quantizer.encode(row, codes);
        for (std::size_t g = 0; g < dimension / group; ++g) {
            const auto distance = [&](std::size_t k) {
                double sum = 0;
                for (std::size_t j = 0; j < group; ++j) {
                    const double gap = static_cast<double>(row[g * group + j]) -
                                       static_cast<double>(codebook[(g * 256 + k) * group + j]);
                    sum += gap * gap;
                }
                return sum;
            };
            double least = distance(0);
            for (std::size_t k = 1; k < 256; ++k)
                least = std::min(least, distance(k));
            CHECK(distance(codes[g]) == Approx(least).margin(1e-5));
        }
    }
}

TEST_CASE("fewer rows than centroids, equal rows and zero rows are stored exactly enough") {
    constexpr std::size_t dimension = 4;
    const std::vector<float> rows{1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 4, -8, 0, 0, 0.5F};
    const auto encoding = GENERATE(RowEncoding::float32, RowEncoding::int8, RowEncoding::product);
    RowOptions options;
    options.encoding = encoding;
    const EncodedRows encoded = encode_rows(rows, dimension, options);
    CHECK(encoded.mean_cosine > 0.9999);
    const RowMatrix view = encoded.view();
    for (std::size_t i = 0; i < 4; ++i) {
        std::vector<float> out(dimension);
        CHECK(view.add(i, 1, out.data()) == (i != 1));
        for (std::size_t j = 0; j < dimension; ++j)
            CHECK(static_cast<double>(out[j]) ==
                  Approx(static_cast<double>(rows[i * dimension + j])).margin(0.05));
    }
    CHECK(encode_rows({}, dimension, options).rows == 0);
}

TEST_CASE("weights draw the centroids to the rows that matter") {
    // 2,000 light rows all over the sphere, 300 heavy ones in one corner of it.
    constexpr std::size_t dimension = 8;
    auto rows = clustered_rows(2000, dimension, 2000, 6);
    const auto corner = clustered_rows(300, dimension, 1, 7);
    rows.insert(rows.end(), corner.begin(), corner.end());
    std::vector<float> weights(2000, 0.001F);
    weights.resize(2300, 1.0F);
    RowOptions options;
    options.group = 8;
    const auto corner_cosine = [&](const EncodedRows& encoded) {
        double sum = 0;
        for (std::size_t i = 2000; i < 2300; ++i) {
            std::vector<float> out(dimension);
            encoded.view().add(i, 1, out.data());
            sum += cosine(out.data(), rows.data() + i * dimension, dimension);
        }
        return sum / 300;
    };
    const EncodedRows weighted = encode_rows(rows, dimension, options, weights);
    CHECK(corner_cosine(weighted) > corner_cosine(encode_rows(rows, dimension, options)));
    CHECK(weighted.mean_cosine > 0.98);
}

TEST_CASE("the bytes of codes do not depend on the threads") {
    const std::size_t count = size_or(9000, 3000);
    const auto rows = clustered_rows(count, 16, 30, 8);
    RowOptions options;
    options.sample = count / 9 * 5;
    options.threads = 1;
    const EncodedRows one = encode_rows(rows, 16, options);
    options.threads = 4;
    const EncodedRows four = encode_rows(rows, 16, options);
    CHECK(one.payload == four.payload);
    CHECK(one.codebook == four.codebook);
    CHECK(one.mean_cosine == four.mean_cosine);
}

TEST_CASE("the scale of norms is close in the middle and at both ends") {
    const NormScale scale{0.01F, 20.0F};
    const auto table = scale.table();
    CHECK(scale.encode(0) == 0);
    CHECK(table[0] == 0);
    CHECK(scale.encode(0.01F) == 1);
    CHECK(scale.encode(20.0F) == 255);
    CHECK(scale.encode(1e9F) == 255);
    CHECK(scale.encode(1e-9F) == 1);
    for (const float norm : {0.01F, 0.013F, 0.5F, 1.0F, 7.7F, 20.0F})
        CHECK(static_cast<double>(table[scale.encode(norm)]) ==
              Approx(static_cast<double>(norm)).epsilon(0.016));
    CHECK(NormScale{2, 2}.table()[NormScale{2, 2}.encode(2)] == 2.0F);
}

TEST_CASE("rows that cannot be stored are refused") {
    const std::vector<float> rows(16, 1.0F);
    RowOptions options;
    CHECK_THROWS_AS(encode_rows(rows, 5, options), Error);
    CHECK_THROWS_AS(encode_rows(rows, 0, options), Error);
    CHECK_THROWS_AS(encode_rows(rows, 2, options), Error); // no groups of 4 in 2
    const std::vector<float> weights{1, -1};
    CHECK_THROWS_AS(encode_rows(rows, 8, options, weights), Error);
    CHECK_THROWS_AS(encode_rows(rows, 4, options, weights), Error);
    options.encoding = RowEncoding::int8;
    const std::vector<float> endless(4, std::numeric_limits<float>::infinity());
    CHECK_THROWS_AS(encode_rows(endless, 4, options), Error);
}
