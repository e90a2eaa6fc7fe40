// SPDX-License-Identifier: Apache-2.0
//
// Writes invented news for measuring: stories of Zipfian sizes over days, each told by
// near-duplicates, rewrites, translations and independent reports, with the words of real lexicons.
#include "lines.hpp"
#include "news_writer.hpp"
#include "story_plan.hpp"
#include "vocabulary.hpp"

#include <fabula/error.hpp>
#include <fabula/model.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

struct Options {
    bench::PlanOptions plan;
    std::vector<std::string> languages{"en", "es", "de", "ru", "fr", "ar", "zh", "pt", "it", "hi"};
    bench::VocabularySources sources;
    std::string model;
    bool no_language{false};
};

void run(const Options& options) {
    const fabula::Model model =
        options.model.empty() ? fabula::Model::bundled() : fabula::Model::load(options.model);
    const bench::Vocabulary vocabulary =
        bench::load_vocabulary(options.languages, options.sources, model);
    const bench::NewsWriter writer(vocabulary, options.plan.seed);
    std::size_t number = 0;
    for (const bench::PlannedArticle& planned : bench::plan_stories(options.plan)) {
        bench::LabelledArticle labelled = writer.write(planned);
        labelled.article.id = "a" + std::to_string(++number);
        if (options.no_language)
            labelled.article.language.clear();
        std::cout << bench::json_line(labelled);
        if (!std::cout)
            throw fabula::Error(fabula::Errc::unwritable, "cannot write to standard output");
    }
    std::cerr << number << " articles from " << vocabulary.concepts.size() << " concepts\n";
}

} // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    CLI::App app("Writes invented news, one article a line, in the order of their times");
    Options options;
    const std::string train = std::string(FABULA_BENCH_SHARED_DATA) + "/train/";
    options.sources.lexicons = {train + "lexicon-wiktionary.tsv.xz", train + "lexicon-omw.tsv.xz"};
    options.sources.frequencies = train + "word-frequency.tsv.xz";
    app.add_option("--articles", options.plan.articles, "How many (default: 10000)")
        ->check(CLI::PositiveNumber);
    app.add_option("--days", options.plan.days, "Over how many days (default: 30)")
        ->check(CLI::PositiveNumber);
    app.add_option("--seed", options.plan.seed, "Another seed, other news (default: 1)");
    app.add_option("--exponent", options.plan.exponent,
                   "Zipf's exponent of the stories' sizes (default: 1.1)")
        ->check(CLI::Range(0.5, 2.0));
    app.add_option("--languages", options.languages, "Most frequent first, with commas between")
        ->delimiter(',');
    app.add_option("--lexicon", options.sources.lexicons,
                   "Lines 'group TAB language TAB text'; may be given more than once");
    app.add_option("--frequencies", options.sources.frequencies,
                   "Lines 'language TAB word TAB count', the most frequent first");
    app.add_option("--model", options.model, "Words are of this one (default: the bundled model)");
    app.add_flag("--no-language", options.no_language, "Leave the field 'language' out");
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "fabula_make_news: " << error.what() << "\n";
        return 2;
    }
}
