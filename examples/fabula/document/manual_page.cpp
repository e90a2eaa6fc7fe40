// SPDX-License-Identifier: Apache-2.0
#include "document/command_facts.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace program {
namespace {

/// When what the pages say was last looked over.
constexpr const char* date = "2026-11-30";

/// As text that man(7) leaves as it is.
std::string plain(std::string text) {
    text = with(std::move(text), "\\", "\\(rs");
    text = with(std::move(text), "-", "\\-");
    text = with(std::move(text), "\"", "\\(dq");
    text = with(std::move(text), "'", "\\(aq");
    text = with(std::move(text), "…", "\\&...");
    if (!text.empty() && text.front() == '.')
        text.insert(0, "\\&");
    return text;
}

std::string bold(const std::string& text) {
    return "\\fB" + plain(text) + "\\fR";
}

std::string italic(const std::string& text) {
    return "\\fI" + plain(text) + "\\fR";
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

void write_synopsis(std::ostream& out, const CommandFacts& command) {
    out << ".SH SYNOPSIS\n" << bold(command.joined(' ')) << '\n';
    if (!command.commands.empty())
        out << italic("SUBCOMMAND") << '\n';
    out << "[" << italic("OPTION") << " ...]\n";
    for (const OptionFacts& option : command.options)
        if (option.is_argument)
            out << italic(option.names.front()) << (option.is_repeatable ? " ...\n" : "\n");
}

void write_option(std::ostream& out, const OptionFacts& option) {
    out << ".TP\n";
    if (option.is_argument) {
        out << italic(option.names.front());
    } else {
        for (std::size_t i = 0; i < option.names.size(); ++i)
            out << (i == 0 ? "" : ", ") << bold(option.names[i]);
        if (!option.value.empty())
            out << ' ' << italic(option.value);
    }
    out << '\n'
        << (option.description.empty() ? "See " + bold("--help") + "." : plain(option.description))
        << '\n';
}

/// Paragraphs; examples keep their lines.
void write_footer(std::ostream& out, const std::string& footer) {
    std::istringstream lines(footer);
    std::string line;
    bool in_examples = false;
    bool has_heading = false;
    while (std::getline(lines, line)) {
        if (line == "Example:" || line == "Examples:") {
            out << ".SH EXAMPLES\n.nf\n";
            in_examples = has_heading = true;
        } else if (in_examples && line.empty()) {
            out << ".fi\n";
            in_examples = false;
        } else if (in_examples) {
            out << plain(line.substr(std::min(line.find_first_not_of(' '), line.size()))) << '\n';
        } else if (!line.empty()) {
            if (!has_heading)
                out << ".SH NOTES\n";
            else
                out << ".PP\n";
            has_heading = true;
            out << plain(line) << '\n';
        }
    }
    if (in_examples)
        out << ".fi\n";
}

void write_see_also(std::ostream& out, const CommandFacts& command, const CommandFacts& root) {
    std::vector<std::string> others;
    for (const CommandFacts* other : flattened(root))
        if (other != &command && (command.words.size() == 1 || other->words.size() == 1 ||
                                  other->words[1] == command.words[1]))
            others.push_back(other->joined('-'));
    std::sort(others.begin(), others.end());
    out << ".SH SEE ALSO\n";
    for (std::size_t i = 0; i < others.size(); ++i)
        out << ".BR " << plain(others[i]) << " (1)" << (i + 1 < others.size() ? " ,\n" : "\n");
}

} // namespace

std::string manual_page(const CommandFacts& command, const CommandFacts& root,
                        const std::string& version) {
    std::ostringstream out;
    out << ".TH " << upper(command.joined('-')) << " 1 " << date << " \"Fabula " << version
        << "\" \"User Commands\"\n"
        << ".SH NAME\n"
        << plain(command.joined('-')) << " \\- " << plain(command.description) << '\n';
    write_synopsis(out, command);
    if (!command.commands.empty()) {
        out << ".SH SUBCOMMANDS\n";
        for (const CommandFacts& child : command.commands)
            out << ".TP\n" << bold(child.words.back()) << '\n' << plain(child.description) << '\n';
    }
    out << ".SH OPTIONS\n";
    for (const OptionFacts& option : command.options)
        write_option(out, option);
    write_footer(out, command.footer);
    out << ".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nBad input: a file, a line, a folder, a model; "
           "or results that cannot be written.\n.TP\n2\nBad usage: an unknown option, a value out "
           "of range.\n";
    write_see_also(out, command, root);
    return out.str();
}

} // namespace program
