// SPDX-License-Identifier: Apache-2.0
#include "console.hpp"
#include "input.hpp"

#include <fabula/error.hpp>
#include <fabula/version.hpp>

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <string>

namespace {

/// Exit statuses, as README and --help state them.
enum ExitStatus : int { success = 0, bad_input = 1, bad_usage = 2 };

void define(CLI::App& app) {
    app.name("fabula");
    app.description("Takes news articles in any language and tells which of them tell one story.");
    app.set_version_flag("--version", std::string{"fabula "} + fabula::version());
    app.require_subcommand(1);
    app.get_formatter()->column_width(28); // subcommands inherit it
    program::add_cluster(app);
    program::add_stream(app);
    program::add_stories(app);
    program::add_near(app);
    program::add_compare(app);
    program::add_evaluate(app);
    program::add_embed(app);
    program::add_identify(app);
    program::add_model(app);
    program::add_document(app);
    app.footer("Results go to standard output, everything else to standard error.\n"
               "Exit status: 0 = done, 1 = bad input (a file, a line, a model), 2 = bad usage.\n\n"
               "Example:\n"
               "  fabula cluster articles.jsonl > stories.jsonl\n\n"
               "fabula SUBCOMMAND --help says more.");
}

int run(int argc, char** argv) {
    CLI::App app;
    define(app);
    try {
        app.parse(argc, argv);
        return success;
    } catch (const CLI::Success& help_or_version) {
        return app.exit(help_or_version);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return bad_usage;
    }
}

} // namespace

int main(int argc, char** argv) {
    // A write to a closed pipe shall fail rather than kill: see ReaderGone.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const program::ReaderGone&) {
        return success;
    } catch (const program::UsageError& error) {
        program::print_error(error.what());
        return bad_usage;
    } catch (const fabula::Error& error) {
        program::print_error(error.what());
        return error.code() == fabula::Errc::bad_option ? bad_usage : bad_input;
    } catch (const std::bad_alloc&) {
        program::print_error("there is not enough memory for this input");
        return bad_input;
    } catch (const std::exception& error) {
        program::print_error(error.what());
        return bad_input;
    }
}
