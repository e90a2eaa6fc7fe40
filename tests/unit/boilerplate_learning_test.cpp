// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/filter.hpp"
#include "boilerplate/learned_hashes.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <fabula/io.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using fabula::Article;
using fabula::ByteRange;
using fabula::detail::BoilerplateFilter;
using fabula::detail::LearnedHashes;

namespace {

std::string words(std::mt19937& random, int count) {
    std::string out;
    for (int word = 0; word < count; ++word) {
        out += word == 0 ? "" : " ";
        for (int letter = 0; letter < 6; ++letter)
            out += static_cast<char>('a' + random() % 26);
    }
    return out;
}

/// Different articles: a title of eight words, three paragraphs of a sentence each.
std::vector<Article> different_articles(int count, const std::string& source) {
    std::vector<Article> articles;
    for (int i = 0; i < count; ++i) {
        std::mt19937 random(static_cast<std::uint32_t>(i + 1));
        Article article;
        article.id = std::to_string(i);
        article.title = words(random, 8);
        for (int paragraph = 0; paragraph < 3; ++paragraph)
            article.text += words(random, 18) + ".\n";
        article.source = source;
        articles.push_back(article);
    }
    return articles;
}

std::string kept(const BoilerplateFilter& filter, const Article& article) {
    std::string out;
    for (const ByteRange range : filter.content(article))
        out += article.text.substr(range.begin, range.end - range.begin);
    return out;
}

std::string in_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace

TEST_CASE("Learned hashes: what was added, and nothing else", "[boilerplate]") {
    std::mt19937_64 random(41);
    LearnedHashes learned;
    CHECK(learned.empty());
    CHECK_FALSE(learned.contains(0));
    learned.add({});
    CHECK(learned.empty());
    CHECK_FALSE(learned.contains(0));
    std::set<std::uint64_t> added;
    for (const std::size_t count : {std::size_t{1}, std::size_t{3}, std::size_t{5000}}) {
        std::vector<std::uint64_t> hashes;
        for (std::size_t i = 0; i < count; ++i) {
            hashes.push_back(random());
            hashes.push_back(hashes[random() % hashes.size()]); // some twice
        }
        hashes.push_back(0);
        hashes.push_back(~std::uint64_t{0});
        learned.add(hashes);
        added.insert(hashes.begin(), hashes.end());
        for (const std::uint64_t hash : added) {
            CHECK(learned.contains(hash));
            CHECK(learned.contains(hash + 1) == (added.count(hash + 1) != 0));
        }
        for (int i = 0; i < 5000; ++i) {
            const std::uint64_t hash = random();
            CHECK(learned.contains(hash) == (added.count(hash) != 0));
        }
    }
}

TEST_CASE("Without a source a line has to recur in six articles, a sentence in twelve",
          "[boilerplate]") {
    const auto [line, needed] = GENERATE(table<std::string, int>(
        {{"Weather by the Ostwick station", 6},
         {"The Ostwick Post is a member of the Guild of Small Papers of the North Coast.", 12}}));
    const int carriers = GENERATE(5, 6, 11, 12);
    CAPTURE(line, carriers);
    std::vector<Article> articles = different_articles(40, "");
    for (int i = 0; i < carriers; ++i)
        articles[static_cast<std::size_t>(i)].text += line + "\n";
    std::mt19937 random(4);
    Article other = articles.front();
    std::shuffle(articles.begin(), articles.end(), random);
    const std::string all = kept(BoilerplateFilter::learn(articles), other);
    CHECK((all.find(line) == std::string::npos) == (carriers >= needed));
    CHECK(all.size() >= other.text.size() - line.size() - 1);
}

namespace {

/// Of 60 words: longer than the articles that `teasers` makes.
std::string paywall() {
    std::mt19937 random(77);
    return "Subscribe now. " + words(random, 60) + ".";
}

/// Articles of a title and a sentence, with a paragraph below that is most of each.
std::vector<Article> teasers(int count, const std::string& source, const std::string& divider) {
    std::vector<Article> articles = different_articles(count, source);
    for (Article& article : articles)
        article.text = article.text.substr(0, article.text.find('\n')) + divider + paywall();
    return articles;
}

} // namespace

TEST_CASE("A paragraph longer than the articles recurs in what is otherwise different",
          "[boilerplate]") {
    const std::string source = GENERATE("", "ostwick.example");
    const std::string divider = GENERATE("\n\n", " "); // the second: pages in one line
    const int carriers = GENERATE(4, 5, 6);
    CAPTURE(source, divider, carriers);
    std::vector<Article> articles = different_articles(40, source);
    for (const Article& article : teasers(carriers, source, divider)) {
        articles.push_back(article);
        articles.back().title += " later";
        std::mt19937 random(static_cast<std::uint32_t>(articles.size()));
        articles.back().text = words(random, 18) + "." + divider + paywall();
    }
    const Article other = articles.back();
    std::mt19937 random(4);
    std::shuffle(articles.begin(), articles.end(), random);
    const std::string left = kept(BoilerplateFilter::learn(articles), other);
    const bool goes = carriers >= (source.empty() ? 6 : 5);
    CHECK((left.find("Subscribe now") == std::string::npos) == goes);
    CHECK(left.starts_with(other.text.substr(0, 100)));
}

TEST_CASE("A paragraph of one report in many papers stays, whatever their headlines",
          "[boilerplate]") {
    const std::string source = GENERATE("", "ostwick.example");
    std::vector<Article> articles = different_articles(40, source);
    const std::string report = paywall();
    for (int i = 0; i < 12; ++i) {
        std::mt19937 random(static_cast<std::uint32_t>(100 + i));
        // Half of the title and of the first sentence are the names of the story.
        std::mt19937 story(99);
        const std::string names = words(story, 6);
        Article copy;
        copy.id = "copy" + std::to_string(i);
        copy.source = source;
        copy.title = names + ' ' + words(random, 4);
        copy.text = words(random, 6) + ' ' + names + ".\n\n" + report;
        articles.push_back(copy);
    }
    const Article other = articles.back();
    CHECK(kept(BoilerplateFilter::learn(articles), other).find("Subscribe now") !=
          std::string::npos);
}

TEST_CASE("Headlines of other articles of the source are removed", "[boilerplate]") {
    std::vector<Article> articles = different_articles(10, "ostwick.example");
    const std::string before = articles[0].text;
    SECTION("alone on a line") {
        articles[0].text += articles[3].title + "\n" + articles[4].title + "\n";
    }
    SECTION("behind a few words") {
        articles[0].text += "Worth a look: " + articles[3].title + "\n";
    }
    SECTION("shortened") {
        articles[0].text += articles[3].title.substr(0, 52) + "…\n";
    }
    SECTION("of an article without a title") {
        articles[3].title.clear();
        articles[0].text += articles[3].text.substr(0, articles[3].text.find('\n')) + "\n";
    }
    CHECK(kept(BoilerplateFilter::learn(articles), articles[0]) == before);
    Article elsewhere = articles[0];
    elsewhere.source = "other.example";
    CHECK(kept(BoilerplateFilter::learn(articles), elsewhere) == elsewhere.text);
}

TEST_CASE("An article's own title and first paragraph are kept", "[boilerplate]") {
    std::vector<Article> articles = different_articles(10, "ostwick.example");
    articles[1].title = articles[0].title; // a copy under the same title
    articles[0].text = articles[0].title + "\n" + articles[0].text;
    articles[2].title.clear();
    articles[3].title.clear();
    articles[3].text = articles[2].text; // the same report twice
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    for (const Article& article : articles)
        CHECK(kept(filter, article) == article.text);
}

TEST_CASE("Short lines above and below an article go with learned ones", "[boilerplate]") {
    std::vector<Article> articles = different_articles(10, "ostwick.example");
    std::vector<std::string> own;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        std::mt19937 random(static_cast<std::uint32_t>(100 + i));
        own.push_back(articles[i].text);
        articles[i].text = "Harbour News Desk\nBy " + words(random, 2) + "\n" + own[i] +
                           "Pass this page on\n" + words(random, 6) + "\n";
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    for (std::size_t i = 0; i < articles.size(); ++i)
        CHECK(kept(filter, articles[i]) == own[i]);
}

TEST_CASE("Boilerplate of pages in one line is learned by its words", "[boilerplate]") {
    const std::string source = GENERATE(as<std::string>{}, "ostwick.example", "");
    std::vector<Article> articles = different_articles(20, source);
    std::vector<std::string> own;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        std::mt19937 random(static_cast<std::uint32_t>(100 + i));
        own.push_back(in_one_line(articles[i].text));
        articles[i].text = "Front page World Money Football Puzzles Weather CodePointTable " +
                           own[i] + "Send this page to a friend or print it for later " +
                           articles[(i + 7) % articles.size()].title +
                           " The Ostwick Post is a member of the Guild of Small Papers";
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    std::shuffle(articles.begin(), articles.end(), std::mt19937(5));
    const BoilerplateFilter shuffled = BoilerplateFilter::learn(articles);
    for (const Article& article : articles) {
        const std::string all = kept(filter, article);
        CHECK(all == own[static_cast<std::size_t>(std::stoi(article.id))]);
        CHECK(all == kept(shuffled, article));
    }
}

TEST_CASE("A blurb below much learned boilerplate is all that is kept", "[boilerplate]") {
    std::vector<Article> articles = different_articles(12, "ostwick.example");
    std::vector<std::string> own;
    for (Article& article : articles) {
        article.title.clear();
        own.push_back(article.text.substr(0, 60) + ".\n");
        article.text = "Harbour News Desk\nWorld affairs\nMoney matters\n" + own.back() +
                       "Pass this page on\nPrint this page\nSubscriber services for you\n"
                       "The Ostwick Post belongs to the Guild of Papers\n";
    }
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    for (std::size_t i = 0; i < articles.size(); ++i)
        CHECK(kept(filter, articles[i]) == own[i]);
}

TEST_CASE("Learning takes little from real articles of many sources", "[boilerplate]") {
    const std::vector<std::string> inputs{
        (fabula::test::source_dir() / "examples/data/articles.jsonl").string()};
    const std::vector<Article> articles = fabula::read_articles(inputs).articles;
    REQUIRE(articles.size() > 50);
    const BoilerplateFilter filter = BoilerplateFilter::learn(articles);
    std::size_t by_phrases = 0;
    std::size_t learned = 0;
    for (const Article& article : articles) {
        by_phrases += kept(BoilerplateFilter{}, article).size();
        learned += kept(filter, article).size();
    }
    CHECK(static_cast<double>(learned) >= 0.99 * static_cast<double>(by_phrases));
}
