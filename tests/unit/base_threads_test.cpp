// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "base/threads.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

using fabula::detail::cpu_quota;
using fabula::detail::default_threads;

namespace {

/// The quota where /proc and /sys hold these files.
std::optional<unsigned> quota_with(const std::map<std::string, std::string>& files) {
    const fabula::test::TempFolder root;
    for (const auto& [name, content] : files) {
        std::filesystem::create_directories((root.path() / name).parent_path());
        root.write(name, content);
    }
    return cpu_quota(root.path());
}

} // namespace

TEST_CASE("CPU quota: version 2") {
    const auto quota = [](const std::string& limit) {
        return quota_with(
            {{"proc/self/cgroup", "0::/a/b c\n"}, {"sys/fs/cgroup/a/b c/cpu.max", limit}});
    };
    CHECK(quota("200000 100000\n") == 2U);
    CHECK(quota("250000 100000\n") == 3U);
    CHECK(quota("1000 100000\n") == 1U);
    CHECK(quota("9000000000000000000 1000\n") == 65536U);
    for (const char* none : {"max 100000\n", "", "nonsense", "0 100000\n", "-5 100000\n", "1 0\n",
                             "99999999999999999999 100000\n"}) {
        INFO(none);
        CHECK(quota(none) == std::nullopt);
    }
}

TEST_CASE("CPU quota: version 1, alone and beside version 2") {
    const auto quota = [](const std::string& folder, const std::string& microseconds) {
        return quota_with({{"proc/self/cgroup", "12:memory:/x\n4:cpu,cpuacct:/a\n"
                                                "3:cpuset:/a\n1:name=systemd:/a\n0::/a\n"},
                           {"sys/fs/cgroup/" + folder + "/a/cpu.cfs_quota_us", microseconds},
                           {"sys/fs/cgroup/" + folder + "/a/cpu.cfs_period_us", "50000\n"}});
    };
    for (const char* folder : {"cpu,cpuacct", "cpu"}) {
        CHECK(quota(folder, "150000\n") == 3U);
        CHECK(quota(folder, "-1\n") == std::nullopt);
    }
    CHECK(quota("cpuset", "150000\n") == std::nullopt);
}

TEST_CASE("CPU quota: that of the groups around a group holds for it too") {
    CHECK(quota_with({{"proc/self/cgroup", "0::/a/b/c\n"},
                      {"sys/fs/cgroup/a/b/c/cpu.max", "400000 100000"},
                      {"sys/fs/cgroup/a/b/cpu.max", "max 100000"},
                      {"sys/fs/cgroup/a/cpu.max", "300000 100000"}}) == 3U);
    // As a container sees it that has the host's names.
    CHECK(quota_with({{"proc/self/cgroup", "0::/docker/0123\n"},
                      {"sys/fs/cgroup/cpu.max", "200000 100000"}}) == 2U);
    CHECK(quota_with({{"proc/self/cgroup", "0::/../other\n"},
                      {"sys/fs/cgroup/cpu.max", "200000 100000"}}) == 2U);
}

TEST_CASE("CPU quota: a system without control groups has none") {
    CHECK(quota_with({}) == std::nullopt);
    CHECK(quota_with({{"proc/self/cgroup", ""}}) == std::nullopt);
    CHECK(quota_with({{"proc/self/cgroup", "nonsense\n0:\n"}}) == std::nullopt);
    CHECK(quota_with({{"proc/self/cgroup", "0::/a\n"}}) == std::nullopt);
}

TEST_CASE("threads: by default some, and no more than this process may use") {
    const unsigned threads = default_threads();
    CHECK(threads >= 1);
    CHECK(threads <= std::max(1U, std::thread::hardware_concurrency()));
    CHECK(threads <= cpu_quota().value_or(threads));

    std::mutex mutex;
    std::set<std::thread::id> seen;
    fabula::detail::for_each_task(2000, 0, [&](std::size_t) {
        const std::lock_guard lock(mutex);
        seen.insert(std::this_thread::get_id());
    });
    CHECK(seen.size() <= threads);
}
