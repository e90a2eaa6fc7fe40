// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace fabula::detail {

/// Which rows have a key, for rows that come one by one. None is taken out: whoever asks knows
/// which are still there. 12 bytes an entry and 4 to 8 for its place.
class KeyTable {
public:
    void add(std::uint32_t key, std::uint32_t row) {
        if (entries_.size() >= heads_.size())
            grow();
        std::uint32_t& head = heads_[place(key)];
        entries_.push_back({key, row, head});
        head = static_cast<std::uint32_t>(entries_.size() - 1);
    }

    /// Calls visit(row) for each, the latest first, until it says false.
    template <class Visit>
    void for_each(std::uint32_t key, const Visit& visit) const {
        if (heads_.empty())
            return;
        for (std::uint32_t at = heads_[place(key)]; at != none; at = entries_[at].next)
            if (entries_[at].key == key && !visit(entries_[at].row))
                return;
    }

private:
    static constexpr auto none = std::numeric_limits<std::uint32_t>::max();

    struct Entry {
        std::uint32_t key{};
        std::uint32_t row{};
        std::uint32_t next{}; ///< of those at the same place
    };

    /// Keys may be no hashes, or only the smallest of them: spread them out first.
    [[nodiscard]] std::size_t place(std::uint32_t key) const {
        return (key * 0x9E3779B1U >> 7U) & (heads_.size() - 1);
    }

    void grow() {
        heads_.assign(heads_.empty() ? 1024 : 2 * heads_.size(), none);
        for (std::uint32_t at = 0; at < entries_.size(); ++at) {
            std::uint32_t& head = heads_[place(entries_[at].key)];
            entries_[at].next = head;
            head = at;
        }
    }

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> heads_; ///< the latest entry of each place; a power of two
};

} // namespace fabula::detail
