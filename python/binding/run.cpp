// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

namespace binding {
namespace {

/// Looked at under the interpreter's lock alone. Never destroyed: a thread may come late.
struct Calls {
    std::list<std::stop_source> running;
    bool closed{false};
    bool forked{false};
};

Calls& calls() {
    static Calls& all = *new Calls;
    return all;
}

} // namespace

Call::Call() {
    if (calls().closed)
        throw std::runtime_error("the interpreter is ending: fabula takes no more calls");
    stop_ = calls().running.emplace(calls().running.end());
}

Call::~Call() {
    calls().running.erase(stop_);
}

void end_calls() {
    calls().closed = true;
    while (!calls().running.empty()) {
        for (std::stop_source& source : calls().running)
            source.request_stop();
        const nb::gil_scoped_release release;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

void forget_calls() {
    calls() = {.running = {}, .closed = false, .forked = true};
}

unsigned threads_here(unsigned asked) {
    return calls().forked ? 1 : asked;
}

} // namespace binding
