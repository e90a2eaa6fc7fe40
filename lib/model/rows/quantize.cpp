// SPDX-License-Identifier: Apache-2.0
#include "model/rows/quantize.hpp"

#include "base/parallel.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace fabula::detail {
namespace {

constexpr std::size_t rows_per_task = 4096;
constexpr std::size_t max_group = 8;

void check(std::span<const float> rows, std::size_t dimension, const RowOptions& options,
           std::span<const float> weights) {
    const auto refuse = [](const std::string& sentence) {
        throw Error(Errc::bad_option, sentence);
    };
    if (dimension == 0 || rows.size() % dimension != 0)
        refuse("rows to store: " + std::to_string(rows.size()) +
               " values are not a whole number of rows of " + std::to_string(dimension));
    const std::size_t group = options.group;
    if (options.encoding == RowEncoding::product &&
        ((group != 2 && group != 4 && group != 8) || dimension % group != 0))
        refuse("product codes: the group size " + std::to_string(group) +
               " is not 2, 4 or 8, or does not divide the dimension " + std::to_string(dimension));
    if (!weights.empty() && weights.size() != rows.size() / dimension)
        refuse("rows to store: " + std::to_string(weights.size()) + " weights for " +
               std::to_string(rows.size() / dimension) + " rows");
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!std::isfinite(rows[i]))
            refuse("rows to store: row " + std::to_string(i / dimension) +
                   " has a value that is not finite");
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!(weights[i] >= 0) || !std::isfinite(weights[i]))
            refuse("rows to store: the weight of row " + std::to_string(i) +
                   " is not a finite number of 0 or more");
}

double squared_length(const float* values, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    return sum;
}

// The same sequence on every machine, unlike the distributions of <random>.
std::uint64_t next_random(std::uint64_t& state) { // splitmix64
    std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

// The number of the centroid nearest to x; the lowest of equals. `columns` is Group × 256. Written
// in lanes because compilers do not vectorise a search for a minimum that has to keep its place.
template <std::size_t Group>
std::uint8_t nearest(const float* x, const float* columns, const float* halves) {
    constexpr std::size_t lanes = 16;
    float best[lanes];
    std::int32_t where[lanes];
    for (std::size_t l = 0; l < lanes; ++l) {
        best[l] = std::numeric_limits<float>::max();
        where[l] = 0;
    }
    for (std::size_t k = 0; k < centroids_per_group; k += lanes) {
        float distance[lanes]; // less the length of x, halved
        for (std::size_t l = 0; l < lanes; ++l)
            distance[l] = halves[k + l];
        for (std::size_t j = 0; j < Group; ++j)
            for (std::size_t l = 0; l < lanes; ++l)
                distance[l] -= x[j] * columns[j * centroids_per_group + k + l];
        for (std::size_t l = 0; l < lanes; ++l) {
            const bool closer = distance[l] < best[l];
            best[l] = closer ? distance[l] : best[l];
            where[l] = closer ? static_cast<std::int32_t>(k) : where[l];
        }
    }
    auto winner = static_cast<std::size_t>(where[0]);
    float least = best[0];
    for (std::size_t l = 1; l < lanes; ++l) {
        const std::size_t candidate = static_cast<std::size_t>(where[l]) + l;
        if (best[l] < least || (best[l] == least && candidate < winner)) {
            least = best[l];
            winner = candidate;
        }
    }
    return static_cast<std::uint8_t>(winner);
}

std::uint8_t nearest(std::size_t group, const float* x, const float* columns, const float* halves) {
    if (group == 2)
        return nearest<2>(x, columns, halves);
    if (group == 4)
        return nearest<4>(x, columns, halves);
    return nearest<8>(x, columns, halves);
}

// The directions that k-means looks at, one group after the other: group × sample × values.
struct Sample {
    std::size_t rows{};
    std::vector<float> values;
    std::vector<float> weights;
};

Sample take_sample(std::span<const float> rows, std::size_t dimension, const RowOptions& options,
                   std::span<const float> weights) {
    std::vector<std::size_t> present;
    for (std::size_t i = 0; i < rows.size() / dimension; ++i)
        if (squared_length(rows.data() + i * dimension, dimension) > 0)
            present.push_back(i);
    Sample sample;
    sample.rows = options.sample == 0 ? present.size() : std::min(options.sample, present.size());
    sample.values.resize(sample.rows * dimension);
    const std::size_t group = options.group;
    std::uint64_t state = options.seed;
    for (std::size_t i = 0; i < sample.rows; ++i) {
        // One row out of each of equally long stretches.
        const std::size_t begin = i * present.size() / sample.rows;
        const std::size_t end = (i + 1) * present.size() / sample.rows;
        const std::size_t row = present[begin + next_random(state) % (end - begin)];
        const float* values = rows.data() + row * dimension;
        const double length = std::sqrt(squared_length(values, dimension));
        for (std::size_t j = 0; j < dimension; ++j)
            sample.values[((j / group) * sample.rows + i) * group + j % group] =
                static_cast<float>(static_cast<double>(values[j]) / length);
        sample.weights.push_back(weights.empty() ? 1.0F : weights[row]);
    }
    return sample;
}

struct Cluster {
    std::array<double, max_group> sum{};
    double weight{};
};

} // namespace

