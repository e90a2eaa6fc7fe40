// SPDX-License-Identifier: Apache-2.0
#include "base/scratch_memory.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory_resource>
#include <numeric>
#include <span>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#ifdef __linux__
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#endif

using namespace fabula;
using Catch::Matchers::ContainsSubstring;
using Numbers = std::pmr::vector<std::uint64_t>;

namespace {

/// Of files, in memory or not, what is resident in this process.
std::size_t resident_of_files() {
    std::ifstream status("/proc/self/status");
    std::size_t kib = 0;
    std::string name;
    for (std::size_t value = 0; status >> name;)
        if ((name == "RssFile:" || name == "RssShmem:") && status >> value)
            kib += value;
    return kib << 10U;
}

} // namespace

TEST_CASE("scratch memory: what is evicted is not resident, and keeps its values") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    // Together more than is mapped at once, and one list that is more by itself.
    std::vector<Numbers> lists;
    for (const std::size_t size : {1'000'000, 3, 5'000'000, 1, 20'000'000, 0, 4'000'000}) {
        Numbers& list = lists.emplace_back(&memory);
        list.resize(size);
        std::iota(list.begin(), list.end(), lists.size());
    }
    const std::size_t before = resident_of_files();
    memory.evict();
    CHECK(resident_of_files() + (std::size_t{100} << 20U) < before);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        Numbers expected(lists[i].size());
        std::iota(expected.begin(), expected.end(), i + 1);
        CHECK(std::equal(lists[i].begin(), lists[i].end(), expected.begin()));
    }
    lists[0][7] = 1234; // and can be written to
    memory.evict();
    CHECK(lists[0][7] == 1234);
}

TEST_CASE("scratch memory: a little stays") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path());
    const Numbers numbers(5'000'000, 7, &memory);
    const std::size_t before = resident_of_files();
    memory.evict();
    CHECK(resident_of_files() + (std::size_t{30} << 20U) > before);
}

TEST_CASE("scratch memory: no two pieces overlap, each is aligned, from any thread") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0);
    constexpr std::size_t pieces = 2000;
    struct Piece {
        std::span<std::byte> bytes;
        std::size_t alignment;
    };
    std::vector<std::vector<Piece>> of_threads(3);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < of_threads.size(); ++t)
            threads.emplace_back([&, t] {
                for (std::size_t i = 0; i < pieces; ++i) {
                    const std::size_t size = 1 + (i * 7919 + t) % 90'000;
                    const std::size_t alignment = std::size_t{1} << (i % 7);
                    auto* const begin = static_cast<std::byte*>(memory.allocate(size, alignment));
                    std::fill_n(begin, size, static_cast<std::byte>(i % 251 + t));
                    of_threads[t].push_back({{begin, size}, alignment});
                    if (i % 500 == 0)
                        memory.evict();
                }
            });
    }
    for (std::size_t t = 0; t < of_threads.size(); ++t)
        for (std::size_t i = 0; i < pieces; ++i) {
            const auto& [bytes, alignment] = of_threads[t][i];
            CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % alignment == 0);
            const auto value = static_cast<std::byte>(i % 251 + t);
            CHECK(std::all_of(bytes.begin(), bytes.end(),
                              [&](std::byte byte) { return byte == value; }));
        }
}

TEST_CASE("scratch memory: its file has no name") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path());
    const Numbers numbers(100, 1, &memory);
    CHECK(std::filesystem::is_empty(folder.path()));
}

#ifdef FS_NOCOW_FL
TEST_CASE("scratch memory: what is written twice is written in place, on Btrfs too") {
    const test::TempFolder folder;
    struct statfs system {};
    REQUIRE(::statfs(folder.path().c_str(), &system) == 0);
    if (system.f_type != BTRFS_SUPER_MAGIC)
        SKIP("the temporary folder is not on Btrfs");
    const detail::ScratchMemory memory(folder.path());
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code closed; // the folder's own
        const std::string file = std::filesystem::read_symlink(entry.path(), closed).string();
        if (file.find(folder.path().string() + "/fabula-") != 0)
            continue;
        int flags = 0;
        REQUIRE(::ioctl(std::stoi(entry.path().filename().string()), FS_IOC_GETFLAGS, &flags) == 0);
        CHECK((flags & FS_NOCOW_FL) != 0);
        ++found;
    }
    CHECK(found == 1);
}
#endif

TEST_CASE("scratch memory: a disk without room is an error, and what is there stays") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path());
    Numbers numbers(1000, 7, &memory);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{std::min<rlim_t>(before.rlim_max, 100U << 20U), before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
    try {
        const Numbers many(10'000'000, 8, &memory);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == Errc::unwritable);
        CHECK_THAT(error.what(), ContainsSubstring(folder.path().string()));
    }
    CHECK(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    ::signal(SIGXFSZ, handler);
    CHECK(std::count(numbers.begin(), numbers.end(), 7) == 1000);
    const Numbers many(10'000'000, 9, &memory);
    CHECK(many.back() == 9);
}

TEST_CASE("scratch memory: where a disk has no room, memory is used if that is asked for") {
    const test::TempFolder folder;
    detail::ScratchMemory memory(folder.path(), 0, detail::ScratchMemory::WhenFull::use_memory);
    const Numbers before_it(1000, 7, &memory);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{std::min<rlim_t>(before.rlim_max, 100U << 20U), before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
    Numbers many(&memory);
    CHECK_NOTHROW(many.assign(30'000'000, 8));
    CHECK(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    ::signal(SIGXFSZ, handler);
    const Numbers after_it(30'000'000, 9, &memory); // in the file again
    memory.evict();
    CHECK(std::count(before_it.begin(), before_it.end(), 7) == 1000);
    CHECK(std::count(many.begin(), many.end(), 8) == 30'000'000);
    CHECK(after_it.front() + after_it.back() == 18);
}

TEST_CASE("scratch memory: a directory that cannot be written to is named") {
    const test::TempFolder folder;
    const auto missing = folder.path() / "missing";
    CHECK_THROWS_WITH(detail::ScratchMemory(missing), ContainsSubstring(missing.string()));
    try {
        detail::ScratchMemory memory(missing);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == Errc::file_not_found);
    }
    const auto file = folder.write("file", "");
    CHECK_THROWS_AS(detail::ScratchMemory(file), Error);
}
