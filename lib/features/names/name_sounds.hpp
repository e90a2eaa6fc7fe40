// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace fabula::detail {

/// The sounds of one word as they come in, one letter each; see `phonetic_key` for what the letters
/// mean. Holds no more than a name needs and never allocates.
class NameSounds {
public:
    /// One sound: a letter, a digit, or one of
    ///   z  voiced s: after d the two are one, as in "Dzerzhinsky"
    ///   Z  voiced sh (ж, ž, zh): after d the two are the sound of English j
    ///   J  that sound itself, written like the i that most languages spell it by
    ///   h  any breath (h, х, kh, χ, ח, خ): kept as the first sound alone
    void put(char sound);

    [[nodiscard]] std::string_view view() const { return {letters_.data(), size_}; }
    [[nodiscard]] bool full() const { return size_ == letters_.size(); }

private:
    void append(char letter);

    std::array<char, 32> letters_{};
    std::size_t size_{};
    bool breath_{}; ///< a first h that waits for what follows it
};

/// The sounds of a word, from its normalised form where the script has a table, else from its
/// romanised.
[[nodiscard]] NameSounds name_sounds(std::string_view normalised, std::string_view romanised);

} // namespace fabula::detail
