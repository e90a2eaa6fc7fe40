// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stream.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/stream.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Kind = StreamEventKind;

namespace {

const std::chrono::sys_seconds noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + 12h};

std::vector<Kind> kinds_of(const StreamUpdate& update) {
    std::vector<Kind> out;
    for (const StreamEvent& event : update.events)
        out.push_back(event.kind);
    return out;
}

/// Articles of the examples, all without a date.
Article undated(const char* id) {
    Article article = example(id);
    article.published.reset();
    return article;
}

StoryStream endless() {
    return StoryStream{default_model(), {.window = 0s}};
}

} // namespace

TEST_CASE("a stream puts translations together as they come, and tells it", "[stream]") {
    StoryStream stream = endless();
    const StreamUpdate first = stream.add(example("moon-en-1"), noon);
    REQUIRE(kinds_of(first) == std::vector{Kind::created});
    CHECK(first.events.front().title == example("moon-en-1").title);
    CHECK(first.events.front().articles == std::vector<std::string>{"moon-en-1"});
    REQUIRE(first.placements.size() == 1);
    CHECK(first.placements.front().story == 1);
    CHECK(first.placements.front().outcome.language == "en");

    CHECK(stream.add(example("quake-it-1"), noon).placements.front().story == 2);
    const StreamUpdate third = stream.add(example("moon-ja-1"), noon);
    CHECK(third.placements.front().story == 1);
    CHECK(third.events.front().kind == Kind::grew);

    const auto story = stream.story(1);
    REQUIRE(story);
    CHECK(story->articles.size() == 2);
    CHECK(story->sources == 2);
    CHECK(stream.stories().size() == 2);
    CHECK(!stream.story(3));
    CHECK(!stream.story_of("nobody"));
}

TEST_CASE("near tells which stories an article would fit, and adds nothing", "[stream]") {
    StoryStream stream = endless();
    const std::vector<Article> some{example("moon-en-1"), example("quake-it-1"),
                                    example("quake-en-2")};
    (void)stream.add(some, noon);
    const std::vector<StreamMatch> matches = stream.near(example("moon-ja-1"), 5);
    REQUIRE(!matches.empty());
    CHECK(matches.front().story == *stream.story_of("moon-en-1"));
    CHECK(matches.front().article == "moon-en-1");
    CHECK(matches.front().probability > 0.5);
    CHECK(stream.near(example("moon-ja-1"), 1).size() == 1);
    CHECK(stream.articles() == 3);
    // It does not find itself.
    for (const StreamMatch& match : stream.near(example("moon-en-1"), 5))
        CHECK(match.article != "moon-en-1");
}

TEST_CASE("an article that is withdrawn leaves its story, which ends with the last one",
          "[stream]") {
    StoryStream stream = endless();
    const std::vector<Article> both{example("moon-en-1"), example("moon-ja-1")};
    (void)stream.add(both, noon);
    REQUIRE(stream.stories().size() == 1);
    const std::string first = stream.stories().front().representative;
    const std::string second = first == "moon-en-1" ? "moon-ja-1" : "moon-en-1";
    const StreamUpdate one = stream.remove(first);
    REQUIRE(kinds_of(one) == std::vector{Kind::shrank, Kind::retitled});
    CHECK(one.events.back().title == example(second).title);
    CHECK(kinds_of(stream.remove(second)) == std::vector{Kind::expired});
    CHECK(stream.remove(second).events.empty());
    CHECK(stream.articles() == 0);
    // The same article later: another story.
    CHECK(stream.add(example("moon-en-1"), noon).placements.front().story == 2);
}

TEST_CASE("the same article again changes nothing, another text by that id moves it", "[stream]") {
    StoryStream stream = endless();
    const std::vector<Article> some{example("moon-en-1"), example("quake-it-1")};
    (void)stream.add(some, noon);
    const StreamUpdate again = stream.add(some, noon);
    CHECK(again.events.empty());
    CHECK(again.placements[1].story == stream.story_of("quake-it-1"));

    Article corrected = example("moon-ja-1");
    corrected.id = "quake-it-1";
    const StreamUpdate moved = stream.update(corrected, noon);
    CHECK(moved.placements.front().story == stream.story_of("moon-en-1"));
    CHECK(moved.events.front().kind == Kind::merged_into);
    CHECK(stream.articles() == 2);

    corrected.id = "unheard-of";
    CHECK(!stream.update(corrected, noon).placements.front().story);
    CHECK(stream.articles() == 2);
}

