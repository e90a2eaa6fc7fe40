// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu(const rusage& usage) {
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The child's side.
[[noreturn]] void start(std::vector<char*>& words, const Command& command,
                        const std::string& output) {
    const int in = ::open(command.input.empty() ? "/dev/null" : command.input.c_str(), O_RDONLY);
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (in < 0 || out < 0)
        ::_exit(126);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    for (const auto& [name, value] : command.environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

} // namespace

Spent run(const Command& command) {
    const TemporaryFolder folder;
    const std::string output = command.output.empty() ? folder.file("out") : command.output;
    std::vector<std::string> copies = command.words;
    std::vector<char*> words;
    for (std::string& word : copies)
        words.push_back(word.data());
    words.push_back(nullptr);

    const double begin = wall_seconds();
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("no more processes");
    if (child == 0)
        start(words, command, output);
    int status = 0;
    rusage usage{};
    while (::wait4(child, &status, 0, &usage) < 0) {
    }
    Spent spent;
    spent.wall = wall_seconds() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::string line;
        for (const std::string& word : command.words)
            line += word + " ";
        throw std::runtime_error("failed (status " + std::to_string(status) + "): " + line);
    }
    spent.cpu = cpu(usage);
    spent.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
    if (command.output.empty()) {
        std::ifstream in(output, std::ios::binary);
        spent.out.assign(std::istreambuf_iterator<char>(in), {});
    }
    return spent;
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return cpu(usage);
}

double wall_seconds() {
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

std::string own_path() {
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

std::string processor() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("model name"))
            return line.substr(line.find(": ") + 2);
    return "unknown";
}

TemporaryFolder::TemporaryFolder() {
    path_ = (std::filesystem::temp_directory_path() / "fabula-bench-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr)
        throw std::runtime_error("no temporary folder " + path_ + ": " + std::strerror(errno));
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace bench
