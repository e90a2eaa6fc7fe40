// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace fabula::detail {

/// The right to write a store, of one process at a time, and within it of one owner: a lock on a
/// file beside it, which goes with whoever holds it, however it ends.
class WriterLock {
public:
    /// \throws Error(unwritable) where another one holds it for longer than this
    WriterLock(const std::filesystem::path& store, std::chrono::milliseconds wait);
    ~WriterLock();
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

private:
    [[nodiscard]] bool try_lock();

    std::string name_;
    int descriptor_{-1};
};

} // namespace fabula::detail
