// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/keys.hpp"
#include "boilerplate/lines.hpp"
#include "embedding/analyzed_article.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace fabula;

TEST_CASE("learned hashes: found where halving finds them, evenly spread or not") {
    test::Random random(21);
    for (int round = 0; round < 200; ++round) {
        // Few high bits in every third round: most hashes stand far from where they would.
        const unsigned shift = round % 3 == 0 ? 40 : 0;
        std::vector<std::uint64_t> sorted;
        for (std::uint32_t n = random.number(round % 2 == 0 ? 5 : 3000); n > 0; --n)
            sorted.push_back((std::uint64_t{random.number(~0U)} << 32U | random.number(~0U)) >>
                             shift);
        if (round % 5 == 0)
            sorted.insert(sorted.end(), {0, ~std::uint64_t{0}});
        std::sort(sorted.begin(), sorted.end());
        std::vector<std::uint64_t> asked = sorted;
        for (const std::uint64_t hash : sorted)
            asked.insert(asked.end(), {hash - 1, hash + 1});
        asked.insert(asked.end(), {0, 1, ~std::uint64_t{0}, std::uint64_t{1} << 63U});
        for (const std::uint64_t hash : asked)
            REQUIRE(detail::contains(sorted, hash) ==
                    std::binary_search(sorted.begin(), sorted.end(), hash));
    }
}

TEST_CASE("separators: found where a search of the whole finds them") {
    constexpr std::string_view pieces[] = {" ", "-", "–", "|", ":", ".", ")", "(", "a", "。", "»"};
    constexpr std::string_view separators[] = {" - ", " – ", " | ", " :: ", "｜", ". ",
                                               "» ",  "。",  ") ",  " (",   "\" "};
    test::Random random(22);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint32_t n = random.number(14); n > 0; --n)
            text += pieces[random.number(std::size(pieces))];
        for (const std::string_view separator : separators) {
            INFO('"' << text << "\", \"" << separator << '"');
            REQUIRE(detail::find_separator(text, separator) == text.find(separator));
            REQUIRE(detail::rfind_separator(text, separator) == text.rfind(separator));
        }
    }
}

TEST_CASE("analysis: a second one by what the first found has the same words") {
    const std::vector<Article> articles = test::example_articles();
    const auto boilerplate = detail::BoilerplateFilter::learn(articles);
    TextAnalyzer analyzer;
    const auto ranges = [](const AnalyzedText& text) {
        std::vector<std::size_t> out;
        for (const Token& token : text.tokens)
            out.insert(out.end(), {token.range.begin, token.range.end, token.sentence});
        return out;
    };
    std::size_t with_boilerplate = 0;
    for (Article article : articles) {
        article.language.clear();
        article.text += "\n\n(Reuters)";
        INFO(article.id);
        const auto first = detail::analyze_article(article, test::default_model(), boilerplate,
                                                   analyzer, Sentences::find);
        const auto again =
            detail::analyze_again(article, first.outcome, first.content, test::default_model(),
                                  boilerplate, analyzer, Sentences::find);
        with_boilerplate += first.content.empty() ? 0 : 1;
        CHECK(again.language == first.language);
        CHECK(again.outcome.language == first.outcome.language);
        CHECK(ranges(again.title) == ranges(first.title));
        CHECK(ranges(again.body) == ranges(first.body));
    }
    CHECK(with_boilerplate > 0);
}
