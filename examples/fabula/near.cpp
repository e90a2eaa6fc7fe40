// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "text.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace program {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    CommonOptions common;
    InputOptions reading;
    std::string store;
    std::string article;
    std::size_t most{5};
    unsigned threads{0};
};

void run(const Options& options) {
    const fabula::Model model = load_model(options.common);
    const fabula::Article article = read_article(options.article, options.reading,
                                                 options.common.console, "put one into a file: ");
    fabula::StreamOptions how;
    how.window = std::chrono::seconds{0};
    how.threads = options.threads;
    const fabula::StoryStream stream = fabula::open_as_stream(model, options.store, how);
    const std::vector<fabula::StreamMatch> matches = stream.near(article, options.most);
    write_results({}, [&](std::ostream& out) {
        for (const fabula::StreamMatch& match : matches) {
            const auto story = stream.story(match.story);
            const Json json{{"story", match.story},
                            {"probability", std::round(match.probability * 1e4) / 1e4},
                            {"title", story ? story->title : std::string()},
                            {"size", story ? story->articles.size() : 0},
                            {"article", match.article}};
            out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        }
    });
    options.common.console.note(count_of(matches.size(), "story", "stories"));
}

} // namespace

void add_near(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "near", "The stories in a store that an article fits, the likeliest first");
    command
        .add_option("ARTICLE", options->article,
                    "A file with one article: a text (its first line is the title), a page of "
                    "HTML, JSON, ...; or - for JSON on standard input")
        ->required()
        ->type_name("");
    command.add_option("--store", options->store, "The store that `fabula stream` writes")
        ->required()
        ->type_name("FILE");
    command.add_option("--most", options->most, "So many stories at most (default: 5)")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    add_reading_options(command, options->reading);
    add_threads_option(command, options->threads);
    add_common_options(command, options->common);
    command.footer("Writes one story a line: {\"story\", \"probability\" that the article tells "
                   "it, \"title\", \"size\", \"article\": the likeliest member}.\n\n"
                   "Example:\n"
                   "  fabula near --store news.db draft.txt");
    command.callback([options] { run(*options); });
}

} // namespace program
