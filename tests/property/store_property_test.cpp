// SPDX-License-Identifier: Apache-2.0
//
// A stream in a store, opened again and again, beside one in memory that never stops.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/random_graph.hpp"
#include "support/stream.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds begin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

/// The examples, some without a date, near-duplicates, corrections, and a line that all pages of a
/// source carry: what settling finds to be boilerplate.
std::vector<Article> varied_articles() {
    std::vector<Article> out = example_articles();
    for (std::size_t i = 0; i < out.size(); i += 5)
        out[i].published.reset();
    for (std::size_t i = 0; i < out.size(); i += 3) {
        out[i].source = "gazette.example";
        out[i].text += "\n\nThe Gazette is printed in Springfield and read by all who live there.";
    }
    for (std::size_t i = 0; i < example_articles().size(); i += 6) {
        out.push_back(example_articles()[i]);
        out.back().id += "-copy";
        out.back().text += " More soon.";
    }
    for (std::size_t i = 0; i < example_articles().size(); i += 9) {
        out.push_back(example_articles()[i]);
        out.back().text = example_articles()[(i + 7) % example_articles().size()].text;
    }
    return out;
}

void check_same(const StreamUpdate& a, const StreamUpdate& b) {
    CHECK(a.events == b.events);
    CHECK(a.settled == b.settled);
    REQUIRE(a.placements.size() == b.placements.size());
    for (std::size_t i = 0; i < a.placements.size(); ++i) {
        CHECK(a.placements[i].article == b.placements[i].article);
        CHECK(a.placements[i].story == b.placements[i].story);
        CHECK(a.placements[i].outcome.status == b.placements[i].outcome.status);
    }
}

void check_same(const StoryStream& a, const StoryStream& b) {
    REQUIRE(a.articles() == b.articles());
    CHECK(a.links() == b.links());
    const std::vector<StreamStory> ours = a.stories();
    const std::vector<StreamStory> theirs = b.stories();
    REQUIRE(ours.size() == theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        CHECK(ours[i].id == theirs[i].id);
        CHECK(ours[i].articles == theirs[i].articles);
        CHECK(ours[i].representative == theirs[i].representative);
        CHECK(ours[i].title == theirs[i].title);
    }
}

/// The same random call for both.
class Calls {
public:
    explicit Calls(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] bool reopens() { return random_.number(4) == 0; }

    template <class Stream>
    StreamUpdate make(Stream& stream, std::uint64_t seed, const std::vector<Article>& articles,
                      const std::vector<ArticleFeatures>& features) const {
        Random random{seed};
        const std::uint32_t what = random.number(14);
        const auto some = [&](const auto& all) {
            auto out = std::vector(all.begin(), all.begin());
            const std::uint32_t count = 1 + random.number(random.number(8) == 0 ? 24 : 4);
            for (std::uint32_t i = 0; i < count; ++i)
                out.push_back(all[random.number(static_cast<std::uint32_t>(all.size()))]);
            return out;
        };
        if (what < 4)
            return stream.add(some(articles), now);
        if (what < 7)
            return stream.add(some(features), now);
        if (what < 8)
            return stream.update(some(articles).front(), now);
        if (what < 10) {
            std::vector<std::string> ids{"nobody"};
            for (const Article& article : articles)
                if (random.number(12) == 0)
                    ids.push_back(article.id);
            return stream.remove(ids);
        }
        if (what >= 12)
            return link(stream, random, articles);
        if (what < 11)
            return stream.expire(now + std::chrono::hours{random.number(40)});
        return stream.settle();
    }

    template <class Stream>
    StreamUpdate link(Stream& stream, Random& random, const std::vector<Article>& articles) const {
        const auto id = [&] {
            return articles[random.number(static_cast<std::uint32_t>(articles.size()))].id;
        };
        const std::string a = id();
        const std::string b = id();
        try {
            switch (random.number(3)) {
            case 0:
                return stream.cannot_link(a, b);
            case 1:
                return stream.unlink(a, b);
            default:
                return stream.must_link(a, b);
            }
        } catch (const Error& error) { // it contradicts others: for both
            CHECK(error.code() == Errc::bad_input);
            return {};
        }
    }

    std::uint64_t next() { return random_.number(~0U); }
    std::chrono::sys_seconds now{begin};

private:
    Random random_;
};

} // namespace

TEST_CASE("a stream that is opened again goes on as one that never stopped", "[store]") {
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, 5U);
    INFO("seed " << seed);
    const std::vector<Article> articles = varied_articles();
    const std::vector<ArticleFeatures> features = extract_features(default_model(), articles);
    StreamOptions options;
    options.window = seed == 3 ? 0s : std::chrono::seconds{std::chrono::days{20}};
    options.settle_every = seed == 2 ? 0 : 30;
    options.keep_texts = seed != 4;
    const TempFolder folder;
    const std::filesystem::path file = folder / "news.db";
    StoreOptions how;
    how.durability = seed == 5 ? StoreDurability::full : StoreDurability::normal;
    StoryStream steady{default_model(), options};
    if (seed % 2 == 1) // only of the store: it may change nothing
        options.scratch_directory = folder.path();
    std::optional<StoryStore> store(std::in_place, default_model(), file, options, how);
    EventLog log;
    Calls calls(seed);
    for (int i = 0; i < 48; ++i) {
        if (calls.reopens()) {
            store.reset();
            store.emplace(default_model(), file, options, how);
            check_same(store->stream(), steady);
        }
        const std::uint64_t call = calls.next();
        const StreamUpdate kept = calls.make(*store, call, articles, features);
        log.play(kept);
        check_same(kept, calls.make(steady, call, articles, features));
        calls.now += std::chrono::hours{call % 9};
        if (i % 12 == 11) {
            check_same(store->stream(), steady);
            check_agreement(store->stream(), log);
        }
    }
    log.play(store->settle());
    (void)steady.settle();
    check_same(store->stream(), steady);
    CHECK(partition_of(store->stream()) == partition_of(steady));

    // The log of the store is that of the calls, and others may read all of it.
    EventLog again;
    std::uint64_t last = 0;
    for (const StoredEvent& one : read_events(file, 0, 1'000'000)) {
        CHECK(one.number == last + 1);
        last = one.number;
        again.play({{}, {one.event}, false});
    }
    CHECK(again.story_of() == log.story_of());
    CHECK(again.titles() == log.titles());
    check_same(open_as_stream(default_model(), file, options), steady);
    const StoredStories read = read_stories(default_model(), file);
    CHECK(partition_of(read.clusters, read.articles) == partition_of(steady));
}
