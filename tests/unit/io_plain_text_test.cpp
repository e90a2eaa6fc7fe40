// SPDX-License-Identifier: Apache-2.0
#include "io/pages/plain_text.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/io.hpp>

#include <filesystem>
#include <string>

using fabula::Article;
using fabula::detail::FieldNames;
using fabula::detail::markdown_record;

namespace {

Article text(const std::string& content) {
    return fabula::detail::text_record(content).article;
}

std::string time_of(const Article& article) {
    return article.published ? fabula::format_time(*article.published) : std::string{};
}

} // namespace

TEST_CASE("A stamp at the beginning of a text is its date, and not its title", "[io]") {
    for (const auto& [stamp, time] : {std::pair{"date 2022-03 ", "2022-03-01T00:00:00Z"},
                                      {"Date: 2022-03-04 07:40 UTC\n", "2022-03-04T07:40:00Z"},
                                      {"Published: 4 March 2022\n\n", "2022-03-04T00:00:00Z"},
                                      {"2022-03-04\n", "2022-03-04T00:00:00Z"},
                                      {"  04.03.2022 07:40  \n", "2022-03-04T07:40:00Z"},
                                      {"date 2022-03-04 07:40 ", "2022-03-04T07:40:00Z"}}) {
        INFO(stamp);
        const Article article = text(std::string(stamp) + "A title\n\nA text, of news.");
        CHECK(time_of(article) == time);
        CHECK(article.title == "A title");
        CHECK(article.text == "A text, of news.");
    }
    for (const char* title : {"Date palms are in danger", "2026 was a good year", "1984",
                              "Data 2030 plan agreed", "12 killed in storm", "Published at last"}) {
        const Article article = text(std::string(title) + "\n\nA text, of news.");
        CHECK(article.title == title);
        CHECK_FALSE(article.published);
    }
}

TEST_CASE("The name of a section above a headline is no title", "[io]") {
    const std::string headline = "Fire in the harbour of Bergen is out after two days";
    CHECK(text("Incidenti\n\n" + headline + "\n\nThe fire is out.").title == headline);
    CHECK(text("World news\n" + headline + "\nThe fire is out.").title == headline);
    CHECK(text("World news\n" + headline + "\nThe fire is out.").text == "The fire is out.");
    // Nothing follows, or no headline.
    CHECK(text("Earthquake\n\nThe ground shook for a minute in all of the north.").title ==
          "Earthquake");
    CHECK(text("Incidenti\n\n" + headline).title == "Incidenti");
    CHECK(text("Fire is out\n\n" + headline + "\n\nx").title == "Fire is out");
    CHECK(text("Short news\nToday\nx").title == "Short news");
    CHECK(text("日本の月着陸機、月面に着陸\n\n探査機は月の表面に着陸した。\n\n続報").title ==
          "日本の月着陸機、月面に着陸");
}

TEST_CASE("A first line that is a paragraph is no title", "[io]") {
    const std::string paragraph = "The meeting, which took place at the ministry in the capital "
                                  "last week, is one of very few "
                                  "that have taken place since the war began on 24 February.";
    const Article article = text(paragraph + "\n\nMore.");
    CHECK(article.title.empty());
    CHECK(article.text == paragraph + "\n\nMore.");
    CHECK(text("A title that ends so.\n\nMore.").title == "A title that ends so.");
}

TEST_CASE("Markdown's heading is the title, and what is above it says fields", "[io]") {
    const FieldNames names;
    const Article plain = markdown_record("## A title\n\nA *text*.", names).article;
    CHECK(plain.title == "A title");
    CHECK(plain.text == "A *text*.");
    const Article front = markdown_record("---\ntitle: \"A: title\"\ndate: 2026-03-04\nlang: nb\n"
                                          "tags:\n  - x\n---\n\nA text.\n",
                                          names)
                              .article;
    CHECK(front.title == "A: title");
    CHECK(front.text == "A text.");
    CHECK(front.language == "nb");
    CHECK(time_of(front) == "2026-03-04T00:00:00Z");
    const Article untitled =
        markdown_record("---\ndate: 2026-03-04\n---\n# T\n\nA text.\n", names).article;
    CHECK(untitled.title == "T");
    CHECK(untitled.text == "A text.");
    CHECK(markdown_record("---\n\nA text\n\nmore", names).article.title == "---");
}

TEST_CASE("Titles and dates of real articles as they were found are right", "[io]") {
    const std::filesystem::path folder = fabula::test::shared_data_dir() / "seeds";
    if (!std::filesystem::exists(folder / "000.txt"))
        SKIP("no " + folder.string());
    const auto read = [&](const char* name) { return fabula::read_text_file(folder / name); };
    CHECK(read("000.txt").title.empty());
    CHECK(time_of(read("000.txt")) == "2022-03-01T00:00:00Z");
    CHECK(read("000.txt").text.starts_with("Møtet, som fant sted"));
    CHECK(read("001.txt").title == "Russia invades Ukraine: Live updates");
    CHECK(read("002.txt").title == "Exclusive: Behind the scenes of a rare American encounter with "
                                   "a Russian general in Moscow");
    CHECK(read("003.txt").title.starts_with("\"Lo faremo\": i ministri di difesa"));
    CHECK(read("004.txt").title == "США та Росія провели таємні перемовини");
    for (const char* name : {"001.txt", "002.txt", "003.txt", "004.txt"})
        CHECK_FALSE(read(name).published);
}
