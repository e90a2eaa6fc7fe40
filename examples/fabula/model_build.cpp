// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "text.hpp"

#include <fabula/model.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

namespace program {
namespace {

struct Options {
    std::vector<std::string> sources;
    std::string output;
    fabula::ModelBuildOptions build;
    bool json{false};
};

using Json = nlohmann::ordered_json;

/// Letters, digits and hyphens: what a BCP-47 tag is made of, and hardly a path with "=" in it.
bool looks_like_tag(std::string_view text) {
    return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-';
           });
}

std::map<std::string, std::filesystem::path> parse_sources(const std::vector<std::string>& texts) {
    std::map<std::string, std::filesystem::path> sources;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        const bool tagged =
            equals != std::string::npos && looks_like_tag(std::string_view(text).substr(0, equals));
        const std::string tag = tagged ? text.substr(0, equals) : std::string();
        if (!tagged && texts.size() > 1)
            throw UsageError{"SOURCE " + text +
                             " has no language: of several files, each is given as LANG=FILE, such "
                             "as nb=wiki.nb.align.vec"};
        if (!sources.emplace(tag, tagged ? text.substr(equals + 1) : text).second)
            throw UsageError{"the language " + tag + " is given twice"};
    }
    return sources;
}

Json to_json(const fabula::StoredVectors& vectors) {
    return {{"rows", vectors.rows},
            {"mean_cosine", vectors.mean_cosine},
            {"least_cosine", vectors.least_cosine}};
}

Json to_json(const fabula::ModelBuildReport& report, const std::string& output) {
    return {{"output", output},
            {"source_bytes", report.source_bytes},
            {"bytes", report.bytes},
            {"source_dimension", report.source_dimension},
            {"dimension", report.dimension},
            {"kept", report.kept},
            {"languages", report.languages},
            {"words", to_json(report.words)},
            {"subwords", to_json(report.subwords)}};
}

std::string size(std::uint64_t bytes) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    return decimals(static_cast<double>(bytes) / mebibyte, 1) + " MiB (" + std::to_string(bytes) +
           " bytes)";
}

std::string rows(const fabula::StoredVectors& vectors) {
    std::string text = std::to_string(vectors.rows);
    if (vectors.rows > 0)
        text += "; cosine with the source: mean " + decimals(vectors.mean_cosine, 5) + ", least " +
                decimals(vectors.least_cosine, 5);
    return text;
}

void write_for_eyes(std::ostream& out, const fabula::ModelBuildReport& report,
                    const std::string& output) {
    const auto write = [&](const char* name, const std::string& value) {
        out << padded(name, 12) << value << '\n';
    };
    std::string languages;
    for (const std::string& tag : report.languages)
        languages += ' ' + tag;
    write("Sources", size(report.source_bytes));
    write("Model", output + ", " + size(report.bytes));
    write("Languages", std::to_string(report.languages.size()) + ":" + languages);
    write("Dimension", report.dimension == report.source_dimension
                           ? std::to_string(report.dimension)
                           : std::to_string(report.dimension) + " of " +
                                 std::to_string(report.source_dimension) + ", which hold " +
                                 percent(report.kept) +
                                 " of the squared length of the word vectors");
    write("Words", rows(report.words));
    write("Subwords", rows(report.subwords));
}

void run(const Options& options) {
    const fabula::ModelBuildReport report =
        fabula::build_model(parse_sources(options.sources), options.output, options.build);
    write_results({}, [&](std::ostream& out) {
        if (options.json)
            out << to_json(report, options.output)
                       .dump(-1, ' ', false, Json::error_handler_t::replace)
                << '\n';
        else
            write_for_eyes(out, report, options.output);
    });
}

} // namespace

void add_model_build(CLI::App& group) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *group.add_subcommand(
        "build", "Make a model file from fastText's .bin, .ftz or .vec files");
    command
        .add_option("SOURCE", options->sources,
                    "A fastText file for all languages; or aligned ones, LANG=FILE for each "
                    "language (BCP-47)")
        ->required()
        ->type_name("");
    command.add_option("-o,--output", options->output, "The model file, OUT.fabula")
        ->required()
        ->type_name("FILE");
    command
        .add_option("--dimension", options->build.dimension,
                    "Reduce the vectors to their N strongest principal components (default: as in "
                    "the sources)")
        ->type_name("N")
        ->check(CLI::Range(1, 65535).description(""));
    command
        .add_option("--vocabulary", options->build.vocabulary,
                    "Keep the first N words of each source, where the most frequent ones stand "
                    "(default: all)")
        ->type_name("N")
        ->check(CLI::Range(1U, 0xFFFFFFFEU).description(""));
    const std::map<std::string, fabula::Quantisation> ways{
        {"none", fabula::Quantisation::none},
        {"int8", fabula::Quantisation::int8},
        {"product", fabula::Quantisation::product}};
    command
        .add_option("--quantise", options->build.quantisation,
                    "none: four bytes a value, as the sources have them. int8: one byte a value. "
                    "product: one byte for four values, coarser; for an even dimension (default: "
                    "int8)")
        ->type_name("none|int8|product")
        ->transform(CLI::CheckedTransformer(ways).description(""));
    command.add_option("--name", options->build.name, "For the card (default: the sources' names)")
        ->type_name("TEXT");
    command.add_option("--version", options->build.version, "For the card")->type_name("TEXT");
    command.add_option("--licence", options->build.licence, "For the card: an SPDX expression")
        ->type_name("TEXT");
    command
        .add_option("--attribution", options->build.attribution,
                    "For the card: what the licence of the vectors asks to be said")
        ->type_name("TEXT");
    add_threads_option(command, options->build.threads);
    command.add_flag("--json", options->json, "The report as one JSON object");
    command.footer(
        "Examples:\n"
        "  fabula model build en=wiki.en.align.vec nb=wiki.no.align.vec --vocabulary 200000 "
        "--dimension 128 -o en-nb.fabula\n"
        "  fabula model build nb=cc.nb.300.bin --vocabulary 100000 --licence CC-BY-SA-3.0 -o "
        "nb.fabula\n"
        "  fabula cluster articles.jsonl --model en-nb.fabula");
    command.callback([options] { run(*options); });
}

} // namespace program
