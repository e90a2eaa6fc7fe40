// SPDX-License-Identifier: Apache-2.0
//
// Measures a model as users meet it: retrieval of translations, clusters of labelled articles, with
// the defaults and without being told any language. Prints the tables of the model card.
#include "labelled_articles.hpp"
#include "model/format/pack_writer.hpp"
#include "nearest.hpp"
#include "program.hpp"
#include "retrieval.hpp"

#include <fabula/evaluation.hpp>
#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <utility>

namespace {

using namespace fabula;
using namespace fabula::training;

struct Options {
    std::filesystem::path model;
    std::filesystem::path sentences;
    std::filesystem::path parallel_articles;
    std::vector<std::filesystem::path> parallel_titles;
    std::vector<std::filesystem::path> articles;
    bool write{false};
};

using Figures = std::map<std::string, double>;

/// What is known of the sentences of one language.
struct LanguageRow {
    std::string language;
    std::string precision_at_1; ///< "–" for English
    double identified{};
};

/// Four languages beside each other, from top to bottom.
void print_languages(const std::vector<LanguageRow>& rows) {
    constexpr std::size_t columns = 4;
    const std::size_t lines = (rows.size() + columns - 1) / columns;
    for (std::size_t column = 0; column < columns; ++column)
        std::printf("| | P@1 | identified ");
    std::printf("|\n");
    for (std::size_t column = 0; column < columns; ++column)
        std::printf("|---|---|---");
    std::printf("|\n");
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t at = line; at < lines * columns; at += lines)
            if (at < rows.size())
                std::printf("| %s | %s | %.3f ", rows[at].language.c_str(),
                            rows[at].precision_at_1.c_str(), rows[at].identified);
            else
                std::printf("| | | ");
        std::printf("|\n");
    }
}

void measure_retrieval(const Options& options, const Model& model, Figures& figures) {
    const auto sentences = ParallelTexts::from_sentences(options.sentences, model);
    std::vector<LanguageRow> rows;
    double sum = 0;
    double worst = 1;
    double identified = 0;
    std::size_t others = 0;
    for (const std::string& language : sentences.languages()) {
        identified += sentences.identified(language);
        if (language == "en") {
            rows.push_back({language, "–", sentences.identified(language)});
            continue;
        }
        const double p = sentences.precision_at_1(language, "en");
        char text[16];
        std::snprintf(text, sizeof text, "%.3f", p);
        rows.push_back({language, text, sentences.identified(language)});
        sum += p;
        worst = std::min(worst, p);
        ++others;
    }
    print_languages(rows);
    figures["retrieval.p_at_1_mean"] = sum / static_cast<double>(others);
    figures["retrieval.p_at_1_worst"] = worst;
    figures["retrieval.identified_mean"] =
        identified / static_cast<double>(sentences.languages().size());
    std::printf("\nmean %.4f, worst %.3f; identified %.4f\n\n", figures["retrieval.p_at_1_mean"],
                worst, figures["retrieval.identified_mean"]);
    sum = 0;
    for (const auto& [a, b] : direct_pairs) {
        const double p = sentences.precision_at_1(a, b);
        std::printf("%s-%s %.3f  ", a, b, p);
        sum += p;
    }
    figures["retrieval.p_at_1_direct_mean"] = sum / static_cast<double>(std::size(direct_pairs));
    std::printf("mean %.4f\n\n", figures["retrieval.p_at_1_direct_mean"]);
}

/// Articles, or their titles alone, with those in English.
void measure_parallel_articles(const std::filesystem::path& file, ArticlePart part,
                               const Model& model, Figures& figures) {
    const auto articles = ParallelTexts::from_articles(file, part, model);
    double sum = 0;
    double story_sum = 0;
    double worst = 1;
    std::size_t others = 0;
    for (const std::string& language : articles.languages()) {
        if (language == "en")
            continue;
        const double p = articles.precision_at_1(language, "en");
        sum += p;
        story_sum += articles.story_precision_at_1(language, "en");
        worst = std::min(worst, p);
        ++others;
        std::printf("%s %.3f  ", language.c_str(), p);
    }
    const auto n = static_cast<double>(others);
    const bool are_titles = part == ArticlePart::title;
    const std::string name = are_titles ? file.stem().string() + "_titles" : "articles";
    std::printf("\n\n%s: P@1 with English, mean %.4f, worst %.3f; nearest of the same story "
                "%.4f\n\n",
                name.c_str(), sum / n, worst, story_sum / n);
    figures["retrieval." + name + "_p_at_1_mean"] = sum / n;
    figures["retrieval." + name + "_p_at_1_worst"] = worst;
    figures["retrieval." + name + "_same_story_mean"] = story_sum / n;
}

void measure_clusters(const Options& options, const Model& model, Figures& figures) {
    std::printf("| articles | BCubed P | R | F1 | pairs F1 | stories | as labelled |\n"
                "|---|---|---|---|---|---|---|\n");
    for (const auto& file : options.articles) {
        ArticleSet set = read_labelled(file);
        for (Article& article : set.articles)
            article.language.clear();
        const std::vector<std::uint32_t> gold = numbered(set.gold_stories);
        const StoryClusters clusters = StoryClusterer(model).cluster(set.articles);
        std::vector<std::uint32_t> predicted(set.articles.size());
        for (std::size_t s = 0; s < clusters.stories.size(); ++s)
            for (const std::size_t member : clusters.stories[s].members)
                predicted[member] = static_cast<std::uint32_t>(s);
        const ClusteringQuality quality = evaluate_clustering(predicted, gold);
        std::printf("| %s | %.4f | %.4f | %.4f | %.4f | %zu | %zu |\n", file.stem().c_str(),
                    quality.bcubed.precision, quality.bcubed.recall, quality.bcubed.f1,
                    quality.pairwise.f1, quality.predicted_clusters, quality.gold_clusters);
        figures[file.stem().string() + ".bcubed_f1"] = quality.bcubed.f1;
    }
}

void run(const Options& options) {
    const Model model = Model::load(options.model);
    Figures figures;
    if (!options.sentences.empty())
        measure_retrieval(options, model, figures);
    if (!options.parallel_articles.empty())
        measure_parallel_articles(options.parallel_articles, ArticlePart::whole, model, figures);
    for (const std::filesystem::path& file : options.parallel_titles)
        measure_parallel_articles(file, ArticlePart::title, model, figures);
    if (!options.articles.empty())
        measure_clusters(options, model, figures);
    if (options.write) {
        detail::PackEdits edits;
        edits.quality = figures;
        edits.drop_quality = true;
        detail::rewrite_manifest(options.model, options.model, edits);
    }
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measure a model file"};
    app.add_option("model", options.model, "Model file")->required();
    app.add_option("--sentences", options.sentences, "number TAB language TAB sentence");
    app.add_option("--parallel-articles", options.parallel_articles,
                   "JSON Lines; ids DOCUMENT-src-... and DOCUMENT-ref-... are translations");
    app.add_option("--parallel-titles", options.parallel_titles,
                   "The same, of whose articles only the titles are looked at; where no id is like "
                   "that, articles of one story are translations");
    app.add_option("--articles", options.articles, "JSON Lines with a story field");
    app.add_flag("--write", options.write, "Write the figures into the model file");
    CLI11_PARSE(app, argc, argv);
    return run_program("measure_model", [&] { run(options); });
}
