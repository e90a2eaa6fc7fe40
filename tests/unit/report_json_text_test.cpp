// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"
#include "report/page_source.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;
using Catch::Matchers::ContainsSubstring;
using fabula::detail::append_html;
using fabula::detail::append_json;
using fabula::detail::cut;
using fabula::detail::Utf16Places;

namespace {

std::string json(std::string_view text) {
    std::string out;
    append_json(out, text);
    return out;
}

std::string html(std::string_view text) {
    std::string out;
    append_html(out, text);
    return out;
}

std::string rounded(double value) {
    std::string out;
    fabula::detail::append_json_rounded(out, value);
    return out;
}

} // namespace

TEST_CASE("report: a text comes back from its JSON as it was") {
    const std::vector<std::string> texts{
        "",
        "plain",
        "</script><script>alert(1)</script>",
        "<!-- <script> --> ]]>",
        "quotes \" and \\ backslashes, \t tabs\r\nand lines",
        "NUL \0 and \x1B[31m escapes\x7F"s,
        "line \u2028 and paragraph \u2029 separators",
        "\u202Eevil\u202C \u2066isolates\u2069 \u200F marks \u061C \uFEFF",
        "a family: \U0001F468\u200D\U0001F469\u200D\U0001F467, Persian می\u200Cخواهم",
        std::string(1U << 20U, 'x') + "<",
    };
    for (const std::string& text : texts) {
        const std::string written = json(text);
        CHECK(nlohmann::json::parse(written).get<std::string>() == text);
        // Nothing that a parser of HTML, or the eye of who reads the source, could be misled by.
        for (const std::string_view bad :
             {"<", ">", "&", "\u2028", "\u2029", "\u202E", "\u2066", "\n"})
            CHECK(written.find(bad) == std::string::npos);
    }
}

TEST_CASE("report: broken UTF-8 is repaired in JSON and in HTML") {
    CHECK(json("a\xFF\xC3") == "\"a\uFFFD\uFFFD\"");
    CHECK(html("a\xFF<b>\xE2\x82") == "a\uFFFD&lt;b&gt;\uFFFD");
    CHECK(html("\"it's\" & \u202Eso") == "&quot;it&#39;s&quot; &amp;  so");
}

TEST_CASE("report: figures have four decimals at most") {
    CHECK(rounded(0) == "0");
    CHECK(rounded(1) == "1");
    CHECK(rounded(0.5) == "0.5");
    CHECK(rounded(0.12344) == "0.1234");
    CHECK(rounded(0.99999) == "1");
    CHECK(rounded(-2.0301) == "-2.0301");
    CHECK(rounded(-0.00001) == "0");
}

TEST_CASE("report: places in bytes become places in a JavaScript string") {
    std::string text;
    std::vector<std::size_t> expected; // of each byte where a character begins
    std::size_t units = 0;
    for (int i = 0; i < 400; ++i)
        for (const std::string_view character : {"a", "é", "日", "\U0001F600"}) {
            expected.resize(text.size() + 1, 0);
            expected[text.size()] = units;
            text += character;
            units += character.size() == 4 ? 2 : 1;
        }
    const Utf16Places places(text);
    for (std::size_t i = 0; i < text.size(); i += 10) // each begins a new round of four
        CHECK(places(i) == expected[i]);
    CHECK(places(text.size()) == units);
    CHECK(places(text.size() + 5) == units);
    CHECK(Utf16Places("\xFF\xFFx")(2) == 2); // each broken byte is one U+FFFD
}

TEST_CASE("report: a text is cut between characters") {
    CHECK(cut("日本語", 2).text == "日本");
    CHECK_FALSE(cut("日本語", 2).is_whole);
    CHECK(cut("日本語", 3).is_whole);
    CHECK(cut("", 0).is_whole);
}

TEST_CASE("report: the policy names script and style by their hashes") {
    // Of no bytes: `printf '' | openssl dgst -sha256 -binary | base64`.
    CHECK(fabula::detail::policy_source(
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") ==
          "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    const fabula::detail::PageFrame frame =
        fabula::detail::page_frame("</title><script>{{data}}{{script}}");
    CHECK_THAT(frame.head, ContainsSubstring("default-src 'none'; script-src 'sha256-"));
    CHECK_THAT(frame.head, ContainsSubstring(
                               fabula::detail::policy_source(fabula::detail::page_script_sha256)));
    CHECK_THAT(frame.head,
               ContainsSubstring("<title>&lt;/title&gt;&lt;script&gt;{{data}}{{script}}</title>"));
    CHECK_THAT(frame.tail, ContainsSubstring("<script>" + std::string(fabula::detail::page_script) +
                                             "</script>"));
    for (const std::string_view part : {fabula::detail::page_script, fabula::detail::page_style})
        for (const std::string_view asking :
             {"http://", "https://", "url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket",
              "innerHTML", "eval("}) {
            // The name of SVG is an address that nobody asks.
            std::string text(part);
            const std::string svg = "http://www.w3.org/2000/svg";
            for (std::size_t at = text.find(svg); at != std::string::npos; at = text.find(svg))
                text.erase(at, svg.size());
            INFO(asking);
            CHECK(text.find(asking) == std::string::npos);
        }
}
