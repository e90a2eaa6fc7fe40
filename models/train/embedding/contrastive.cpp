// SPDX-License-Identifier: Apache-2.0
#include "contrastive.hpp"

#include <Eigen/Core>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <unordered_map>

namespace fabula::training {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<Matrix>;

constexpr Eigen::Index row_block = 128;
/// The table is updated in parts, one thread a part, so that no two threads write one row. A fixed
/// number: the bytes must not depend on the machine.
constexpr std::uint32_t update_parts = 8;

std::uint64_t hash_words(std::span<const std::uint32_t> words) {
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
    for (const std::uint32_t word : words) {
        hash ^= word + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
        hash *= 0xFF51AFD7ED558CCDULL;
    }
    return hash;
}

template <class Work>
void for_row_blocks(Eigen::Index rows, Work&& work) {
    const Eigen::Index blocks = (rows + row_block - 1) / row_block;
    tbb::parallel_for(Eigen::Index{0}, blocks, [&](Eigen::Index b) {
        const Eigen::Index begin = b * row_block;
        work(begin, std::min(row_block, rows - begin));
    });
}

} // namespace

ContrastiveTrainer::ContrastiveTrainer(const Features& features, ContrastiveOptions options)
    : features_(features), options_(options), table_(features.row_count * options.dimension),
      accumulator_(features.row_count), slots_(features.first.size() - 1, no_slot) {
    std::mt19937_64 random(options.seed);
    const float spread = 1.0F / std::sqrt(static_cast<float>(options.dimension));
    // Uniform numbers straight from the generator's bits: std distributions differ by library.
    for (float& value : table_)
        value = (static_cast<float>(random() >> 40) * 0x1p-24F * 2.0F - 1.0F) * spread;
    for (int side = 0; side < 2; ++side) {
        units_[side].resize(options.batch * options.dimension);
        gradients_[side].resize(options.batch * options.dimension);
        norms_[side].resize(options.batch);
    }
    exponentials_.resize(options.batch * options.batch);
}

void ContrastiveTrainer::word_vector(std::uint32_t type, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    for (std::uint64_t k = features_.first[type]; k < features_.first[type + 1]; ++k) {
        const float* row = table_.data() + features_.rows[k] * options_.dimension;
        const float share = features_.shares[k];
        for (std::size_t d = 0; d < out.size(); ++d)
            out[d] += share * row[d];
    }
}

double ContrastiveTrainer::contrast(std::span<const float> x_units, std::span<const float> y_units,
                                    std::span<const std::vector<std::uint64_t>> keys, float weight,
                                    AlignedFloats& x_gradients, AlignedFloats* y_gradients) {
    const auto d = static_cast<Eigen::Index>(options_.dimension);
    const auto n = static_cast<Eigen::Index>(x_units.size() / options_.dimension);
    const Eigen::Map<const Matrix> x(x_units.data(), n, d);
    const Eigen::Map<const Matrix> y(y_units.data(), n, d);
    MatrixMap e(exponentials_.data(), n, n);
    // cosine ≤ 1, so exp(scale × (cosine − 1)) needs no maximum.
    for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
        auto block = e.middleRows(begin, count);
        block.noalias() = x.middleRows(begin, count) * y.transpose();
        block = (options_.scale * (block.array() - 1.0F)).exp();
    });
    for (const auto& key : keys) {
        std::unordered_map<std::uint64_t, std::vector<Eigen::Index>> same;
        for (std::size_t i = 0; i < key.size(); ++i)
            same[key[i]].push_back(static_cast<Eigen::Index>(i));
        for (const auto& [unused, members] : same)
            for (const Eigen::Index i : members)
                for (const Eigen::Index j : members)
                    if (i != j)
                        e(i, j) = 0.0F;
    }
    Eigen::VectorXf row_sums(n);
    Eigen::RowVectorXf column_sums(n);
    for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
        row_sums.segment(begin, count) = e.middleRows(begin, count).rowwise().sum();
        column_sums.segment(begin, count) = e.middleCols(begin, count).colwise().sum();
    });
    double loss = 0;
    for (Eigen::Index i = 0; i < n; ++i)
        loss -= std::log(std::max(e(i, i), 1e-30F) / row_sums(i)) +
                std::log(std::max(e(i, i), 1e-30F) / column_sums(i));
    const Eigen::VectorXf row_inverse = weight * row_sums.cwiseInverse();
    const Eigen::RowVectorXf column_inverse = weight * column_sums.cwiseInverse();
    for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
        for (Eigen::Index i = begin; i < begin + count; ++i) {
            e.row(i).array() *= row_inverse(i) + column_inverse.array();
            e(i, i) -= 2.0F * weight;
        }
    });
    MatrixMap gx(x_gradients.data(), n, d);
    for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
        gx.middleRows(begin, count).noalias() += e.middleRows(begin, count) * y;
    });
    if (y_gradients != nullptr) {
        MatrixMap gy(y_gradients->data(), n, d);
        for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
            gy.middleRows(begin, count).noalias() += e.middleCols(begin, count).transpose() * x;
        });
    }
    return loss / (2.0 * static_cast<double>(std::max<Eigen::Index>(n, 1)));
}

