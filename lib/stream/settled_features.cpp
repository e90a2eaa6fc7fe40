// SPDX-License-Identifier: Apache-2.0
#include "stream/settled_features.hpp"

#include "base/parallel.hpp"
#include "features/article_features.hpp"
#include "text/articles.hpp"

#include <string>
#include <utility>

namespace fabula::detail {
namespace {

/// The texts of articles that are held.
class HeldTexts : public ArticleTexts {
public:
    explicit HeldTexts(std::vector<const Article*> articles) : articles_(std::move(articles)) {}

    void read(std::size_t i, std::string& text) const override { text = articles_[i]->text; }

private:
    std::vector<const Article*> articles_;
};

Article without_text(const Article& article) {
    return {article.id, article.title, {}, article.language, article.source, article.published};
}

/// As it stands in `AnalyzedArticle::content`: empty where all is kept.
std::vector<ByteRange> content_of(const BoilerplateFilter& boilerplate, const Article& article) {
    std::vector<ByteRange> content = boilerplate.content(article);
    if (content.size() == 1 && content.front() == ByteRange{0, looked_at(article.text).size()})
        content.clear();
    return content;
}

std::size_t title_bytes(const BoilerplateFilter& boilerplate, const Article& article) {
    return boilerplate.title(article.title, article.source).size();
}

} // namespace

std::vector<HeldArticle> read_articles_of_stream(std::span<const Article> articles,
                                                 const Model& model,
                                                 const BoilerplateFilter& boilerplate,
                                                 Pool<TextAnalyzer>& analyzers, bool keep_texts,
                                                 unsigned threads) {
    ExtractedFeatures extracted =
        extract_features(model, Articles(articles), boilerplate, analyzers, threads);
    std::vector<HeldArticle> out;
    out.reserve(articles.size());
    for (std::size_t i = 0; i < articles.size(); ++i) {
        HeldArticle held{keep_texts ? articles[i] : without_text(articles[i]),
                         std::move(extracted.features[i]), keep_texts};
        if (keep_texts)
            held.content = std::move(extracted.contents[i]);
        held.title_bytes = title_bytes(boilerplate, articles[i]);
        out.push_back(std::move(held));
    }
    return out;
}

LearnedBoilerplate learn_boilerplate(const WindowArticles& articles, const Model& model,
                                     Pool<TextAnalyzer>& analyzers, unsigned threads) {
    LearnedBoilerplate out;
    std::vector<WindowArticles::Number> numbers;
    std::vector<const Article*> held;
    std::vector<Article> known;
    for (const WindowArticles::Number number : articles.all())
        if (articles[number].has_text) {
            numbers.push_back(number);
            held.push_back(&articles[number].article);
            known.push_back(without_text(articles[number].article));
        }
    const HeldTexts texts(held);
    out.filter = BoilerplateFilter::learn({known, &texts}, threads);

    std::vector<char> is_other(numbers.size());
    constexpr std::size_t articles_per_task = 64;
    for_each_range(numbers.size(), articles_per_task, threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i)
            is_other[i] =
                content_of(out.filter, *held[i]) != articles[numbers[i]].content ||
                        title_bytes(out.filter, *held[i]) != articles[numbers[i]].title_bytes
                    ? 1
                    : 0;
    });
    std::vector<Article> others;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (is_other[i] != 0) {
            places.push_back(i);
            others.push_back(*held[i]);
        }
    std::vector<HeldArticle> again =
        read_articles_of_stream(others, model, out.filter, analyzers, true, threads);
    for (std::size_t i = 0; i < again.size(); ++i) {
        const WindowArticles::Number number = numbers[places[i]];
        again[i].time = articles[number].time;
        out.read_again.emplace_back(number, std::move(again[i]));
    }
    return out;
}

} // namespace fabula::detail
