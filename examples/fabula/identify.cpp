// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "text.hpp"

#include <fabula/language.hpp>
#include <fabula/text.hpp>

#include <nlohmann/json.hpp>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    InputOptions input;
};

using Json = nlohmann::ordered_json;

void run(const Options& options) {
    const fabula::Model model = load_model(options.common);
    const fabula::ArticleSet set = read_input(options.input, options.common.console);
    write_results({}, [&](std::ostream& out) {
        for (const fabula::Article& article : set.articles) {
            const fabula::LanguageGuess guess =
                model.identifier().identify(article.title + '\n' + article.text);
            const Json line{{"id", fabula::repair_utf8(article.id)},
                            {"language", guess.language},
                            {"probability", rounded(static_cast<double>(guess.probability))},
                            {"reliable", guess.is_reliable}};
            out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        }
    });
}

} // namespace

void add_identify(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *program.add_subcommand(
        "identify", "Tell the language of each article, whatever its language field says");
    add_input_options(command, options->input);
    add_common_options(command, options->common);
    command.footer("\"und\" stands for a language that is not known.\n\n"
                   "Example:\n"
                   "  fabula identify articles.jsonl");
    command.callback([options] { run(*options); });
}

} // namespace program
