// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corpus.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace fabula::training {

/// Probability of each word (normalised form) in running text of one language.
using WordProbabilities = std::unordered_map<std::string, double>;

/// Counts of words by language from a `language TAB word TAB count` list; words are brought into
/// their normalised forms, and a listed word of several tokens counts for each of them.
/// \throws Error naming file and line
[[nodiscard]] std::map<std::string, WordProbabilities>
read_word_frequencies(const std::filesystem::path& file);

/// Joins two estimates of a language: a frequency list (film subtitles, large, spoken style) and
/// the sentences of the corpus (written style, small): their mean, where the corpus has `enough`
/// words of the language; less of the corpus where it has fewer. Counts in the corpus are lowered
/// by `discount`, because a word seen twice in a thousand sentences is chance. Only lines of the
/// named sources are counted, all where none is named.
[[nodiscard]] std::map<std::string, WordProbabilities> estimate_word_probabilities(
    const Corpus& sentences, const std::map<std::string, WordProbabilities>& lists,
    const std::vector<std::string>& languages, const std::vector<std::string>& sources = {});

} // namespace fabula::training
