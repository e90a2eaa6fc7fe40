// SPDX-License-Identifier: Apache-2.0
#include "console.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <streambuf>
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

/// Standard output, which remembers why it failed.
class StandardOutput final : public std::streambuf {
public:
    StandardOutput() { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

    /// 0, or an errno.
    [[nodiscard]] int error() const noexcept { return error_; }

private:
    int_type overflow(int_type c) override {
        if (sync() != 0)
            return traits_type::eof();
        if (!traits_type::eq_int_type(c, traits_type::eof()))
            sputc(traits_type::to_char_type(c));
        return traits_type::not_eof(c);
    }

    int sync() override {
        const char* next = pbase();
        while (error_ == 0 && next < pptr()) {
            const ssize_t count =
                ::write(STDOUT_FILENO, next, static_cast<std::size_t>(pptr() - next));
            if (count >= 0)
                next += count;
            else if (errno != EINTR)
                error_ = errno;
        }
        setp(buffer_.data(), buffer_.data() + buffer_.size());
        return error_ == 0 ? 0 : -1;
    }

    std::array<char, 1U << 16U> buffer_{};
    int error_{0};
};

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

void Console::clear_progress() const {
    if (!quiet && stderr_is_terminal())
        std::fputs("\r\x1B[K", stderr);
}

void print_error(const std::string& text) {
    print("fabula: error: " + text);
}

void write_results(const std::string& file, const std::function<void(std::ostream&)>& write) {
    if (!file.empty() && file != "-") {
        fabula::write_file(file, write);
        return;
    }
    StandardOutput buffer;
    std::ostream out{&buffer};
    write(out);
    out.flush();
    if (buffer.error() == EPIPE)
        throw ReaderGone{};
    if (buffer.error() != 0)
        throw fabula::Error{fabula::Errc::unwritable,
                            "standard output cannot be written: " +
                                std::generic_category().message(buffer.error())};
}

} // namespace program
