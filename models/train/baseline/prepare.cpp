// SPDX-License-Identifier: Apache-2.0
//
// Writes the text that the vectors of the baseline are trained on: one file a language, a sentence
// a line, its words in normalised form (the model's own: lower case, without vowel and stress
// marks) separated by one space, Chinese, Japanese and Thai cut into words as the library cuts
// them.
//
//     fabula_baseline_prepare OUTPUT_DIR WORDS FILE...
//
// FILE holds `group TAB language TAB text`; a language takes sentences in the order of the files
// until it has WORDS words. The same sentence counts once. Prints words and sentences a language.

#include "program.hpp"
#include "tab_lines.hpp"

#include <fabula/error.hpp>
#include <fabula/text.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unordered_set>

namespace {

using namespace fabula;

struct Language {
    std::ofstream out;
    std::unordered_set<std::string> seen;
    std::size_t words{};
};

void add_file(const std::filesystem::path& file, const std::filesystem::path& folder,
              std::size_t limit, TextAnalyzer& analyzer,
              std::map<std::string, Language>& languages) {
    for (training::TabLines lines(file); lines.next();) {
        const std::string tag(lines.second());
        Language& language = languages[tag];
        if (language.words >= limit)
            continue;
        std::string words;
        std::size_t count = 0;
        const AnalyzedText text = analyzer.analyze(lines.third(), Sentences::skip);
        for (const Token& token : text.tokens) {
            words += words.empty() ? "" : " ";
            words += token.normalised;
            ++count;
        }
        // One word alone has no neighbours to learn from.
        if (count < 2 || !language.seen.insert(words).second)
            continue;
        if (!language.out.is_open())
            language.out.open(folder / (tag + ".txt"), std::ios::binary);
        language.out << words << '\n';
        language.words += count;
    }
}

void run(int argc, char** argv) {
    const std::filesystem::path folder = argv[1];
    const std::size_t limit = std::stoull(argv[2]);
    std::filesystem::create_directories(folder);
    TextAnalyzer analyzer;
    std::map<std::string, Language> languages;
    for (int i = 3; i < argc; ++i)
        add_file(argv[i], folder, limit, analyzer, languages);
    for (auto& [tag, language] : languages) {
        if (!language.out.is_open())
            continue;
        if (!language.out.flush())
            throw Error(Errc::unwritable, (folder / (tag + ".txt")).string() + ": cannot write");
        std::printf("%s\t%zu words\t%zu sentences\n", tag.c_str(), language.words,
                    language.seen.size());
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: fabula_baseline_prepare OUTPUT_DIR WORDS FILE...\n");
        return EXIT_FAILURE;
    }
    return training::run_program("baseline_prepare", [&] { run(argc, argv); });
}
