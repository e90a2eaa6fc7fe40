// SPDX-License-Identifier: Apache-2.0
#include "features/names/phonetic_key.hpp"

#include "features/names/name_sounds.hpp"

namespace fabula::detail {

std::string phonetic_key(std::string_view normalised, std::string_view romanised) {
    constexpr std::size_t shortest_stem = 4;
    const NameSounds sounds = name_sounds(normalised, romanised);
    std::string_view key = sounds.view();
    const std::size_t stem = key.find_last_not_of("aiu");
    if (stem != std::string_view::npos && stem + 1 >= shortest_stem)
        key = key.substr(0, stem + 1);
    return std::string(key.substr(0, phonetic_key_letters));
}

} // namespace fabula::detail