void ContrastiveTrainer::draw_to_anchors(const Anchors& anchors,
                                         std::span<const std::vector<std::uint64_t>> keys) {
    const std::size_t dimension = options_.dimension;
    std::vector<std::size_t> anchored;
    for (std::size_t i = 0; i < anchors.units.size() / dimension; ++i) {
        const auto row = anchors.units.subspan(i * dimension, dimension);
        if (std::any_of(row.begin(), row.end(), [](float value) { return value != 0.0F; }))
            anchored.push_back(i);
    }
    if (anchored.size() < 2)
        return;
    AlignedFloats texts;
    AlignedFloats fixed;
    std::vector<std::vector<std::uint64_t>> kept_keys(keys.size());
    for (const std::size_t i : anchored) {
        const float* unit = units_[anchors.side].data() + i * dimension;
        texts.insert(texts.end(), unit, unit + dimension);
        const auto row = anchors.units.subspan(i * dimension, dimension);
        fixed.insert(fixed.end(), row.begin(), row.end());
        for (std::size_t k = 0; k < keys.size(); ++k)
            kept_keys[k].push_back(keys[k][i]);
    }
    AlignedFloats gradients(texts.size());
    contrast(texts, fixed, kept_keys, options_.anchor_weight, gradients, nullptr);
    for (std::size_t k = 0; k < anchored.size(); ++k)
        for (std::size_t j = 0; j < dimension; ++j)
            gradients_[anchors.side][anchored[k] * dimension + j] += gradients[k * dimension + j];
}

