// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/model.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fabula::training {

enum class ArticlePart : bool { whole, title };

/// The same texts in several languages, embedded without being told the language.
class ParallelTexts {
public:
    /// \throws Error naming file and line where a line is not number TAB language TAB sentence
    [[nodiscard]] static ParallelTexts from_sentences(const std::filesystem::path& file,
                                                      const Model& model);

    /// Labelled articles as JSON Lines with ids `DOCUMENT-src-…` (originals) and `DOCUMENT-ref-…`
    /// (translations); others are left out. Where no id is like that, a story has one text a
    /// language. \throws Error naming file and line
    [[nodiscard]] static ParallelTexts from_articles(const std::filesystem::path& file,
                                                     ArticlePart part, const Model& model);

    [[nodiscard]] std::vector<std::string> languages() const;

    /// Part of the texts of one language whose nearest neighbour by cosine among all texts of the
    /// other is their translation, averaged over both directions (P@1).
    [[nodiscard]] double precision_at_1(const std::string& a, const std::string& b) const;

    /// As `precision_at_1`, but any text of the same story is right.
    [[nodiscard]] double story_precision_at_1(const std::string& a, const std::string& b) const;

    /// Part of a language's texts that were taken for that language.
    [[nodiscard]] double identified(const std::string& language) const;

private:
    struct Text {
        std::string story;
        std::vector<float> vector;
    };
    struct Side {
        std::map<std::string, Text> texts; ///< by what translations of each other share
        std::size_t identified{};
    };
    /// Translations and stories found, of both directions together.
    [[nodiscard]] std::pair<double, double> precisions(const std::string& a,
                                                       const std::string& b) const;
    void add(std::vector<Article> articles, const std::vector<std::string>& documents,
             const std::vector<std::string>& stories, const Model& model);

    std::map<std::string, Side> sides_;
};

} // namespace fabula::training
