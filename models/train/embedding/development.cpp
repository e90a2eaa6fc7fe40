// SPDX-License-Identifier: Apache-2.0
#include "development.hpp"

#include "nearest.hpp"
#include "word_vectors.hpp"

#include <Eigen/Core>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <unordered_map>

namespace fabula::training {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Matrix type_vectors(const TrainedEmbedding& embedding, const Corpus& corpus) {
    const WordVectors words(embedding);
    const auto dimension = static_cast<Eigen::Index>(embedding.dimension);
    Matrix vectors(static_cast<Eigen::Index>(corpus.types.size()), dimension);
    tbb::parallel_for(std::size_t{0}, corpus.types.size(), [&](std::size_t t) {
        words.word_vector(corpus.types[t],
                          {vectors.data() + t * embedding.dimension, embedding.dimension});
    });
    return vectors;
}

/// One unit row a line of the language, and the groups of the rows.
struct Side {
    Matrix units;
    std::vector<std::uint32_t> groups;
};

Side side_of(const Corpus& corpus, const Matrix& vectors, std::size_t language) {
    std::vector<const Line*> lines;
    for (const Line& line : corpus.lines)
        if (line.language == language)
            lines.push_back(&line);
    Side side{Matrix::Zero(static_cast<Eigen::Index>(lines.size()), vectors.cols()), {}};
    Eigen::RowVectorXf mean = Eigen::RowVectorXf::Zero(vectors.cols());
    float words = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const std::uint32_t word : corpus.text(*lines[i]))
            side.units.row(static_cast<Eigen::Index>(i)) += vectors.row(word);
        mean += side.units.row(static_cast<Eigen::Index>(i));
        words += static_cast<float>(lines[i]->word_count);
        side.groups.push_back(lines[i]->group);
    }
    mean /= std::max(words, 1.0F);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto row = side.units.row(static_cast<Eigen::Index>(i));
        row -= static_cast<float>(lines[i]->word_count) * mean;
        row.normalize();
    }
    return side;
}

} // namespace

double retrieval_precision(const TrainedEmbedding& embedding, const Corpus& parallel,
                           const std::string& pivot) {
    const auto at = std::find(parallel.languages.begin(), parallel.languages.end(), pivot);
    if (at == parallel.languages.end())
        return 0;
    const Matrix vectors = type_vectors(embedding, parallel);
    const auto pivot_number = static_cast<std::size_t>(at - parallel.languages.begin());
    const Side target = side_of(parallel, vectors, pivot_number);
    double sum = 0;
    for (std::size_t language = 0; language < parallel.languages.size(); ++language) {
        if (language == pivot_number)
            continue;
        const Side side = side_of(parallel, vectors, language);
        const Matrix cosines = side.units * target.units.transpose();
        std::size_t hits = 0;
        for_each_nearest(cosines, [&](Eigen::Index i, Eigen::Index j) {
            hits += side.groups[static_cast<std::size_t>(i)] ==
                            target.groups[static_cast<std::size_t>(j)]
                        ? 1
                        : 0;
        });
        sum += static_cast<double>(hits) /
               static_cast<double>(std::max<Eigen::Index>(cosines.rows() + cosines.cols(), 1));
    }
    return sum / static_cast<double>(std::max<std::size_t>(parallel.languages.size() - 1, 1));
}

} // namespace fabula::training
