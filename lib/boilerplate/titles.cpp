// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/titles.hpp"

#include "boilerplate/lines.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

namespace {

std::vector<std::string_view> words_of(std::string_view key) {
    std::vector<std::string_view> words;
    while (!key.empty()) {
        const std::size_t end = std::min(key.find_first_of(" :"), key.size());
        if (end > 0)
            words.push_back(key.substr(0, end));
        key.remove_prefix(std::min(end + 1, key.size()));
    }
    return words;
}

std::string compact(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words)
        out += word;
    return out;
}

} // namespace

TitleParts divide_title(std::string_view title) {
    constexpr std::string_view separators[] = {" - ", " – ", " — ",  " | ",
                                               " · ", " • ", " :: ", "｜"};
    TitleParts last{title, {}, false};
    std::size_t best = 0;
    for (const std::string_view separator : separators) {
        const std::size_t at = rfind_separator(title, separator);
        if (at == std::string_view::npos || at < best || at == 0)
            continue;
        best = at;
        last = {title.substr(0, at), title.substr(at + separator.size()),
                separator == " | " || separator == "｜"};
    }
    while (last.head.ends_with(' '))
        last.head.remove_suffix(1);
    return last;
}

bool resembles_source(std::string_view ending_key, std::string_view source) {
    constexpr std::size_t most_words = 5;
    constexpr std::size_t longest = 1000; ///< bytes; each is looked for at each place of the source
    constexpr std::size_t distinctive = 4; ///< letters of a name that is found inside another one
    if (ending_key.size() > longest)
        return false;
    const std::vector<std::string_view> ending_words = words_of(ending_key);
    if (ending_words.empty() || ending_words.size() > most_words)
        return false;
    const std::string ending = compact(ending_words);
    const std::string source_key = line_key(source);
    std::vector<std::string_view> labels = words_of(source_key);
    if (ending == compact(labels))
        return true;
    if (source.find('.') != std::string_view::npos && labels.size() > 1)
        labels.pop_back(); // the top-level domain
    for (const std::string_view label : labels) {
        if (label == "www" || label == "com" || label == "co")
            continue;
        if (label == ending || (ending_words.size() <= 3 && ending_words.front() == label))
            return true;
        if (label.size() >= distinctive && 2 * label.size() >= ending.size() &&
            ending.find(label) != std::string::npos)
            return true;
        if (ending.size() >= distinctive && 2 * ending.size() >= label.size() &&
            label.find(ending) != std::string_view::npos)
            return true;
    }
    return false;
}

/// "Headline | World news": a bar hardly ever belongs to a sentence.
bool is_short_part_behind_bar(const TitleParts& parts, std::string_view ending_key) {
    constexpr std::size_t most_words = 3;
    constexpr std::size_t widest = 30;
    constexpr std::size_t least_head = 20;
    const std::size_t head = count_letters(parts.head);
    return parts.bar && words_of(ending_key).size() <= most_words &&
           line_width(parts.ending) <= widest && head >= least_head &&
           head >= 2 * count_letters(parts.ending);
}

} // namespace fabula::detail
