// SPDX-License-Identifier: Apache-2.0

// Writes the training file of the language identifier: `__label__LANGUAGE normalised text`, one
// example a line, the same number for every language, in a fixed pseudo-random order.
//
//     fabula_language_id_prepare LINES_PER_LANGUAGE KIND=FILE... > train.txt
//
// KIND is a row of `sources` below; FILE holds `group TAB language TAB text` (or, for `frequency`,
// `language TAB word TAB count`). A kind may be given several times.

#include "language/normalise.hpp"
#include "program.hpp"
#include "tab_lines.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Source {
    std::string_view kind;
    /// Share of the examples that come from here, where a language has it.
    double weight;
    /// Items kept for each language. The frequency lists are sorted: their head is kept. Of all
    /// others a random sample is kept.
    std::size_t most_items;
    /// Whether the items are words, several of which make an example.
    bool words;
};

constexpr std::array<Source, 6> sources{{
    {"flores", 0.30, 2'000, false},
    {"tico", 0.05, 3'000, false},
    {"tatoeba", 0.25, 12'000, false},
    {"courses", 0.12, 8'000, false}, // machine-translated and technical
    {"frequency", 0.18, 20'000, true},
    {"lexicon", 0.10, 20'000, true},
}};

/// The same sequence on every platform, unlike the distributions of <random>.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
    double fraction() { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53; }

private:
    std::mt19937_64 engine_;
};

struct Pool {
    std::vector<std::string> items;
    std::size_t seen{};
    std::size_t next{};
};

using Pools = std::array<Pool, sources.size()>;

/// Names as they stand in sentences, normalised: Latin ones and Cyrillic ones.
using Names = std::array<std::vector<std::string>, 2>;

std::string normalised(std::string_view text) {
    return fabula::detail::normalise_for_identification(text, fabula::detail::latest_preparation);
}

UChar32 first_code_point(std::string_view text) {
    const std::string first(text.substr(0, 4));
    return icu::UnicodeString::fromUTF8(first).char32At(0);
}

bool starts_upper(std::string_view word) {
    return u_isupper(first_code_point(word)) != 0;
}

/// The script of a normalised text, which has but one; kana count as Han.
UScriptCode script_of(std::string_view normalised_text) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(first_code_point(normalised_text), &status);
    return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ? USCRIPT_HAN : script;
}

bool is_cyrillic(std::string_view normalised_text) {
    return script_of(normalised_text) == USCRIPT_CYRILLIC;
}

/// Collects the runs of capitalised words inside a sentence. German capitalises all nouns.
void collect_names(std::string_view language, std::string_view text, Names& names) {
    if (language == "de") {
        return;
    }
    std::string run;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool upper = !first && !word.empty() && starts_upper(word);
        if (upper) {
            run.append(word).push_back(' ');
        }
        if ((!upper || text.empty()) && !run.empty()) {
            const std::string name = normalised(run);
            if (!name.empty()) {
                names[is_cyrillic(name) ? 1 : 0].push_back(name);
            }
            run.clear();
        }
        first = false;
    }
}

/// The label an item trains; empty where its language is not said closely enough.
std::string label_of(std::string_view language, std::string_view text) {
    if (language == "no") {
        return "nb"; // the written form is not said; nearly all of it is Bokmål
    }
    if (language == "sr-Latn") {
        return "sr";
    }
    if (language == "sh") {
        return is_cyrillic(normalised(text)) ? "sr" : "";
    }
    return std::string(language);
}

void keep(Pool& pool, const Source& source, std::string_view text, Random& random) {
    ++pool.seen;
    if (pool.items.size() < source.most_items) {
        pool.items.emplace_back(text);
    } else if (source.kind != "frequency") {
        const std::size_t place = random.below(pool.seen);
        if (place < pool.items.size()) {
            pool.items[place] = text;
        }
    }
}

void read(const std::string& path, std::size_t source, std::map<std::string, Pools>& languages,
          Names& names, Random& random) {
    const bool frequency = sources[source].kind == "frequency";
    fabula::training::TabLines lines(path, frequency ? "language TAB word TAB count"
                                                     : "group TAB language TAB text");
    std::string group;
    std::string english; // the current group's, where its line has come
    while (lines.next()) {
        const std::string_view language = frequency ? lines.first() : lines.second();
        const std::string_view text = frequency ? lines.second() : lines.third();
        if (!frequency && lines.first() != group) {
            group = lines.first();
            english.clear();
        }
        if (!frequency && language == "en") {
            english = text;
        } else if (!frequency && text == english) {
            continue; // left untranslated
        }
        if (sources[source].kind == "flores") {
            collect_names(language, text, names);
        }
        const std::string label = label_of(language, text);
        if (!label.empty()) {
            keep(languages[label][source], sources[source], text, random);
        }
    }
}

/// Some consecutive words of a normalised sentence, or characters where words are not separated:
/// the classifier has to cope with headlines.
std::string fragment(const std::string& text, Random& random) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i - 1] == ' ') {
            starts.push_back(i);
        }
    }
    constexpr std::size_t long_word = 30; // bytes
    std::size_t least = 3;
    std::size_t most = 10;
    if (text.size() / starts.size() > long_word) {
        starts = {0};
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (!fabula::detail::continues_code_point(text[i])) {
                starts.push_back(i);
            }
        }
        least = 6;
        most = 20;
    }
    const std::size_t wanted = least + random.below(most - least + 1);
    if (wanted >= starts.size()) {
        return text;
    }
    const std::size_t from = random.below(starts.size() - wanted + 1);
    const std::size_t end = from + wanted < starts.size() ? starts[from + wanted] : text.size();
    std::string result = text.substr(starts[from], end - starts[from]);
    while (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

const std::string& draw(Pool& pool) {
    return pool.items[pool.next++ % pool.items.size()];
}

std::string example(Pools& pools, Random& random) {
    double total = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        total += pools[i].items.empty() ? 0 : sources[i].weight;
    }
    double at = random.fraction() * total;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!pools[i].items.empty()) {
            chosen = i;
            at -= sources[i].weight;
            if (at < 0) {
                break;
            }
        }
    }
    Pool& pool = pools[chosen];
    std::string text = draw(pool);
    if (sources[chosen].words) {
        for (std::size_t more = 3 + random.below(8); more > 0; --more) {
            text += " " + draw(pool);
        }
        return normalised(text);
    }
    if (text.size() < 60 && random.fraction() < 0.5) {
        text += " " + draw(pool);
    }
    text = normalised(text);
    return random.fraction() < 0.5 ? text : fragment(text, random);
}

