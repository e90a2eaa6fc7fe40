// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sanitizer.hpp"

#include <fabula/error.hpp>
#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/story.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace fs = std::filesystem;
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
    SECTION("shorter") {
        fs::resize_file(file, 20);
    }
    SECTION("longer, and the same so far") {
        std::ofstream{file, std::ios::app} << "{\"text\":\"three\"}\n";
    }
    SECTION("changed in place, at another time") {
        const auto before = fs::last_write_time(file);
        folder.write("news.jsonl", "{\"text\":\"eno\"}\n{\"text\":\"owt\"}\n");
        fs::last_write_time(file, before + std::chrono::seconds(1));
    }
    SECTION("another one of the same size and time") {
        const auto other = folder.write("other", "{\"text\":\"eno\"}\n{\"text\":\"owt\"}\n");
        fs::last_write_time(other, fs::last_write_time(file));
        fs::rename(other, file);
    }
    for (const std::size_t i : {0, 1})
        try {
            std::string text;
            set.texts->read(i, text);
            FAIL("no error");
        } catch (const Error& error) {
            CHECK(error.code() == Errc::unreadable);
            CHECK_THAT(error.what(), ContainsSubstring(file.string()));
            CHECK_THAT(error.what(), ContainsSubstring("has changed"));
        }
}

TEST_CASE("texts of more files than may be open at once", "[io]") {
    constexpr std::size_t count = 300;
    const test::TempFolder folder;
    std::vector<std::string> files;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        files.push_back(folder
                            .write(number + ".jsonl", "{\"id\":" + number + ",\"text\":\"t" +
                                                          number + "\"}\n{\"id\":\"b" + number +
                                                          "\",\"text\":\"\"}\n")
                            .string());
    }
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const rlimit little{64, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &little) == 0);
    std::atomic<std::size_t> right{0};
    std::string failure;
    try {
        ReadOptions options;
        options.leave_texts = true;
        const ArticleSet set = read_articles(files, options);
        // Several threads, one file after the other and now and then one further on.
        detail::for_each_task(4 * count, 4, [&](std::size_t task) {
            const std::size_t file = task % 3 == 0 ? task * 7 % count : task / 4;
            right += text_of(set, 2 * file) == "t" + std::to_string(file);
        });
    } catch (const Error& error) {
        failure = error.what();
    }
    CHECK(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(failure.empty());
    CHECK(right == 4 * count);
}

#ifdef __GLIBC__
TEST_CASE("the room that a long text took is given back", "[io]") {
    if (test::sanitized)
        SKIP("a sanitizer allocates by itself");
    constexpr std::size_t mib = std::size_t{1} << 20U;
    const test::TempFolder folder;
    const std::string long_text(16 * mib, 'a');
    const std::string file = folder
                                 .write("long.jsonl", "{\"id\":1,\"text\":\"" + long_text +
                                                          "\"}\n{\"id\":2,\"text\":\"short\"}\n")
                                 .string();
    const ArticleSet set = read(file, true);
    REQUIRE(set.articles.size() == 2);
    const auto in_use = [] {
        const struct mallinfo2 info = ::mallinfo2();
        return info.uordblks + info.hblkhd;
    };
    const std::size_t before = in_use();
    for (const std::size_t i : {0, 1}) {
        CHECK(text_of(set, i).size() == (i == 0 ? long_text.size() : 5));
        CHECK(in_use() < before + 4 * mib);
    }
    std::string text; // the caller's own, whose room comes back for another text
    for (const std::size_t i : {0, 1})
        set.texts->read(i, text);
    CHECK(text == "short");
    text = {};
    CHECK(in_use() < before + 4 * mib);
}
#endif

TEST_CASE("stories are the same whether texts are held or left", "[io][story]") {
    const std::string file = (test::source_dir() / "examples/data/articles.jsonl").string();
    const StoryClusterer clusterer{test::default_model()};
    const ArticleSet held = read(file, false);
    const ArticleSet left = read(file, true);
    CHECK(written(clusterer.cluster(left.articles, *left.texts), left.articles) ==
          written(clusterer.cluster(held.articles), held.articles));
}
