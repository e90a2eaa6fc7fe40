// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/learned_hashes.hpp"

#include <fabula/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Why a part of a text is removed, from the weakest reason on.
enum class Reason : std::uint8_t { none, place, phrase, learned };

struct PagePart {
    ByteRange range;
    Reason reason{Reason::none};
};

/// What was learned, as a page is held against it.
struct LearnedBoilerplate {
    const LearnedHashes& hashes;
    std::uint64_t source{};
    std::string_view title; ///< the page's own, without the publisher's name
};

/// All of `text`, line by line or finer, in order.
[[nodiscard]] std::vector<PagePart> classify_lines(std::string_view text,
                                                   const LearnedBoilerplate& learned);

/// All of a flattened `text`, passage by passage, in order.
[[nodiscard]] std::vector<PagePart> classify_passages(std::string_view text,
                                                      const LearnedBoilerplate& learned);

/// What other pages may print as a headline of an article without a title: its first paragraph,
/// from its beginning or from behind whatever may be a dateline. Keys as of `headline_key`.
[[nodiscard]] std::vector<std::string> opening_keys(std::string_view text,
                                                    const LearnedBoilerplate& learned);

/// The same of a flattened text: hashes of the passages of its first own words.
[[nodiscard]] std::vector<std::uint64_t> opening_passages(std::string_view text,
                                                          const LearnedBoilerplate& learned);

/// Key by which a headline is learned: of a long one its beginning, as lists of links cut them.
/// Empty where it is too short to be told from other words.
[[nodiscard]] std::string headline_key(std::string_view headline);

} // namespace fabula::detail