ProductQuantizer::ProductQuantizer(std::size_t dimension, std::size_t group)
    : dimension_(dimension), group_(group), codebook_(dimension * centroids_per_group),
      columns_(codebook_.size()), halves_(dimension / group * centroids_per_group) {}

void ProductQuantizer::index_centroids(std::size_t g) {
    const std::size_t base = g * centroids_per_group * group_;
    for (std::size_t k = 0; k < centroids_per_group; ++k) {
        const float* centroid = codebook_.data() + base + k * group_;
        float sum = 0;
        for (std::size_t j = 0; j < group_; ++j) {
            columns_[base + j * centroids_per_group + k] = centroid[j];
            sum += centroid[j] * centroid[j];
        }
        halves_[g * centroids_per_group + k] = sum / 2;
    }
}

ProductQuantizer ProductQuantizer::train(std::span<const float> rows, std::size_t dimension,
                                         const RowOptions& options,
                                         std::span<const float> weights) {
    check(rows, dimension, options, weights);
    ProductQuantizer result(dimension, options.group);
    const Sample sample = take_sample(rows, dimension, options, weights);
    if (sample.rows == 0)
        return result;
    const std::size_t group = options.group;

    for_each_task(dimension / group, options.threads, [&](std::size_t g) {
        const float* points = sample.values.data() + g * sample.rows * group;
        float* centroids = result.codebook_.data() + g * centroids_per_group * group;
        std::uint64_t state = options.seed + g + 1;
        for (std::size_t k = 0; k < centroids_per_group; ++k) {
            const std::size_t begin = k * sample.rows / centroids_per_group;
            const std::size_t end =
                std::max(begin + 1, (k + 1) * sample.rows / centroids_per_group);
            const std::size_t row = begin + next_random(state) % (end - begin);
            std::copy_n(points + row * group, group, centroids + k * group);
        }
        result.index_centroids(g);

        std::vector<std::uint8_t> nearest_to(sample.rows);
        for (unsigned iteration = 0; iteration < options.iterations; ++iteration) {
            std::array<Cluster, centroids_per_group> clusters{};
            bool changed = iteration == 0;
            for (std::size_t i = 0; i < sample.rows; ++i) {
                const float* x = points + i * group;
                const std::uint8_t k =
                    nearest(group, x, result.columns_.data() + g * centroids_per_group * group,
                            result.halves_.data() + g * centroids_per_group);
                changed |= nearest_to[i] != k;
                nearest_to[i] = k;
                const double weight = sample.weights[i];
                clusters[k].weight += weight;
                for (std::size_t j = 0; j < group; ++j)
                    clusters[k].sum[j] += weight * static_cast<double>(x[j]);
            }
            if (!changed)
                break;
            for (std::size_t k = 0; k < centroids_per_group; ++k) {
                Cluster& cluster = clusters[k];
                if (cluster.weight == 0) {
                    // Nothing is nearest to it: let it share the points of the heaviest cluster.
                    Cluster& heaviest = *std::max_element(
                        clusters.begin(), clusters.end(),
                        [](const Cluster& a, const Cluster& b) { return a.weight < b.weight; });
                    heaviest.weight /= 2;
                    for (double& sum : heaviest.sum)
                        sum /= 2;
                    cluster = heaviest;
                    for (std::size_t j = 0; j < group; ++j)
                        cluster.sum[j] *= j % 2 == 0 ? 1 + 1e-3 : 1 - 1e-3;
                }
                if (cluster.weight > 0)
                    for (std::size_t j = 0; j < group; ++j)
                        centroids[k * group + j] =
                            static_cast<float>(cluster.sum[j] / cluster.weight);
            }
            result.index_centroids(g);
        }
    });
    return result;
}

void ProductQuantizer::encode(const float* direction, std::uint8_t* codes) const {
    for (std::size_t g = 0; g < dimension_ / group_; ++g)
        codes[g] = nearest(group_, direction + g * group_,
                           columns_.data() + g * centroids_per_group * group_,
                           halves_.data() + g * centroids_per_group);
}

namespace {

void encode_int8(std::span<const float> rows, EncodedRows& encoded) {
    const std::size_t columns = encoded.columns;
    std::byte* const scales = encoded.payload.data();
    std::byte* const values = scales + encoded.rows * sizeof(float);
    for_each_range(encoded.rows, rows_per_task, encoded.options.threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const float* row = rows.data() + i * columns;
            float largest = 0;
            for (std::size_t j = 0; j < columns; ++j)
                largest = std::max(largest, std::abs(row[j]));
            // A row of denormals would have a scale of zero or less precision than none: it
            // counts as the zero row.
            const float scale =
                largest < std::numeric_limits<float>::min() * 127 ? 0 : largest / 127;
            std::memcpy(scales + i * sizeof(float), &scale, sizeof scale);
            for (std::size_t j = 0; j < columns && scale > 0; ++j) {
                const float steps = std::clamp(row[j] / scale, -127.0F, 127.0F);
                values[i * columns + j] =
                    static_cast<std::byte>(static_cast<std::int8_t>(std::lround(steps)));
            }
        }
    });
}

