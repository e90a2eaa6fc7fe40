// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/compress.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::test::TempFolder;

namespace {

using Compress = std::function<std::string(std::string_view)>;

const std::map<std::string, Compress>& tools() {
    static const std::map<std::string, Compress> all{{"gzip", fabula::test::gzip},
                                                     {"zstd", fabula::test::zstd},
                                                     {"xz", fabula::test::xz},
                                                     {"bzip2", fabula::test::bzip2}};
    return all;
}

/// Under a name that says nothing of it.
ArticleSet read(const std::string& bytes, const std::string& name = "news") {
    const TempFolder folder;
    const std::vector<std::string> inputs{folder.write(name, bytes).string()};
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    options.leave_texts = true;
    ArticleSet set = fabula::read_articles(inputs, options);
    for (std::size_t i = 0; i < set.articles.size(); ++i)
        set.texts->read(i, set.articles[i].text);
    return set;
}

std::string lines(int first, int end) {
    std::string out;
    for (int i = first; i < end; ++i)
        out += "{\"id\":" + std::to_string(i) + ",\"text\":\"" + std::to_string(i * 7919 % 10'007) +
               " words of an article\"}\n";
    return out;
}

} // namespace

TEST_CASE("Compressed files are read as what they stand for", "[io]") {
    for (const auto& [name, compress] : tools()) {
        INFO(name);
        const ArticleSet set = read(compress(lines(0, 5000)));
        REQUIRE(set.articles.size() == 5000);
        CHECK(set.bad_line_count == 0);
        CHECK(set.articles[4999].id == "4999");
        CHECK(set.articles[1].text == "7919 words of an article");
        CHECK(read(compress("title,text\nT,x\n"), "t.csv.gz").articles.at(0).title == "T");
        CHECK(read(compress("[" + lines(0, 1) + "]")).articles.size() == 1);
        CHECK(read(compress("Title\n\nText."), "t.txt.gz").articles.at(0).title == "Title");
    }
}

TEST_CASE("Several compressed members after one another are one file", "[io]") {
    for (const auto& [name, compress] : tools()) {
        INFO(name);
        const std::string two = compress(lines(0, 10)) + compress(lines(10, 20));
        CHECK(read(two).articles.size() == 20);
        const ArticleSet filled = read(two + std::string(512, '\0'));
        CHECK(filled.articles.size() == 20);
        CHECK(filled.bad_line_count == 0);
    }
}

TEST_CASE("A compressed file that is cut gives what came before, and says so", "[io]") {
    for (const auto& [name, compress] : tools()) {
        INFO(name);
        const std::string second = compress(lines(1000, 30'000));
        const std::string cut = compress(lines(0, 1000)) + second.substr(0, second.size() / 2);
        const ArticleSet set = read(cut);
        CHECK(set.articles.size() >= 1000);
        CHECK(set.articles.size() < 30'000);
        REQUIRE(!set.bad_lines.empty());
        CHECK_THAT(set.bad_lines.back().reason,
                   ContainsSubstring("the " + name + " data ends in the middle"));
    }
}

TEST_CASE("A compressed file with something else behind it gives what came before", "[io]") {
    for (const auto& [name, compress] : tools()) {
        INFO(name);
        const ArticleSet set = read(compress(lines(0, 100)) + "this was never compressed");
        CHECK(set.articles.size() == 100);
        REQUIRE(set.bad_lines.size() == 1);
        CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("the " + name + " data is damaged"));
    }
}

TEST_CASE("What expands beyond all measure is stopped", "[io]") {
    // 512 MiB of blanks, in pieces: our guard, well before any memory is in danger.
    const std::string mib(std::size_t{1} << 20U, ' ');
    std::string member;
    for (int i = 0; i < 64; ++i)
        member += mib;
    for (const auto& [name, compress] : tools()) {
        INFO(name);
        const std::string once = compress(member);
        std::string bomb = compress(lines(0, 3));
        for (int i = 0; i < 8; ++i)
            bomb += once;
        const ArticleSet set = read(bomb);
        CHECK(set.articles.size() == 3);
        REQUIRE(!set.bad_lines.empty());
        CHECK_THAT(set.bad_lines.back().reason, ContainsSubstring("expands to more than"));
    }
}
