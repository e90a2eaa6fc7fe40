// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Helpers for concurrent callers: each borrows one and gives it back with its caches warm. What a
/// helper remembers must never change a result.
template <class Helper>
class Pool {
public:
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Helper> helper)
            : pool_(&pool), helper_(std::move(helper)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_->give_back(std::move(helper_)); }

        Helper& operator*() const { return *helper_; }
        Helper* operator->() const { return helper_.get(); }

    private:
        Pool* pool_;
        std::unique_ptr<Helper> helper_;
    };

    /// `make` is called where no helper is idle.
    explicit Pool(std::function<std::unique_ptr<Helper>()> make = std::make_unique<Helper>)
        : make_(std::move(make)) {}

    [[nodiscard]] Lease borrow() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                std::unique_ptr<Helper> helper = std::move(idle_.back());
                idle_.pop_back();
                return {*this, std::move(helper)};
            }
        }
        return {*this, make_()};
    }

private:
    void give_back(std::unique_ptr<Helper> helper) noexcept {
        try {
            const std::lock_guard lock(mutex_);
            idle_.push_back(std::move(helper));
        } catch (...) { // no memory to remember it by: the next caller makes a new one
        }
    }

    std::function<std::unique_ptr<Helper>()> make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Helper>> idle_;
};

} // namespace fabula::detail
