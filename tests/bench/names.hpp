// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "draw.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// An invented name, as syllables of a consonant and a vowel, and how it is written in a language:
/// in Cyrillic, Arabic, Devanagari and Han letters where those are used, otherwise in Latin ones.
class Name {
public:
    /// Two to four syllables.
    explicit Name(Draw& draw);

    [[nodiscard]] std::string in(std::string_view language) const;

private:
    struct Syllable {
        std::uint8_t consonant{};
        std::uint8_t vowel{};
    };
    std::vector<Syllable> syllables_;
    std::uint8_t ending_{}; ///< a consonant, or none
};

} // namespace bench
