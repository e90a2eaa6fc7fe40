// SPDX-License-Identifier: Apache-2.0
#include "statistics/score_normalization.hpp"

#include "base/parallel.hpp"
#include "base/portable_math.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <utility>

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

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

Eigen::Map<const Eigen::VectorXf> mapped(std::span<const float> values) {
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

/// Column by column, as a product of matrices Eigen cuts up, and so sums, by the size of the
/// caches.
Matrix product(const Matrix& a, const Matrix& b) {
    Matrix out(a.rows(), b.cols());
    for (Eigen::Index column = 0; column < b.cols(); ++column)
        out.col(column) = a.lazyProduct(b.col(column));
    return out;
}

} // namespace

struct ScoreNormalization::Directions {
    double count{}; ///< stories that have a vector
    Vector mean;    ///< drawn towards zero
    Matrix scale;
    /// Of the moved vectors, before each is made a unit one: their root mean square length, and
    /// their sum and second moments in units of it.
    double length{};
    Vector moved_sum;
    Matrix moved_squares;

    [[nodiscard]] Vector moved(std::span<const float> vector) const {
        return scale * (mapped(vector).cast<double>() - mean);
    }
};

ScoreNormalization::ScoreNormalization(const VectorMoments& moments, double stories,
                                       TermSums story_frequency)
    : terms_from_(stories), story_frequency_(std::move(story_frequency)) {
    const double count = moments.count();
    if (count == 0)
        return;
    const auto dimension = static_cast<Eigen::Index>(moments.dimension());
    auto directions = std::make_shared<Directions>();
    directions->count = count;
    const double learned = count / (count + vectors_worth);
    const Vector sum = moments.summed();
    const Matrix squares = moments.second_moments();
    directions->mean = learned / count * sum;
    const Eigen::SelfAdjointEigenSolver<Matrix> axes(
        learned / count * squares +
        (1 - learned) / static_cast<double>(dimension) * Matrix::Identity(dimension, dimension));
    // Axis by axis, see `product`.
    Matrix scale = Matrix::Zero(dimension, dimension);
    for (Eigen::Index i = 0; i < dimension; ++i)
        scale.selfadjointView<Eigen::Lower>().rankUpdate(
            axes.eigenvectors().col(i),
            portable_pow(std::max(axes.eigenvalues()[i], 1e-12), power));
    directions->scale = scale.selfadjointView<Eigen::Lower>();

    const Vector& mean = directions->mean;
    const Matrix around =
        squares - sum * mean.transpose() - mean * sum.transpose() + count * mean * mean.transpose();
    directions->moved_sum = directions->scale * (sum - count * mean);
    directions->moved_squares = product(directions->scale, product(around, directions->scale));
    directions->length =
        std::sqrt(std::max(directions->moved_squares.trace() / count, least_variance));
    directions->moved_sum /= directions->length;
    directions->moved_squares /= directions->length * directions->length;
    directions_ = std::move(directions);
}

ScoreNormalization::ScoreNormalization(const StatisticsBucket& sums)
    : ScoreNormalization(sums.moments, static_cast<double>(sums.weight) / weight_units,
                         TermSums(sums.sorted_terms())) {}

ScoreNormalization ScoreNormalization::learn(const EmbeddingMatrix& vectors,
                                             std::span<const LexicalFeatures> lexical,
                                             std::span<const std::uint32_t> members,
                                             std::span<const double> document_weights,
                                             unsigned threads, const Eviction& eviction) {
    std::vector<double> counts;
    counts.reserve(members.size());
    std::uint64_t stories = 0;
    for (const std::uint32_t member : members) {
        counts.push_back(document_weights[member]);
        stories += in_units(document_weights[member], weight_units);
    }
    return {VectorMoments(vectors, members, document_weights, threads),
            static_cast<double>(stories) / weight_units,
            TermSums(lexical, members, counts, threads, eviction)};
}

void ScoreNormalization::transform(std::span<const float> vector, std::span<float> out) const {
    const auto in = mapped(vector);
    Eigen::Map<Eigen::VectorXf> result(out.data(), static_cast<Eigen::Index>(out.size()));
    if (!directions_ || in.isZero(0)) {
        result = in;
        return;
    }
    const Vector moved = directions_->moved(vector);
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
    for_each_range(vectors.rows, rows_at_once, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i)
            transform(vectors.row(i), out.row(i));
    });
    return out;
}

CosineDistribution ScoreNormalization::distribution(std::span<const float> vector,
                                                    double own) const {
    CosineDistribution out;
    out.deviation = static_cast<float>(model_deviation);
    if (!directions_ || directions_->count - own < 0.5 || mapped(vector).isZero(0))
        return out;
    Vector row = directions_->moved(vector);
    const double norm = row.norm();
    if (!(norm > 1e-9))
        return out;
    row /= norm;
    // What it has to do with itself does not count.
    const double itself = norm / directions_->length;
    const double others = directions_->count - own;
    const double mean = (row.dot(directions_->moved_sum) - own * itself) / others;
    const double square =
        (row.dot(directions_->moved_squares * row) - own * itself * itself) / others;
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
