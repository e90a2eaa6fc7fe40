// SPDX-License-Identifier: Apache-2.0
#include "input.hpp"
#include "text.hpp"

#include <fabula/language.hpp>

#include <nlohmann/json.hpp>

namespace program {
namespace {

struct Options {
    CommonOptions common;
    bool json{false};
};

using Json = nlohmann::ordered_json;

Json to_json(const fabula::Model& model) {
    const fabula::ModelCard& card = model.card();
    return {{"name", card.name},
            {"version", card.version},
            {"description", card.description},
            {"path", card.path},
            {"bytes", card.bytes},
            {"checksum", card.checksum},
            {"dimension", model.dimension()},
            {"vocabulary", card.vocabulary},
            {"subwords", card.subwords},
            {"quantisation", card.quantisation},
            {"forms_version", card.forms_version},
            {"languages", model.languages()},
            {"identified_languages", model.identifier().languages()},
            {"licence", card.licence},
            {"attribution", card.attribution},
            {"provenance", card.provenance},
            {"quality", card.quality}};
}

void write_field(std::ostream& out, const std::string& name, const std::string& value) {
    constexpr std::size_t name_width = 14;
    if (!value.empty())
        out << padded(name, name_width) << value << '\n';
}

std::string joined(const std::vector<std::string>& tags) {
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : " ") + tag;
    return text;
}

void write_for_eyes(std::ostream& out, const fabula::Model& model) {
    const fabula::ModelCard& card = model.card();
    constexpr double mebibyte = 1024.0 * 1024.0;
    write_field(out, "Name", card.name + (card.version.empty() ? "" : " " + card.version));
    write_field(out, "Description", card.description);
    write_field(out, "File", card.path);
    write_field(out, "Size",
                decimals(static_cast<double>(card.bytes) / mebibyte, 1) + " MiB (" +
                    std::to_string(card.bytes) + " bytes)");
    write_field(out, "Checksum", card.checksum);
    write_field(out, "Dimension", std::to_string(model.dimension()));
    write_field(out, "Vocabulary",
                count_of(card.vocabulary, "word or stem", "words and stems") + ", " +
                    count_of(card.subwords, "subword row", "subword rows") + ", " +
                    card.quantisation);
    write_field(out, "Word forms", card.forms_version);
    write_field(out, "Languages",
                std::to_string(model.languages().size()) + ": " + joined(model.languages()));
    const std::vector<std::string>& identified = model.identifier().languages();
    write_field(out, "Identifies", std::to_string(identified.size()) + ": " + joined(identified));
    write_field(out, "Licence", card.licence);
    write_field(out, "Attribution", card.attribution);
    write_field(out, "Provenance", card.provenance);
    if (!card.quality.empty())
        out << "Measured quality\n";
    for (const auto& [name, figure] : card.quality)
        write_field(out, "  " + padded(name, 36), "  " + decimals(figure, 4));
}

void run(const Options& options) {
    const fabula::Model model = load_model(options.common);
    write_results({}, [&](std::ostream& out) {
        if (options.json)
            out << to_json(model).dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        else
            write_for_eyes(out, model);
    });
}

} // namespace

void add_model(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App& group = *program.add_subcommand("model", "Look at a model file, or make one");
    group.require_subcommand(1);
    group.footer("Example:\n  fabula model info");
    CLI::App& command = *group.add_subcommand(
        "info", "Languages, size, licence, checksum, provenance and measured quality of a model");
    command.add_flag("--json", options->json, "As one JSON object");
    add_common_options(command, options->common);
    command.footer("Examples:\n"
                   "  fabula model info\n"
                   "  fabula model info --model my.fabula --json");
    command.callback([options] { run(*options); });
    add_model_build(group);
}

} // namespace program
