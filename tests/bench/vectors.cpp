// SPDX-License-Identifier: Apache-2.0
#include "vectors.hpp"

#include "draw.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <stdexcept>

namespace bench {
namespace {

using Vector = std::vector<float>;

Vector direction(Draw& draw, std::size_t dimension) {
    Vector out(dimension);
    double squares = 0;
    for (float& value : out) {
        value = static_cast<float>(draw.normal());
        squares += static_cast<double>(value) * value;
    }
    for (float& value : out)
        value = static_cast<float>(value / std::sqrt(squares));
    return out;
}

/// Of unit length; `part` of its squared length is that of `from`.
void near(Draw& draw, const Vector& from, double part, std::span<float> out) {
    const Vector other = direction(draw, out.size());
    double squares = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<float>(std::sqrt(part) * from[i] + std::sqrt(1 - part) * other[i]);
        squares += static_cast<double>(out[i]) * out[i];
    }
    for (float& value : out)
        value = static_cast<float>(value / std::sqrt(squares));
}

template <typename T>
void put(std::ofstream& out, const T* values, std::size_t count) {
    out.write(reinterpret_cast<const char*>(values),
              static_cast<std::streamsize>(count * sizeof(T)));
}

template <typename T>
void get(std::ifstream& in, T* values, std::size_t count) {
    in.read(reinterpret_cast<char*>(values), static_cast<std::streamsize>(count * sizeof(T)));
}

} // namespace

LabelledVectors story_like_vectors(std::size_t rows, std::size_t dimension, std::uint64_t seed) {
    LabelledVectors out{rows, dimension, std::vector<float>(rows * dimension), {}};
    Draw draw(seed);
    // As many as there is news for: with a fixed number, ever more pairs of other stories would be
    // near, and an inverted file would only have to find the topics.
    std::vector<Vector> topics;
    for (std::size_t i = 0; i < std::max<std::size_t>(20, rows / 100); ++i)
        topics.push_back(direction(draw, dimension));
    const Weights sizes = Weights::zipf(50, 1.9);
    Vector centre(dimension);
    for (std::uint32_t story = 0; out.gold.size() < rows; ++story) {
        near(draw, topics[draw.below(topics.size())], 0.6, centre);
        for (std::size_t n = 1 + sizes.pick(draw); n > 0 && out.gold.size() < rows; --n)
            out.gold.push_back(story);
        // Some reports are further from their story than others.
        const std::size_t begin = static_cast<std::size_t>(
            std::lower_bound(out.gold.begin(), out.gold.end(), story) - out.gold.begin());
        for (std::size_t row = begin; row < out.gold.size(); ++row)
            near(draw, centre, 0.5 + 0.35 * draw.unit(),
                 std::span(out.values).subspan(row * dimension, dimension));
    }
    // News of one story does not come in one piece.
    std::vector<std::uint32_t> order(rows);
    for (std::uint32_t i = 0; i < rows; ++i)
        order[i] = i;
    draw.shuffle(order);
    LabelledVectors shuffled{rows, dimension, std::vector<float>(rows * dimension), {}};
    for (std::size_t i = 0; i < rows; ++i) {
        shuffled.gold.push_back(out.gold[order[i]]);
        std::copy_n(out.values.begin() + static_cast<std::ptrdiff_t>(order[i] * dimension),
                    dimension,
                    shuffled.values.begin() + static_cast<std::ptrdiff_t>(i * dimension));
    }
    return shuffled;
}

void write_vectors(const std::string& file, const LabelledVectors& vectors) {
    std::ofstream out(file, std::ios::binary);
    const std::uint64_t sizes[2]{vectors.rows, vectors.dimension};
    put(out, sizes, 2);
    put(out, vectors.values.data(), vectors.values.size());
    put(out, vectors.gold.data(), vectors.gold.size());
    if (!out.flush())
        throw std::runtime_error(file + " cannot be written");
}

LabelledVectors read_vectors(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::uint64_t sizes[2]{};
    get(in, sizes, 2);
    LabelledVectors vectors{sizes[0], sizes[1], {}, {}};
    vectors.values.resize(vectors.rows * vectors.dimension);
    vectors.gold.resize(vectors.rows);
    get(in, vectors.values.data(), vectors.values.size());
    get(in, vectors.gold.data(), vectors.gold.size());
    if (!in)
        throw std::runtime_error(file + " cannot be read, or ends too early");
    return vectors;
}

void write_pairs(const std::string& file, const std::vector<RowPair>& pairs) {
    std::ofstream out(file, std::ios::binary);
    put(out, pairs.data(), pairs.size());
    if (!out.flush())
        throw std::runtime_error(file + " cannot be written");
}

std::vector<RowPair> read_pairs(const std::string& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in)
        throw std::runtime_error(file + " cannot be read");
    std::vector<RowPair> pairs(static_cast<std::size_t>(in.tellg()) / sizeof(RowPair));
    in.seekg(0);
    get(in, pairs.data(), pairs.size());
    return pairs;
}

double recall(const std::vector<RowPair>& found, const std::vector<RowPair>& truth) {
    std::size_t common = 0;
    auto at = found.begin();
    for (const RowPair& pair : truth) {
        at = std::lower_bound(at, found.end(), pair);
        if (at != found.end() && *at == pair)
            ++common;
    }
    return truth.empty() ? 1 : static_cast<double>(common) / static_cast<double>(truth.size());
}

} // namespace bench
