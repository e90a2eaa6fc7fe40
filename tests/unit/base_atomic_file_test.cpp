// SPDX-License-Identifier: Apache-2.0
#include "model/format/pack_draft.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <ostream>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::write_file;
using fabula::test::read_bytes;
using fabula::test::TempFolder;

namespace {

/// Called with each descriptor that is synchronised, before it is.
std::function<void(int)> on_fsync;

const auto write_new = [](std::ostream& out) { out << "new"; };

std::vector<fs::path> files_in(const fs::path& folder) {
    return {fs::directory_iterator{folder}, fs::directory_iterator{}};
}

} // namespace

/// In place of the C library's, for all of this test program.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
extern "C" int fsync(int descriptor) {
    if (on_fsync)
        on_fsync(descriptor);
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

TEST_CASE("atomic file: a link that lies where a temporary file may be is not followed") {
    const TempFolder folder;
    const fs::path victim = folder.write("victim", "precious");
    const std::string pid = std::to_string(::getpid());
    for (const std::string& planted : {"out.part-" + pid, "out." + pid + ".tmp"})
        fs::create_symlink(victim, folder.path() / planted);
    write_file(folder.path() / "out", write_new);
    CHECK(read_bytes(victim) == "precious");
    CHECK_FALSE(fs::is_symlink(folder.path() / "out"));
    CHECK(read_bytes(folder.path() / "out") == "new");

    fs::remove(folder.path() / "out");
    fabula::detail::save_pack({std::byte{'m'}}, folder.path() / "out");
    CHECK(read_bytes(victim) == "precious");
    CHECK(read_bytes(folder.path() / "out") == "m");
}

TEST_CASE("atomic file: threads that write one file leave that of one of them") {
    const TempFolder folder;
    const fs::path file = folder.path() / "out";
    constexpr std::size_t size = 300'000;
    std::atomic<int> failures{0};
    int mixed = 0;
    for (int round = 0; round < 50; ++round) {
        {
            std::vector<std::jthread> threads;
            for (const char letter : {'a', 'b', 'c'})
                threads.emplace_back([&, letter] {
                    try {
                        write_file(file, [&](std::ostream& out) {
                            for (std::size_t done = 0; done < size; done += 1000)
                                out << std::string(1000, letter);
                        });
                    } catch (const fabula::Error&) {
                        ++failures;
                    }
                });
        }
        const std::string bytes = read_bytes(file);
        mixed += bytes != std::string(size, bytes.front());
    }
    CHECK(failures == 0);
    CHECK(mixed == 0);
    CHECK(files_in(folder.path()).size() == 1);
}

TEST_CASE("atomic file: a name may be as long as the system allows") {
    const TempFolder folder;
    const fs::path file = folder.path() / std::string(250, 'n');
    write_file(file, write_new);
    CHECK(read_bytes(file) == "new");
    fabula::detail::save_pack({std::byte{'m'}}, file);
    CHECK(read_bytes(file) == "m");
}

TEST_CASE("atomic file: nobody else reads it before it has its permissions") {
    const TempFolder folder;
    const fs::path file = folder.path() / "out";
    const auto written_with = [&] {
        fs::perms meanwhile{};
        write_file(file, [&](std::ostream& out) {
            out << "new";
            for (const fs::path& other : files_in(folder.path()))
                if (other != file)
                    meanwhile |= fs::status(other).permissions();
        });
        return meanwhile;
    };
    const auto only_owner = fs::perms::owner_read | fs::perms::owner_write;

    const mode_t usual = ::umask(0027);
    CHECK(written_with() == only_owner);
    CHECK(fs::status(file).permissions() == (only_owner | fs::perms::group_read)); // 0640
    for (const unsigned mode : {0600U, 0664U, 0444U, 0755U}) {
        fs::permissions(file, static_cast<fs::perms>(mode));
        CHECK(written_with() == only_owner);
        CHECK(fs::status(file).permissions() == static_cast<fs::perms>(mode));
    }
    ::umask(usual);
    CHECK(files_in(folder.path()).size() == 1);
}

TEST_CASE("atomic file: it belongs to whom it belonged to") {
    if (::geteuid() != 0)
        SKIP("only root may give a file away");
    const TempFolder folder;
    const fs::path file = folder.write("out", "old");
    REQUIRE(::chown(file.c_str(), 1234, 2345) == 0);
    write_file(file, write_new);
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK(status.st_uid == 1234);
    CHECK(status.st_gid == 2345);
    CHECK(read_bytes(file) == "new");
}

TEST_CASE("atomic file: links stay, and what they point at is replaced, or made") {
    const TempFolder folder;
    fs::create_directory(folder.path() / "sub");
    const fs::path file = folder.write("sub/real", "old");
    fs::create_symlink("sub/real", folder.path() / "near");
    fs::create_symlink(folder.path() / "near", folder.path() / "far");
    fs::create_symlink("sub/made", folder.path() / "dangling");
    const auto check = [&](const std::string& content) {
        for (const char* link : {"near", "far", "dangling"})
            CHECK(fs::is_symlink(folder.path() / link));
        CHECK(read_bytes(file) == content);
        CHECK(read_bytes(folder.path() / "sub/made") == content);
    };
    write_file(folder.path() / "far", write_new);
    write_file(folder.path() / "dangling", write_new);
    check("new");
    fabula::detail::save_pack({std::byte{'m'}}, folder.path() / "far");
    fabula::detail::save_pack({std::byte{'m'}}, folder.path() / "dangling");
    check("m");

    fs::create_symlink("round", folder.path() / "round");
    CHECK_THROWS_WITH(write_file(folder.path() / "round", write_new),
                      ContainsSubstring("round: cannot be written: Too many levels"));
    CHECK(fs::is_symlink(folder.path() / "round"));
}

TEST_CASE("atomic file: it is on the disk before it has its name, and then the name is") {
    const TempFolder folder;
    const fs::path file = folder.write("out", "old");
    std::vector<std::string> seen;
    on_fsync = [&](int descriptor) {
        struct stat status {};
        REQUIRE(::fstat(descriptor, &status) == 0);
        seen.push_back((S_ISDIR(status.st_mode) ? "folder " : "file ") + read_bytes(file));
    };
    write_file(file, write_new);
    on_fsync = nullptr;
    CHECK(seen == std::vector<std::string>{"file old", "folder new"});
}

TEST_CASE("atomic file: what is no regular file is written directly") {
    const TempFolder folder;
    const fs::path pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    auto reader = std::async(std::launch::async, [&] { return read_bytes(pipe); });
    write_file(pipe, write_new);
    CHECK(reader.get() == "new");
    CHECK(fs::is_fifo(pipe));
    write_file("/dev/null", write_new);
    CHECK(fs::is_character_file("/dev/null"));

    SECTION("nor what has no name any more") {
        const fs::path file = folder.write("gone", "old");
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
        REQUIRE(descriptor >= 0);
        fs::remove(file);
        const std::string by_number = "/proc/self/fd/" + std::to_string(descriptor);
        if (fs::exists(by_number)) {
            write_file(by_number, write_new);
            CHECK(read_bytes(by_number) == "new");
        }
        ::close(descriptor);
        CHECK(files_in(folder.path()).size() == 1); // the pipe
    }
}

TEST_CASE("atomic file: a failure of any kind leaves nothing behind") {
    const TempFolder folder;
    const fs::path file = folder.write("out", "old");
    CHECK_THROWS_AS(write_file(file,
                               [](std::ostream& out) {
                                   out << std::string(100'000, 'x');
                                   throw 7;
                               }),
                    int);
    CHECK_THROWS_WITH(
        write_file(file, [](std::ostream& out) { out.setstate(std::ios_base::failbit); }),
        ContainsSubstring("out: cannot be written"));
    CHECK(read_bytes(file) == "old");
    CHECK(files_in(folder.path()).size() == 1);
}
