// SPDX-License-Identifier: Apache-2.0
//
// What recurs in a collection, learned in parts and given to the extraction of features.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <fabula/boilerplate.hpp>
#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace fabula;

namespace {

/// The examples as five sites would print them, one of which has no name: with a menu and a notice
/// of the site, and the headlines of other articles of it.
const std::vector<Article>& printed() {
    static const auto all = [] {
        constexpr std::size_t sites = 5;
        std::vector<Article> articles = test::example_articles();
        const std::vector<Article> plain = articles;
        for (std::size_t i = 0; i < articles.size(); ++i) {
            const std::string site = "site" + std::to_string(i % sites);
            Article& article = articles[i];
            article.source = i % sites == 0 ? ""
                             : i % 2 == 0   ? site + ".example"
                                            : site + ".EXAMPLE";
            article.text = "Harbour weather of " + site + "\nEverything about gardening at " +
                           site + "\n\n" + article.text + "\n\n" +
                           plain[(i + 3 * sites) % plain.size()].title +
                           "\nThe crossword puzzle of " + site +
                           " is set by people who live near the sea and like to walk.\n";
        }
        return articles;
    }();
    return all;
}

/// `printed` in so many parts, each source in one of them.
std::vector<Boilerplate> learned_in(std::size_t parts) {
    std::map<std::size_t, std::vector<Article>> articles;
    for (const Article& article : printed())
        articles[Boilerplate::source_number(article.source) % parts].push_back(article);
    std::vector<Boilerplate> out;
    for (auto& [part, some] : articles)
        out.push_back(Boilerplate::learn(some));
    return out;
}

std::set<std::vector<std::size_t>> members_of(const StoryClusters& clusters) {
    std::set<std::vector<std::size_t>> out;
    for (const Story& story : clusters.stories)
        out.insert(story.members);
    return out;
}

std::string refusal_of(const std::string& bytes) {
    try {
        static_cast<void>(Boilerplate::from_bytes(bytes));
    } catch (const Error& error) {
        CHECK(error.code() == Errc::damaged_data);
        return error.what();
    }
    return "none";
}

} // namespace

TEST_CASE("boilerplate: parts in any order teach what the whole does", "[boilerplate]") {
    const Boilerplate whole = Boilerplate::learn(printed());
    CHECK(whole.size() > printed().size());
    test::Random random(0xB0B);
    for (const std::size_t count : {1U, 2U, 3U, 50U}) {
        std::vector<Boilerplate> parts = learned_in(count);
        for (int again = 0; again < 3; ++again) {
            for (std::size_t i = parts.size(); i > 1; --i)
                std::swap(parts[i - 1], parts[random.number(static_cast<std::uint32_t>(i))]);
            CHECK(Boilerplate::merge(parts) == whole);
        }
        // Of some already merged, too.
        const std::size_t half = parts.size() / 2;
        const std::vector<Boilerplate> two{Boilerplate::merge(std::span(parts).first(half)),
                                           Boilerplate::merge(std::span(parts).subspan(half))};
        CHECK(Boilerplate::merge(two) == whole);
    }
    CHECK(Boilerplate::merge({}) == Boilerplate{});
    CHECK_FALSE(whole == Boilerplate{});
    CHECK(Boilerplate::source_number("Example.com") == Boilerplate::source_number("example.com"));
    CHECK(Boilerplate::source_number("example.com") != Boilerplate::source_number(""));
}

TEST_CASE("boilerplate: features without what recurs have the stories of the articles",
          "[boilerplate]") {
    const std::vector<Article>& articles = printed();
    const StoryClusterer clusterer{test::default_model()};
    const StoryClusters expected = clusterer.cluster(articles);
    const auto of = [&](const std::vector<ArticleFeatures>& features) {
        return members_of(clusterer.cluster(features));
    };
    const Boilerplate learned = Boilerplate::merge(learned_in(3));
    CHECK(of(extract_features(test::default_model(), articles, learned)) == members_of(expected));
    // The fixed rules alone do not know what these sites print.
    CHECK(of(extract_features(test::default_model(), articles)) != members_of(expected));
    // Nothing learned is nothing given.
    CHECK(extract_features(test::default_model(), articles, Boilerplate{}) ==
          extract_features(test::default_model(), articles));
    CHECK(extract_features(test::default_model(), articles, learned, 1) ==
          extract_features(test::default_model(), articles, learned, 3));
}

TEST_CASE("boilerplate: bytes are read back, and others refused", "[boilerplate]") {
    const Boilerplate whole = Boilerplate::learn(printed());
    const std::string bytes = whole.to_bytes();
    CHECK(bytes.size() == 24 + 8 * whole.size());
    CHECK(Boilerplate::from_bytes(bytes) == whole);
    CHECK(Boilerplate::from_bytes(Boilerplate{}.to_bytes()) == Boilerplate{});
    for (std::size_t cut = 0; cut < bytes.size(); cut += bytes.size() / 50)
        CHECK(refusal_of(bytes.substr(0, cut)).find("learned boilerplate") != std::string::npos);
    std::string altered = bytes;
    altered[20] = static_cast<char>(altered[20] ^ 1);
    CHECK(refusal_of(altered).find("checksum") != std::string::npos);
    const std::string others =
        extract_features(test::default_model(), printed().front()).to_bytes();
    CHECK(refusal_of(others).find("something else") != std::string::npos);
}
