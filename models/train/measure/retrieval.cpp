// SPDX-License-Identifier: Apache-2.0
#include "retrieval.hpp"

#include <fabula/error.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <fstream>

namespace fabula::training {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace

ParallelSentences::ParallelSentences(const std::filesystem::path& file, const Model& model) {
    std::ifstream in(file);
    if (!in)
        throw Error(Errc::file_not_found, file.string() + ": cannot be opened");
    std::vector<Article> articles;
    std::vector<std::string> languages;
    std::string line;
    while (std::getline(in, line)) {
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos)
            throw Error(Errc::bad_input, file.string() + ":" + std::to_string(articles.size() + 1) +
                                             ": expected number TAB language TAB sentence");
        Article& article = articles.emplace_back();
        article.id = line.substr(0, first);
        article.text = line.substr(second + 1);
        languages.push_back(line.substr(first + 1, second - first - 1));
    }
    const Embeddings embeddings = Embedder(model).embed(articles);
    for (std::size_t i = 0; i < articles.size(); ++i) {
        Side& side = sides_[languages[i]];
        const auto row = embeddings.matrix.row(i);
        side.vectors[articles[i].id].assign(row.begin(), row.end());
        side.identified += embeddings.outcomes[i].language == languages[i] ? 1 : 0;
    }
}

std::vector<std::string> ParallelSentences::languages() const {
    std::vector<std::string> out;
    for (const auto& [language, side] : sides_)
        out.push_back(language);
    return out;
}

double ParallelSentences::precision_at_1(const std::string& a, const std::string& b) const {
    const auto& x = sides_.at(a).vectors;
    const auto& y = sides_.at(b).vectors;
    std::vector<const std::vector<float>*> rows[2];
    for (const auto& [number, vector] : x)
        if (const auto other = y.find(number); other != y.end()) {
            rows[0].push_back(&vector);
            rows[1].push_back(&other->second);
        }
    if (rows[0].empty())
        return 0;
    const auto n = static_cast<Eigen::Index>(rows[0].size());
    const auto d = static_cast<Eigen::Index>(rows[0].front()->size());
    Matrix first(n, d);
    Matrix second(n, d);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto k = static_cast<std::size_t>(i);
        first.row(i) = Eigen::Map<const Eigen::RowVectorXf>(rows[0][k]->data(), d);
        second.row(i) = Eigen::Map<const Eigen::RowVectorXf>(rows[1][k]->data(), d);
    }
    const Matrix cosines = first * second.transpose();
    Eigen::Index hits = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
        Eigen::Index best = 0;
        cosines.row(i).maxCoeff(&best);
        hits += best == i ? 1 : 0;
        cosines.col(i).maxCoeff(&best);
        hits += best == i ? 1 : 0;
    }
    return static_cast<double>(hits) / static_cast<double>(2 * n);
}

double ParallelSentences::identified(const std::string& language) const {
    const Side& side = sides_.at(language);
    return static_cast<double>(side.identified) / static_cast<double>(side.vectors.size());
}

} // namespace fabula::training
