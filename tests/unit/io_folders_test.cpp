// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/compress.hpp"
#include "support/files.hpp"

#include <fabula/error.hpp>
#include <fabula/input.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;
using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::ReadNote;
using fabula::test::TempFolder;

namespace {

ArticleSet read(const std::vector<std::string>& inputs, bool leave_texts = false) {
    fabula::ReadOptions options;
    options.skip_bad_lines = true;
    options.leave_texts = leave_texts;
    return fabula::read_articles(inputs, options);
}

std::string ids(const ArticleSet& set) {
    std::string all;
    for (const fabula::Article& article : set.articles)
        all += (all.empty() ? "" : " ") + article.id;
    return all;
}

} // namespace

TEST_CASE("A folder is read with all folders in it, file by file of all kinds", "[io]") {
    const TempFolder folder;
    fs::create_directories(folder.path() / "2026" / "03");
    folder.write("b.txt", "Title of b\n\nx");
    folder.write("2026/03/a.md", "# Title of a\n\nx");
    folder.write("2026/list.jsonl", "{\"id\":\"l1\",\"text\":\"x\"}\n{\"text\":\"x\"}\n");
    folder.write("2026/t.csv", "id,text\nc1,x\n");
    folder.write("2026/feed.XML", "<rss><channel><item><guid>r1</guid><title>T</title></item>"
                                  "</channel></rss>");
    folder.write("2026/page.html", "<article><h1>P</h1><p>x</p></article>");
    folder.write("2026/more.jsonl.gz", fabula::test::gzip("{\"id\":\"z\",\"text\":\"x\"}\n"));
    const ArticleSet set = read({folder.path().string()});
    CHECK(ids(set) == "2026/03/a r1 l1 2026/list.jsonl:line-2 z 2026/page c1 b");
    CHECK(set.bad_line_count == 0);
    CHECK(set.notes.empty());
    CHECK(set.articles.front().title == "Title of a");
    CHECK(ids(read({folder.path().string() + "/"})) == ids(set));
}

TEST_CASE("Nothing of a folder is passed over in silence", "[io]") {
    const TempFolder folder;
    fs::create_directories(folder.path() / ".git");
    fs::create_directories(folder.path() / "empty");
    folder.write(".git/a.txt", "no");
    folder.write(".hidden.txt", "no");
    folder.write("picture.png", "no");
    folder.write("a.txt.bak", "no");
    folder.write("labels.tsv", "a\t1\n");
    folder.write("settings.xml", "<settings/>");
    folder.write("a.txt", "A\n\nx");
    fs::create_directory_symlink(folder.path(), folder.path() / "circle");
    const ArticleSet set = read({folder.path().string()});
    CHECK(ids(set) == "a");
    REQUIRE(set.notes.size() == 1);
    CHECK(set.notes[0].kind == ReadNote::Kind::passed_over);
    CHECK(set.notes[0].count == 7);
    CHECK_THAT(set.notes[0].sentence, ContainsSubstring((folder.path() / ".git").string()));
}

TEST_CASE("Files of one name and several kinds have ids of their own", "[io]") {
    const TempFolder folder;
    folder.write("a.txt", "A\n\nx");
    folder.write("a.html", "<article>x</article>");
    folder.write("b.txt", "B\n\nx");
    CHECK(ids(read({folder.path().string()})) == "a.html a.txt b");
}

TEST_CASE("A file of a folder that cannot be read costs only itself", "[io]") {
    const TempFolder folder;
    fs::create_directories(folder.path() / "locked");
    folder.write("a.txt", "A\n\nx");
    folder.write("b.html", "<html><body><p>no article</p></body></html>");
    folder.write("c.json", "%PDF-1.4");
    folder.write("d.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>");
    fs::create_symlink("nowhere", folder.path() / "e.txt");
    const ArticleSet set = read({folder.path().string()});
    CHECK(ids(set) == "a");
    REQUIRE(set.bad_lines.size() == 4);
    CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("trafilatura"));
    CHECK_THAT(set.bad_lines[1].reason, ContainsSubstring("this is a PDF"));
    CHECK_THAT(set.bad_lines[2].reason, ContainsSubstring("declares entities"));
    CHECK_THAT(set.bad_lines[3].reason, ContainsSubstring("cannot be opened"));
    CHECK_THROWS_AS(fabula::read_articles(std::vector<std::string>{folder.path().string()}),
                    fabula::Error);
    if (::geteuid() == 0)
        return; // root may read everything
    fs::permissions(folder.path() / "locked", fs::perms::none);
    const ArticleSet again = read({folder.path().string()});
    fs::permissions(folder.path() / "locked", fs::perms::owner_all);
    CHECK(again.bad_lines.size() == 5);
}

TEST_CASE("Files may be more than a process may open", "[io]") {
    const TempFolder folder;
    std::vector<std::string> inputs;
    for (int i = 0; i < 1500; ++i)
        inputs.push_back(folder
                             .write(std::to_string(i) + ".jsonl",
                                    "{\"id\":" + std::to_string(i) + ",\"text\":\"x\"}\n")
                             .string());
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit few = before;
    few.rlim_cur = std::min<rlim_t>(before.rlim_cur, 64);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    ArticleSet from_list;
    ArticleSet from_folder;
    std::string text;
    try {
        from_list = read(inputs, true);
        from_folder = read({folder.path().string()}, true);
        for (std::size_t i = 0; i < from_folder.articles.size(); ++i)
            from_folder.texts->read(i, text);
    } catch (const fabula::Error& error) {
        ::setrlimit(RLIMIT_NOFILE, &before);
        FAIL(error.what());
    }
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(from_list.articles.size() == 1500);
    CHECK(from_folder.articles.size() == 1500);
    CHECK(text == "x");
}

TEST_CASE("What a file holds is told by its contents, whatever its name", "[io]") {
    const TempFolder folder;
    const auto read_as = [&](const std::string& name, const std::string& bytes) {
        return read({folder.write(name, bytes).string()});
    };
    CHECK(ids(read_as("a.txt", "{\"id\":\"j\",\"text\":\"x\"}\n")) == "j");
    CHECK(ids(read_as("a.csv", "{\"id\":\"j\",\"text\":\"x\"}\n")) == "j");
    CHECK(ids(read_as("a.json", "id\ttext\nc\tx\n")) == "c");
    CHECK(ids(read_as("a.jsonl", "<?xml version='1.0'?><feed><entry><id>f</id><title>T</title>"
                                 "</entry></feed>")) == "f");
    CHECK(ids(read_as("page.xml", "<!DOCTYPE html><html><article>x</article></html>")) == "page");
    CHECK(ids(read_as("t.txt", "[Reuters] A title\n\nAnd a text, of news.")) == "t");
    CHECK(read_as("t.txt", "Summary, text\n\nThe text, of news.").articles.at(0).title ==
          "Summary, text");
    CHECK(read_as("t.txt", "<b>Bold</b> title\n\nThe text.").articles.at(0).text == "The text.");
}
