// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tbb/cache_aligned_allocator.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fabula::training {

/// Rows of the embedding table that stand for the words of the corpus: word type t has the rows
/// `rows[first[t] .. first[t + 1])`, each with its share in the word's vector.
struct Features {
    std::size_t row_count{};
    std::vector<std::uint64_t> first;
    std::vector<std::uint32_t> rows;
    std::vector<float> shares;
};

/// Two texts that mean the same, as positions in a list of texts.
struct TextPair {
    std::uint32_t first{};
    std::uint32_t second{};
    std::uint32_t group{}; ///< pairs of one group are never negatives of each other
};

struct ContrastiveOptions {
    std::size_t dimension{128};
    std::size_t batch{2048};   ///< pairs; every other pair of a batch is a negative
    float scale{20.0F};        ///< inverse temperature of the softmax over cosines
    float learning_rate{0.3F}; ///< of Adagrad with one accumulator a row
    /// What the anchor's part of the loss counts, see `step`.
    float anchor_weight{0.5F};
    std::uint64_t seed{1};
};

/// The words of a text and how much each counts in it.
struct WeightedWords {
    std::span<const std::uint32_t> words;
    std::span<const float> weights;
};

/// Fixed vectors of some texts, which the texts' translations are drawn to as well.
struct Anchors {
    /// n × dimension unit vectors of the second texts of a batch; a zero row where there is none.
    std::span<const float> units;
    /// The side that is drawn to them.
    std::size_t side{};
};

/// Eigen sums in an order that depends on where in memory a row begins, so all that it sums over
/// begins at a cache line: otherwise the last bits would differ from run to run.
using AlignedFloats = std::vector<float, tbb::cache_aligned_allocator<float>>;

/// Embedding rows trained with a symmetric in-batch contrastive loss: the softmax over `scale` ×
/// cosine of each text against all texts of the other side picks its translation, both ways
/// (InfoNCE, van den Oord et al. 2018). A text's vector is the normalised weighted sum of
/// its words' vectors; a word's is the weighted sum of its rows. Same bytes for any number of
/// threads.
class ContrastiveTrainer {
public:
    ContrastiveTrainer(const Features& features, ContrastiveOptions options);

    /// One step on at most `batch` pairs; returns the mean loss in nats. `text(i)` gives the words
    /// of text i. With `anchors`, the same loss between one side and the anchors is added,
    /// `anchor_weight` times.
    float step(std::span<const TextPair> pairs,
               const std::function<WeightedWords(std::uint32_t)>& text, float learning_rate,
               const Anchors& anchors = {});

    /// The vector of a word type, `dimension` values, not normalised.
    void word_vector(std::uint32_t type, std::span<float> out) const;

    [[nodiscard]] std::span<const float> table() const { return table_; }
    [[nodiscard]] std::span<float> table() { return table_; }

    /// The sums of squared gradients that Adagrad divides by, one a row.
    [[nodiscard]] std::span<const float> accumulator() const { return accumulator_; }
    [[nodiscard]] std::span<float> accumulator() { return accumulator_; }

private:
    /// Adds the gradients of the loss between two sets of unit vectors, `weight` times; returns the
    /// mean loss. Rows that share a key are no negatives of each other.
    double contrast(std::span<const float> x, std::span<const float> y,
                    std::span<const std::vector<std::uint64_t>> keys, float weight,
                    AlignedFloats& x_gradients, AlignedFloats* y_gradients);
    void draw_to_anchors(const Anchors& anchors, std::span<const std::vector<std::uint64_t>> keys);

    const Features& features_;
    ContrastiveOptions options_;
    std::vector<float> table_;       ///< row_count × dimension
    std::vector<float> accumulator_; ///< mean squared gradient, summed, one a row

    // Scratch of one step.
    AlignedFloats units_[2];     ///< batch × dimension unit vectors
    AlignedFloats gradients_[2]; ///< the same shape
    std::vector<float> norms_[2];
    AlignedFloats exponentials_; ///< batch × batch
    static constexpr std::uint32_t no_slot = 0xFFFFFFFFU;
    std::vector<std::uint32_t> slots_; ///< word type → position in `batch_words_`, or `no_slot`
    std::vector<std::uint32_t> batch_words_; ///< distinct words of the batch
    std::vector<float> word_vectors_;        ///< one row a distinct word
    std::vector<float> word_gradients_;      ///< the same shape
};

} // namespace fabula::training
