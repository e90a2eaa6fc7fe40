// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "support/compress.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/sanitizer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using fabula::test::run;
using fabula::test::RunResult;
using fabula::test::TempFolder;
using namespace std::string_literals;

namespace {

constexpr std::size_t mib = std::size_t{1} << 20U;

const std::string good = "{\"id\":\"good\",\"text\":\"The ferry has left the harbour.\"}\n";
const std::string rss_item =
    "<item><guid>good</guid><title>The ferry has left the harbour</title></item>";

std::string times(std::size_t count, const std::string& piece) {
    std::string all;
    all.reserve(count * piece.size());
    for (std::size_t i = 0; i < count; ++i)
        all += piece;
    return all;
}

/// A file that is meant to do harm, and what is said about it.
struct Hostile {
    std::string file;
    std::function<std::string()> bytes;
    std::string said;
    bool has_good{}; ///< an article before the damage
};

/// A gigabyte of blanks behind one article, in members of 64 MiB.
std::string bomb(const std::function<std::string(std::string_view)>& compress) {
    const std::string member = compress(std::string(64 * mib, ' '));
    return compress(good) + times(16, member);
}

std::string rss(const std::string& prolog, const std::string& rest = {}) {
    return prolog + "<rss><channel>" + rss_item + rest + "</channel></rss>";
}

std::string laughs() {
    std::string dtd = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"lol\">";
    for (int i = 1; i < 10; ++i) {
        const std::string before = "&l" + std::to_string(i - 1) + ";";
        dtd += "<!ENTITY l" + std::to_string(i) + " \"" + times(10, before) + "\">";
    }
    return rss(dtd + "]>", "<item><title>&l9;</title></item>");
}

/// Of the processor, so that it does not matter what else it does.
std::chrono::microseconds time_of_children() {
    rusage usage{};
    REQUIRE(::getrusage(RUSAGE_CHILDREN, &usage) == 0);
    return std::chrono::seconds{usage.ru_utime.tv_sec + usage.ru_stime.tv_sec} +
           std::chrono::microseconds{usage.ru_utime.tv_usec + usage.ru_stime.tv_usec};
}

const std::vector<Hostile>& all_hostile() {
    static const std::vector<Hostile> all{
        {"laughs.xml", laughs, "declares entities"},
        {"outside.xml",
         [] {
             return rss("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                        "<item><title>&x;</title></item>");
         },
         "declares entities"},
        {"hidden.xml",
         [] { return rss("<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE rss"); },
         "encoding \"utf-7\""},
        {"bomb.gz", [] { return bomb(fabula::test::gzip); }, "expands to more than", true},
        {"bomb.zst", [] { return bomb(fabula::test::zstd); }, "expands to more than", true},
        {"bomb.xz", [] { return bomb(fabula::test::xz); }, "expands to more than", true},
        {"bomb.bz2", [] { return bomb(fabula::test::bzip2); }, "expands to more than", true},
        {"twice.gz",
         [] { return fabula::test::gzip(fabula::test::gzip(std::string(16 * mib, ' '))); },
         "compressed by gzip"},
        {"cut.gz",
         [] {
             const std::string second = fabula::test::gzip(times(1000, "{\"text\":\"x\"}\n"));
             return fabula::test::gzip(good) + second.substr(0, second.size() / 2);
         },
         "ends in the middle", true},
        {"lists.json", [] { return "[" + good + "," + times(mib, "["); }, "ends in the middle",
         true},
        {"lists.jsonl", [] { return good + times(mib, "[") + times(mib, "]"); },
         "one article a line", true},
        {"objects.jsonl", [] { return good + times(mib, "{\"a\":"); }, "not valid JSON", true},
        {"endless.jsonl", [] { return good + std::string(300 * mib, 'x'); },
         "this line has 314572800", true},
        {"string.json", [] { return "[" + good + ",{\"text\":\"" + std::string(200 * mib, 'x'); },
         "this object has 209", true},
        {"keys.jsonl", [] { return good + "{" + times(mib, "\"text\":\"\",") + "\"text\":7}\n"; },
         "must be a string", true},
        {"quote.csv",
         [] { return "id,text\ngood,The ferry has left.\nx,\"" + std::string(200 * mib, 'x'); },
         "this row has 209", true},
        {"columns.csv",
         [] { return "id,text\ngood,The ferry has left.\n" + times(mib, ",") + "\n"; },
         "cells, but there are 2 columns", true},
        {"picture.jsonl", [] { return "\x89PNG\r\n\x1A\n"s + std::string(mib, '\0'); },
         "this is a picture"},
        {"paper.txt", [] { return "%PDF-1.7\n" + times(1000, "stream\xFF\n"); }, "this is a PDF"},
        {"zeros.jsonl", [] { return good + std::string(16 * mib, '\0'); }, "not valid JSON", true},
        {"wide.csv", [] { return "\xFF\xFE\0\0i\0\0\0d\0\0\0"s; }, "this is UTF-32"},
        {"halves.csv", [] { return "\xFF\xFE" + times(16 * mib, "\xD8"); }, "has no column"},
        {"backslashes.tsv",
         [] { return "id\ttext\ngood\tThe ferry has left.\nx\t" + times(64 * mib, "\\"); },
         "more than the 16777216 of max-text-bytes", true},
        {"keyed.json",
         [] {
             return "{\"good\":{\"title\":\"The ferry has left.\"}," +
                    times(mib, "\"a\":{\"title\":\"x\"},") + "\"b\":{}}";
         },
         "already used", true},
        {"deep.xml", [] { return rss("", times(mib, "<a>")); }, "nested more than 250 deep", true},
        {"attributes.xml",
         [] {
             std::string tag = "<item";
             for (int i = 0; i < 200'000; ++i)
                 tag += " a" + std::to_string(i) + "=''";
             return rss("", tag + "/>");
         },
         "a tag is longer than 64 KiB", true},
        {"namespaces.xml",
         [] {
             std::string tags;
             for (int i = 0; i < 1000; ++i)
                 tags += "<a xmlns:n" + std::to_string(i) + "='u" + std::to_string(i) + "'>";
             return rss("", tags);
         },
         "deep", true},
        {"comment.xml", [] { return rss("", "<!--" + std::string(64 * mib, '-')); },
         "not valid XML", true},
        {"cut.xml", [] { return rss("").substr(0, 95); }, "not valid XML", true},
        {"divs.html", [] { return "<article>" + times(mib, "<div><b") + times(mib, "</i>"); }, "",
         false},
        {"page.html", [] { return "<html>" + times(mib, "<!--<p "); }, "trafilatura"},
    };
    return all;
}

} // namespace

TEST_CASE("Hostile files cost a sentence, and no more memory or time than others", "[cli]") {
    REQUIRE(all_hostile().size() >= 20);
    for (const Hostile& hostile : all_hostile()) {
        const TempFolder folder;
        const std::string file = folder.write(hostile.file, hostile.bytes()).string();
        INFO(hostile.file);
        const std::chrono::microseconds before = time_of_children();
        const RunResult refused = run({"identify", file});
        const RunResult skipped = run({"identify", file, "--skip-bad-lines"});
        const std::chrono::microseconds took = time_of_children() - before;
        INFO(refused.err << skipped.err);
        CHECK((refused.status == 1 || hostile.said.empty()));
        CHECK((skipped.status == 0 || skipped.status == 1));
        CHECK_THAT(refused.err, ContainsSubstring(hostile.said));
        CHECK(refused.err.size() < 3000);
        CHECK(skipped.err.size() < 3000);
        CHECK(refused.err.find("root:") == std::string::npos);
        if (hostile.has_good) {
            CHECK(skipped.status == 0);
            CHECK_THAT(skipped.out, ContainsSubstring("\"good\""));
            CHECK_THAT(skipped.err, ContainsSubstring("skipped in all"));
        }
        if (!fabula::test::sanitized)
            CHECK(took < std::chrono::seconds{20});
        rusage usage{};
        REQUIRE(::getrusage(RUSAGE_CHILDREN, &usage) == 0);
        if (!fabula::test::sanitized) // which takes memory of its own
            CHECK(static_cast<std::size_t>(usage.ru_maxrss) << 10U <= 256 * mib);
    }
}
