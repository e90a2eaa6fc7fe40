// SPDX-License-Identifier: Apache-2.0
#include "base/release_pages.hpp"

#include <cstdint>
#include <cstdlib> // says whether it is glibc's

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace fabula::detail {

void release_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
    static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    auto* const first = static_cast<std::byte*>(begin);
    const std::uintptr_t before = (page - reinterpret_cast<std::uintptr_t>(first) % page) % page;
    if (bytes < before + page)
        return;
    const std::size_t whole = (bytes - before) / page * page;
    // It may refuse (memory that is locked, say), and then nothing is gained.
    static_cast<void>(::madvise(first + before, whole, MADV_DONTNEED));
#endif
}

void release_free_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace fabula::detail
