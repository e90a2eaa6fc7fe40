// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Text analyzers for concurrent callers: each borrows one and gives it back with its caches warm.
/// What an analyzer remembers never changes a result.
class AnalyzerPool {
public:
    class Lease {
    public:
        Lease(AnalyzerPool& pool, std::unique_ptr<TextAnalyzer> analyzer)
            : pool_(&pool), analyzer_(std::move(analyzer)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_->give_back(std::move(analyzer_)); }

        TextAnalyzer& operator*() const { return *analyzer_; }

    private:
        AnalyzerPool* pool_;
        std::unique_ptr<TextAnalyzer> analyzer_;
    };

    [[nodiscard]] Lease borrow() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                std::unique_ptr<TextAnalyzer> analyzer = std::move(idle_.back());
                idle_.pop_back();
                return {*this, std::move(analyzer)};
            }
        }
        return {*this, std::make_unique<TextAnalyzer>()};
    }

private:
    void give_back(std::unique_ptr<TextAnalyzer> analyzer) noexcept {
        try {
            const std::lock_guard lock(mutex_);
            idle_.push_back(std::move(analyzer));
        } catch (...) { // no memory to remember it by: the next caller makes a new one
        }
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<TextAnalyzer>> idle_;
};

} // namespace fabula::detail
