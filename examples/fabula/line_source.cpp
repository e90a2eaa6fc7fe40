// SPDX-License-Identifier: Apache-2.0
#include "line_source.hpp"

#include <fabula/error.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace program {
namespace {

std::array<int, 2> stop_pipe{-1, -1}; // read, write
volatile std::sig_atomic_t stop_requested = 0;

extern "C" void request_stop(int signal) {
    const int reason = errno;
    stop_requested = 1;
    std::signal(signal, SIG_DFL);
    static_cast<void>(!::write(stop_pipe[1], "", 1));
    errno = reason;
}

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

} // namespace

StopSignal::StopSignal() {
    stop_requested = 0;
    if (::pipe2(stop_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        throw fabula::Error{fabula::Errc::unreadable, "no pipe can be made: " + reason_of(errno)};
    for (const int signal : {SIGTERM, SIGINT}) {
        struct sigaction action {};
        action.sa_handler = request_stop;
        ::sigaction(signal, &action, nullptr); // without SA_RESTART: a read is to come back
    }
}

StopSignal::~StopSignal() {
    for (const int signal : {SIGTERM, SIGINT})
        std::signal(signal, SIG_DFL);
    for (const int end : stop_pipe)
        ::close(end);
}

bool StopSignal::is_requested() const noexcept {
    return stop_requested != 0;
}

int StopSignal::descriptor() const noexcept {
    return stop_pipe[0];
}

LineSource::LineSource(std::string name)
    : name_(std::move(name)),
      descriptor_(name_ == "-" ? ::dup(STDIN_FILENO)
                               : ::open(name_.c_str(), O_RDONLY | O_CLOEXEC)) {
    const int reason = errno;
    if (name_ == "-")
        name_ = "standard input";
    if (descriptor_ < 0)
        throw fabula::Error{reason == ENOENT ? fabula::Errc::file_not_found
                                             : fabula::Errc::unreadable,
                            name_ + ": " + reason_of(reason)};
    struct stat about {};
    ::fstat(descriptor_, &about);
    is_file_ = S_ISREG(about.st_mode);
    if (S_ISDIR(about.st_mode)) {
        ::close(descriptor_);
        throw fabula::Error{fabula::Errc::bad_input,
                            name_ + ": this is a folder; a stream reads files of JSON Lines"};
    }
}

LineSource::~LineSource() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

LineSource::LineSource(LineSource&& other) noexcept
    : name_(std::move(other.name_)), descriptor_(std::exchange(other.descriptor_, -1)),
      is_file_(other.is_file_), rest_(std::move(other.rest_)) {}

LineSource& LineSource::operator=(LineSource&& other) noexcept {
    std::swap(name_, other.name_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(is_file_, other.is_file_);
    std::swap(rest_, other.rest_);
    return *this;
}

LineSource::State LineSource::read(std::vector<std::string>& lines, bool follows) {
    if (!is_file_) {
        pollfd polled{descriptor_, POLLIN, 0};
        if (::poll(&polled, 1, 0) == 0)
            return State::waiting;
    }
    std::array<char, std::size_t{1} << 16U> block; // NOLINT: filled by read
    const ssize_t count = ::read(descriptor_, block.data(), block.size());
    if (count < 0) {
        if (errno == EINTR || errno == EAGAIN)
            return State::waiting;
        throw fabula::Error{fabula::Errc::unreadable,
                            name_ + ": could not be read to its end: " + reason_of(errno)};
    }
    if (count == 0) {
        if (is_file_ && follows)
            return State::waiting;
        if (!rest_.empty())
            lines.push_back(std::exchange(rest_, {}));
        return State::ended;
    }
    std::string_view left(block.data(), static_cast<std::size_t>(count));
    for (std::size_t end = left.find('\n'); end != std::string_view::npos; end = left.find('\n')) {
        rest_ += left.substr(0, end);
        lines.push_back(std::exchange(rest_, {}));
        left.remove_prefix(end + 1);
    }
    rest_ += left;
    return State::lines;
}

void LineSource::wait(const StopSignal& stop, std::chrono::milliseconds longest) const {
    std::array<pollfd, 2> polled{
        {{stop.descriptor(), POLLIN, 0}, {is_file_ ? -1 : descriptor_, POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), static_cast<int>(longest.count()));
}

} // namespace program
