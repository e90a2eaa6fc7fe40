// SPDX-License-Identifier: Apache-2.0
#include "neighbours/join/dot.hpp"
#include "statistics/score_normalization.hpp"
#include "statistics/sums/fixed_point.hpp"
#include "support/catch.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <numeric>
#include <random>

using namespace fabula;
using detail::LexicalFeatures;
using detail::ScoreNormalization;

namespace {

constexpr std::size_t dimension = 16;

/// Unit vectors around one direction: `common` of each is shared by all.
EmbeddingMatrix vectors_around(std::size_t rows, double common) {
    std::mt19937_64 random(7);
    EmbeddingMatrix out{rows, dimension, std::vector<float>(rows * dimension)};
    for (std::size_t i = 0; i < rows; ++i) {
        double squares = 0;
        std::vector<double> row(dimension);
        for (std::size_t d = 0; d < dimension; ++d) {
            row[d] = static_cast<double>(random() >> 11U) * 0x1p-52 - 1 + (d == 0 ? common : 0);
            squares += row[d] * row[d];
        }
        for (std::size_t d = 0; d < dimension; ++d)
            out.row(i)[d] = static_cast<float>(row[d] / std::sqrt(squares));
    }
    return out;
}

std::vector<std::uint32_t> members_of(const EmbeddingMatrix& vectors) {
    std::vector<std::uint32_t> members(vectors.rows);
    std::iota(members.begin(), members.end(), 0U);
    return members;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    return static_cast<double>(detail::dot(a.data(), b.data(), a.size()));
}

LexicalFeatures with_terms(std::vector<std::uint32_t> keys) {
    LexicalFeatures out;
    for (const std::uint32_t key : keys)
        out.terms.push_back({key, 10, false});
    detail::measure_terms(out);
    return out;
}

} // namespace

TEST_CASE("collection statistics: nothing learned, nothing changed") {
    const ScoreNormalization none;
    const EmbeddingMatrix vectors = vectors_around(3, 2);
    CHECK(none.transform(vectors, 1).values == vectors.values);
    LexicalFeatures article = with_terms({1, 2});
    none.weigh(article, 1);
    CHECK(article.terms[0].weight() == 10);
    CHECK(none.story_frequency(1) == 0);
    // Without a collection, s_norm is the cosine.
    const auto distribution = none.distribution(vectors.row(0), 1);
    CHECK(detail::s_norm(0.37F, distribution, distribution) == Approx(0.37).margin(1e-6));
}

TEST_CASE("collection statistics: what all share is taken away, and rows stay unit") {
    const EmbeddingMatrix vectors = vectors_around(400, 4);
    const std::vector<LexicalFeatures> lexical(400);
    const ScoreNormalization learned = ScoreNormalization::learn(
        vectors, lexical, members_of(vectors), std::vector<double>(lexical.size(), 1.0), 1);
    const EmbeddingMatrix moved = learned.transform(vectors, 1);
    double before = 0;
    double after = 0;
    for (std::size_t i = 1; i < vectors.rows; ++i) {
        before += cosine(vectors.row(0), vectors.row(i));
        after += cosine(moved.row(0), moved.row(i));
        CHECK(cosine(moved.row(i), moved.row(i)) == Approx(1).margin(1e-5));
    }
    CHECK(before / 399 > 0.5);
    CHECK(std::abs(after / 399) < 0.2);
}

TEST_CASE("collection statistics: the distribution is that of the moved vectors, pair by pair") {
    const EmbeddingMatrix vectors = vectors_around(400, 4);
    const std::vector<LexicalFeatures> lexical(400);
    const ScoreNormalization learned = ScoreNormalization::learn(
        vectors, lexical, members_of(vectors), std::vector<double>(lexical.size(), 1.0), 1);
    // As the header says it, without a sum over vectors.
    constexpr auto d = static_cast<Eigen::Index>(dimension);
    Eigen::MatrixXd rows(400, d);
    for (Eigen::Index i = 0; i < 400; ++i)
        for (Eigen::Index k = 0; k < d; ++k)
            rows(i, k) = detail::component_in_units(vectors.row(
                             static_cast<std::size_t>(i))[static_cast<std::size_t>(k)]) /
                         detail::component_units;
    const double part = 400.0 / 430;
    const Eigen::VectorXd mean = part * rows.colwise().mean().transpose();
    const Eigen::MatrixXd moments = part / 400 * rows.transpose() * rows +
                                    (1 - part) / dimension * Eigen::MatrixXd::Identity(d, d);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(moments);
    const Eigen::MatrixXd scale = axes.eigenvectors() *
                                  axes.eigenvalues().array().pow(-0.125).matrix().asDiagonal() *
                                  axes.eigenvectors().transpose();
    const Eigen::MatrixXd moved = (rows.rowwise() - mean.transpose()) * scale;
    const double length = std::sqrt(moved.rowwise().squaredNorm().mean());
    const Eigen::VectorXd products =
        moved.bottomRows(399) * moved.row(0).transpose().normalized() / length;
    const double variance = products.squaredNorm() / 399 - std::pow(products.mean(), 2);
    const double own = 400.0 / 500; // drawn towards the model's
    const auto distribution = learned.distribution(vectors.row(0), 1);
    CHECK(static_cast<double>(distribution.mean) == Approx(own * products.mean()).margin(1e-5));
    CHECK(static_cast<double>(distribution.deviation) ==
          Approx(std::sqrt(own * variance + (1 - own) * 0.01)).margin(1e-5));
    // And about that of the cosines, which are of unit vectors.
    const EmbeddingMatrix unit = learned.transform(vectors, 1);
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 1; i < unit.rows; ++i) {
        const double value = cosine(unit.row(0), unit.row(i));
        sum += value;
        squares += value * value;
    }
    CHECK(own * products.mean() == Approx(own * sum / 399).margin(0.01));
    CHECK(static_cast<double>(distribution.deviation) ==
          Approx(std::sqrt(own * (squares / 399 - std::pow(sum / 399, 2)) + (1 - own) * 0.01))
              .margin(0.01));
}

