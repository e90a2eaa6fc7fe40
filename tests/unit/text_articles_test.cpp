// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "text/articles.hpp"

#include <string>
#include <vector>

using namespace fabula;

TEST_CASE("articles: where texts are fetched, all else is as it was given") {
    class Texts : public ArticleTexts {
        void read(std::size_t, std::string& text) const override { text = "fetched"; }
    };
    using namespace std::chrono_literals;
    const std::vector<Article> given{{.id = "a",
                                      .title = "T",
                                      .text = {},
                                      .language = "en",
                                      .source = "S",
                                      .published = std::chrono::sys_seconds{5s}}};
    const Texts texts;
    Article buffer;
    const Article& read = detail::Articles(given, &texts).read(0, buffer);
    CHECK(read.id == "a");
    CHECK(read.title == "T");
    CHECK(read.text == "fetched");
    CHECK(read.language == "en");
    CHECK(read.source == "S");
    CHECK(read.published == given[0].published);
}