TEST_CASE("of several articles with one id in one call the last counts", "[stream]") {
    StoryStream stream = endless();
    std::vector<Article> some{example("quake-it-1"), example("moon-en-1")};
    some[1].id = some[0].id;
    (void)stream.add(some, noon);
    CHECK(stream.articles() == 1);
    CHECK(stream.stories().front().title == example("moon-en-1").title);
}

TEST_CASE("articles leave when they are older than the window", "[stream]") {
    StoryStream stream{default_model(), {.window = 48h}};
    Article dated = example("moon-en-1");
    dated.published = noon - 47h;
    Article late = example("quake-it-1");
    late.published = noon - 49h;
    const Article no_date = undated("moon-ja-1");
    Article ahead = example("quake-en-2"); // a clock that is wrong
    ahead.published = noon + std::chrono::days{4000};
    const std::vector<Article> all{dated, late, no_date, ahead};
    const StreamUpdate update = stream.add(all, noon);
    CHECK(update.placements[0].story);
    CHECK(!update.placements[1].story);
    CHECK(update.placements[2].story);
    CHECK(update.placements[3].story);

    CHECK(stream.expire(noon + 1h).events.empty());
    CHECK(stream.expire(noon).events.empty()); // the clock does not go back
    CHECK(!stream.expire(noon + 2h).events.empty());
    CHECK(!stream.story_of("moon-en-1"));
    CHECK(stream.articles() == 2);
    (void)stream.add(std::vector<Article>{}, noon + 49h); // time passes by adding too
    CHECK(stream.articles() == 0);
}

TEST_CASE("an article that comes again when it is about to leave stays", "[stream]") {
    StoryStream stream{default_model(), {.window = 48h}};
    (void)stream.add(undated("moon-en-1"), noon);
    CHECK(stream.add(undated("moon-en-1"), noon + 60h).events.empty());
    CHECK(stream.story_of("moon-en-1") == 1);
    CHECK(!stream.expire(noon + 109h).events.empty());
}

TEST_CASE("a correction that is older than the window takes the article out", "[stream]") {
    StoryStream stream{default_model(), {.window = 48h}};
    Article article = undated("moon-en-1");
    (void)stream.add(article, noon);
    article.published = noon - 72h;
    CHECK(kinds_of(stream.add(article, noon)) == std::vector{Kind::expired});
    CHECK(stream.articles() == 0);
}

TEST_CASE("after settling the stories are those of the batch, with their titles", "[stream]") {
    const std::vector<Article> articles = shuffled(example_articles(), 7);
    const StoryClusters batch = StoryClusterer{default_model()}.cluster(articles);
    for (const std::size_t at_once : {1UL, 10UL, 75UL}) {
        StoryStream stream = endless();
        for (std::size_t i = 0; i < articles.size(); i += at_once)
            (void)stream.add(std::span(articles).subspan(i, std::min(at_once, articles.size() - i)),
                             noon);
        CHECK(stream.settle().settled);
        CHECK(partition_of(stream) == partition_of(batch, articles));
        for (const Story& story : batch.stories) {
            const auto known = stream.story(*stream.story_of(articles[story.members.front()].id));
            REQUIRE(known);
            CHECK(known->title == story.title);
            CHECK(known->representative == articles[story.representative].id);
            CHECK(known->languages == story.languages);
            CHECK(known->sources == story.sources);
            CHECK(known->first_published == story.first_published);
            CHECK(known->last_published == story.last_published);
        }
    }
}

TEST_CASE("what recurs in a source is learned when the stream settles", "[stream]") {
    std::vector<Article> articles;
    for (const char* id : {"moon-en-1", "quake-it-1", "moon-ja-1", "quake-en-2"}) {
        Article article = example(id);
        article.source = "daily.example";
        article.text = "Members of our club read the morning letter by Ana\n" + article.text +
                       "\nWrite to the night desk of the Daily in Harbour Street";
        articles.push_back(article);
    }
    StoryStream stream = endless();
    (void)stream.add(articles, noon);
    (void)stream.settle();
    CHECK(partition_of(stream) ==
          partition_of(StoryClusterer{default_model()}.cluster(articles), articles));
}

TEST_CASE("features alone give the stories of the batch from features", "[stream]") {
    const std::vector<ArticleFeatures> features =
        extract_features(default_model(), example_articles());
    StoryStream stream = endless();
    (void)stream.add(features, noon);
    (void)stream.settle();
    CHECK(partition_of(stream) ==
          partition_of(StoryClusterer{default_model()}.cluster(features), example_articles()));
    CHECK(stream.stories().front().title.empty());
}

