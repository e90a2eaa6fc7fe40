// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/format/pack_writer.hpp"
#include "model/lookup/subwords.hpp"
#include "support/files.hpp"

#include <fabula/text.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace fabula::test {

/// Rows around `centres` random directions, as trained vectors lie: not without structure. Lengths
/// run from 0.5 to 2.
inline std::vector<float> clustered_rows(std::size_t rows, std::size_t dimension,
                                         std::size_t centres, unsigned seed) {
    std::mt19937 random(seed);
    const auto uniform = [&] { return static_cast<float>(random() >> 8U) / 8388608.0F - 1.0F; };
    std::vector<float> centre(centres * dimension);
    for (float& value : centre)
        value = uniform();
    std::vector<float> values(rows * dimension);
    for (std::size_t i = 0; i < rows; ++i) {
        const float* base = centre.data() + random() % centres * dimension;
        const float length = 1.25F + 0.75F * uniform();
        for (std::size_t j = 0; j < dimension; ++j)
            values[i * dimension + j] = length * (base[j] + 0.3F * uniform());
    }
    return values;
}

inline double cosine(const float* a, const float* b, std::size_t dimension) {
    double dot = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < dimension; ++i) {
        dot += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return dot / std::sqrt(aa * bb);
}

/// A small model: words "word0", "word1", ..., 256 subword rows, Norwegian and Ukrainian.
struct SampleModel {
    std::size_t dimension{32};
    std::vector<std::string> words;
    std::vector<std::uint64_t> hashes;
    std::vector<float> word_rows;
    std::vector<float> subword_rows;
    detail::PackSource source;

    explicit SampleModel(std::size_t count = 500,
                         detail::RowEncoding encoding = detail::RowEncoding::product) {
        for (std::size_t i = 0; i < count; ++i) {
            words.push_back("word" + std::to_string(i));
            hashes.push_back(detail::word_hash(words.back()));
        }
        word_rows = clustered_rows(count, dimension, 20, 1);
        subword_rows = clustered_rows(256, dimension, 20, 2);
        source.card.name = "sample";
        source.card.version = "1";
        source.card.licence = "CC0-1.0";
        source.card.quality = {{"figure", 0.5}};
        source.dimension = dimension;
        source.word_hashes = hashes;
        source.word_rows = word_rows;
        source.subword_rows = subword_rows;
        source.coefficients = {{"pair.cosine", 12.5}};
        source.languages = {
            {"uk", {}, {{detail::word_hash("слово"), 0.25F}, {detail::word_hash("rare"), 1e-7F}}},
            {"nb", std::vector<float>(dimension, 0.125F), {{detail::word_hash("ord"), 0.5F}}}};
        source.word_options.encoding = encoding;
        source.subword_options.encoding = encoding;
    }
    SampleModel(const SampleModel&) = delete;
    SampleModel& operator=(const SampleModel&) = delete;
};

} // namespace fabula::test
