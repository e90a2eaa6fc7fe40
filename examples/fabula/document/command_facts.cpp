// SPDX-License-Identifier: Apache-2.0
#include "document/command_facts.hpp"

#include <algorithm>

namespace program {
namespace {

/// Of a type name as --help shows it: "NAME:{jsonl,table}".
void read_type(const std::string& type, OptionFacts& out) {
    const std::size_t colon = type.find(':');
    out.value = type.substr(0, colon);
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}');
    if (open == std::string::npos || close == std::string::npos)
        return;
    std::string list = type.substr(open + 1, close - open - 1);
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        out.choices.push_back(list.substr(0, comma));
        list.erase(0, comma + 1);
    }
}

OptionFacts facts_of(const CLI::Option& option) {
    OptionFacts out;
    out.is_argument = !option.nonpositional();
    for (const std::string& name : option.get_lnames())
        out.names.push_back("--" + name);
    for (const std::string& name : option.get_snames())
        out.names.push_back("-" + name);
    if (out.is_argument)
        out.names = {option.get_name(true)};
    out.description = option.get_description();
    out.may_omit_value = option.get_items_expected_min() == 0 && option.get_expected_max() > 0;
    if (option.get_expected_max() > 0 && (option.get_items_expected_min() > 0 || out.is_argument))
        read_type(option.get_type_name(), out);
    out.is_repeatable = option.get_items_expected_max() > 1 ||
                        option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    return out;
}

void flatten(const CommandFacts& command, std::vector<const CommandFacts*>& out) {
    out.push_back(&command);
    for (const CommandFacts& child : command.commands)
        flatten(child, out);
}

} // namespace

std::string CommandFacts::joined(char between) const {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : std::string(1, between)) + word;
    return out;
}

CommandFacts facts_of(const CLI::App& app, std::vector<std::string> above) {
    CommandFacts out;
    out.words = std::move(above);
    out.words.push_back(app.get_name());
    out.description = app.get_description();
    out.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options())
        out.options.push_back(facts_of(*option));
    for (const CLI::App* child :
         app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); }))
        out.commands.push_back(facts_of(*child, out.words));
    return out;
}

std::vector<const CommandFacts*> flattened(const CommandFacts& command) {
    std::vector<const CommandFacts*> out;
    flatten(command, out);
    return out;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

} // namespace program
