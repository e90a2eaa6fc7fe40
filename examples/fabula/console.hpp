// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/pipeline.hpp>

#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>

/// Results go to standard output, all that is meant for people to standard error.
namespace program {

/// What the user asked for cannot be done as asked: exit status 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Whoever read our output has stopped reading, as `head` does: no fault, but no work left either.
struct ReaderGone {};

/// How much is said on standard error.
class Console {
public:
    /// What every run could say, such as a summary: on a terminal only, so that a pipe or a log
    /// holds nothing but news.
    void note(const std::string& text) const;

    /// What the user should know about this input, such as lines left out: unless quiet.
    void warn(const std::string& text) const;

    /// A progress bar with the name of the stage; one that does nothing where nobody looks.
    [[nodiscard]] std::function<void(const fabula::Progress&)> progress() const;

    /// A line that the next one takes the place of, where somebody looks; at most a few a second.
    void status(const std::string& text) const;

    /// Wipes the progress bar off the terminal.
    void clear_progress() const;

    bool quiet{false};
};

/// Whether standard output is a terminal that shows colours, and nobody has said that they want
/// none (https://no-color.org).
[[nodiscard]] bool output_takes_colour();

/// Always said.
void print_error(const std::string& text);

/// Writes the results to a file, or to standard output where `file` is empty or "-".
/// \throws fabula::Error(unwritable) with the system's reason, ReaderGone
void write_results(const std::string& file, const std::function<void(std::ostream&)>& write);

} // namespace program
