// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "news_world.hpp"

#include <cstddef>
#include <string>

namespace bench {

/// How freely a report is worded.
struct Freedom {
    double other_word{}; ///< probability that a meaning gets a word that means something else
    double other_number{};
};

/// Writes facts in one language: content words in the order of the fact, common words between them,
/// numbers and dates as they are written there. It is no grammar, but to a library that looks at
/// words, names and numbers it is text.
class Phrasing {
public:
    Phrasing(const Vocabulary& vocabulary, std::size_t language)
        : vocabulary_(vocabulary), language_(language) {}

    /// `of` is what the mentions of the fact are counted in.
    [[nodiscard]] std::string sentence(const Fact& fact, const Happening& of, Freedom freedom,
                                       Draw& draw) const;
    /// Shorter, with few common words and no full stop.
    [[nodiscard]] std::string headline(const Fact& fact, const Happening& of, Freedom freedom,
                                       Draw& draw) const;
    /// What stands before the first sentence, with the name of the place.
    [[nodiscard]] std::string dateline(const Happening& of, Draw& draw) const;

    /// Between two sentences, and two words.
    [[nodiscard]] std::string space() const;

private:
    [[nodiscard]] std::string words(const Mention& mention, const Happening& of, Freedom freedom,
                                    Draw& draw) const;
    [[nodiscard]] const LanguageWords& here() const { return vocabulary_.languages[language_]; }

    const Vocabulary& vocabulary_;
    std::size_t language_;
};

/// "1,234,567" as the language groups it.
[[nodiscard]] std::string write_number(std::size_t number, const std::string& language);
/// Day and month as the language writes them.
[[nodiscard]] std::string write_date(std::chrono::sys_days day, const std::string& language);

} // namespace bench
