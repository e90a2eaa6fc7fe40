// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sanitizer.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>

#include <cstddef>
#include <istream>
#include <limits>
#include <sstream>
#include <streambuf>
#include <string>
#include <sys/resource.h>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::ArticleSet;
using fabula::BadLine;
using fabula::Errc;
using fabula::ReadOptions;

namespace {

constexpr std::size_t mib = std::size_t{1} << 20U;
constexpr const char* sound = "{\"id\":\"sound\",\"text\":\"x\"}\n";

ArticleSet read(const std::string& lines, std::size_t max_text_bytes, bool skip_bad_lines = true) {
    std::istringstream in{lines};
    ReadOptions options;
    options.max_text_bytes = max_text_bytes;
    options.skip_bad_lines = skip_bad_lines;
    options.gold_stories = true;
    return fabula::read_json_lines(in, "news.jsonl", options);
}

std::string line_with(const std::string& field, std::size_t bytes) {
    return "{\"" + field + "\":\"" + std::string(bytes, 'a') + "\"" +
           (field == "text" ? "" : ",\"text\":\"x\"") + "}\n";
}

/// What was said of the first line, which the second shall not suffer from; empty where nothing.
std::string complaint(const std::string& line, std::size_t max_text_bytes) {
    const ArticleSet set = read(line + sound, max_text_bytes);
    REQUIRE_FALSE(set.articles.empty());
    CHECK(set.articles.back().id == "sound");
    CHECK(set.articles.size() + set.bad_lines.size() == 2);
    return set.bad_lines.empty() ? std::string{} : to_string(set.bad_lines[0]);
}

} // namespace

TEST_CASE("A text of more bytes than may be is a bad line, with its place and size", "[io]") {
    CHECK(complaint(line_with("text", 1000), 1000).empty());
    CHECK_THAT(complaint(line_with("text", 1001), 1000),
               ContainsSubstring("news.jsonl:1:9: the text has 1001 bytes, more than the 1000 of "
                                 "max-text-bytes; cut it, or raise that"));
    CHECK(complaint(line_with("text", 1001), 0).empty());
    // What counts is the text, not how it is written.
    CHECK(complaint("{\"text\":\"\\u0041\\u0042\\u0043\"}\n", 3).empty());
    CHECK_THAT(complaint("{\"text\":\"äb\"}\n", 2), ContainsSubstring("has 3 bytes"));

    const std::size_t usual = ReadOptions{}.max_text_bytes;
    CHECK(usual == 16 * mib);
    CHECK(complaint(line_with("text", usual), usual).empty());
    CHECK_THAT(complaint(line_with("text", usual + 1), usual), ContainsSubstring("16777217"));
    try {
        static_cast<void>(read(line_with("text", 11), 10, false));
        FAIL("no error");
    } catch (const fabula::Error& error) {
        CHECK(error.code() == Errc::bad_input);
        CHECK_THAT(error.what(), ContainsSubstring("news.jsonl:1:9: "));
    }
}

TEST_CASE("A field that is no text has a limit of its own", "[io]") {
    constexpr std::size_t most = 65'536;
    for (const std::string field : {"id", "title", "source", "language", "story"}) {
        INFO(field);
        CHECK(complaint(line_with(field, most), 10).empty());
        CHECK_THAT(complaint(line_with(field, most + 1), 10),
                   ContainsSubstring("news.jsonl:1:") &&
                       ContainsSubstring("the field \"" + field + "\" has 65537 bytes; cut it"));
        CHECK(complaint(line_with(field, most + 1), 0).empty());
    }
    CHECK(complaint(line_with("unknown", 2 * most), 10).empty());
}

TEST_CASE("A line of more bytes than may be is a bad one, and its end is found", "[io]") {
    constexpr std::size_t most = 8 * 1000 + mib;
    const std::size_t around = line_with("unknown", 0).size() - 1;
    CHECK(complaint(line_with("unknown", most - around), 1000).empty());
    CHECK_THAT(complaint(line_with("unknown", most - around + 1), 1000),
               ContainsSubstring("news.jsonl:1: this line has 1056577 bytes, more than 1056576 "));
    CHECK(complaint(line_with("unknown", most - around + 1), 0).empty());
    CHECK(
        complaint(line_with("unknown", 2 * most), std::numeric_limits<std::size_t>::max()).empty());
}

