// SPDX-License-Identifier: Apache-2.0
#include "features/corpus.hpp"
#include "features/lexical_features.hpp"
#include "model/format/pack_writer.hpp"
#include "program.hpp"
#include "statistics/document_weights.hpp"
#include "statistics/sums/background.hpp"
#include "statistics/sums/fixed_point.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/text.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace fabula;

/// What part of all stories names a territory at least. A country is named in the news far more
/// often than in 625 texts about something else, and in most languages it is on no list of frequent
/// words: without this, two texts that both name Ukraine share a rare name. What 0.01 to 0.08 cost
/// is in docs/pair-model.md.
constexpr double territories_share = 0.005;

struct Options {
    std::string model;
    std::vector<std::string> files;
    std::string names;
    std::string output;
};

/// Read as the library does at use, languages identified.
detail::Corpus read(const Options& options, const Model& model) {
    ArticleSet set = read_articles(options.files);
    for (Article& article : set.articles)
        article.language.clear();
    const detail::BoilerplateFilter boilerplate = detail::BoilerplateFilter::learn(set.articles);
    detail::Pool<TextAnalyzer> analyzers;
    std::vector<std::size_t> order(set.articles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return detail::read_corpus(set.articles, order, model, boilerplate, analyzers, 0);
}

/// Translations of one text count once together, whatever their number.
detail::StatisticsBucket sums_of(const detail::Corpus& corpus, const Model& model) {
    std::vector<std::uint32_t> members(corpus.size());
    std::iota(members.begin(), members.end(), 0U);
    const std::vector<double> weights =
        detail::document_weights(corpus.vectors, corpus.lexical, corpus.times, members,
                                 detail::LanguageCalibration(detail::ModelData::of(model)), 0);
    detail::StatisticsBucket out;
    out.articles = corpus.size();
    out.moments = detail::VectorMoments(corpus.vectors, members, weights, 0);
    for (const std::uint32_t i : members) {
        out.weight += detail::in_units(weights[i], detail::weight_units);
        const std::uint64_t count =
            detail::in_units(detail::whole_weight(weights[i]), detail::sum_units);
        for (const detail::WeightedTerm& term : corpus.lexical[i].terms) {
            detail::TermSum& sum = out.terms[term.key];
            sum = {term.key, sum.articles + 1, sum.weight + count};
        }
    }
    return out;
}

/// The terms that are the name of a territory in some language; names of several words have none.
/// Lines are "t.CODE TAB language TAB name", as CLDR's; codes in figures are parts of the world.
std::set<std::uint32_t> territories_of(const std::string& file) {
    std::ifstream in(file);
    if (!in)
        throw Error(Errc::unreadable, file + " cannot be read");
    TextAnalyzer analyzer;
    std::set<std::uint32_t> out;
    for (std::string line; std::getline(in, line);) {
        const std::size_t name = line.rfind('\t');
        if (!line.starts_with("t.") || name == std::string::npos ||
            (line[2] >= '0' && line[2] <= '9'))
            continue;
        const AnalyzedText words =
            analyzer.analyze(std::string_view(line).substr(name + 1), Sentences::skip);
        if (words.tokens.size() == 1)
            if (const auto key = detail::term_key(words.tokens.front()))
                out.insert(*key);
    }
    if (out.empty())
        throw Error(Errc::bad_input, file + " has no line \"t.CODE TAB language TAB name\"");
    return out;
}

/// In two articles, as terms of one alone are not kept.
void add_territories(detail::StatisticsBucket& sums, const std::set<std::uint32_t>& territories) {
    const double stories = static_cast<double>(sums.weight) / detail::weight_units;
    const std::uint64_t least = detail::in_units(territories_share * stories, detail::sum_units);
    for (const std::uint32_t key : territories) {
        detail::TermSum& sum = sums.terms[key];
        sum = {key, std::max(sum.articles, 2U), std::max(sum.weight, least)};
    }
}

void run(const Options& options) {
    const Model model = Model::load(options.model);
    detail::StatisticsBucket sums = sums_of(read(options, model), model);
    add_territories(sums, territories_of(options.names));
    const std::string bytes = detail::background_bytes(sums);
    const std::string checksum = detail::rewrite_background(options.model, options.output, bytes);
    // What was written is what will be read: a model is made once, and used for long.
    const Model written = Model::load(options.output);
    const auto background = detail::background_of(detail::ModelData::of(written));
    if (!background || detail::background_bytes(*background) != bytes)
        throw Error(Errc::unwritable, options.output + " does not give its background back");
    std::printf("articles %zu, stories %.1f, with a vector %.1f\n", background->articles,
                static_cast<double>(background->weight) / detail::weight_units,
                background->moments.count());
    std::printf("terms %zu of %zu, bytes %zu\n", background->terms.size(), sums.terms.size(),
                bytes.size());
    std::printf("%s: checksum %s\n", options.output.c_str(), checksum.c_str());
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Sum up what is ordinary in general texts, and put it into a model file"};
    app.add_option("model", options.model, "Model file")->required();
    app.add_option("paragraphs", options.files, "JSON Lines, as make_background.py writes them")
        ->required();
    app.add_option("--names", options.names,
                   "Names of territories in all languages: t.CODE TAB language TAB name")
        ->required();
    app.add_option("-o,--output", options.output,
                   "The model file with its background; may be the same")
        ->required();
    CLI11_PARSE(app, argc, argv);
    return fabula::training::run_program("build_background", [&] { run(options); });
}