TEST_CASE("near-duplicates share a story, also when the first of them goes", "[stream]") {
    StoryStream stream = endless();
    std::vector<Article> copies(3, example("moon-en-1"));
    copies[1].id = "copy-1";
    copies[2].id = "copy-2";
    (void)stream.add(copies, noon);
    const auto story = stream.story_of("copy-1");
    CHECK(stream.stories().size() == 1);
    (void)stream.remove("moon-en-1");
    CHECK(stream.stories().size() == 1);
    CHECK(stream.story_of("copy-2") == story);
    (void)stream.add(example("moon-ja-1"), noon);
    CHECK(stream.story_of("moon-ja-1") == story);
}

TEST_CASE("articles without a vector meet by their names", "[stream]") {
    StoryStream stream = endless();
    std::vector<Article> some;
    for (const char* id : {"a", "b", "c"}) {
        Article article = plain("Wolgast Brenneke 1742 Tarvainen Mikkelson 8315 Oudenaarde " +
                                    std::string(id) + " Quisling 9921 Harkonnen",
                                "tlh");
        article.id = id;
        article.text += " Strelnikov Ardennes Featherstone 7716";
        some.push_back(article);
    }
    some[1].language = "en"; // one that has a vector
    for (const Article& article : some)
        (void)stream.add(article, noon);
    const Partition before = partition_of(stream);
    (void)stream.settle();
    CHECK(partition_of(stream) == before);
    CHECK(stream.story_of("a") == stream.story_of("c"));
}

TEST_CASE("a stream says what it cannot take", "[stream]") {
    CHECK_THAT(StreamOptions{.window = -1s}.validate(), ContainsSubstring("window is -1"));
    CHECK_THAT(StreamOptions{.min_probability = 1}.validate(),
               ContainsSubstring("min_probability is 1"));
    CHECK_THAT(StreamOptions{.threads = 5000}.validate(), ContainsSubstring("threads is 5000"));
    CHECK(StreamOptions{}.validate().empty());
    CHECK_THROWS_AS((StoryStream{default_model(), {.min_probability = 0}}), Error);

    StoryStream stream = endless();
    const std::vector<Article> some{example("moon-en-1"), plain("text")};
    std::vector<Article> nameless = some;
    nameless[1].id.clear();
    CHECK_THROWS_WITH(stream.add(nameless, noon), ContainsSubstring("article 1 has no id"));
    CHECK(stream.articles() == 0);
    const EmbeddingMatrix vectors{1, 2, {1, 0}};
    const auto own = extract_features(default_model(), std::span(some).first(1), vectors);
    CHECK_THROWS_WITH(stream.add(own, noon), ContainsSubstring("another encoder"));
}

TEST_CASE("odd articles are ordinary", "[stream]") {
    StoryStream stream = endless();
    std::vector<Article> odd(5);
    const char* const texts[] = {"", "12345", "\xFF\xFE\xFF", "x", "Pfahlbau"};
    for (std::size_t i = 0; i < odd.size(); ++i) {
        odd[i].id = std::to_string(i);
        odd[i].text = texts[i];
    }
    odd[0].published = std::chrono::sys_seconds::min();
    odd[1].published = std::chrono::sys_seconds::max();
    EventLog log;
    log.play(stream.add(odd, noon));
    log.play(stream.settle());
    check_agreement(stream, log);
    CHECK(stream.articles() == 5);
    StoryStream bounded{default_model(), {.window = 1h}};
    (void)bounded.add(odd, std::chrono::sys_seconds::min());
    (void)bounded.add(odd, std::chrono::sys_seconds::max());
    CHECK(bounded.articles() == 4); // all but the one that is as old as can be
}

TEST_CASE("several threads may use a stream at once", "[stream]") {
    StoryStream stream{default_model(), {.window = 0s, .settle_every = 20, .threads = 1}};
    const std::vector<Article>& articles = example_articles();
    std::atomic<bool> done{false};
    std::thread reader([&] {
        while (!done) {
            std::size_t members = 0;
            for (const StreamStory& story : stream.stories())
                members += story.articles.size();
            if (members > articles.size())
                std::terminate();
            (void)stream.near(articles.front(), 2);
        }
    });
    std::vector<std::thread> writers;
    for (std::size_t begin : {0UL, 1UL})
        writers.emplace_back([&, begin] {
            for (std::size_t i = begin; i < 40; i += 2)
                (void)stream.add(articles[i], noon);
        });
    for (std::thread& writer : writers)
        writer.join();
    done = true;
    reader.join();
    (void)stream.settle();
    const auto some = std::span(articles).first(40);
    CHECK(partition_of(stream) ==
          partition_of(StoryClusterer{default_model()}.cluster(some), some));
}
