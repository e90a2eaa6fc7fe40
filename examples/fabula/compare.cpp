// SPDX-License-Identifier: Apache-2.0
#include "columns.hpp"
#include "explain.hpp"
#include "input.hpp"
#include "text.hpp"

#include <fabula/error.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <string>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    std::string first;
    std::string second;
    std::string in;
    bool json{false};
    InputOptions reading;
};

fabula::ArticleSet read_one_input(const std::string& input, const Options& options) {
    InputOptions one = options.reading;
    one.inputs = {input};
    return read_input(one, options.common.console);
}

fabula::Article find(const fabula::ArticleSet& set, const std::string& id,
                     const std::string& file) {
    const auto found = std::find_if(set.articles.begin(), set.articles.end(),
                                    [&](const auto& article) { return article.id == id; });
    if (found == set.articles.end())
        throw fabula::Error{fabula::Errc::bad_input,
                            "no article in " + file + " has the id \"" + excerpt(id, 60) + '"'};
    return *found;
}

void run(const Options& options) {
    const fabula::Model model = load_model(options.common);
    Side first;
    Side second;
    if (options.in.empty()) {
        const char* remedy = "name two of them by id: fabula compare ID ID --in ";
        first.article =
            read_article(options.first, options.reading, options.common.console, remedy);
        second.article =
            read_article(options.second, options.reading, options.common.console, remedy);
    } else {
        const fabula::ArticleSet set = read_one_input(options.in, options);
        first.article = find(set, options.first, options.in);
        second.article = find(set, options.second, options.in);
    }
    const fabula::Embedder embedder{model};
    first.outcome = embedder.embed(first.article).outcome;
    second.outcome = embedder.embed(second.article).outcome;
    const fabula::Comparison comparison =
        fabula::Comparer{model}.compare(first.article, second.article);
    write_results({}, [&](std::ostream& out) {
        if (options.json)
            explain_as_json(out, first, second, comparison);
        else
            explain(out, first, second, comparison, page_width());
    });
}

} // namespace

void add_compare(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "compare", "Tell whether two articles tell one story, how they are related, and why");
    command
        .add_option(
            "A", options->first,
            "A file with one article: a text (its first line is the title), a page of HTML, "
            "JSON, ...; or with --in an id")
        ->required()
        ->type_name("");
    command.add_option("B", options->second, "The same for the other article")
        ->required()
        ->type_name("");
    command
        .add_option("--in", options->in,
                    "Take A and B as ids of articles in this file or folder (or - for standard "
                    "input)")
        ->type_name("INPUT");
    command.add_flag("--json", options->json, "As one JSON object");
    add_reading_options(command, options->reading);
    add_common_options(command, options->common);
    command.footer("Examples:\n"
                   "  fabula compare first.txt second.txt\n"
                   "  fabula compare quake-it-1 quake-en-2 --in articles.jsonl --json");
    command.callback([options] { run(*options); });
}

} // namespace program
