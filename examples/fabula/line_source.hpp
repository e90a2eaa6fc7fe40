// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace program {

/// A request to end, by SIGTERM or SIGINT, that wakes whoever waits. One at a time; a second signal
/// ends the program at once.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    [[nodiscard]] bool is_requested() const noexcept;
    /// Readable once it is requested.
    [[nodiscard]] int descriptor() const noexcept;
};

/// Lines of a file or a pipe as they come.
class LineSource {
public:
    /// "-" = standard input. \throws fabula::Error(file_not_found, unreadable)
    explicit LineSource(std::string name);
    ~LineSource();
    LineSource(LineSource&& other) noexcept;
    LineSource& operator=(LineSource&& other) noexcept;

    enum class State {
        lines,   ///< there may be more at once
        waiting, ///< none now: the end of a file that may grow, or a pipe that is still open
        ended,   ///< none to come
    };

    /// Appends the whole lines that are there by now, without their breaks, a block's worth at
    /// most. At the end of a file its last line counts without a break too, unless `follows`.
    /// \throws fabula::Error(unreadable)
    [[nodiscard]] State read(std::vector<std::string>& lines, bool follows);

    /// Waits for more, for a stop, or for so long.
    void wait(const StopSignal& stop, std::chrono::milliseconds longest) const;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
    int descriptor_{-1};
    bool is_file_{};   ///< else a pipe or the like, which can be waited for
    std::string rest_; ///< of a line that is not whole yet
};

} // namespace program
