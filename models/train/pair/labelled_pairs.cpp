// SPDX-License-Identifier: Apache-2.0
#include "labelled_pairs.hpp"

#include "embedding/article_vector.hpp"
#include "evidence/article_evidence.hpp"
#include "model/parallel.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <map>

namespace fabula::training {

namespace {

void cut_to_lead(Article& article, TextAnalyzer& analyzer) {
    constexpr std::size_t least_words = 5; // fewer are a dateline or a caption
    const AnalyzedText text = analyzer.analyze(article.text);
    std::vector<std::size_t> words(text.sentences.size());
    for (const Token& token : text.tokens)
        ++words[token.sentence];
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] >= least_words) {
            article.title.clear();
            article.text = article.text.substr(text.sentences[i].begin,
                                               text.sentences[i].end - text.sentences[i].begin);
            return;
        }
}

} // namespace

LabelledPairs read_labelled_pairs(const std::filesystem::path& file, const Model& model,
                                  float min_cosine, Extent extent) {
    const std::vector<std::string> inputs{file.string()};
    ReadOptions read_options;
    read_options.gold_stories = true;
    ArticleSet set = read_articles(inputs, read_options);
    LabelledPairs out;
    out.family = file.stem().string();
    out.name = out.family;
    out.extent = extent;
    if (extent == Extent::lead) {
        out.name += "-lead";
        TextAnalyzer analyzer;
        for (Article& article : set.articles)
            cut_to_lead(article, analyzer);
    }
    out.articles = set.articles.size();
    std::map<std::string, std::uint32_t> numbers;
    std::map<std::uint32_t, std::uint64_t> sizes;
    for (const std::string& story : set.gold_stories) {
        if (story.empty())
            throw Error(Errc::bad_input, file.string() + ": an article without a story");
        const auto number = static_cast<std::uint32_t>(numbers.size());
        out.gold.push_back(numbers.try_emplace(story, number).first->second);
        ++sizes[out.gold.back()];
    }
    for (const auto& [story, size] : sizes)
        out.same_story_pairs += size * (size - 1) / 2;

    const detail::FurnitureFilter furniture = detail::FurnitureFilter::learn(set.articles);
    out.vectors = {out.articles, model.dimension(),
                   std::vector<float>(out.articles * model.dimension())};
    out.evidence.resize(out.articles);
    constexpr std::size_t articles_per_task = 64;
    const EmbedOptions embed_options;
    detail::for_each_task(
        (out.articles + articles_per_task - 1) / articles_per_task, 0, [&](std::size_t task) {
            TextAnalyzer analyzer;
            const std::size_t end = std::min(out.articles, (task + 1) * articles_per_task);
            for (std::size_t i = task * articles_per_task; i < end; ++i) {
                set.articles[i].language.clear();
                detail::AnalyzedArticle analyzed = detail::analyze_article(
                    set.articles[i], model, furniture, analyzer, Sentences::skip);
                detail::article_vector(analyzed, set.articles[i], model.data(), embed_options,
                                       out.vectors.row(i));
                out.evidence[i] = detail::extract_evidence(analyzed, set.articles[i], model.data());
            }
        });
    out.pairs = detail::candidate_pairs(out.vectors, min_cosine, 0, std::chrono::seconds{0}, {}, 0);
    return out;
}

void measure(LabelledPairs& set, const detail::LanguageScale& scale) {
    set.features.clear();
    set.features.reserve(set.pairs.size());
    for (const detail::CandidatePair& pair : set.pairs)
        set.features.push_back(detail::measure_pair(set.evidence[pair.first],
                                                    set.evidence[pair.second], pair.cosine, scale));
}

} // namespace fabula::training