/// Puts a name from anywhere in front of, behind or into an example: names tell little about the
/// language of a text, and headlines are full of them.
std::string with_name(const std::string& text, const Names& names, Random& random) {
    const std::vector<std::string>& choice = names[is_cyrillic(text) ? 1 : 0];
    if (text.empty() || choice.empty()) {
        return text;
    }
    const std::string& name = choice[random.below(choice.size())];
    switch (random.below(3)) {
    case 0:
        return normalised(name + " " + text);
    case 1:
        return normalised(text + " " + name);
    default: {
        const std::size_t space = text.find(' ', random.below(text.size()));
        return space == std::string::npos
                   ? text
                   : normalised(text.substr(0, space) + " " + name + text.substr(space));
    }
    }
}

template <class T>
void shuffle(std::vector<T>& items, Random& random) {
    for (std::size_t i = items.size(); i > 1; --i) {
        std::swap(items[i - 1], items[random.below(i)]);
    }
}

void run(int argc, char** argv) {
    if (argc < 3) {
        throw std::runtime_error("usage: fabula_language_id_prepare LINES KIND=FILE...");
    }
    const std::size_t lines_per_language = std::strtoul(argv[1], nullptr, 10);
    std::map<std::string, Pools> languages;
    Names names;
    Random random(20261122);
    for (int i = 2; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        const std::size_t equals = argument.find('=');
        const auto source = std::find_if(sources.begin(), sources.end(), [&](const Source& s) {
            return s.kind == argument.substr(0, equals);
        });
        if (equals == std::string_view::npos || source == sources.end()) {
            throw std::runtime_error("no such kind of source: " + std::string(argument));
        }
        read(std::string(argument.substr(equals + 1)),
             static_cast<std::size_t>(source - sources.begin()), languages, names, random);
    }

    std::vector<std::string> lines;
    for (auto& [language, pools] : languages) {
        if (pools[0].items.empty()) {
            continue; // no sentence of the language: too little to tell it by
        }
        for (Pool& pool : pools) {
            shuffle(pool.items, random);
        }
        const UScriptCode script = script_of(normalised(pools[0].items.front()));
        for (std::size_t made = 0; made < lines_per_language; ++made) {
            std::string text = example(pools, random);
            // A third of the examples gets one name or two.
            for (std::size_t more = random.below(6); more >= 4; --more) {
                text = with_name(text, names, random);
            }
            // What remained English, or code, in translated courses; Serbian has two scripts.
            const bool own_script =
                !text.empty() && (script_of(text) == script ||
                                  (language == "sr" && script_of(text) == USCRIPT_LATIN));
            if (own_script) {
                lines.push_back("__label__" + language + " " + text);
            }
        }
    }
    shuffle(lines, random);
    for (const std::string& line : lines) {
        std::cout << line << '\n';
    }
}

} // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    return fabula::training::run_program("language_id_prepare", [&] { run(argc, argv); });
}
