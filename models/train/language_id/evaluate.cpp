// SPDX-License-Identifier: Apache-2.0

// Measures a language identification model on sentences whose language is known, and writes what
// RESULTS.md quotes.
//
//     fabula_language_id_evaluate MODEL SENTENCES
//
// SENTENCES holds `group TAB language TAB text`, for example `<(xzcat flores-devtest.tsv.xz)`.

#include "program.hpp"
#include "tab_lines.hpp"

#include <fabula/language.hpp>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Sentence {
    std::string language;
    std::string text;
};

struct Answer {
    std::string expected;
    fabula::LanguageGuess guess;
    float group_probability{}; ///< what `is_reliable` is decided on
};

/// Written forms that count as one language.
std::string base(const std::string& tag) {
    if (tag == "bs" || tag == "hr" || tag == "sr" || tag == "sh") {
        return "bs/hr/sr";
    }
    return tag == "yue" ? "zh" : tag.substr(0, tag.find('-'));
}

bool is_right(const Answer& answer) {
    return base(answer.expected) == base(answer.guess.language);
}

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese put no spaces between words.
bool is_unspaced(const icu::UnicodeString& text) {
    std::int32_t unspaced = 0;
    for (std::int32_t i = 0; i < text.length(); ++i) {
        const char16_t c = text[i];
        const bool south_east = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                                (c >= 0x1780 && c <= 0x17FF);
        const bool hangul = c >= 0xAC00 && c <= 0xD7AF;
        unspaced += south_east || (c >= 0x3000 && !hangul) ? 1 : 0;
    }
    return unspaced > text.length() / 2;
}

/// The first words; twice as many characters where words are not separated by spaces.
std::string first_words(const std::string& text, int words) {
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    std::int32_t cut = 0;
    if (is_unspaced(wide)) {
        cut = wide.moveIndex32(0, 2 * words);
    } else {
        for (int spaces = 0; cut < wide.length() && spaces < words; ++cut) {
            spaces += wide[cut] == u' ' ? 1 : 0;
        }
    }
    std::string result;
    wide.tempSubString(0, cut).toUTF8String(result);
    return result;
}

std::string headline(const std::string& text) {
    return first_words(text, 8);
}

std::string upper(const std::string& text) {
    std::string result;
    icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getRoot()).toUTF8String(result);
    return result;
}

std::string littered(const std::string& text) {
    return "2026-11-22 18:05 https://www.example.com/news/2026/the-story-of-the-day?id=17 " + text +
           " \xF0\x9F\x98\x80 desk@example.org 12,345.67 (1/2) &nbsp;<br/>";
}

std::string name_quoted(const std::string& text) {
    return "\"Jean-Claude O'Brien & Sons\" (Liverpool): " + text;
}

std::string same(const std::string& text) {
    return text;
}

struct Condition {
    const char* name;
    std::string (*change)(const std::string&);
};

constexpr std::array<Condition, 9> conditions{{
    {"sentence", same},
    {"SENTENCE IN UPPER CASE", upper},
    {"sentence among digits, URL, e-mail, emoji, tags", littered},
    {"sentence behind an English name", name_quoted},
    {"headline (8 words or 16 characters)", headline},
    {"HEADLINE IN UPPER CASE", [](const std::string& text) { return upper(headline(text)); }},
    {"headline behind an English name",
     [](const std::string& text) { return name_quoted(headline(text)); }},
    {"three words or six characters", [](const std::string& text) { return first_words(text, 3); }},
    {"one word or two characters", [](const std::string& text) { return first_words(text, 1); }},
}};

Answer ask(const fabula::LanguageIdentifier& identifier, const std::string& expected,
           const std::string& text) {
    const std::vector<fabula::LanguageGuess> guesses =
        identifier.identify(text, identifier.languages().size());
    Answer answer{expected, guesses.front(), 0};
    for (const fabula::LanguageGuess& guess : guesses) {
        if (base(guess.language) == base(guesses.front().language)) {
            answer.group_probability += guess.probability;
        }
    }
    return answer;
}

double mean_accuracy(const std::vector<Answer>& answers, bool exact) {
    std::map<std::string, std::array<double, 2>> counts;
    for (const Answer& answer : answers) {
        auto& [right, all] = counts[answer.expected];
        right += (exact ? answer.expected == answer.guess.language : is_right(answer)) ? 1 : 0;
        ++all;
    }
    double sum = 0;
    for (const auto& [language, count] : counts) {
        sum += count[0] / count[1];
    }
    return sum / static_cast<double>(counts.size());
}

void print_reliability(const std::vector<Answer>& answers) {
    double reliable = 0;
    double reliable_right = 0;
    double undetermined = 0;
    for (const Answer& answer : answers) {
        undetermined += answer.guess.language == "und" ? 1 : 0;
        reliable += answer.guess.is_reliable ? 1 : 0;
        reliable_right += answer.guess.is_reliable && is_right(answer) ? 1 : 0;
    }
    const auto all = static_cast<double>(answers.size());
    std::printf(" %.2f | %.2f | %.2f |\n", 100 * reliable_right / reliable, 100 * reliable / all,
                100 * undetermined / all);
}

using Table = std::vector<std::vector<Answer>>;

