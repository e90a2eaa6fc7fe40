// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>
#include <fabula/model.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace fabula::training {

/// The same sentences in several languages, embedded without being told the language.
class ParallelSentences {
public:
    /// `file`: number TAB language TAB sentence, a line each. \throws Error naming file and line
    ParallelSentences(const std::filesystem::path& file, const Model& model);

    [[nodiscard]] std::vector<std::string> languages() const;

    /// Part of the sentences of one language whose nearest neighbour by cosine among all sentences
    /// of the other is their translation, averaged over both directions (P@1).
    [[nodiscard]] double precision_at_1(const std::string& a, const std::string& b) const;

    /// Part of a language's sentences that were taken for that language.
    [[nodiscard]] double identified(const std::string& language) const;

private:
    struct Side {
        std::map<std::string, std::vector<float>> vectors; ///< by the number of the sentence
        std::size_t identified{};
    };
    std::map<std::string, Side> sides_;
};

} // namespace fabula::training
