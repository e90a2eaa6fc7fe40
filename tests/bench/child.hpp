// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace bench {

/// A program to run. Each contender runs in a process of its own, so that its memory and its CPU
/// time are its own too.
struct Command {
    std::vector<std::string> words;                 ///< the first is the program, looked up in PATH
    std::map<std::string, std::string> environment; ///< in addition to ours
    std::string input;                              ///< file for standard input; empty = nothing
    std::string output;                             ///< file for standard output; empty = captured
};

/// What it took.
struct Spent {
    double wall{};     ///< seconds
    double cpu{};      ///< seconds, of all its threads, user and system
    double peak_mib{}; ///< largest resident memory
    std::string out;   ///< standard output, unless it went to a file
};

/// Runs it to its end. \throws std::runtime_error where it cannot be started or fails
[[nodiscard]] Spent run(const Command& command);

/// CPU seconds of this process so far, of all threads.
[[nodiscard]] double cpu_seconds();
/// Seconds of a clock that never goes back.
[[nodiscard]] double wall_seconds();

/// The program itself, to run one of its tasks in another process.
[[nodiscard]] std::string own_path();

/// The processor's model name, and nothing else of the machine.
[[nodiscard]] std::string processor();

/// A folder that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

} // namespace bench
