// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/names/name_sounds.hpp"
#include "text/utf8.hpp"

#include <unicode/umachine.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace fabula::detail {

/// The letters of a word, as many as can matter.
class Letters {
public:
    explicit Letters(std::string_view utf8) {
        for (std::size_t at = 0; at < utf8.size() && size_ < points_.size();)
            points_[size_++] = static_cast<UChar32>(next_code_point(utf8, at));
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// 0 past the end.
    [[nodiscard]] UChar32 operator[](std::size_t i) const { return i < size_ ? points_[i] : 0; }

private:
    std::array<UChar32, 64> points_{};
    std::size_t size_{};
};

/// `c` without its accents; itself where it has none.
[[nodiscard]] UChar32 base_letter(UChar32 c);

/// Puts the sounds of a word in Latin letters, as most languages pronounce them.
void put_latin(const Letters& word, NameSounds& out);

} // namespace fabula::detail
