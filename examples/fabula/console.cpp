// SPDX-License-Identifier: Apache-2.0
#include "console.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <unistd.h>

namespace program {
namespace {

bool stderr_is_terminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

void print(const std::string& text) {
    std::fprintf(stderr, "%s\n", text.c_str());
}

} // namespace

void Console::note(const std::string& text) const {
    if (!quiet && stderr_is_terminal())
        print(text);
}

void Console::warn(const std::string& text) const {
    if (!quiet)
        print("fabula: " + text);
}

std::function<void(const fabula::Progress&)> Console::progress() const {
    if (quiet || !stderr_is_terminal())
        return {};
    return [shown = -1](const fabula::Progress& progress) mutable {
        constexpr int bar_width = 30;
        const int percent = static_cast<int>(std::lround(100.0 * progress.of_all));
        if (percent == shown)
            return;
        shown = percent;
        const auto filled = static_cast<std::size_t>(bar_width * percent / 100);
        const std::string bar = std::string(filled, '#') + std::string(bar_width - filled, ' ');
        std::fprintf(stderr, "\r%-10s [%s] %3d %%", std::string{to_string(progress.stage)}.c_str(),
                     bar.c_str(), percent);
    };
}

void Console::status(const std::string& text) const {
    constexpr std::chrono::milliseconds apart{200};
    thread_local std::chrono::steady_clock::time_point last;
    const auto now = std::chrono::steady_clock::now();
    if (quiet || !stderr_is_terminal() || now - last < apart)
        return;
    last = now;
    std::fprintf(stderr, "\r\x1B[K%s", text.c_str());
}

void Console::clear_progress() const {
    if (!quiet && stderr_is_terminal())
        std::fputs("\r\x1B[K", stderr);
}

bool output_takes_colour() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value == nullptr ? std::string{} : std::string{value};
    };
    return set("NO_COLOR").empty() && set("TERM") != "dumb" && ::isatty(STDOUT_FILENO) == 1;
}

void print_error(const std::string& text) {
    print("fabula: error: " + text);
}

void write_results(const std::string& file, const std::function<void(std::ostream&)>& write) {
    if (!file.empty() && file != "-") {
        fabula::write_file(file, write);
        return;
    }
    std::ios::sync_with_stdio(false);
    std::cout.exceptions(std::ios::badbit); // at once, while errno says why
    try {
        write(std::cout);
        std::cout.flush();
    } catch (const std::ios::failure&) {
        const int reason = errno;
        if (reason == EPIPE)
            throw ReaderGone{};
        throw fabula::Error{fabula::Errc::unwritable, "standard output cannot be written: " +
                                                          std::generic_category().message(reason)};
    }
}

} // namespace program
