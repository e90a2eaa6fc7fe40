// SPDX-License-Identifier: Apache-2.0
#include "retrieval.hpp"

#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <fstream>

namespace fabula::training {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace

void ParallelTexts::add(std::vector<Article> articles, const std::vector<std::string>& documents,
                        const std::vector<std::string>& stories, const Model& model) {
    std::vector<std::string> languages;
    for (Article& article : articles)
        languages.push_back(std::exchange(article.language, {}));
    const Embeddings embeddings = Embedder(model).embed(articles);
    for (std::size_t i = 0; i < articles.size(); ++i) {
        Side& side = sides_[languages[i]];
        const auto row = embeddings.matrix.row(i);
        side.texts[documents[i]] = {stories[i], {row.begin(), row.end()}};
        side.identified += embeddings.outcomes[i].language == languages[i] ? 1 : 0;
    }
}

ParallelTexts ParallelTexts::from_sentences(const std::filesystem::path& file, const Model& model) {
    std::ifstream in(file);
    if (!in)
        throw Error(Errc::file_not_found, file.string() + ": cannot be opened");
    std::vector<Article> articles;
    std::vector<std::string> numbers;
    std::string line;
    while (std::getline(in, line)) {
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos)
            throw Error(Errc::bad_input, file.string() + ":" + std::to_string(articles.size() + 1) +
                                             ": expected number TAB language TAB sentence");
        Article& article = articles.emplace_back();
        article.id = line.substr(0, first);
        article.language = line.substr(first + 1, second - first - 1);
        article.text = line.substr(second + 1);
        numbers.push_back(article.id);
    }
    ParallelTexts texts;
    texts.add(std::move(articles), numbers, numbers, model);
    return texts;
}

ParallelTexts ParallelTexts::from_articles(const std::filesystem::path& file, const Model& model) {
    const std::vector<std::string> inputs{file.string()};
    ReadOptions options;
    options.gold_stories = true;
    ArticleSet set = read_articles(inputs, options);
    std::vector<Article> articles;
    std::vector<std::string> documents;
    std::vector<std::string> stories;
    for (std::size_t i = 0; i < set.articles.size(); ++i) {
        const std::string& id = set.articles[i].id;
        const std::size_t end = std::min(id.find("-src-"), id.find("-ref-"));
        if (end == std::string::npos)
            continue;
        documents.push_back(id.substr(0, end));
        stories.push_back(set.gold_stories[i]);
        articles.push_back(std::move(set.articles[i]));
    }
    ParallelTexts texts;
    texts.add(std::move(articles), documents, stories, model);
    return texts;
}

std::vector<std::string> ParallelTexts::languages() const {
    std::vector<std::string> out;
    for (const auto& [language, side] : sides_)
        out.push_back(language);
    return out;
}

std::pair<double, double> ParallelTexts::precisions(const std::string& a,
                                                    const std::string& b) const {
    std::vector<const Text*> rows[2];
    for (const auto& [document, text] : sides_.at(a).texts)
        if (const auto other = sides_.at(b).texts.find(document);
            other != sides_.at(b).texts.end()) {
            rows[0].push_back(&text);
            rows[1].push_back(&other->second);
        }
    if (rows[0].empty())
        return {};
    const auto n = static_cast<Eigen::Index>(rows[0].size());
    const auto d = static_cast<Eigen::Index>(rows[0].front()->vector.size());
    Matrix sides[2] = {Matrix(n, d), Matrix(n, d)};
    for (std::size_t s = 0; s < 2; ++s)
        for (Eigen::Index i = 0; i < n; ++i)
            sides[s].row(i) = Eigen::Map<const Eigen::RowVectorXf>(
                rows[s][static_cast<std::size_t>(i)]->vector.data(), d);
    const Matrix cosines = sides[0] * sides[1].transpose();
    std::size_t translations = 0;
    std::size_t stories = 0;
    const auto count = [&](Eigen::Index text, Eigen::Index nearest) {
        translations += text == nearest ? 1 : 0;
        stories += rows[0][static_cast<std::size_t>(text)]->story ==
                           rows[0][static_cast<std::size_t>(nearest)]->story
                       ? 1
                       : 0;
    };
    for (Eigen::Index i = 0; i < n; ++i) {
        Eigen::Index nearest = 0;
        cosines.row(i).maxCoeff(&nearest);
        count(i, nearest);
        cosines.col(i).maxCoeff(&nearest);
        count(i, nearest);
    }
    const auto all = static_cast<double>(2 * n);
    return {static_cast<double>(translations) / all, static_cast<double>(stories) / all};
}

double ParallelTexts::precision_at_1(const std::string& a, const std::string& b) const {
    return precisions(a, b).first;
}

double ParallelTexts::story_precision_at_1(const std::string& a, const std::string& b) const {
    return precisions(a, b).second;
}

double ParallelTexts::identified(const std::string& language) const {
    const Side& side = sides_.at(language);
    return static_cast<double>(side.identified) / static_cast<double>(side.texts.size());
}

} // namespace fabula::training
