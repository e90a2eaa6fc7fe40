// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/text.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fabula::training {

/// Everything that is known of one distinct word (normalised form) of the training data.
struct WordType {
    std::string normalised;
    std::string romanised;
    TokenKind kind{};
    std::uint64_t count{}; ///< occurrences in the training lines
};

/// One line of a training file: a text in one language, as word types.
struct Line {
    std::uint64_t first_word{}; ///< into Corpus::words
    std::uint32_t word_count{};
    std::uint32_t group{};
    std::uint16_t language{}; ///< into Corpus::languages
    std::uint16_t source{};   ///< into Corpus::sources
};

/// Groups of translations: the lines of one group say the same in several languages.
struct Corpus {
    std::vector<WordType> types;
    std::vector<std::uint32_t> words;  ///< all lines' words, one after the other
    std::vector<Line> lines;           ///< lines of one group are adjacent
    std::vector<std::uint64_t> groups; ///< first line of each group, and one entry past the end
    std::vector<std::string> languages;
    std::vector<std::string> sources; ///< file names without extension, see `holds_sentences`

    [[nodiscard]] std::span<const std::uint32_t> text(const Line& line) const {
        return {words.data() + line.first_word, line.word_count};
    }
};

/// Whether a source is of sentences ("sentences-tatoeba", "extra-sentences-prose"). All others are
/// of dictionary entries and names.
[[nodiscard]] bool holds_sentences(std::string_view source);

/// How much each of `Corpus::words` counts in its line.
using WordWeights = std::vector<float>;

/// Ends each line with a word type that stands for its language and counts as much as all the words
/// of the line together. Training puts there what the texts of a language have in common; at use
/// the language's mean is taken away instead. Returns the new types, one a language. Their
/// normalised form is empty.
std::vector<std::uint32_t> add_language_words(Corpus& corpus, WordWeights& weights);

/// Reads `group TAB language TAB text` files (plain, UTF-8, lines of a group adjacent) one after
/// the other. Lines without a word are left out; a line longer than `max_words` is cut there.
/// Word types are numbered by first occurrence, so the result does not depend on threads.
/// \throws Error naming file and line where a line has not three fields.
[[nodiscard]] Corpus read_corpus(std::span<const std::filesystem::path> files,
                                 std::size_t max_words = 64);

} // namespace fabula::training
