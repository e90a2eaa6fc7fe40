// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "draw.hpp"

#include <fabula/model.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// The words of one language.
struct LanguageWords {
    std::string tag;
    std::vector<std::string> common; ///< the most frequent ones, such as articles and prepositions
    Weights common_weights;
    std::vector<std::string> general; ///< the next ones
    Weights general_weights;
};

/// What invented news is made of: real words that the model knows, so that a report and its
/// translation meet in its space as real ones do.
struct Vocabulary {
    std::vector<LanguageWords> languages;
    /// Concept → a word for each language; empty where none is known.
    std::vector<std::vector<std::string>> concepts;
};

/// Where the words come from. A name that ends in ".xz" is read through xzcat.
struct VocabularySources {
    std::vector<std::string> lexicons; ///< lines `group TAB language TAB text`, groups adjacent
    std::string frequencies;           ///< lines `language TAB word TAB count`, most frequent first
};

/// Keeps the words of the frequency list that the model lists for the language, and the concepts
/// (single English words and the first translation of each) that three fifths of the languages
/// have. \throws fabula::Error where a file cannot be read or there is too little in it
[[nodiscard]] Vocabulary load_vocabulary(const std::vector<std::string>& languages,
                                         const VocabularySources& sources,
                                         const fabula::Model& model);

} // namespace bench
