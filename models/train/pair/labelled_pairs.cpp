// SPDX-License-Identifier: Apache-2.0
#include "labelled_pairs.hpp"

#include "base/parallel.hpp"
#include "labelled_articles.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/neighbours.hpp>

#include <map>
#include <numeric>
#include <set>

namespace fabula::training {

namespace {

void cut_to_lead(Article& article, TextAnalyzer& analyzer) {
    constexpr std::size_t least_words = 5; // fewer are a dateline or a caption
    constexpr std::size_t least_bytes = 36;
    const AnalyzedText text = analyzer.analyze(article.text);
    std::vector<std::size_t> words(text.sentences.size());
    for (const Token& token : text.tokens)
        ++words[token.sentence];
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t bytes = text.sentences[i].end - text.sentences[i].begin;
        if (words[i] >= least_words && bytes >= least_bytes) {
            article.title.clear();
            article.text = article.text.substr(text.sentences[i].begin, bytes);
            return;
        }
    }
}

bool has_many_languages(const ArticleSet& set) {
    constexpr std::size_t many = 40;
    std::set<std::string> languages;
    for (const Article& article : set.articles)
        languages.insert(article.language);
    return languages.size() >= many;
}

/// Keeps the articles of about every `every`-th language, where there are many.
void keep_few_languages(ArticleSet& set, std::uint64_t every) {
    if (!has_many_languages(set))
        return;
    ArticleSet kept;
    for (std::size_t i = 0; i < set.articles.size(); ++i)
        if (detail::word_hash(set.articles[i].language + "x") % every == 0) {
            kept.articles.push_back(std::move(set.articles[i]));
            kept.gold_stories.push_back(std::move(set.gold_stories[i]));
        }
    set = std::move(kept);
}

ArticleSet read(const std::filesystem::path& file, const Reading& reading) {
    ArticleSet set = read_labelled(file);
    for (const std::string& story : set.gold_stories)
        if (story.empty())
            throw Error(Errc::bad_input, file.string() + ": an article without a story");
    if (reading.every_language > 1)
        keep_few_languages(set, reading.every_language);
    TextAnalyzer analyzer;
    for (Article& article : set.articles) {
        article.language.clear();
        if (reading.extent == Extent::lead)
            cut_to_lead(article, analyzer);
        else if (reading.extent == Extent::title)
            article.text.clear();
    }
    return set;
}

std::string name_of(const std::string& family, const Reading& reading) {
    std::string name = family;
    if (reading.extent == Extent::lead)
        name += "-lead";
    if (reading.extent == Extent::title)
        name += "-title";
    return reading.every_language > 1 ? name + "-few" : name;
}

} // namespace

double LabelledPairs::weight(const detail::CandidatePair& pair) const {
    return 2.0 / (story_sizes[pair.first] + story_sizes[pair.second]);
}

bool has_many_languages(const std::filesystem::path& file) {
    const std::vector<std::string> inputs{file.string()};
    return has_many_languages(read_articles(inputs));
}

bool LabelledPairs::is_fitted_without(const std::string& family) const {
    if (families.size() == 1)
        return !families.contains(family);
    const bool complete = families.size() == all_families;
    return family.empty() ? complete : !complete && !families.contains(family);
}

LabelledPairs read_labelled_pairs(std::span<const std::filesystem::path> files, const Model& model,
                                  float min_cosine, const Reading& reading) {
    LabelledPairs out;
    ArticleSet set;
    for (const std::filesystem::path& file : files) {
        ArticleSet one = read(file, reading);
        const std::string family = file.stem().string();
        out.families.insert(family);
        for (std::size_t i = 0; i < one.articles.size(); ++i) {
            set.articles.push_back(std::move(one.articles[i]));
            set.gold_stories.push_back(family + "/" + one.gold_stories[i]);
        }
    }
    out.name = name_of(files.size() == 1 ? *out.families.begin() : "mix", reading);
    out.reading = reading;
    out.articles = set.articles.size();
    out.gold = numbered(set.gold_stories);
    std::map<std::uint32_t, std::uint64_t> sizes;
    for (const std::uint32_t story : out.gold)
        ++sizes[story];
    for (const auto& [story, size] : sizes)
        out.same_story_pairs += size * (size - 1) / 2;
    for (const std::uint32_t story : out.gold)
        out.story_sizes.push_back(static_cast<double>(sizes[story]));

    const detail::BoilerplateFilter boilerplate = detail::BoilerplateFilter::learn(set.articles);
    detail::Pool<TextAnalyzer> analyzers;
    std::vector<std::size_t> order(out.articles);
    std::iota(order.begin(), order.end(), std::size_t{0});
    detail::Corpus corpus =
        detail::read_corpus(set.articles, order, model, boilerplate, analyzers, 0);
    std::set<int> languages;
    for (const detail::LexicalFeatures& lexical : corpus.lexical)
        languages.insert(lexical.language);
    out.languages = languages.size();
    detail::CandidateLimits limits; // but for the cosine as by default
    limits.min_cosine = min_cosine;
    const detail::LanguageCalibration calibration(detail::ModelData::of(model));
    if (reading.alone) {
        out.representatives.resize(out.articles);
        std::iota(out.representatives.begin(), out.representatives.end(), 0U);
        out.pairs = detail::candidate_pairs(corpus.vectors, min_cosine, limits.max_neighbours,
                                            std::chrono::seconds{0}, {}, 0);
        detail::CorpusStatistics none = detail::learn_statistics(corpus, {}, calibration, {}, 0);
        out.corpus = detail::weigh(std::move(corpus), std::move(none), {}, {}, calibration, 0);
    } else {
        detail::Prepared prepared = detail::prepare(std::move(corpus), calibration, limits, 0);
        out.pairs = std::move(prepared.candidates);
        out.representatives = std::move(prepared.groups.representatives);
        out.corpus = std::move(prepared.corpus);
    }
    return out;
}

void measure(LabelledPairs& set, const detail::LanguageCalibration& calibration) {
    set.corpus.calibration = calibration;
    set.features.resize(set.pairs.size());
    constexpr std::size_t pairs_per_task = 4096;
    detail::for_each_task(
        (set.pairs.size() + pairs_per_task - 1) / pairs_per_task, 0, [&](std::size_t task) {
            const std::size_t end = std::min(set.pairs.size(), (task + 1) * pairs_per_task);
            for (std::size_t i = task * pairs_per_task; i < end; ++i) {
                const detail::CandidatePair& pair = set.pairs[i];
                set.features[i] = set.corpus.measure(pair.first, pair.second, pair.cosine);
            }
        });
}

} // namespace fabula::training
