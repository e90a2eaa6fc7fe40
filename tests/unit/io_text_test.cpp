// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::Errc;
using fabula::test::TempFolder;
using namespace std::string_literals;

namespace {

fabula::Article article_of(const std::string& bytes) {
    const TempFolder folder;
    return fabula::read_text_file(folder.write("a.txt", bytes));
}

void check_error(const std::function<void()>& call, Errc code, const std::string& part) {
    try {
        call();
    } catch (const fabula::Error& error) {
        CHECK(error.code() == code);
        CHECK_THAT(error.what(), ContainsSubstring(part));
        return;
    }
    FAIL("no error, but there should be one about " << part);
}

std::vector<std::string> ids(const fabula::ArticleSet& set) {
    std::vector<std::string> result;
    for (const fabula::Article& article : set.articles)
        result.push_back(article.id);
    return result;
}

} // namespace

TEST_CASE("The first line of a text file is the title", "[io]") {
    const fabula::Article article =
        article_of("\xEF\xBB\xBF\r\n  Title \r\n\r\nFirst.\r\n\r\nSecond.\n");
    CHECK(article.id == "a");
    CHECK(article.title == "Title");
    CHECK(article.text == "First.\r\n\r\nSecond.");
    CHECK_FALSE(article.published);
}

TEST_CASE("A text file of one line is all text", "[io]") {
    CHECK(article_of("Only line\n").text == "Only line");
    CHECK(article_of("Only line").title.empty());
}

TEST_CASE("Text files may hold any bytes", "[io]") {
    CHECK(article_of("").text.empty());
    CHECK(article_of(" \n\t\n").text.empty());
    CHECK(article_of("T\na\0b"s).text == "a\0b"s);
    const TempFolder folder;
    std::size_t replaced = 0;
    const auto article = fabula::read_text_file(folder.write("b.txt", "T\xFF\nx\xC3"), &replaced);
    CHECK(article.title == "T\xEF\xBF\xBD");
    CHECK(article.text == "x\xEF\xBF\xBD");
    CHECK(replaced == 2);
}

TEST_CASE("A folder gives its text files in the order of their names", "[io]") {
    const TempFolder folder;
    folder.write("b.txt", "B\nb");
    folder.write("a.txt", "A\na\xFF");
    folder.write("10.txt", "X\nx");
    folder.write(".hidden.txt", "no");
    folder.write("notes.md", "no");
    folder.write("c.txt.bak", "no");
    fs::create_directory(folder.path() / "d.txt");
    const fabula::ArticleSet set = fabula::read_text_folder(folder.path());
    CHECK(ids(set) == std::vector<std::string>{"10", "a", "b"});
    CHECK(set.repaired == 1);
}

TEST_CASE("Files and folders that cannot be read are named", "[io]") {
    const TempFolder folder;
    const std::string missing = (folder.path() / "missing").string();
    const std::string file = folder.write("a.txt", "x").string();
    check_error([&] { static_cast<void>(fabula::read_text_file(missing)); }, Errc::file_not_found,
                missing);
    check_error([&] { static_cast<void>(fabula::read_text_folder(missing)); }, Errc::file_not_found,
                missing);
    check_error([&] { static_cast<void>(fabula::read_text_file(folder.path())); }, Errc::unreadable,
                "is a folder");
    check_error([&] { static_cast<void>(fabula::read_text_folder(file)); }, Errc::unreadable,
                "is not a folder");
    const std::vector<std::string> inputs{missing};
    check_error([&] { static_cast<void>(fabula::read_articles(inputs)); }, Errc::file_not_found,
                missing);
}

TEST_CASE("What may not be read is an error, or skipped", "[io]") {
    if (::geteuid() == 0)
        SKIP("root may read everything");
    const TempFolder folder;
    folder.write("a.txt", "A\na");
    const fs::path locked = folder.write("b.txt", "B\nb");
    fs::permissions(locked, fs::perms::none);
    check_error([&] { static_cast<void>(fabula::read_text_folder(folder.path())); },
                Errc::unreadable, "b.txt: cannot be opened");
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    const fabula::ArticleSet set = fabula::read_text_folder(folder.path(), options);
    CHECK(ids(set) == std::vector<std::string>{"a"});
    REQUIRE(set.bad_lines.size() == 1);
    CHECK(set.bad_lines[0].file == locked.string());
    CHECK_THAT(set.bad_lines[0].reason, !ContainsSubstring("b.txt"));

    fs::permissions(folder.path(), fs::perms::none);
    check_error([&] { static_cast<void>(fabula::read_text_folder(folder.path())); },
                Errc::unreadable, "the folder cannot be read");
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("A link that leads nowhere is named, or skipped", "[io]") {
    const TempFolder folder;
    folder.write("a.txt", "A\na");
    fs::create_symlink("nowhere", folder.path() / "b.txt");
    check_error([&] { static_cast<void>(fabula::read_text_folder(folder.path())); },
                Errc::file_not_found, "b.txt: there is no such file");
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    const fabula::ArticleSet set = fabula::read_text_folder(folder.path(), options);
    CHECK(set.articles.size() == 1);
    REQUIRE(set.bad_lines.size() == 1);
    CHECK(set.bad_lines[0].reason == "there is no such file");
}

TEST_CASE("Inputs of all kinds are read together", "[io]") {
    const TempFolder folder;
    fs::create_directory(folder.path() / "texts");
    const std::string text = folder.write("texts/t1.txt", "T\nx").string();
    const std::string lines =
        folder.write("l.jsonl", "{\"text\":\"x\"}\n{\"id\":\"l2\",\"text\":\"x\"}\n").string();
    const std::string more = folder.write("m.jsonl", "{\"text\":\"x\"}\n").string();
    const std::string single = folder.write("single.txt", "only").string();
    const std::vector<std::string> inputs{lines, (folder.path() / "texts").string(), single, more};
    CHECK(ids(fabula::read_articles(inputs)) ==
          std::vector<std::string>{lines + ":line-1", "l2", "t1", "single", more + ":line-1"});
    const std::vector<std::string> one{lines};
    CHECK(ids(fabula::read_articles(one)) == std::vector<std::string>{"line-1", "l2"});
    CHECK(fabula::read_articles({}).articles.empty());
}

TEST_CASE("Ids are unique over all inputs", "[io]") {
    const TempFolder folder;
    const std::string lines = folder.write("l.jsonl", "\n{\"id\":\"t\",\"text\":\"x\"}\n").string();
    const std::string text = folder.write("t.txt", "T\nx").string();
    const std::vector<std::string> inputs{lines, text};
    check_error([&] { static_cast<void>(fabula::read_articles(inputs)); }, Errc::duplicate_id,
                lines + ":2");
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    const fabula::ArticleSet set = fabula::read_articles(inputs, options);
    CHECK(set.articles.size() == 1);
    REQUIRE(set.bad_lines.size() == 1);
    CHECK(set.bad_lines[0].file == text);
    CHECK(set.bad_lines[0].line == 0);
}
