// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corpus.hpp"
#include "statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fabula::training {

struct VocabularyOptions {
    std::size_t words{390000};
    std::size_t stems{155000};
    std::uint64_t least_count{3};      ///< occurrences of a word in the training lines
    std::size_t least_stem_words{4};   ///< distinct words that begin with a stem
    int least_stem_variety{3};         ///< distinct letters that follow it
    std::size_t least_language{20000}; ///< words; languages with fewer have no say
};

/// What gets a row of its own.
struct Vocabulary {
    std::vector<std::uint32_t> words; ///< word types, ascending
    std::vector<std::string> stems;   ///< beginnings that are no words of the vocabulary
    /// Word types that stand for languages, see `add_language_words`.
    std::vector<std::uint32_t> languages;
};

/// Chooses the words and stems of most use. The use of a word is the greatest, over the languages,
/// of its probability there (in the training lines plus, where there is one, in the language's
/// frequency list), so that large languages do not crowd out small ones. A stem is a beginning
/// after which words branch (successor variety, Harris 1955); its use is the sum over the words
/// that it stands for.
[[nodiscard]] Vocabulary
select_vocabulary(const Corpus& corpus, const std::map<std::string, WordProbabilities>& frequencies,
                  const VocabularyOptions& options);

} // namespace fabula::training
