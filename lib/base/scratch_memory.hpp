// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory_resource>
#include <mutex>
#include <span>
#include <vector>

namespace fabula::detail {

/// Memory in a file, for much that is kept for long and looked at in parts: what has been evicted
/// is not resident, keeps its values, and is back when it is touched.
///
/// The file has no name, so that nothing is left of it when this object or the process ends. Memory
/// that is given back stays taken until the end. Safe for concurrent calls.
///
/// Its space is taken before it is used, so that a full disk is an error here, and not the end of
/// the process (SIGBUS) where a page is written back later on. That holds where changed pages are
/// written in place: ext4, XFS, tmpfs, and Btrfs, which is told to. It cannot hold where they never
/// are (ZFS, bcachefs, a network's file system whose server is one): there, see to enough room.
class ScratchMemory : public std::pmr::memory_resource {
public:
    /// So little may stay resident: what is touched again takes time.
    static constexpr std::size_t little = std::size_t{256} << 20U;

    /// What happens where the file cannot grow.
    enum class WhenFull {
        refuse,
        use_memory, ///< what does not fit stays resident: for what must go on
    };

    /// `may_stay`: nothing is evicted up to so many bytes in all.
    /// \throws Error(file_not_found, unwritable) where no file can be made in `directory`
    explicit ScratchMemory(std::filesystem::path directory, std::size_t may_stay = little,
                           WhenFull when_full = WhenFull::refuse);
    ~ScratchMemory() override;
    ScratchMemory(const ScratchMemory&) = delete;
    ScratchMemory& operator=(const ScratchMemory&) = delete;

    /// Lets everything go, if it is more than may stay.
    void evict() noexcept;

private:
    /// Mapped at once.
    struct Extent {
        std::span<std::byte> bytes;
        bool is_in_file{};
    };

    /// \throws Error(unwritable) where the file cannot grow, and is not to be done without
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* /*begin*/, std::size_t /*bytes*/, std::size_t /*alignment*/) override {
    }
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
    void grow(std::size_t bytes);
    void evict_locked() noexcept;
    [[noreturn]] void refuse(const char* what, int error) const;

    std::filesystem::path directory_;
    std::size_t may_stay_;
    WhenFull when_full_;
    int file_{-1};
    std::mutex mutex_;
    std::vector<Extent> extents_; ///< the last one is in use
    std::size_t used_{};          ///< of the last one
    std::size_t file_bytes_{};
};

/// What a pass over many articles calls, so that what it has looked at does not stay resident.
class Eviction {
public:
    Eviction() = default; ///< nothing is in scratch memory
    explicit Eviction(ScratchMemory* scratch) : scratch_(scratch) {}

    /// Lets everything go. From any thread.
    void now() const {
        if (scratch_ != nullptr)
            scratch_->evict();
    }
    /// The same, but only at every 65,536th of a pass's articles, which count from 0.
    void now_and_then(std::size_t article) const {
        if (article % articles_together == articles_together - 1)
            now();
    }
    /// The same, between two articles of a pass that leaves some out.
    void on_the_way(std::size_t from, std::size_t to) const {
        if (from / articles_together != to / articles_together)
            now();
    }

private:
    static constexpr std::size_t articles_together = std::size_t{1} << 16U;

    ScratchMemory* scratch_{};
};

} // namespace fabula::detail
