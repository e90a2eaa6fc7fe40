// SPDX-License-Identifier: Apache-2.0
#include "statistics/score_normalization.hpp"

#include "base/parallel.hpp"
#include "base/portable_math.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace fabula::detail {

namespace {

constexpr double vectors_worth = 30; ///< articles' worth of "as in the model"
constexpr double terms_worth = 3;    ///< the same for the frequencies of terms
constexpr double power = -0.125;     ///< of the second moments: half of a quarter, either side
constexpr double model_deviation = 0.1;
constexpr double least_variance = 1e-4;
/// A small collection of few stories has cosines of two kinds, near and far, and no distribution of
/// its own to speak of: articles' worth of the model's.
constexpr double distribution_worth = 100;
constexpr std::size_t rows_per_task = 8192;

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

Eigen::Map<const Eigen::VectorXf> mapped(std::span<const float> values) {
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

/// Sum and second moments of rows, added up in their order.
struct Moments {
    double count{};
    Vector sum;
    Matrix squares; ///< lower triangle

    explicit Moments(Eigen::Index dimension)
        : sum(Vector::Zero(dimension)), squares(Matrix::Zero(dimension, dimension)) {}

    void add(const Vector& row, double document_weight) {
        count += document_weight;
        sum += document_weight * row;
        squares.selfadjointView<Eigen::Lower>().rankUpdate(row, document_weight);
    }
    void add(const Moments& other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
    }
    [[nodiscard]] Matrix symmetric() const { return squares.selfadjointView<Eigen::Lower>(); }
};

/// Moments of what `row(member)` gives; empty vectors are left out.
template <class Row>
Moments moments_of(std::span<const std::uint32_t> members, std::span<const double> document_weights,
                   Eigen::Index dimension, unsigned threads, const Row& row) {
    const std::size_t tasks = (members.size() + rows_per_task - 1) / rows_per_task;
    std::vector<Moments> parts(tasks, Moments(dimension));
    for_each_task(tasks, threads, [&](std::size_t task) {
        const std::size_t end = std::min(members.size(), (task + 1) * rows_per_task);
        for (std::size_t i = task * rows_per_task; i < end; ++i) {
            const Vector values = row(members[i]);
            if (!values.isZero(0))
                parts[task].add(values, document_weights[members[i]]);
        }
    });
    Moments all(dimension);
    for (const Moments& part : parts)
        all.add(part);
    return all;
}

} // namespace

struct ScoreNormalization::Directions {
    double count{};   ///< articles that have a vector
    double learned{}; ///< of the collection against the model, [0, 1)
    Vector mean;      ///< drawn towards zero
    Matrix scale;
    Vector transformed_sum;
    Matrix transformed_squares;
};

ScoreNormalization ScoreNormalization::learn(const EmbeddingMatrix& vectors,
                                             std::span<const LexicalFeatures> lexical,
                                             std::span<const std::uint32_t> members,
                                             std::span<const double> document_weights,
                                             unsigned threads, const Eviction& eviction) {
    ScoreNormalization out;
    std::vector<double> counts;
    counts.reserve(members.size());
    for (const std::uint32_t member : members) {
        out.terms_from_ += document_weights[member];
        counts.push_back(document_weights[member]);
    }
    out.story_frequency_ = TermSums(lexical, members, counts, threads, eviction);

    const auto dimension = static_cast<Eigen::Index>(vectors.dimension);
    const Moments raw =
        moments_of(members, document_weights, dimension, threads, [&](std::uint32_t member) {
            return Vector(mapped(vectors.row(member)).cast<double>());
        });
    if (raw.count == 0)
        return out;
    auto directions = std::make_shared<Directions>();
    directions->count = raw.count;
    directions->learned = raw.count / (raw.count + vectors_worth);
    directions->mean = directions->learned / raw.count * raw.sum;
    const Matrix moments = directions->learned / raw.count * raw.symmetric() +
                           (1 - directions->learned) / static_cast<double>(dimension) *
                               Matrix::Identity(dimension, dimension);
    const Eigen::SelfAdjointEigenSolver<Matrix> axes(moments);
    // Axis by axis: a product of matrices Eigen cuts up, and so sums, by the size of the caches.
    Matrix scale = Matrix::Zero(dimension, dimension);
    for (Eigen::Index i = 0; i < dimension; ++i)
        scale.selfadjointView<Eigen::Lower>().rankUpdate(
            axes.eigenvectors().col(i),
            portable_pow(std::max(axes.eigenvalues()[i], 1e-12), power));
    directions->scale = scale.selfadjointView<Eigen::Lower>();
    out.directions_ = directions;

    const Moments transformed =
        moments_of(members, document_weights, dimension, threads, [&](std::uint32_t member) {
            std::vector<float> values(vectors.dimension);
            out.transform(vectors.row(member), values);
            return Vector(mapped(values).cast<double>());
        });
    directions->transformed_sum = transformed.sum;
    directions->transformed_squares = transformed.symmetric();
    return out;
}

void ScoreNormalization::transform(std::span<const float> vector, std::span<float> out) const {
    const auto in = mapped(vector);
    Eigen::Map<Eigen::VectorXf> result(out.data(), static_cast<Eigen::Index>(out.size()));
    if (!directions_ || in.isZero(0)) {
        result = in;
        return;
    }
    const Vector moved = directions_->scale * (in.cast<double>() - directions_->mean);
    const double norm = moved.norm();
    // Nothing but the mean: as ordinary as can be, and near nothing.
    if (!(norm > 1e-9))
        result.setZero();
    else
        result = (moved / norm).cast<float>();
}

EmbeddingMatrix ScoreNormalization::transform(const EmbeddingMatrix& vectors,
                                              unsigned threads) const {
    EmbeddingMatrix out{vectors.rows, vectors.dimension, std::vector<float>(vectors.values.size())};
    constexpr std::size_t rows_at_once = 256;
    for_each_task((vectors.rows + rows_at_once - 1) / rows_at_once, threads, [&](std::size_t task) {
        const std::size_t end = std::min(vectors.rows, (task + 1) * rows_at_once);
        for (std::size_t i = task * rows_at_once; i < end; ++i)
            transform(vectors.row(i), out.row(i));
    });
    return out;
}

CosineDistribution ScoreNormalization::distribution(std::span<const float> transformed,
                                                    double own) const {
    CosineDistribution out;
    out.deviation = static_cast<float>(model_deviation);
    if (!directions_ || directions_->count - own < 0.5)
        return out;
    const Vector row = mapped(transformed).cast<double>();
    // Its cosine with itself, 1, does not count.
    const double others = directions_->count - own;
    const double mean = (row.dot(directions_->transformed_sum) - own) / others;
    const double square = (row.dot(directions_->transformed_squares * row) - own) / others;
    const double variance = std::max(least_variance, square - mean * mean);
    const double learned = directions_->count / (directions_->count + distribution_worth);
    out.mean = static_cast<float>(learned * mean);
    out.deviation = static_cast<float>(
        std::sqrt(learned * variance + (1 - learned) * model_deviation * model_deviation));
    return out;
}

void ScoreNormalization::weigh(LexicalFeatures& article, double own) const {
    if (terms_from_ > 0) {
        const double learned = terms_from_ / (terms_from_ + terms_worth);
        const double rarest = portable_log(2 * (terms_from_ + 1));
        for (WeightedTerm& term : article.terms) {
            const double others = std::max(0.5, story_frequency(term.key) - own + 0.5);
            const double rarity = std::max(0.0, portable_log((terms_from_ + 1) / others)) / rarest;
            term.scale(static_cast<float>(1 - learned + learned * rarity * rarity));
        }
    }
    measure_terms(article);
}

double ScoreNormalization::collected() const {
    constexpr double worth = 40;
    return terms_from_ / (terms_from_ + worth);
}

double ScoreNormalization::story_frequency(std::uint32_t term) const {
    return story_frequency_[term];
}

double s_norm(float cosine, const CosineDistribution& a, const CosineDistribution& b) {
    const auto score = [&](const CosineDistribution& distribution) {
        return (static_cast<double>(cosine) - static_cast<double>(distribution.mean)) /
               static_cast<double>(distribution.deviation);
    };
    constexpr double unit = 10;
    return (score(a) + score(b)) / (2 * unit);
}

} // namespace fabula::detail
