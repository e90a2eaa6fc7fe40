// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/paths.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

/// Runs the command-line program as a shell would, without a shell.
namespace fabula::test {

struct RunOptions {
    std::string input;            ///< on standard input
    std::string output_file;      ///< standard output goes there, if not empty
    bool reader_is_gone{false};   ///< nobody reads standard output, as behind `head`
    bool output_is_closed{false}; ///< there is no standard output, as after `>&-`
};

struct RunResult {
    int status{};    ///< exit status; 128 + number where a signal ended it
    std::string out; ///< standard output
    std::string err; ///< standard error
};

namespace process_detail {

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::runtime_error{"no pipe"};
    }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void close_end(std::size_t end) {
        if (ends[end] >= 0)
            ::close(ends[end]);
        ends[end] = -1;
    }

    std::array<int, 2> ends{-1, -1}; ///< read, write
};

/// The child's side; only calls that are safe after a fork.
[[noreturn]] inline void start(const std::vector<char*>& arguments, const RunOptions& options,
                               int in, int out, int err) {
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(in, STDIN_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (options.output_is_closed)
        ::close(STDOUT_FILENO);
    else
        ::dup2(out, STDOUT_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
}

/// Feeds and drains the child until it has closed its output.
inline void converse(const RunOptions& options, Pipe& in, Pipe& out, Pipe& err, RunResult& result) {
    ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
    std::size_t written = 0;
    std::array<char, 1U << 16U> buffer{};
    const auto drain = [&](Pipe& pipe, std::string& text) {
        const ssize_t count = ::read(pipe.ends[0], buffer.data(), buffer.size());
        if (count > 0)
            text.append(buffer.data(), static_cast<std::size_t>(count));
        else
            pipe.close_end(0);
    };
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        if (in.ends[1] >= 0 && written == options.input.size())
            in.close_end(1);
        std::array<pollfd, 3> polled{
            {{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
        ::poll(polled.data(), polled.size(), -1);
        if (polled[0].revents != 0) {
            const ssize_t count =
                ::write(in.ends[1], options.input.data() + written, options.input.size() - written);
            if (count >= 0)
                written += static_cast<std::size_t>(count);
            else
                in.close_end(1); // the program does not read its input, which is its right
        }
        if (polled[1].revents != 0)
            drain(out, result.out);
        if (polled[2].revents != 0)
            drain(err, result.err);
    }
}

} // namespace process_detail

/// Any command; its first word is the path of the program.
inline RunResult run_command(std::vector<std::string> command, const RunOptions& options = {}) {
    using process_detail::Pipe;
    ::signal(SIGPIPE, SIG_IGN);
    std::vector<char*> pointers;
    for (std::string& argument : command)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);

    Pipe in;
    Pipe out;
    Pipe err;
    int output = out.ends[1];
    if (!options.output_file.empty())
        output =
            ::open(options.output_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (options.reader_is_gone)
        out.close_end(0);
    const pid_t child = ::fork();
    if (child < 0 || output < 0)
        throw std::runtime_error{"the program cannot be started"};
    if (child == 0)
        process_detail::start(pointers, options, in.ends[0], output, err.ends[1]);

    in.close_end(0);
    out.close_end(1);
    err.close_end(1);
    if (!options.output_file.empty())
        ::close(output);
    RunResult result;
    process_detail::converse(options, in, out, err, result);
    int status = 0;
    ::waitpid(child, &status, 0);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

/// `fabula ARGUMENTS...`
inline RunResult run(std::vector<std::string> arguments, const RunOptions& options = {}) {
    arguments.insert(arguments.begin(), program().string());
    return run_command(std::move(arguments), options);
}

} // namespace fabula::test
