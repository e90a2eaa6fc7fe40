// SPDX-License-Identifier: Apache-2.0
#include "evidence/name_key.hpp"

namespace fabula::detail {

namespace {

/// The letter for the sound at fold[i]; `used` receives how many letters spell it. 0 = silent.
char sound_at(std::string_view fold, std::size_t i, std::size_t& used) {
    const char c = fold[i];
    const char next = i + 1 < fold.size() ? fold[i + 1] : '\0';
    used = 1;
    switch (c) {
    case 'p':
        if (next == 'h') {
            used = 2;
            return 'f';
        }
        return 'p';
    case 'c':
        if (next == 'h' || next == 'z') {
            used = 2;
            return 's';
        }
        return 'k';
    case 't':
        if (next == 's' || next == 'z') {
            used = 2;
            return 's';
        }
        return 't';
    case 'o':
        if (next == 'u') {
            used = 2;
            return 'u';
        }
        return 'o';
    case 'q':
    case 'x':
        return 'k';
    case 'z':
        return 's';
    case 'w':
        return 'v';
    case 'j':
    case 'y':
        return 'i';
    case 'h':
        return '\0';
    default:
        return c;
    }
}

} // namespace

std::string name_key(std::string_view fold) {
    std::string key;
    for (std::size_t i = 0; i < fold.size() && key.size() < name_key_letters;) {
        std::size_t used = 1;
        const char sound = sound_at(fold, i, used);
        i += used;
        if (sound != '\0' && (key.empty() || key.back() != sound))
            key.push_back(sound);
    }
    return key;
}

} // namespace fabula::detail
