// SPDX-License-Identifier: Apache-2.0
#include "base/threads.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <thread>

#ifdef __linux__
#include <sched.h>
#include <unistd.h>
#endif

namespace fs = std::filesystem;

namespace fabula::detail {
namespace {

/// Those of the affinity mask.
unsigned usable_processors() {
#ifdef __linux__
    cpu_set_t mask;
    CPU_ZERO(&mask);
    // Of the first thread: the calling one may have been bound to a processor of its own.
    if (::sched_getaffinity(::getpid(), sizeof mask, &mask) == 0)
        return static_cast<unsigned>(CPU_COUNT(&mask));
#endif
    return std::thread::hardware_concurrency(); // 0 where that is not known
}

/// Of one group by itself; "max" and -1 stand for no limit.
std::optional<unsigned> quota_of(const fs::path& group) {
    std::int64_t microseconds = 0;
    std::int64_t period = 0;
    std::ifstream both{group / "cpu.max"};
    if (!(both >> microseconds >> period)) {
        std::ifstream first{group / "cpu.cfs_quota_us"};
        std::ifstream second{group / "cpu.cfs_period_us"};
        if (!(first >> microseconds) || !(second >> period))
            return std::nullopt;
    }
    if (microseconds <= 0 || period <= 0)
        return std::nullopt;
    constexpr std::int64_t most = 1U << 16U;
    return static_cast<unsigned>(
        std::min(most, microseconds / period + (microseconds % period != 0 ? 1 : 0)));
}

/// Where the groups of a line of /proc/self/cgroup are, which names the controllers that they
/// have: none in version 2. Nothing where the processor is not among them.
std::optional<fs::path> mounted_at(const fs::path& root, const std::string& controllers) {
    const fs::path all = root / "sys/fs/cgroup";
    if (controllers.empty())
        return all;
    if ((',' + controllers + ',').find(",cpu,") == std::string::npos)
        return std::nullopt;
    return fs::exists(all / controllers) ? all / controllers : all / "cpu";
}

} // namespace

std::optional<unsigned> cpu_quota(const fs::path& root) {
    std::optional<unsigned> least;
    std::ifstream groups{root / "proc/self/cgroup"};
    // "4:cpu,cpuacct:/a/b", or "0::/a/b" in version 2.
    std::string number;
    std::string controllers;
    std::string name;
    while (std::getline(groups, number, ':') && std::getline(groups, controllers, ':') &&
           std::getline(groups, name)) {
        const std::optional<fs::path> top = mounted_at(root, controllers);
        if (!top)
            continue;
        // A container may see its own group at the top, under a name that is of the host's tree.
        for (fs::path group = fs::path{name}.relative_path();; group = group.parent_path()) {
            if (const auto quota = quota_of(*top / group))
                least = std::min(least.value_or(*quota), *quota);
            if (group.empty())
                break;
        }
    }
    return least;
}

unsigned default_threads() {
    static const unsigned found = [] {
        const unsigned processors = std::max(1U, usable_processors());
        return std::min(processors, cpu_quota().value_or(processors));
    }();
    return found;
}

} // namespace fabula::detail
