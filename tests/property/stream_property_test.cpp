// SPDX-License-Identifier: Apache-2.0
//
// What holds of a stream whatever comes and goes, and in which order.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/random_graph.hpp"
#include "support/stream.hpp"

#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds begin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

/// The examples, some of them without a date, and near-duplicates of others.
std::vector<Article> varied_articles() {
    std::vector<Article> out = example_articles();
    for (std::size_t i = 0; i < out.size(); i += 5)
        out[i].published.reset();
    for (std::size_t i = 0; i < example_articles().size(); i += 6) {
        out.push_back(example_articles()[i]);
        out.back().id += "-copy";
        out.back().text += " More soon.";
    }
    return out;
}

const std::vector<ArticleFeatures>& features() {
    static const auto all = extract_features(default_model(), varied_articles());
    return all;
}

/// One schedule of a stream, and what is in its window by the calls alone.
class Schedule {
public:
    Schedule(std::uint64_t seed, const StreamOptions& options)
        : random_(seed), options_(options), stream_(default_model(), options) {}

    void step() {
        const std::uint32_t what = random_.number(10);
        if (what < 6) {
            std::vector<ArticleFeatures> some;
            const std::uint32_t count = 1 + random_.number(random_.number(8) == 0 ? 30 : 4);
            for (std::uint32_t i = 0; i < count; ++i)
                some.push_back(
                    features()[random_.number(static_cast<std::uint32_t>(features().size()))]);
            log_.play(stream_.add(some, now_));
            for (const ArticleFeatures& one : some)
                if (!held_.contains(one.id())) // the very same again changes nothing
                    held_.emplace(one.id(), std::min(one.published().value_or(now_), now_));
        } else if (what < 8) {
            std::vector<std::string> ids{"nobody"};
            for (const auto& [id, time] : held_)
                if (random_.number(8) == 0)
                    ids.push_back(id);
            log_.play(stream_.remove(ids));
            for (const std::string& id : ids)
                held_.erase(id);
        } else if (what < 9) {
            now_ += std::chrono::hours{random_.number(60)};
            log_.play(stream_.expire(now_));
        } else {
            log_.play(stream_.settle());
        }
        if (options_.window > 0s)
            std::erase_if(held_,
                          [&](const auto& one) { return one.second < now_ - options_.window; });
        check_agreement(stream_, log_);
        std::set<std::string> ids;
        for (const auto& [id, time] : held_)
            ids.insert(id);
        std::set<std::string> told;
        for (const auto& [id, story] : log_.story_of())
            told.insert(id);
        CHECK(told == ids);
    }

    /// What the batch makes of the articles in the window.
    [[nodiscard]] Partition batch() const {
        std::vector<ArticleFeatures> in_window;
        std::vector<Article> names;
        for (const ArticleFeatures& one : features())
            if (held_.contains(one.id())) {
                in_window.push_back(one);
                names.push_back({one.id(), {}, {}, {}, {}, {}});
            }
        return partition_of(StoryClusterer{default_model()}.cluster(in_window), names);
    }

    StoryStream& stream() { return stream_; }
    EventLog& log() { return log_; }

private:
    Random random_;
    StreamOptions options_;
    StoryStream stream_;
    EventLog log_;
    std::map<std::string, std::chrono::sys_seconds> held_; ///< when each counts from, by id
    std::chrono::sys_seconds now_{begin};
};

} // namespace

TEST_CASE("any schedule keeps ids, tells all by its events, and settles as the batch", "[stream]") {
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
    StreamOptions options;
    options.window = seed % 3 == 0 ? 0s : std::chrono::seconds{std::chrono::days{30}};
    options.settle_every = seed % 2 == 0 ? 0 : 25;
    options.exact_below = seed < 4 ? 0 : 1000;
    INFO("seed " << seed);
    Schedule schedule(seed, options);
    for (int i = 0; i < 40; ++i) {
        schedule.step();
        if (i % 10 == 9) {
            schedule.log().play(schedule.stream().settle());
            check_agreement(schedule.stream(), schedule.log());
            CHECK(partition_of(schedule.stream()) == schedule.batch());
        }
    }
}