void encode_product(std::span<const float> rows, std::span<const float> weights,
                    EncodedRows& encoded) {
    const std::size_t columns = encoded.columns;
    const std::size_t group = encoded.options.group;
    const std::size_t groups = columns / group;
    const ProductQuantizer quantizer =
        ProductQuantizer::train(rows, columns, encoded.options, weights);
    encoded.codebook = quantizer.codebook();
    auto* const codes = reinterpret_cast<std::uint8_t*>(encoded.payload.data());
    std::vector<float> norms(encoded.rows);
    for_each_range(encoded.rows, rows_per_task, encoded.options.threads, [&](ItemRange range) {
        std::vector<float> direction(columns);
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const float* row = rows.data() + i * columns;
            const double length = std::sqrt(squared_length(row, columns));
            if (length == 0)
                continue;
            for (std::size_t j = 0; j < columns; ++j)
                direction[j] = static_cast<float>(static_cast<double>(row[j]) / length);
            std::uint8_t* row_codes = codes + i * (groups + 1);
            quantizer.encode(direction.data(), row_codes);
            // The factor for the stored direction that makes the squared error least.
            double dot = 0;
            double squared = 0;
            for (std::size_t j = 0; j < columns; ++j) {
                const auto stored = static_cast<double>(
                    encoded.codebook[((j / group) * centroids_per_group + row_codes[j / group]) *
                                         group +
                                     j % group]);
                dot += stored * static_cast<double>(row[j]);
                squared += stored * stored;
            }
            norms[i] = static_cast<float>(dot > 0 ? dot / squared : 0);
        }
    });
    float low = std::numeric_limits<float>::max();
    float high = 0;
    for (const float norm : norms)
        if (norm > 0) {
            low = std::min(low, norm);
            high = std::max(high, norm);
        }
    if (high > 0)
        // Rows a million times shorter than the longest take no part in a sum; the scale is better
        // spent on the others.
        encoded.norms = {std::max(low, high * 1e-6F), high};
    for (std::size_t i = 0; i < encoded.rows; ++i)
        codes[i * (groups + 1) + groups] = encoded.norms.encode(norms[i]);
}

void measure(std::span<const float> rows, std::span<const float> weights, EncodedRows& encoded) {
    struct Part {
        double cosines{}, weight{};
    };
    const std::size_t columns = encoded.columns;
    const RowMatrix view = encoded.view();
    std::vector<Part> parts((encoded.rows + rows_per_task - 1) / rows_per_task);
    for_each_range(encoded.rows, rows_per_task, encoded.options.threads, [&](ItemRange range) {
        std::vector<float> stored(columns);
        Part& part = parts[range.begin / rows_per_task];
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const float* row = rows.data() + i * columns;
            const double squared = squared_length(row, columns);
            if (squared == 0)
                continue;
            std::fill(stored.begin(), stored.end(), 0.0F);
            view.add(i, 1, stored.data());
            double dot = 0;
            for (std::size_t j = 0; j < columns; ++j)
                dot += static_cast<double>(row[j]) * static_cast<double>(stored[j]);
            const double stored_squared = squared_length(stored.data(), columns);
            const double weight = weights.empty() ? 1.0 : static_cast<double>(weights[i]);
            part.weight += weight;
            if (stored_squared > 0)
                part.cosines += weight * dot / std::sqrt(squared * stored_squared);
        }
    });
    Part all; // summed in order, whatever thread did what
    for (const Part& part : parts) {
        all.cosines += part.cosines;
        all.weight += part.weight;
    }
    if (all.weight > 0)
        encoded.mean_cosine = all.cosines / all.weight;
}

} // namespace

RowMatrix EncodedRows::view() const {
    return RowMatrix::encoded(options.encoding, payload, std::as_bytes(std::span(codebook)), rows,
                              columns, options.group, norms);
}

EncodedRows encode_rows(std::span<const float> rows, std::size_t dimension,
                        const RowOptions& options, std::span<const float> weights) {
    check(rows, dimension, options, weights);
    EncodedRows encoded;
    encoded.options = options;
    encoded.columns = dimension;
    encoded.rows = rows.size() / dimension;
    if (encoded.rows > std::numeric_limits<std::uint32_t>::max() - 1 || dimension > 65535)
        throw Error(Errc::bad_option, "rows to store: more than 2^32 - 2 rows or 65535 columns");
    encoded.payload.resize(
        RowMatrix::payload_bytes(options.encoding, encoded.rows, dimension, options.group));
    switch (options.encoding) {
    case RowEncoding::float32:
        if (!rows.empty())
            std::memcpy(encoded.payload.data(), rows.data(), encoded.payload.size());
        break;
    case RowEncoding::int8:
        encode_int8(rows, encoded);
        break;
    case RowEncoding::product:
        encode_product(rows, weights, encoded);
        break;
    }
    measure(rows, weights, encoded);
    return encoded;
}

} // namespace fabula::detail
