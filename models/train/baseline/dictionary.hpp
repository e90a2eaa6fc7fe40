// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vectors.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace fabula::training {

/// Translations of single words between English and one other language.
class Dictionary {
public:
    struct Pair {
        std::string english;
        std::string foreign;
    };

    void add(const std::string& english, const std::string& foreign) { ++votes_[english][foreign]; }

    /// One translation for each English word, of those that both languages' vectors know: the one
    /// in most groups, then the most frequent one. The `most` most frequent English words.
    [[nodiscard]] std::vector<Pair> choose(const WordCounts& foreign, const WordCounts& english,
                                           std::size_t most) const;

private:
    std::map<std::string, std::map<std::string, std::size_t>> votes_;
};

/// By language. An entry counts where it is one word and stands in a group with an English word.
/// Norwegian without a written form serves as Bokmål (nb) and Nynorsk (nn), Chinese as both of its
/// scripts (the normalised form is simplified), Serbo-Croatian (sh) as bs, hr and sr.
[[nodiscard]] std::map<std::string, Dictionary>
read_dictionaries(const std::vector<std::filesystem::path>& files);

} // namespace fabula::training
