// SPDX-License-Identifier: Apache-2.0
#include "document/command_facts.hpp"
#include "input.hpp"

#include <fabula/io.hpp>
#include <fabula/version.hpp>

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

namespace program {
namespace {

void write_to(const std::filesystem::path& file, const std::string& text) {
    fabula::write_file(file, [&](std::ostream& out) { out << text; });
}

void write_all(const CLI::App& program, const std::filesystem::path& folder) {
    const CommandFacts root = facts_of(program);
    std::filesystem::create_directories(folder);
    for (const CommandFacts* command : flattened(root))
        write_to(folder / (command->joined('-') + ".1"),
                 manual_page(*command, root, fabula::version()));
    write_to(folder / "fabula.bash", completion("bash", root));
    write_to(folder / "_fabula", completion("zsh", root));
    write_to(folder / "fabula.fish", completion("fish", root));
}

} // namespace

void add_document(CLI::App& program) {
    auto folder = std::make_shared<std::string>();
    CLI::App& command =
        *program.add_subcommand("document", "Write man pages and completions, for packagers");
    command.group(""); // not in --help: readers have what it writes
    command.add_option("FOLDER", *folder, "Where to")->required()->type_name("");
    command.callback([&program, folder] { write_all(program, *folder); });
}

} // namespace program
