// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace fabula::detail {

/// Gives the memory pages that lie wholly within these bytes back to the system; what they hold is
/// lost. Does nothing where the system has no such call. They stay counted as this process's where
/// Linux hands out no more memory than there is (vm.overcommit_memory = 2).
void release_pages(void* begin, std::size_t bytes);

/// Gives what has been freed in small pieces back to the system, where the allocator keeps it and
/// can be asked to (glibc).
void release_free_memory();

/// For a large array that is done with from front to back while something else takes its place:
/// from now on these values are undefined, but take no memory.
template <class T>
void release_pages(std::span<T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    release_pages(values.data(), values.size_bytes());
}

/// Frees a vector, its pages first: an allocator keeps to itself what it is given back in pieces.
template <class T>
void release(std::vector<T>& values) {
    release_pages(std::span<T>(values));
    std::vector<T>().swap(values);
}

} // namespace fabula::detail
