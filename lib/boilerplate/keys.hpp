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

/// Articles without a source are one source of their own.
[[nodiscard]] inline std::uint64_t source_hash(std::string_view source) {
    return boilerplate_hash(Part::source, line_key(source));
}

} // namespace fabula::detail
