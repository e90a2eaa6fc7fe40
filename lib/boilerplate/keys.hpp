// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hash.hpp"
#include "boilerplate/lines.hpp"

#include <cstdint>
#include <string_view>

namespace fabula::detail {

/// What a learned hash stands for: the same words mean different things in different places.
enum class Part : std::uint64_t { source, line, ending, longest, headline, passage, title_passage };

[[nodiscard]] inline std::uint64_t boilerplate_hash(Part part, std::string_view bytes,
                                                    std::uint64_t source = 0) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(),
                                source * 16 + static_cast<std::uint64_t>(part));
}

/// What a line is known by: its `learned_key`, or where it has none, as it is too long or without a
/// word, all its bytes.
[[nodiscard]] inline std::uint64_t hash_of_line(std::string_view line, std::string_view learned,
                                                std::uint64_t source) {
    return learned.empty() ? boilerplate_hash(Part::longest, line, source)
                           : boilerplate_hash(Part::line, learned, source);
}

/// Articles without a source are one source of their own.
[[nodiscard]] inline std::uint64_t source_hash(std::string_view source) {
    return boilerplate_hash(Part::source, line_key(source));
}

} // namespace fabula::detail
