// SPDX-License-Identifier: Apache-2.0
#include "vocabulary.hpp"

#include "lines.hpp"
#include "model/lookup/model_data.hpp"
#include "model/lookup/subwords.hpp"

#include <fabula/error.hpp>
#include <fabula/text.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace bench {
namespace {

constexpr std::size_t common_words = 120;
constexpr std::size_t general_words = 8000;

/// Not a piece of a word ('s), punctuation, or something with a space in it.
bool is_one_word(std::string_view text) {
    return !text.empty() && text.find_first_of(" \t'\"(),.;:!?-/0123456789") == text.npos &&
           text.find("،") == text.npos && text.find("।") == text.npos;
}

class Collector {
public:
    Collector(const std::vector<std::string>& languages, const fabula::Model& model)
        : model_(model) {
        for (const std::string& tag : languages) {
            if (fabula::detail::ModelData::of(model).language_index(tag) < 0)
                throw fabula::Error(fabula::Errc::bad_option,
                                    "the model does not know the language '" + tag + "'");
            positions_.emplace(tag, vocabulary_.languages.size());
            vocabulary_.languages.push_back({tag, {}, {}, {}, {}});
        }
    }

    void add_frequencies(const std::string& file) {
        for_each_line(file, [&](std::string_view line) {
            const auto parts = split(line, '\t');
            if (parts.size() != 3)
                return;
            if (parts[0] == "en" && english_.size() < 20000)
                english_.emplace(parts[1], english_.size());
            const auto found = positions_.find(parts[0] == "no" ? "nb" : parts[0]);
            double count = 0;
            std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), count);
            const bool is_unmatched = parts[0].starts_with("zh") && parts[1].size() < 3;
            if (found == positions_.end() || is_unmatched || !is_one_word(parts[1]) ||
                !is_known(found->second, parts[1]))
                return;
            LanguageWords& words = vocabulary_.languages[found->second];
            if (words.common.size() < common_words) {
                words.common.emplace_back(parts[1]);
                words.common_weights.add(count);
            } else if (words.general.size() < general_words && is_usable(found->second, parts[1])) {
                words.general.emplace_back(parts[1]);
                // Subtitles repeat the words of talk, which news does not use as much.
                words.general_weights.add(std::sqrt(count));
            }
        });
    }

    void add_lexicon(const std::string& file) {
        std::string group;
        std::vector<std::pair<std::string, std::string>> members;
        for_each_line(file, [&](std::string_view line) {
            const auto parts = split(line, '\t');
            if (parts.size() != 3)
                return;
            if (parts[0] != group) {
                add_group(members);
                members.clear();
                group = parts[0];
            }
            members.emplace_back(parts[1], parts[2]);
        });
        add_group(members);
    }

    Vocabulary finish() {
        for (const LanguageWords& words : vocabulary_.languages)
            if (words.general.size() < 100)
                throw fabula::Error(fabula::Errc::bad_input,
                                    "too few words of '" + words.tag + "' in the frequency list");
        // In the order of the spelling, which no hash table changes.
        for (auto& [english, words] : concepts_) {
            const auto known = static_cast<std::size_t>(std::count_if(
                words.begin(), words.end(), [](const std::string& w) { return !w.empty(); }));
            if (known * 5 >= words.size() * 3)
                vocabulary_.concepts.push_back(std::move(words));
        }
        if (vocabulary_.concepts.size() < 500)
            throw fabula::Error(fabula::Errc::bad_input,
                                "only " + std::to_string(vocabulary_.concepts.size()) +
                                    " concepts have words in most of the languages");
        return std::move(vocabulary_);
    }

private:
    /// Of some languages few words are counted: there, what was in the lexicons that the model
    /// learned from has to do.
    [[nodiscard]] bool is_usable(std::size_t position, std::string_view word) const {
        const LanguageWords& words = vocabulary_.languages[position];
        // One Han sign alone is rarely a word to those who cut text into words.
        if (words.tag.starts_with("zh") && word.size() < 6)
            return false;
        return words.general.size() < general_words || is_known(position, word);
    }

    [[nodiscard]] bool is_known(std::size_t position, std::string_view word) const {
        const fabula::detail::ModelData& data = fabula::detail::ModelData::of(model_);
        const int language = data.language_index(vocabulary_.languages[position].tag);
        return data.word_probability(language,
                                     fabula::detail::word_hash(fabula::normalised_form(word))) > 0;
    }

    /// Names a group by its first English word that is neither rare nor one of the most common.
    [[nodiscard]] const std::string*
    key_of(const std::vector<std::pair<std::string, std::string>>& members) const {
        for (const auto& [language, text] : members) {
            const auto rank = language == "en" ? english_.find(text) : english_.end();
            if (rank != english_.end() && rank->second >= 200 && text.size() > 3)
                return &text;
        }
        return nullptr;
    }

    void add_group(const std::vector<std::pair<std::string, std::string>>& members) {
        const std::string* key = key_of(members);
        if (key == nullptr)
            return;
        std::vector<std::string>& words = concepts_[*key];
        words.resize(vocabulary_.languages.size());
        for (const auto& [language, text] : members) {
            const auto found = positions_.find(language == "no" ? "nb" : language);
            if (found != positions_.end() && words[found->second].empty() && is_one_word(text) &&
                is_usable(found->second, text))
                words[found->second] = language == "en" ? *key : text;
        }
    }

    const fabula::Model& model_;
    Vocabulary vocabulary_;
    std::map<std::string, std::size_t, std::less<>> positions_;
    std::unordered_map<std::string, std::size_t> english_; ///< word → rank
    std::map<std::string, std::vector<std::string>> concepts_;
};

} // namespace

Vocabulary load_vocabulary(const std::vector<std::string>& languages,
                           const VocabularySources& sources, const fabula::Model& model) {
    Collector collector(languages, model);
    collector.add_frequencies(sources.frequencies);
    for (const std::string& lexicon : sources.lexicons)
        collector.add_lexicon(lexicon);
    return collector.finish();
}

} // namespace bench
