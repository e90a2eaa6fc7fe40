// SPDX-License-Identifier: Apache-2.0
#include "retrieval.hpp"

#include "labelled_articles.hpp"
#include "nearest.hpp"
#include "tab_lines.hpp"

#include <fabula/embedding.hpp>

#include <Eigen/Core>

#include <algorithm>

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
    TabLines lines(file, "number TAB language TAB sentence");
    std::vector<Article> articles;
    std::vector<std::string> numbers;
    while (lines.next()) {
        Article& article = articles.emplace_back();
        article.id = lines.first();
        article.language = lines.second();
        article.text = lines.third();
        numbers.push_back(article.id);
    }
    ParallelTexts texts;
    texts.add(std::move(articles), numbers, numbers, model);
    return texts;
}

ParallelTexts ParallelTexts::from_articles(const std::filesystem::path& file, ArticlePart part,
                                           const Model& model) {
    ArticleSet set = read_labelled(file);
    const auto document_end = [](const Article& article) {
        return std::min(article.id.find("-src-"), article.id.find("-ref-"));
    };
    const bool has_documents =
        std::any_of(set.articles.begin(), set.articles.end(), [&](const Article& article) {
            return document_end(article) != std::string::npos;
        });
    std::vector<Article> articles;
    std::vector<std::string> documents;
    std::vector<std::string> stories;
    for (std::size_t i = 0; i < set.articles.size(); ++i) {
        Article& article = set.articles[i];
        const std::size_t end = document_end(article);
        if (has_documents && end == std::string::npos)
            continue;
        if (part == ArticlePart::title)
            article.text.clear();
        documents.push_back(has_documents ? article.id.substr(0, end) : set.gold_stories[i]);
        stories.push_back(set.gold_stories[i]);
        articles.push_back(std::move(article));
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
    for_each_nearest(cosines, [&](Eigen::Index row, Eigen::Index column) {
        translations += row == column ? 1 : 0;
        stories += rows[0][static_cast<std::size_t>(row)]->story ==
                           rows[0][static_cast<std::size_t>(column)]->story
                       ? 1
                       : 0;
    });
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
