// SPDX-License-Identifier: Apache-2.0
#include "labelled_pairs.hpp"

#include "embedding/article_vector.hpp"
#include "evidence/article_evidence.hpp"
#include "model/parallel.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <map>

namespace fabula::training {

LabelledPairs read_labelled_pairs(const std::filesystem::path& file, const Model& model,
                                  float min_cosine) {
    const std::vector<std::string> inputs{file.string()};
    ReadOptions read_options;
    read_options.gold_stories = true;
    ArticleSet set = read_articles(inputs, read_options);
    LabelledPairs out;
    out.name = file.stem().string();
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
    EmbeddingMatrix vectors{out.articles, model.dimension(),
                            std::vector<float>(out.articles * model.dimension())};
    std::vector<detail::ArticleEvidence> evidence(out.articles);
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
                                       vectors.row(i));
                evidence[i] = detail::extract_evidence(analyzed, set.articles[i], model.data());
            }
        });
    out.pairs = detail::candidate_pairs(vectors, min_cosine, 0, std::chrono::seconds{0}, {}, 0);
    out.features.reserve(out.pairs.size());
    for (const detail::CandidatePair& pair : out.pairs)
        out.features.push_back(
            detail::measure_pair(evidence[pair.first], evidence[pair.second], pair.cosine));
    return out;
}

} // namespace fabula::training
