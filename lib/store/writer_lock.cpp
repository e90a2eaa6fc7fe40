// SPDX-License-Identifier: Apache-2.0
#include "store/writer_lock.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace fabula::detail {

WriterLock::WriterLock(const std::filesystem::path& store, std::chrono::milliseconds wait)
    : name_(store.string() + "-writer") {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + wait;
    while (!try_lock()) {
        const auto left = end - std::chrono::steady_clock::now();
        if (left <= 0ms)
            throw Error(Errc::unwritable, store.string() +
                                              ": another process writes this store; end "
                                              "it, or name another file");
        std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, 20ms));
    }
}

bool WriterLock::try_lock() {
    descriptor_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0)
        throw Error(Errc::unwritable,
                    name_ + ": cannot be made: " + std::generic_category().message(errno));
    // Whoever had it may have taken the file away between the two calls.
    struct stat own {};
    struct stat there {};
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor_, &own) == 0 &&
        ::stat(name_.c_str(), &there) == 0 && own.st_ino == there.st_ino &&
        own.st_dev == there.st_dev)
        return true;
    ::close(descriptor_);
    descriptor_ = -1;
    return false;
}

WriterLock::~WriterLock() {
    ::unlink(name_.c_str());
    ::close(descriptor_);
}

} // namespace fabula::detail
