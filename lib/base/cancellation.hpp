// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/error.hpp>

#include <stop_token>
#include <utility>

namespace fabula::detail {

/// While one lives, long loops of this thread (`for_each_task`) look at its token before each task,
/// whichever thread runs it, and throw Error(cancelled) once a stop is requested. So a result is
/// whole or there is none, and no stage has to be told of the token. The innermost one counts.
class CancellationScope {
public:
    explicit CancellationScope(std::stop_token token)
        : token_(std::move(token)), outer_(std::exchange(current_, &token_)) {}
    ~CancellationScope() { current_ = outer_; }
    CancellationScope(const CancellationScope&) = delete;
    CancellationScope& operator=(const CancellationScope&) = delete;

    /// The token of this thread; null where nothing can stop it.
    [[nodiscard]] static const std::stop_token* current() noexcept {
        return current_ != nullptr && current_->stop_possible() ? current_ : nullptr;
    }

private:
    std::stop_token token_;
    const std::stop_token* outer_;
    static inline thread_local const std::stop_token* current_{nullptr};
};

/// \throws Error(cancelled) once a stop is requested
inline void stop_here_if_requested(const std::stop_token* token) {
    if (token != nullptr && token->stop_requested())
        throw Error(Errc::cancelled, "stopped before the end, as the caller asked");
}

} // namespace fabula::detail
