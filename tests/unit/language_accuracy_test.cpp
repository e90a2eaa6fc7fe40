// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/language.hpp>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

using namespace fabula;

namespace {

/// Calls `use` with each line of an xz file; false where there is no xz.
template <class Use>
bool for_each_line(const std::filesystem::path& file, Use use) {
    const std::string command = "xzcat '" + file.string() + "'";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                               ::pclose);
    bool any = false;
    std::string line;
    for (int c = 0; pipe && (c = std::fgetc(pipe.get())) != EOF;) {
        if (c != '\n') {
            line.push_back(static_cast<char>(c));
            continue;
        }
        use(line);
        any = true;
        line.clear();
    }
    return any;
}

std::string base(const std::string& tag) {
    const std::string language = tag.substr(0, tag.find('-'));
    if (language == "yue") {
        return "zh"; // FLORES has it in the written language of all Chinese
    }
    return language == "bs" || language == "hr" || language == "sr" ? "sh" : language;
}

/// The mean over the languages of the share of sentences that are given their language: a tenth of
/// the sentences; models/train/language_id/RESULTS.md is about all. Nothing where they cannot be
/// read.
struct Accuracy {
    std::size_t languages{};
    double mean{};
};

Accuracy measure(const std::filesystem::path& file) {
    const auto identifier = LanguageIdentifier::load(test::model_dir() / "language-id.ftz");
    std::map<std::string, std::pair<double, double>> right_of;
    for_each_line(file, [&](const std::string& line) {
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        if (first == 0 || line[first - 1] != '7') {
            return;
        }
        const std::string expected = line.substr(first + 1, second - first - 1);
        auto& [right, all] = right_of[expected];
        right += base(identifier.identify(line.substr(second + 1)).language) == base(expected);
        ++all;
    });
    Accuracy accuracy{right_of.size(), 0};
    for (const auto& [language, counts] : right_of) {
        accuracy.mean += counts.first / counts.second / static_cast<double>(right_of.size());
    }
    return accuracy;
}

} // namespace

TEST_CASE("at least 97 % of FLORES sentences are given their language") {
    for (const auto& [name, languages] :
         {std::pair{"flores-devtest.tsv.xz", 52}, std::pair{"flores-devtest-new.tsv.xz", 55}}) {
        const auto file = test::shared_data_dir() / "eval" / name;
        if (!std::filesystem::exists(file)) {
            SKIP("no " << file);
        }
        const Accuracy accuracy = measure(file);
        if (accuracy.languages == 0) {
            SKIP("no xzcat to read " << file);
        }
        CHECK(accuracy.languages == static_cast<std::size_t>(languages));
        CHECK(accuracy.mean >= 0.97);
    }
}