TEST_CASE("Lines of any length are read as they are", "[io]") {
    // Around the lengths of the blocks in which lines are read.
    for (const std::size_t block : {65'536, 131'072})
        for (std::size_t bytes = block - 16; bytes < block + 4; ++bytes)
            for (const char* end : {"", "\n", "\r\n"}) {
                std::string line = line_with("text", bytes - line_with("text", 0).size() + 1);
                line.pop_back();
                REQUIRE(line.size() == bytes);
                const ArticleSet set = read(sound + line + end, 0);
                REQUIRE(set.articles.size() == 2);
                CHECK(set.bad_lines.empty());
                CHECK(line.find(set.articles[1].text) == 9);
                CHECK(set.articles[1].text.size() + 11 == bytes);
            }
}

TEST_CASE("No more of a line than may be is ever in memory", "[io]") {
    /// 256 MiB without a line break.
    class Endless final : public std::streambuf {
        int_type underflow() override {
            if (blocks_ == 0)
                return traits_type::eof();
            --blocks_;
            setg(block_.data(), block_.data(), block_.data() + block_.size());
            return traits_type::to_int_type(block_[0]);
        }
        std::string block_ = std::string(mib, 'x');
        int blocks_{256};
    };
    const auto most_resident = [] {
        rusage usage{};
        REQUIRE(::getrusage(RUSAGE_SELF, &usage) == 0);
        return static_cast<std::size_t>(usage.ru_maxrss) << 10U;
    };
    const std::size_t before = most_resident();
    Endless endless;
    std::istream in{&endless};
    ReadOptions options;
    options.skip_bad_lines = true;
    options.max_text_bytes = mib;
    const ArticleSet set = fabula::read_json_lines(in, "endless", options);
    REQUIRE(set.bad_lines.size() == 1);
    CHECK_THAT(set.bad_lines[0].reason, ContainsSubstring("this line has 268435456 bytes"));
    if (!fabula::test::sanitized) // a sanitizer takes memory of its own
        CHECK(most_resident() < before + 64 * mib);
}

TEST_CASE("Lines behind one that is too long are found again in their file", "[io]") {
    const fabula::test::TempFolder folder;
    const std::vector<std::string> inputs{
        folder.write("news.jsonl", line_with("unknown", 2 * mib) + sound).string()};
    ReadOptions options;
    options.skip_bad_lines = true;
    options.leave_texts = true;
    options.max_text_bytes = 10;
    const ArticleSet set = fabula::read_articles(inputs, options);
    REQUIRE(set.articles.size() == 1);
    std::string text;
    set.texts->read(0, text);
    CHECK(text == "x");
}

TEST_CASE("A text file of more bytes than may be is a bad one", "[io]") {
    const fabula::test::TempFolder folder;
    folder.write("a.txt", "0123456789");
    const auto file = folder.write("b.txt", "01234567890");
    ReadOptions options;
    options.max_text_bytes = 10;
    try {
        static_cast<void>(fabula::read_text_folder(folder.path(), options));
        FAIL("no error");
    } catch (const fabula::Error& error) {
        CHECK(error.code() == Errc::bad_input);
        CHECK_THAT(error.what(), ContainsSubstring(file.string() + ": has 11 bytes, more than"));
    }
    options.skip_bad_lines = true;
    const ArticleSet set = fabula::read_text_folder(folder.path(), options);
    REQUIRE(set.articles.size() == 1);
    CHECK(set.articles[0].id == "a");
    REQUIRE(set.bad_lines.size() == 1);
    CHECK(set.bad_lines[0].file == file.string());
    options.max_text_bytes = 0;
    CHECK(fabula::read_text_folder(folder.path(), options).articles.size() == 2);
}
