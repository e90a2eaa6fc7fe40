// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

/// What --help says, as data: man pages and completions are made of it, so that there is one
/// source.
namespace program {

struct OptionFacts {
    std::vector<std::string> names;   ///< "--html", "-o"; of an argument "INPUT"
    std::string value;                ///< "FILE"; empty where it takes none
    std::vector<std::string> choices; ///< where the value is one of these
    std::string description;
    bool is_argument{};   ///< has no name to be given
    bool is_repeatable{}; ///< may be given several times
    bool may_omit_value{};
};

struct CommandFacts {
    std::vector<std::string> words; ///< "fabula", "model", "info"
    std::string description;
    std::string footer;
    std::vector<OptionFacts> options;
    std::vector<CommandFacts> commands; ///< below this one

    /// "fabula-model-info"
    [[nodiscard]] std::string joined(char between) const;
};

[[nodiscard]] CommandFacts facts_of(const CLI::App& app, std::vector<std::string> above = {});

/// This one and all below it, this one first.
[[nodiscard]] std::vector<const CommandFacts*> flattened(const CommandFacts& command);

/// `text` with every `from` as `to`.
[[nodiscard]] std::string with(std::string text, std::string_view from, std::string_view to);

/// A page for man(1), in the macros of man(7).
[[nodiscard]] std::string manual_page(const CommandFacts& command, const CommandFacts& root,
                                      const std::string& version);

/// For "bash", "zsh" or "fish".
[[nodiscard]] std::string completion(const std::string& shell, const CommandFacts& root);

} // namespace program
