// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "text.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <filesystem>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    InputOptions input;
    fabula::EmbedOptions embedding;
    std::string output;
    std::string ids;
    bool wants_ids{false};
};

/// One id a line, so that line i belongs to row i, whatever an id is made of.
void write_ids(std::ostream& out, const std::vector<fabula::Article>& articles) {
    for (const fabula::Article& article : articles) {
        std::string id = fabula::repair_utf8(article.id);
        std::replace(id.begin(), id.end(), '\n', ' ');
        std::replace(id.begin(), id.end(), '\r', ' ');
        out << id << '\n';
    }
}

void run(const Options& options) {
    const Console& console = options.common.console;
    const fabula::Embedder embedder{load_model(options.common), options.embedding};
    const fabula::ArticleSet set = read_input(options.input, console);
    const fabula::Embeddings embeddings = embedder.embed(set.articles);

    fabula::write_npy(options.output, embeddings.matrix);
    if (options.wants_ids) {
        std::filesystem::path file = options.ids;
        if (file.empty())
            file = std::filesystem::path{options.output}.replace_extension(".ids.txt");
        fabula::write_file(file, [&](std::ostream& out) { write_ids(out, set.articles); });
    }
    warn_of_outcomes(embeddings.outcomes, set.articles, console);
    console.note(options.output + ": " + count_of(embeddings.matrix.rows, "vector", "vectors") +
                 " of " + std::to_string(embeddings.matrix.dimension) + " dimensions");
}

} // namespace

void add_embed(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        *program.add_subcommand("embed", "Write a vector for each article, as a NumPy array");
    add_input_options(command, options->input);
    command
        .add_option("--output", options->output,
                    "NumPy file: float32, one row an article in the order of the input, unit "
                    "length; zero where an article has nothing to embed")
        ->required()
        ->type_name("FILE");
    CLI::Option* ids =
        command
            .add_option("--ids", options->ids,
                        "Write the ids too, one a line (default name: the output's, but with "
                        ".ids.txt)")
            ->expected(0, 1)
            ->type_name("[FILE]");
    add_threads_option(command, options->embedding.threads);
    add_common_options(command, options->common);
    command.footer("Example:\n"
                   "  fabula embed articles.jsonl --output vectors.npy --ids ids.txt\n"
                   "  python3 -c \"import numpy; v = numpy.load('vectors.npy'); print(v @ v[0])\"");
    command.callback([options, ids] {
        options->wants_ids = ids->count() > 0;
        run(*options);
    });
}

} // namespace program
