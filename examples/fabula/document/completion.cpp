// SPDX-License-Identifier: Apache-2.0
#include "document/command_facts.hpp"

#include <sstream>
#include <stdexcept>

namespace program {
namespace {

bool takes_file(const OptionFacts& option) {
    return option.value == "FILE" || option.value == "FOLDER" || option.is_argument;
}

/// The first sentence, short enough for a line.
std::string summary(const std::string& description) {
    constexpr std::size_t longest = 70;
    std::string out = description.substr(0, description.find_first_of(";:("));
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    if (out.size() > longest) {
        const std::size_t blank = out.rfind(' ', longest);
        out = out.substr(0, blank) + " ...";
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

/// The words that may follow a command.
std::string words_after(const CommandFacts& command) {
    std::vector<std::string> words;
    for (const CommandFacts& child : command.commands)
        words.push_back(child.words.back());
    for (const OptionFacts& option : command.options)
        if (!option.is_argument)
            words.insert(words.end(), option.names.begin(), option.names.end());
    return joined(words);
}

std::string bash(const CommandFacts& root) {
    std::ostringstream out;
    out << "# bash completion for fabula; made from what --help says.\n"
           "_fabula() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} "
           "command=fabula word\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        case \"$command $word\" in\n";
    for (const CommandFacts* command : flattened(root))
        if (command->words.size() > 1)
            out << "            '" << command->joined(' ') << "') command='" << command->joined(' ')
                << "' ;;\n";
    out << "        esac\n"
           "    done\n"
           "    COMPREPLY=()\n"
           "    case \"$command $previous\" in\n";
    for (const CommandFacts* command : flattened(root))
        for (const OptionFacts& option : command->options) {
            if (option.is_argument || option.value.empty())
                continue;
            for (const std::string& name : option.names) {
                out << "        '" << command->joined(' ') << ' ' << name << "') ";
                if (!option.choices.empty())
                    out << "COMPREPLY=($(compgen -W '" << joined(option.choices)
                        << "' -- \"$current\")); return ;;\n";
                else if (takes_file(option))
                    out << "compopt -o default 2>/dev/null; return ;;\n";
                else
                    out << "return ;;\n";
            }
        }
    out << "    esac\n"
           "    case \"$command\" in\n";
    for (const CommandFacts* command : flattened(root)) {
        out << "        '" << command->joined(' ') << "')\n";
        if (command->commands.empty()) // else a word that is no option is a file
            out << "            [[ $current == -* ]] || { compopt -o default 2>/dev/null; return; "
                   "}\n";
        out << "            COMPREPLY=($(compgen -W '" << words_after(*command)
            << "' -- \"$current\")) ;;\n";
    }
    out << "    esac\n"
           "}\n"
           "complete -F _fabula fabula\n";
    return out.str();
}

/// In single quotes, and without what _arguments reads as its own.
std::string zsh_text(std::string text) {
    text = with(std::move(text), "'", "’");
    text = with(std::move(text), "[", "(");
    text = with(std::move(text), "]", ")");
    return with(std::move(text), ":", "\\:");
}

std::string zsh_action(const OptionFacts& option) {
    if (!option.choices.empty())
        return "(" + joined(option.choices) + ")";
    if (option.value == "FOLDER")
        return "_files -/";
    return takes_file(option) ? "_files" : " ";
}

void write_zsh(std::ostream& out, const CommandFacts& command) {
    out << '_' << command.joined('_') << "() {\n";
    if (!command.commands.empty())
        out << "    local line state\n";
    out << "    _arguments -C";
    for (const OptionFacts& option : command.options) {
        if (option.is_argument) {
            out << " \\\n        '" << (option.is_repeatable ? "*" : "") << ':'
                << zsh_text(option.names.front()) << ":_files'";
            continue;
        }
        for (const std::string& name : option.names) {
            out << " \\\n        '" << (option.is_repeatable ? "*" : "") << name << '['
                << zsh_text(summary(option.description)) << ']';
            if (!option.value.empty())
                out << ':' << zsh_text(option.value) << ':' << zsh_action(option);
            out << "'";
        }
    }
    if (!command.commands.empty()) {
        out << " \\\n        '1: :((";
        for (const CommandFacts& child : command.commands)
            out << child.words.back() << "\\:\"" << zsh_text(summary(child.description)) << "\" ";
        out << "))' \\\n        '*:: :->rest'\n    [[ $state == rest ]] && case $line[1] in\n";
        for (const CommandFacts& child : command.commands)
            out << "        " << child.words.back() << ") _" << child.joined('_') << " ;;\n";
        out << "    esac";
    }
    out << "\n}\n\n";
    for (const CommandFacts& child : command.commands)
        write_zsh(out, child);
}

std::string zsh(const CommandFacts& root) {
    std::ostringstream out;
    out << "#compdef fabula\n# zsh completion for fabula; made from what --help says.\n\n";
    write_zsh(out, root);
    out << "_fabula \"$@\"\n";
    return out.str();
}

std::string fish_text(std::string text) {
    text = with(std::move(text), "\\", "\\\\");
    return "'" + with(std::move(text), "'", "\\'") + "'";
}

void write_fish(std::ostream& out, const CommandFacts& command) {
    std::string when;
    if (command.words.size() == 1)
        when = "__fish_use_subcommand";
    for (std::size_t i = 1; i < command.words.size(); ++i)
        when += (i == 1 ? "" : "; and ") + std::string("__fish_seen_subcommand_from ") +
                command.words[i];
    std::vector<std::string> below;
    for (const CommandFacts& child : command.commands)
        below.push_back(child.words.back());
    if (command.words.size() > 1 && !below.empty())
        when += "; and not __fish_seen_subcommand_from " + joined(below);
    const std::string begin = "complete -c fabula -n " + fish_text(when);
    for (const CommandFacts& child : command.commands)
        out << begin << " -f -a " << child.words.back() << " -d "
            << fish_text(summary(child.description)) << '\n';
    for (const OptionFacts& option : command.options) {
        if (option.is_argument)
            continue;
        out << begin;
        for (const std::string& name : option.names)
            out << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
        if (!option.choices.empty())
            out << " -x -a " << fish_text(joined(option.choices));
        else if (!option.value.empty())
            out << (takes_file(option) ? " -r -F" : " -x");
        out << " -d " << fish_text(summary(option.description)) << '\n';
    }
}

std::string fish(const CommandFacts& root) {
    std::ostringstream out;
    out << "# fish completion for fabula; made from what --help says.\n";
    for (const CommandFacts* command : flattened(root))
        write_fish(out, *command);
    return out.str();
}

} // namespace

std::string completion(const std::string& shell, const CommandFacts& root) {
    if (shell == "bash")
        return bash(root);
    if (shell == "zsh")
        return zsh(root);
    if (shell == "fish")
        return fish(root);
    throw std::invalid_argument("no completion for " + shell);
}

} // namespace program
