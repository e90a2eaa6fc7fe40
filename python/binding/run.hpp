// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/pipeline.hpp>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <nanobind/nanobind.h>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

/// How the library is called from Python: without the interpreter's lock, to be interrupted, and
/// never once the interpreter is ending.
namespace binding {

namespace nb = nanobind;

/// A call that is under way. Made, counted and destroyed under the interpreter's lock.
class Call {
public:
    Call();
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    [[nodiscard]] std::stop_token token() const { return stop_->get_token(); }
    void stop() { stop_->request_stop(); }

private:
    std::list<std::stop_source>::iterator stop_;
};

/// Ends all calls, waits for them, and refuses more. For the end of the interpreter: a thread that
/// asked for its lock afterwards would be unwound through C++.
void end_calls();

/// In a process that was forked: the threads of other calls are not in it.
void forget_calls();

/// In a forked process the pool of threads has lost its threads, and one has to do.
[[nodiscard]] unsigned threads_here(unsigned asked);

/// For what takes milliseconds.
template <class Work>
auto unlocked(Work&& work) {
    const Call call;
    const nb::gil_scoped_release release;
    return work();
}

/// For what may take long: `work(token, report)` runs on a thread of its own, so that this one can
/// look for Ctrl-C and tell `progress` (a callable, or None) how far it has come.
template <class Work>
auto interruptible(const nb::object& progress, Work work) {
    using Result = decltype(work(std::stop_token{}, [](const fabula::Progress&) {}));
    Call call;
    std::mutex mutex;
    std::condition_variable news;
    bool done = false;
    std::optional<fabula::Progress> latest;
    std::optional<Result> result;
    std::exception_ptr failure;

    std::thread worker{[&] {
        try {
            result.emplace(work(call.token(), [&](const fabula::Progress& now) {
                const std::lock_guard lock{mutex};
                latest = now;
            }));
        } catch (...) {
            failure = std::current_exception();
        }
        const std::lock_guard lock{mutex};
        done = true;
        news.notify_one();
    }};
    const auto join = [&] {
        const nb::gil_scoped_release release;
        worker.join();
    };
    try {
        for (bool ended = false; !ended;) {
            std::optional<fabula::Progress> now;
            {
                const nb::gil_scoped_release release;
                std::unique_lock lock{mutex};
                ended = news.wait_for(lock, std::chrono::milliseconds{50}, [&] { return done; });
                now = std::exchange(latest, std::nullopt);
            }
            if (PyErr_CheckSignals() != 0)
                throw nb::python_error();
            if (now && !progress.is_none())
                progress(nb::str(to_string(now->stage).data()), now->of_stage, now->of_all);
        }
    } catch (...) {
        call.stop();
        join();
        throw;
    }
    join();
    if (failure)
        std::rethrow_exception(failure);
    return std::move(*result);
}

} // namespace binding