float ContrastiveTrainer::step(std::span<const TextPair> pairs,
                               const std::function<WeightedWords(std::uint32_t)>& text,
                               float learning_rate, const Anchors& anchors) {
    const std::size_t dimension = options_.dimension;
    const auto n = static_cast<Eigen::Index>(pairs.size());
    const auto d = static_cast<Eigen::Index>(dimension);
    std::array<std::vector<WeightedWords>, 2> texts;
    for (const TextPair& pair : pairs) {
        texts[0].push_back(text(pair.first));
        texts[1].push_back(text(pair.second));
    }

    // A batch has far fewer distinct words than words: each one's vector is made once, and its
    // gradient is summed before it goes to the rows.
    batch_words_.clear();
    for (const auto& side : texts)
        for (const WeightedWords& weighted : side)
            for (const std::uint32_t word : weighted.words)
                if (slots_[word] == no_slot) {
                    slots_[word] = static_cast<std::uint32_t>(batch_words_.size());
                    batch_words_.push_back(word);
                }
    const auto distinct = static_cast<Eigen::Index>(batch_words_.size());
    word_vectors_.resize(batch_words_.size() * dimension);
    for_row_blocks(distinct, [&](Eigen::Index begin, Eigen::Index count) {
        for (Eigen::Index w = begin; w < begin + count; ++w)
            word_vector(batch_words_[static_cast<std::size_t>(w)],
                        {word_vectors_.data() + w * d, dimension});
    });
    for (std::size_t side = 0; side < 2; ++side) {
        for_row_blocks(n, [&](Eigen::Index begin, Eigen::Index count) {
            for (Eigen::Index i = begin; i < begin + count; ++i) {
                float* sum = units_[side].data() + i * d;
                std::fill_n(sum, dimension, 0.0F);
                const WeightedWords& weighted = texts[side][static_cast<std::size_t>(i)];
                for (std::size_t k = 0; k < weighted.words.size(); ++k) {
                    const float* vector =
                        word_vectors_.data() + slots_[weighted.words[k]] * dimension;
                    const float weight = weighted.weights[k];
                    for (std::size_t j = 0; j < dimension; ++j)
                        sum[j] += weight * vector[j];
                }
                float squares = 0;
                for (std::size_t j = 0; j < dimension; ++j)
                    squares += sum[j] * sum[j];
                const float norm = std::max(std::sqrt(squares), 1e-6F);
                norms_[side][static_cast<std::size_t>(i)] = norm;
                for (std::size_t j = 0; j < dimension; ++j)
                    sum[j] /= norm;
            }
        });
    }

    // Not negatives: the other pairs of a group, and pairs where a side has the same words.
    std::vector<std::vector<std::uint64_t>> keys(3);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        keys[0].push_back(pairs[i].group);
        keys[1].push_back(hash_words(texts[0][i].words));
        keys[2].push_back(hash_words(texts[1][i].words));
    }
    for (AlignedFloats& gradients : gradients_)
        std::fill_n(gradients.begin(), pairs.size() * dimension, 0.0F);
    const double loss = contrast({units_[0].data(), pairs.size() * dimension},
                                 {units_[1].data(), pairs.size() * dimension}, keys, 1.0F,
                                 gradients_[0], &gradients_[1]);
    if (!anchors.units.empty())
        draw_to_anchors(anchors, keys);

    // From the unit vectors through the normalisation to the sums.
    for (std::size_t side = 0; side < 2; ++side) {
        const MatrixMap u(units_[side].data(), n, d);
        MatrixMap g(gradients_[side].data(), n, d);
        for (Eigen::Index i = 0; i < n; ++i) {
            const float along = u.row(i).dot(g.row(i));
            g.row(i) = (g.row(i) - along * u.row(i)) *
                       (options_.scale / norms_[side][static_cast<std::size_t>(i)]);
        }
    }

    // Sums of the texts' gradients, a word each; a word belongs to part slot mod update_parts.
    word_gradients_.assign(batch_words_.size() * dimension, 0.0F);
    tbb::parallel_for(std::uint32_t{0}, update_parts, [&](std::uint32_t part) {
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                const float* gradient = gradients_[side].data() + i * dimension;
                const WeightedWords& weighted = texts[side][i];
                for (std::size_t k = 0; k < weighted.words.size(); ++k) {
                    const std::uint32_t slot = slots_[weighted.words[k]];
                    if (slot % update_parts != part)
                        continue;
                    float* sum = word_gradients_.data() + slot * dimension;
                    const float weight = weighted.weights[k];
                    for (std::size_t j = 0; j < dimension; ++j)
                        sum[j] += weight * gradient[j];
                }
            }
    });
    // Adagrad, one accumulator a row; row r belongs to part r mod update_parts.
    tbb::parallel_for(std::uint32_t{0}, update_parts, [&](std::uint32_t part) {
        for (std::size_t w = 0; w < batch_words_.size(); ++w) {
            const float* gradient = word_gradients_.data() + w * dimension;
            float squares = 0;
            for (std::size_t j = 0; j < dimension; ++j)
                squares += gradient[j] * gradient[j];
            squares /= static_cast<float>(dimension);
            if (squares < 1e-20F)
                continue;
            const std::uint32_t word = batch_words_[w];
            for (std::uint64_t k = features_.first[word]; k < features_.first[word + 1]; ++k) {
                const std::uint32_t r = features_.rows[k];
                if (r % update_parts != part)
                    continue;
                const float share = features_.shares[k];
                accumulator_[r] += share * share * squares;
                const float rate = learning_rate * share / std::sqrt(accumulator_[r] + 1e-12F);
                float* row = table_.data() + r * dimension;
                for (std::size_t j = 0; j < dimension; ++j)
                    row[j] -= rate * gradient[j];
            }
        }
    });
    for (const std::uint32_t word : batch_words_)
        slots_[word] = no_slot;
    return static_cast<float>(loss);
}

} // namespace fabula::training
