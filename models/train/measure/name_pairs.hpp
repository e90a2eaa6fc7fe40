// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/model.hpp>
#include <fabula/text.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace fabula::training {

/// One word that names a thing in one language.
struct Name {
    std::string language;
    std::string text;
    std::string normalised;
    std::string romanised;
    TokenKind kind{};
};

/// A thing with an English name and names in other languages.
struct NamedThing {
    Name english;
    std::vector<Name> others;
};

/// Names that ICU has in the given languages: the cities of its time zones, and countries. Only
/// names of one word.
[[nodiscard]] std::vector<NamedThing> icu_names(const std::vector<std::string>& languages);

/// Groups of a training file (group TAB language TAB text) whose English text is one capitalised
/// word; of each language the first name of one word. \throws Error naming file and line
[[nodiscard]] std::vector<NamedThing> lexicon_names(const std::filesystem::path& file);

/// What a pair of scripts is called in the tables, as "Latin–Greek"; English is on the left.
[[nodiscard]] std::string script_class(const Name& other);

/// Whether two names can be the same name in two spellings: of the consonants of their romanised
/// form forms, at least half of the longer word's stand in the other in the same order. Germany and
/// Deutschland are not.
[[nodiscard]] bool is_one_name(const Name& a, const Name& b);

} // namespace fabula::training