TEST_CASE("in whichever order and however many at once, settled stories are the same", "[stream]") {
    std::vector<Partition> partitions;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        std::vector<ArticleFeatures> order = features();
        Random random{seed};
        random.shuffle(order);
        StoryStream stream{default_model(), {.window = 0s, .settle_every = seed == 2 ? 0UL : 17UL}};
        for (std::size_t i = 0; i < order.size();) {
            const std::size_t count = std::min<std::size_t>(1 + random.number(9), order.size() - i);
            (void)stream.add(std::span(order).subspan(i, count), begin);
            i += count;
        }
        (void)stream.settle();
        partitions.push_back(partition_of(stream));
    }
    for (const Partition& partition : partitions)
        CHECK(partition == partitions.front());
}

TEST_CASE("a scratch directory changes nothing at all, and stays empty", "[stream]") {
    const TempFolder folder;
    const std::vector<Article> articles = shuffled(varied_articles(), 5);
    std::vector<std::vector<StreamEvent>> all;
    std::vector<std::vector<StreamMatch>> near;
    for (const std::filesystem::path& scratch : {std::filesystem::path(), folder.path()}) {
        StoryStream stream{default_model(),
                           {.window = 0s, .settle_every = 30, .scratch_directory = scratch}};
        std::vector<StreamEvent> events;
        const auto told = [&](const StreamUpdate& update) {
            events.insert(events.end(), update.events.begin(), update.events.end());
        };
        for (std::size_t i = 0; i + 4 <= articles.size(); i += 4) {
            const auto some = std::span(articles).subspan(i, 4);
            told(stream.add(some, begin));
            told(stream.remove(some[i % 3].id));
            Article corrected = some.back();
            corrected.title = articles[i / 2].title;
            told(stream.update(corrected, begin));
            CHECK(std::filesystem::is_empty(folder.path()));
        }
        near.push_back(stream.near(articles[1], 5));
        all.push_back(std::move(events));
    }
    CHECK(all[0].size() > 30);
    CHECK(all[1] == all[0]);
    REQUIRE(near[0].size() > 1);
    REQUIRE(near[1].size() == near[0].size());
    for (std::size_t i = 0; i < near[0].size(); ++i) {
        CHECK(near[1][i].story == near[0][i].story);
        CHECK(near[1][i].probability == near[0][i].probability);
    }
}

TEST_CASE("a stream whose scratch directory goes away goes on in memory", "[stream]") {
    const TempFolder folder;
    const std::filesystem::path scratch = folder.path() / "scratch";
    StreamOptions options;
    options.window = 0s;
    options.scratch_directory = scratch;
    CHECK_THROWS_WITH(StoryStream(default_model(), options),
                      Catch::Matchers::ContainsSubstring(scratch.string()));
    std::filesystem::create_directory(scratch);
    StoryStream stream{default_model(), options};
    const std::vector<Article> articles = varied_articles();
    (void)stream.add(std::span(articles).first(40), begin);
    std::filesystem::remove(scratch);
    (void)stream.add(std::span(articles).subspan(40), begin);
    (void)stream.settle();
    StoryStream other{default_model(), {.window = 0s}};
    (void)other.add(articles, begin);
    (void)other.settle();
    CHECK(partition_of(stream) == partition_of(other));
}

TEST_CASE("the same calls give the same events for any number of threads", "[stream]") {
    const std::vector<Article> articles = shuffled(varied_articles(), 11);
    std::vector<std::vector<StreamEvent>> all;
    for (const unsigned threads : {1U, 2U, 5U}) {
        StoryStream stream{default_model(), {.window = 0s, .settle_every = 40, .threads = threads}};
        std::vector<StreamEvent> events;
        for (std::size_t i = 0; i < articles.size(); i += 3) {
            const StreamUpdate update = stream.add(
                std::span(articles).subspan(i, std::min<std::size_t>(3, articles.size() - i)),
                begin);
            events.insert(events.end(), update.events.begin(), update.events.end());
        }
        const StreamUpdate last = stream.remove(articles[4].id);
        events.insert(events.end(), last.events.begin(), last.events.end());
        all.push_back(std::move(events));
    }
    CHECK(all[0].size() > 30);
    CHECK(all[1] == all[0]);
    CHECK(all[2] == all[0]);
}
