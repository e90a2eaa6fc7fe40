// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/files.hpp"
#include "support/process.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

/// Small models made by fastText's own program, as users have them.
namespace fabula::test {

/// The program `fasttext` of the search path; empty where there is none.
inline std::string fasttext_tool() {
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        const std::string file = folder + "/fasttext";
        if (::access(file.c_str(), X_OK) == 0)
            return file;
    }
    return {};
}

constexpr const char* no_fasttext_tool =
    "there is no program fasttext in the search path (Debian: package fasttext)";

/// Files in Norwegian and English: `nb.bin`, `nb.vec`, `en.bin`, `en.vec` of 16 dimensions, and
/// from labelled text `all.ftz` (quantised) and `some.ftz` (quantised, with most n-grams cut off).
class FasttextFiles {
public:
    static constexpr std::size_t dimension = 16;

    FasttextFiles() {
        for (const std::string language : {"nb", "en"}) {
            const std::string text = write(language + ".txt", sentences(language, ""));
            train({"skipgram", "-input", text, "-output", path(language)});
        }
        const std::string labelled = write("labelled.txt", sentences("nb", "__label__nb ") +
                                                               sentences("en", "__label__en "));
        for (const std::string name : {"all", "some"})
            train({"supervised", "-input", labelled, "-output", path(name)});
        call({"quantize", "-input", labelled, "-output", path("all")});
        call({"quantize", "-input", labelled, "-output", path("some"), "-qnorm", "-cutoff", "400"});
    }

    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_.path() / name).string();
    }
    std::string write(const std::string& name, std::string_view bytes) const {
        return folder_.write(name, bytes).string();
    }

    /// What `fasttext print-word-vectors` says.
    [[nodiscard]] std::map<std::string, std::vector<float>>
    vectors(const std::string& model, const std::vector<std::string>& words) const {
        RunOptions options;
        for (const std::string& word : words)
            options.input += word + '\n';
        std::istringstream lines(call({"print-word-vectors", path(model)}, options));
        std::map<std::string, std::vector<float>> vectors;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream fields(line);
            std::string word;
            fields >> word;
            for (float value{}; fields >> value;)
                vectors[word].push_back(value);
        }
        return vectors;
    }

    /// Words of the texts, the first ones frequent.
    static std::vector<std::string> words(const std::string& language) {
        if (language == "nb")
            return {"ferja",  "byen",   "kommunen", "havna",  "været",
                    "skolen", "avisa",  "båten",    "vedtok", "stengte",
                    "åpnet",  "planla", "Ålesund",  "Tromsø", "i dag"};
        return {"ferry",  "town",      "council", "harbour",  "weather",
                "school", "newspaper", "boat",    "approved", "closed",
                "opened", "planned",   "Bergen",  "Oslo",     "today"};
    }

private:
    static std::string sentences(const std::string& language, const std::string& label) {
        const std::vector<std::string> list = words(language);
        std::mt19937 random(7);
        // Zipf's law, roughly: the smaller of two draws.
        const auto draw = [&] {
            return list[std::min(random() % list.size(), random() % list.size())];
        };
        std::string text;
        for (int i = 0; i < 150; ++i) {
            text += label;
            for (int word = 0; word < 8; ++word)
                text += draw() + (word == 7 ? " .\n" : " ");
        }
        return text;
    }

    void train(std::vector<std::string> arguments) const {
        for (const char* option : {"-dim", "16", "-bucket", "2000", "-minn", "3", "-maxn", "5",
                                   "-minCount", "1", "-epoch", "5", "-thread", "1"})
            arguments.emplace_back(option);
        call(std::move(arguments));
    }

    static std::string call(std::vector<std::string> arguments, const RunOptions& options = {}) {
        const std::string command = arguments.front();
        arguments.insert(arguments.begin(), fasttext_tool());
        const RunResult result = run_command(std::move(arguments), options);
        if (result.status != 0)
            throw std::runtime_error("fasttext " + command + " failed: " + result.err);
        return result.out;
    }

    TempFolder folder_;
};

} // namespace fabula::test