void print_languages(const Table& table, std::size_t sentences, std::size_t headlines) {
    struct Row {
        std::array<double, 2> right{};
        std::array<double, 2> all{};
        std::map<std::string, int> confusions;
    };
    std::map<std::string, Row> rows;
    for (std::size_t column = 0; column < 2; ++column) {
        for (const Answer& answer : table[column == 0 ? sentences : headlines]) {
            Row& row = rows[answer.expected];
            ++row.all[column];
            if (answer.guess.language == answer.expected) {
                ++row.right[column];
            } else if (column == 1) {
                ++row.confusions[answer.guess.language];
            }
        }
    }
    std::printf("\n| language | sentence | headline | headline taken for |\n|---|---|---|---|\n");
    for (const auto& [language, row] : rows) {
        std::vector<std::pair<int, std::string>> worst;
        for (const auto& [other, count] : row.confusions) {
            worst.emplace_back(-count, other);
        }
        std::sort(worst.begin(), worst.end());
        std::printf("| %s | %.1f | %.1f |", language.c_str(), 100 * row.right[0] / row.all[0],
                    100 * row.right[1] / row.all[1]);
        for (std::size_t i = 0; i < std::min<std::size_t>(3, worst.size()); ++i) {
            std::printf(" %s %.1f", worst[i].second.c_str(), 100 * -worst[i].first / row.all[1]);
        }
        std::printf(" |\n");
    }
}

/// Three consecutive sentences of a language joined: how often they come out as another language,
/// which is what an article in a language without vectors must not do.
void print_articles(const fabula::LanguageIdentifier& identifier,
                    const std::vector<Sentence>& sentences) {
    struct Row {
        std::string joined;
        int sentences{};
        double all{};
        double own{};
        double reliably_other{};
        std::map<std::string, int> others;
    };
    std::map<std::string, Row> rows;
    for (const Sentence& sentence : sentences) {
        Row& row = rows[sentence.language];
        row.joined += sentence.text + "\n";
        if (++row.sentences % 3 != 0) {
            continue;
        }
        const Answer answer = ask(identifier, sentence.language, row.joined);
        row.joined.clear();
        ++row.all;
        if (is_right(answer) || answer.guess.language == "und") {
            ++row.own;
        } else {
            ++row.others[answer.guess.language];
            row.reliably_other += answer.guess.is_reliable ? 1 : 0;
        }
    }
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [language, row] : rows) {
        order.emplace_back(row.own / row.all, language);
    }
    std::sort(order.begin(), order.end());
    std::printf(
        "\n| language, worst first | three sentences: own or und | reliably another | taken "
        "for |\n|---|---|---|---|\n");
    for (const auto& [own, language] : order) {
        const Row& row = rows[language];
        std::printf("| %s | %.1f | %.1f |", language.c_str(), 100 * own,
                    100 * row.reliably_other / row.all);
        for (const auto& [other, count] : row.others) {
            std::printf(" %s %.1f", other.c_str(), 100 * count / row.all);
        }
        std::printf(" |\n");
    }
}

void print_thresholds(const std::vector<const std::vector<Answer>*>& columns) {
    std::printf("\n| probability at least | sentences | of those right | headlines "
                "| of those right | three words | of those right | one word | of those right "
                "|\n|---|---|---|---|---|---|---|---|---|\n");
    for (const float least :
         {0.0F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 0.95F, 0.98F, 0.99F}) {
        std::printf("| %.2f |", static_cast<double>(least));
        for (const std::vector<Answer>* answers : columns) {
            double all = 0;
            double right = 0;
            for (const Answer& answer : *answers) {
                if (answer.guess.language != "und" && answer.group_probability >= least) {
                    ++all;
                    right += is_right(answer) ? 1 : 0;
                }
            }
            std::printf(" %.2f | %.2f |", 100 * all / static_cast<double>(answers->size()),
                        100 * right / all);
        }
        std::printf("\n");
    }
}

void run(const char* model, const char* path) {
    const auto identifier = fabula::LanguageIdentifier::load(model);
    std::vector<Sentence> sentences;
    fabula::training::TabLines lines(path, "number TAB language TAB sentence");
    while (lines.next()) {
        sentences.push_back({std::string(lines.second()), std::string(lines.third())});
    }
    if (sentences.empty()) {
        throw std::runtime_error(std::string("no sentences in ") + path);
    }

    Table table;
    std::printf(
        "| condition | mean accuracy | exact tag | precision where reliable | reliable | und "
        "|\n|---|---|---|---|---|---|\n");
    for (const Condition& condition : conditions) {
        std::vector<Answer>& answers = table.emplace_back();
        for (const Sentence& sentence : sentences) {
            answers.push_back(ask(identifier, sentence.language, condition.change(sentence.text)));
        }
        std::printf("| %s | %.2f | %.2f |", condition.name, 100 * mean_accuracy(answers, false),
                    100 * mean_accuracy(answers, true));
        print_reliability(answers);
    }
    print_languages(table, 0, 4);
    print_articles(identifier, sentences);
    print_thresholds({&table[0], &table[4], &table[7], &table[8]});

    const auto start = std::chrono::steady_clock::now();
    for (const Sentence& sentence : sentences) {
        static_cast<void>(identifier.identify(sentence.text));
    }
    const std::chrono::duration<double, std::micro> taken =
        std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "%.1f microseconds a sentence\n",
                 taken.count() / static_cast<double>(sentences.size()));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: fabula_language_id_evaluate MODEL SENTENCES\n";
        return EXIT_FAILURE;
    }
    return fabula::training::run_program("language_id_evaluate", [&] { run(argv[1], argv[2]); });
}
