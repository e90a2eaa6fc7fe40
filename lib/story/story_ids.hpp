// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/articles.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// Makes the stories' ids from what their members are known by: an article's id where no other one
/// has it, else the hash of all its fields, and of articles that are the same in all of them the
/// first, the second, … So stories of different members have different ids, whatever the order in
/// which the caller has the articles. 4 bytes an article.
class StoryIds {
public:
    /// `order` is canonical, see `canonical_order`; `identities` are in that order. All must
    /// outlive this.
    StoryIds(const Articles& articles, std::span<const std::size_t> order,
             std::span<const std::uint64_t> identities);

    /// 16 hexadecimal digits. `members` are canonical positions.
    [[nodiscard]] std::string of(std::span<const std::uint32_t> members) const;

private:
    const Articles& articles_;
    std::span<const std::size_t> order_;
    std::span<const std::uint64_t> identities_;
    std::vector<std::uint32_t> numbers_; ///< among those of one identity, from 1 on; 0: by its id
};

} // namespace fabula::detail
