// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/story.hpp>

#include <array>
#include <filesystem>
#include <sstream>
#include <string>

using namespace fabula;
using Catch::Matchers::ContainsSubstring;

namespace {

ArticleSet read(const std::string& input, bool leave_texts) {
    const std::array<std::string, 1> inputs{input};
    ReadOptions options;
    options.leave_texts = leave_texts;
    options.skip_bad_lines = true;
    return read_articles(inputs, options);
}

std::string text_of(const ArticleSet& set, std::size_t i) {
    std::string text = "what was there before";
    set.texts->read(i, text);
    return text;
}

/// The stories as the program writes them.
std::string written(const StoryClusters& clusters, std::span<const Article> articles) {
    std::ostringstream out;
    write_json_lines(out, clusters, articles);
    return out.str();
}

} // namespace

TEST_CASE("texts that are left in their file keep no room in memory", "[io]") {
    const test::TempFolder folder;
    const std::string long_text(5000, 'a');
    const std::string file =
        folder.write("long.jsonl", "{\"id\":1,\"text\":\"" + long_text + "\"}\n").string();
    const ArticleSet left = read(file, true);
    REQUIRE(left.articles.size() == 1);
    CHECK(left.articles[0].text.capacity() == std::string().capacity());
    CHECK(text_of(left, 0) == long_text);
}

TEST_CASE("texts that are left in their file are the texts that would have been read", "[io]") {
    const test::TempFolder folder;
    const std::string file =
        folder
            .write("odd.jsonl", "\xEF\xBB\xBF{\"id\":1,\"text\":\"first\"}\r\n"
                                "\n"
                                "{\"id\":2,\"text\":\"\"}\n"
                                "{\"id\":3,\"text\":12}\n"
                                "\xEF\xBB\xBF{\"text\":\"broken \xC3 and \\ud83d\",\"id\":4}\n"
                                "{\"id\":5,\"title\":\"T\",\"text\":\"no line break at the end\"}")
            .string();
    const ArticleSet held = read(file, false);
    const ArticleSet left = read(file, true);
    REQUIRE(held.articles.size() == 4);
    REQUIRE(left.articles.size() == 4);
    CHECK(held.texts == nullptr);
    REQUIRE(left.texts != nullptr);
    CHECK(left.bad_lines.size() == 1);
    for (std::size_t i = held.articles.size(); i-- > 0;) {
        CHECK(left.articles[i].id == held.articles[i].id);
        CHECK(left.articles[i].title == held.articles[i].title);
        CHECK(left.articles[i].text.empty());
        CHECK(text_of(left, i) == held.articles[i].text);
    }
}

TEST_CASE("texts of text files are held, and handed out in the same way", "[io]") {
    const test::TempFolder folder;
    folder.write("a.txt", "A title\n\nA body.\n");
    folder.write("b.txt", "Alone");
    const ArticleSet held = read(folder.path().string(), false);
    const ArticleSet left = read(folder.path().string(), true);
    REQUIRE(left.texts != nullptr);
    for (std::size_t i = 0; i < held.articles.size(); ++i)
        CHECK(text_of(left, i) == held.articles[i].text);
}

TEST_CASE("texts of a file that has changed are refused", "[io]") {
    const test::TempFolder folder;
    const auto file = folder.write("news.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    const ArticleSet set = read(file.string(), true);
    std::string text;
    SECTION("shorter") {
        std::filesystem::resize_file(file, 20);
        CHECK_THROWS_WITH(set.texts->read(1, text), ContainsSubstring("news.jsonl") &&
                                                        ContainsSubstring("byte 15") &&
                                                        ContainsSubstring("shorter"));
        set.texts->read(0, text);
        CHECK(text == "one");
    }
    SECTION("no JSON any more") {
        folder.write("news.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two!}\n");
        CHECK_THROWS_AS(set.texts->read(1, text), Error);
    }
}

TEST_CASE("stories are the same whether texts are held or left", "[io][story]") {
    const std::string file = (test::source_dir() / "examples/data/articles.jsonl").string();
    const StoryClusterer clusterer{test::default_model()};
    const ArticleSet held = read(file, false);
    const ArticleSet left = read(file, true);
    CHECK(written(clusterer.cluster(left.articles, *left.texts), left.articles) ==
          written(clusterer.cluster(held.articles), held.articles));
}