TEST_CASE("collection statistics: a zero vector stays zero and counts for nothing") {
    EmbeddingMatrix vectors = vectors_around(50, 1);
    const std::vector<LexicalFeatures> lexical(51);
    const ScoreNormalization without = ScoreNormalization::learn(
        vectors, lexical, members_of(vectors), std::vector<double>(lexical.size(), 1.0), 1);
    const EmbeddingMatrix expected = without.transform(vectors, 1);
    vectors.rows = 51;
    vectors.values.resize(51 * dimension);
    const ScoreNormalization with = ScoreNormalization::learn(
        vectors, lexical, members_of(vectors), std::vector<double>(lexical.size(), 1.0), 1);
    const EmbeddingMatrix moved = with.transform(vectors, 1);
    for (const float value : moved.row(50))
        CHECK(value == 0);
    CHECK(std::equal(expected.values.begin(), expected.values.end(), moved.values.begin()));
    const EmbeddingMatrix nothing{2, dimension, std::vector<float>(2 * dimension)};
    const ScoreNormalization empty = ScoreNormalization::learn(
        nothing, lexical, members_of(nothing), std::vector<double>(lexical.size(), 1.0), 1);
    CHECK(empty.transform(nothing, 1).values == nothing.values);
}

TEST_CASE("collection statistics: the same for any number of threads") {
    const EmbeddingMatrix vectors = vectors_around(9000, 2);
    const std::vector<LexicalFeatures> lexical(9000);
    const auto learn = [&](unsigned threads) {
        return ScoreNormalization::learn(vectors, lexical, members_of(vectors),
                                         std::vector<double>(lexical.size(), 1.0), threads)
            .transform(vectors, threads);
    };
    CHECK(learn(1).values == learn(3).values);
}

TEST_CASE("collection statistics: a term weighs by how few articles have it") {
    std::vector<LexicalFeatures> lexical;
    for (std::uint32_t i = 0; i < 200; ++i) {
        std::vector<std::uint32_t> keys{1}; // all have it
        if (i % 4 == 0)
            keys.push_back(2);
        if (i < 2)
            keys.push_back(3);
        keys.push_back(100 + i); // one has it
        lexical.push_back(with_terms(keys));
    }
    const EmbeddingMatrix vectors{200, dimension, std::vector<float>(200 * dimension)};
    const ScoreNormalization learned = ScoreNormalization::learn(
        vectors, lexical, members_of(vectors), std::vector<double>(lexical.size(), 1.0), 2);
    CHECK(learned.story_frequency(1) == 200);
    CHECK(learned.story_frequency(2) == 50);
    CHECK(learned.story_frequency(12345) == 0);
    learned.weigh(lexical[0], 1);
    const auto& terms = lexical[0].terms;
    REQUIRE(terms.size() == 4);
    CHECK(terms[0].weight() < 0.3F);
    CHECK(terms[1].weight() > terms[0].weight());
    CHECK(terms[2].weight() > terms[1].weight());
    CHECK(terms[3].weight() > terms[2].weight());
    CHECK(static_cast<double>(terms[3].weight()) == Approx(10));
    double squares = 0;
    for (const auto& term : terms)
        squares += static_cast<double>(term.weight()) * static_cast<double>(term.weight());
    CHECK(static_cast<double>(lexical[0].terms_norm) == Approx(std::sqrt(squares)));

    // A small collection leaves nearly all to the model.
    std::vector<LexicalFeatures> pair{with_terms({1}), with_terms({1})};
    const EmbeddingMatrix two{2, dimension, std::vector<float>(2 * dimension)};
    const ScoreNormalization little =
        ScoreNormalization::learn(two, pair, members_of(two), std::vector<double>{1, 1}, 1);
    little.weigh(pair[0], 1);
    CHECK(pair[0].terms[0].weight() > 6);
}
