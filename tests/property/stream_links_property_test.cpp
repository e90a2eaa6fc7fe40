// SPDX-License-Identifier: Apache-2.0
//
// Corrections by editors in a stream: what they say is so after each call, and the settled stories
// are those of the batch with the same corrections.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"
#include "support/stream.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <map>
#include <string>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::chrono::sys_seconds noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + 12h};

std::vector<Article> with_copies() {
    std::vector<Article> out = example_articles();
    for (std::size_t i = 0; i < example_articles().size(); i += 4) {
        out.push_back(example_articles()[i]);
        out.back().id += "-copy";
        out.back().text += " More soon.";
    }
    return out;
}

void check_links(const StoryStream& stream) {
    const ArticleLinks links = stream.links();
    const auto check = [&](const std::vector<ArticleLinks::Pair>& pairs, bool together) {
        for (const auto& [a, b] : pairs) {
            const auto first = stream.story_of(a);
            const auto second = stream.story_of(b);
            INFO(a << ", " << b);
            if (first && second)
                CHECK((first == second) == together);
        }
    };
    check(links.must, true);
    check(links.cannot, false);
}

Partition batch_of(const StoryStream& stream, const std::map<std::string, ArticleFeatures>& held) {
    std::vector<ArticleFeatures> features;
    std::vector<Article> names;
    for (const auto& [id, one] : held) {
        features.push_back(one);
        names.push_back({id, {}, {}, {}, {}, {}});
    }
    ClusterOptions options;
    options.links = stream.links();
    return partition_of(StoryClusterer{default_model(), options}.cluster(features), names);
}

} // namespace

TEST_CASE("corrections hold in any schedule, and settle as the batch", "[stream]") {
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U);
    INFO("seed " << seed);
    const std::vector<ArticleFeatures> all = extract_features(default_model(), with_copies());
    const auto count = static_cast<std::uint32_t>(all.size());
    Random random{seed};
    StoryStream stream{default_model(), {.window = 0s, .settle_every = seed == 2 ? 0UL : 40UL}};
    std::map<std::string, ArticleFeatures> held;
    EventLog log;
    for (int i = 0; i < 90; ++i) {
        const std::uint32_t what = random.number(10);
        const ArticleFeatures& one = all[random.number(count)];
        const ArticleFeatures& other = all[random.number(count)];
        if (what < 5) {
            const std::vector<ArticleFeatures> some{one, other};
            log.play(stream.add(some, noon));
            held.insert_or_assign(one.id(), one);
            held.insert_or_assign(other.id(), other);
        } else if (what < 6) {
            log.play(stream.remove(one.id()));
            held.erase(one.id());
        } else {
            try {
                log.play(what < 8   ? stream.must_link(one.id(), other.id())
                         : what < 9 ? stream.cannot_link(one.id(), one.id() + "-copy")
                                    : stream.cannot_link(one.id(), other.id()));
            } catch (const Error& error) {
                CHECK(error.code() == Errc::bad_input);
            }
        }
        check_links(stream);
        check_agreement(stream, log);
        if (i % 30 == 29) {
            log.play(stream.settle());
            check_links(stream);
            check_agreement(stream, log);
            CHECK(partition_of(stream) == batch_of(stream, held));
        }
    }
    CHECK_FALSE(stream.links().empty());
}

TEST_CASE("corrections that contradict others are refused, and change nothing", "[stream]") {
    StoryStream stream{default_model(), {.window = 0s}};
    (void)stream.add(example_articles(), noon);
    const Partition before = partition_of(stream);
    (void)stream.must_link("moon-en-1", "quake-it-1");
    (void)stream.must_link("quake-it-1", "moon-ja-1");
    CHECK_THROWS_WITH(stream.cannot_link("moon-ja-1", "moon-en-1"),
                      ContainsSubstring("\"moon-en-1\" and \"moon-ja-1\" cannot be in one story"));
    CHECK_THROWS_WITH(stream.must_link("moon-en-1", "moon-en-1"), ContainsSubstring("itself"));
    CHECK_THROWS_WITH(stream.must_link("moon-en-1", ""), ContainsSubstring("lacks an id"));
    CHECK(stream.links().must.size() == 2);
    (void)stream.unlink("quake-it-1", "moon-en-1");
    (void)stream.unlink("quake-it-1", "moon-ja-1");
    CHECK(stream.links().empty());
    (void)stream.settle();
    CHECK(partition_of(stream) == before);
}

TEST_CASE("corrections of the batch", "[cluster]") {
    ClusterOptions options;
    options.links.must.emplace_back("moon-en-1", "quake-it-1");
    options.links.cannot.emplace_back("moon-en-1", "moon-ja-1");
    options.links.cannot.emplace_back("moon-en-1", "nobody");
    const auto& articles = example_articles();
    const Partition stories =
        partition_of(StoryClusterer{default_model(), options}.cluster(articles), articles);
    const Partition before =
        partition_of(StoryClusterer{default_model()}.cluster(articles), articles);
    for (const std::set<std::string>& story : stories) {
        CHECK(story.contains("moon-en-1") == story.contains("quake-it-1"));
        CHECK_FALSE((story.contains("moon-en-1") && story.contains("moon-ja-1")));
        // All other stories are as they were.
        bool is_concerned = false;
        for (const std::string& id : story)
            is_concerned = is_concerned || id.starts_with("moon") || id.starts_with("quake");
        CHECK((is_concerned || before.contains(story)));
    }
    const std::vector<Article> turned = shuffled(articles, 5);
    CHECK(partition_of(StoryClusterer{default_model(), options}.cluster(turned), turned) ==
          stories);
    options.links.cannot.emplace_back("quake-it-1", "moon-en-1");
    CHECK_THROWS_AS(StoryClusterer(default_model(), options), Error);
}
