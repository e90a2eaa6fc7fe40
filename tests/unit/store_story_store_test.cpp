// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"
#include "store/schema.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/stream.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/store.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sqlite3.h>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::chrono::sys_seconds noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + 12h};
const StreamOptions endless{.window = 0s};

/// What is thrown, as its sentence and kind.
template <class Call>
std::string refusal(Errc code, const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        CHECK(error.code() == code);
        return error.what();
    }
    FAIL("nothing was thrown");
    return {};
}

void run_sql(const std::filesystem::path& file, const char* sql) {
    const detail::Database database(file, detail::Database::Access::write, 1000ms);
    database.execute(sql);
}

void fill(const std::filesystem::path& file) {
    StoryStore store{default_model(), file, endless};
    (void)store.add(example_articles(), noon);
    (void)store.settle();
}

} // namespace

TEST_CASE("a store keeps what was added, and others read it meanwhile", "[store]") {
    const TempFolder folder;
    const auto file = folder / "a store?#%.db";
    StoryStore store{default_model(), file, endless};
    const StreamUpdate update = store.add(example("moon-en-1"), noon);
    CHECK(update.placements.front().story == 1);
    const StoredStories read = read_stories(default_model(), file);
    REQUIRE(read.articles.size() == 1);
    CHECK(read.articles.front().text == example("moon-en-1").text);
    REQUIRE(read.clusters.stories.size() == 1);
    CHECK(read.clusters.stories.front().id == "1");
    CHECK(read.clusters.stories.front().title == example("moon-en-1").title);
    const std::vector<StoredEvent> events = read_events(file);
    REQUIRE(events.size() == 1);
    CHECK(events.front().event == update.events.front());
    CHECK(events.front().at == noon);
    CHECK(open_as_stream(default_model(), file, endless).near(example("moon-ja-1"), 1).size() == 1);
}

TEST_CASE("a store's stories are described as the batch describes them", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    fill(file);
    const StoredStories read = read_stories(default_model(), file);
    StoryClusters batch = StoryClusterer{default_model()}.cluster(read.articles);
    REQUIRE(read.clusters.stories.size() == batch.stories.size());
    std::map<std::vector<std::size_t>, const Story*> by_members;
    for (const Story& story : batch.stories)
        by_members[story.members] = &story;
    for (const Story& story : read.clusters.stories) {
        REQUIRE(by_members.contains(story.members));
        const Story& same = *by_members[story.members];
        CHECK(story.title == same.title);
        CHECK(story.key_terms == same.key_terms);
        CHECK(story.languages == same.languages);
        CHECK(story.representative == same.representative);
        CHECK(story.cohesion == same.cohesion);
        CHECK(story.earliest == same.earliest);
        REQUIRE(story.links.size() == same.links.size());
        for (std::size_t i = 0; i < story.links.size(); ++i) {
            CHECK(story.links[i].relation == same.links[i].relation);
            CHECK(story.links[i].probability == same.links[i].probability);
        }
    }
}

TEST_CASE("stories of a store are asked for by time, language, size and id", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    StoryStore store{default_model(), file, endless};
    (void)store.add(example("moon-en-1"), noon);
    (void)store.add(example("quake-it-1"), noon + 3h);
    (void)store.add(example("moon-ja-1"), noon + 5h);
    const auto ids = [&](const StoryFilter& filter) {
        std::vector<std::string> out;
        for (const Story& story : read_stories(default_model(), file, filter).clusters.stories)
            out.push_back(story.id);
        return out;
    };
    using Ids = std::vector<std::string>;
    CHECK(ids({}) == Ids{"1", "2"});
    CHECK(ids({.since = 1h}) == Ids{"1"});
    CHECK(ids({.since = 2h}) == Ids{"1", "2"});
    CHECK(ids({.language = "it"}) == Ids{"2"});
    CHECK(ids({.min_size = 2}) == Ids{"1"});
    CHECK(ids({.stories = {2}}) == Ids{"2"});
    CHECK(ids({.stories = {7}}).empty());
}

TEST_CASE("one process writes a store", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    const StoreOptions at_once{.wait = 0ms};
    StoryStore store{default_model(), file, endless};
    CHECK_THAT(
        refusal(Errc::unwritable, [&] { StoryStore(default_model(), file, endless, at_once); }),
        ContainsSubstring("news.db") && ContainsSubstring("another process writes"));
    (void)store.add(example("moon-en-1"), noon);
    StoryStore moved = std::move(store);
    CHECK(moved.stream().articles() == 1);
}

TEST_CASE("a locked file loses nothing", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    StoryStore store{default_model(), file, endless, {.wait = 0ms}};
    (void)store.add(example("moon-en-1"), noon);
    {
        const detail::Database other(file, detail::Database::Access::write, 0ms);
        const detail::Transaction holds(other, detail::Database::Access::write);
        CHECK_THAT(refusal(Errc::unwritable, [&] { (void)store.add(example("moon-ja-1"), noon); }),
                   ContainsSubstring("another process holds this store"));
        CHECK(store.stream().articles() == 1);
        CHECK(read_stories(default_model(), file).articles.size() == 1);
    }
    CHECK(store.add(example("moon-ja-1"), noon).placements.front().story == 1);
}

TEST_CASE("where nothing more can be written, nothing is lost and nothing half there", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    StoryStore store{default_model(), file, endless};
    const auto& all = example_articles();
    const std::size_t half = all.size() / 2;
    (void)store.add(std::span(all).first(half), noon);
    const Partition before = partition_of(store.stream());
    rlimit old{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &old) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit now{std::filesystem::file_size(file.string() + "-wal") + 8192, old.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &now) == 0);
    std::string sentence;
    try {
        (void)store.add(std::span(all).subspan(half), noon);
    } catch (const Error& error) {
        sentence = error.what();
    }
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &old) == 0);
    CHECK_THAT(sentence, ContainsSubstring("news.db: cannot be written") &&
                             ContainsSubstring("All that was acknowledged is there"));
    CHECK(store.stream().articles() == half);
    CHECK(partition_of(store.stream()) == before);
    (void)store.add(std::span(all).subspan(half), noon);
    CHECK(store.stream().articles() == all.size());
    CHECK(read_stories(default_model(), file).articles.size() == all.size());
}

TEST_CASE("an update that is refused leaves a store as it was", "[store]") {
    const TempFolder folder;
    StoryStore store{default_model(), folder / "news.db", endless};
    (void)store.add(example("moon-en-1"), noon);
    Article nameless = example("moon-ja-1");
    nameless.id.clear();
    CHECK_THROWS_AS(store.add(nameless, noon), Error);
    CHECK(store.stream().articles() == 1);
    CHECK(store.add(example("moon-ja-1"), noon).placements.front().story == 1);
}

TEST_CASE("what somebody edits in the file counts", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    StoryStore store{default_model(), file, endless};
    (void)store.add(example("moon-en-1"), noon);
    run_sql(file, "UPDATE stories SET title = 'By hand'");
    (void)store.expire(noon + 1h);
    CHECK(store.stream().stories().front().title == "By hand");
}

TEST_CASE("a store of another model is refused, and made anew on request", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    fill(file);
    const StoredStories before = read_stories(default_model(), file);
    // As if another model had been there: its checksum, and features that are not of this one.
    run_sql(file, "UPDATE meta SET value = '0000000000000000' WHERE key = 'space'; "
                  "UPDATE features SET bytes = zeroblob(100)");
    const auto open = [&](bool rebuild) {
        StoreOptions options;
        options.rebuild = rebuild;
        return StoryStore{default_model(), file, endless, options};
    };
    CHECK_THAT(refusal(Errc::other_model, [&] { (void)open(false); }),
               ContainsSubstring("news.db") && ContainsSubstring("fabula stream") &&
                   ContainsSubstring("--rebuild"));
    CHECK_THAT(refusal(Errc::other_model, [&] { (void)read_stories(default_model(), file); }),
               ContainsSubstring("--rebuild"));
    {
        StoryStore store = open(true);
        CHECK(store.stream().articles() == before.articles.size());
        CHECK(store.take_rebuilding().settled);
    }
    const StoredStories after = read_stories(default_model(), file);
    REQUIRE(after.clusters.stories.size() == before.clusters.stories.size());
    for (std::size_t i = 0; i < after.clusters.stories.size(); ++i) {
        CHECK(after.clusters.stories[i].id == before.clusters.stories[i].id);
        CHECK(after.clusters.stories[i].members == before.clusters.stories[i].members);
    }
    (void)open(false);
}

TEST_CASE("what was added as features cannot be made anew", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    {
        StoryStore store{default_model(), file, endless};
        const std::vector<ArticleFeatures> one{
            extract_features(default_model(), example("moon-en-1"))};
        (void)store.add(one, noon);
    }
    run_sql(file, "UPDATE meta SET value = '0000000000000000' WHERE key = 'space'");
    CHECK_THAT(refusal(Errc::other_model,
                       [&] { StoryStore(default_model(), file, endless, {.rebuild = true}); }),
               ContainsSubstring("\"moon-en-1\"") && ContainsSubstring("begin a new store"));
}

TEST_CASE("files that are no stores are refused", "[store]") {
    const TempFolder folder;
    const auto text = folder.write("text.db", std::string(5000, 'x'));
    CHECK_THAT(refusal(Errc::damaged_data, [&] { StoryStore(default_model(), text, endless); }),
               ContainsSubstring("text.db") && ContainsSubstring("no store"));
    run_sql(folder / "other.db", "CREATE TABLE t(x)");
    CHECK_THAT(refusal(Errc::damaged_data,
                       [&] { StoryStore(default_model(), folder / "other.db", endless); }),
               ContainsSubstring("no store of Fabula"));
    run_sql(folder / "other.db", "PRAGMA application_id = 1178681941; PRAGMA user_version = 99");
    CHECK_THAT(refusal(Errc::other_model,
                       [&] { StoryStore(default_model(), folder / "other.db", endless); }),
               ContainsSubstring("later version"));
    CHECK_THAT(refusal(Errc::file_not_found,
                       [&] { (void)read_stories(default_model(), folder / "none.db"); }),
               ContainsSubstring("none.db"));
    CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
    CHECK(refusal(Errc::unwritable, [&] {
              StoryStore(default_model(), folder.path(), endless);
          }).find("folder") != std::string::npos);
    CHECK_THAT(
        refusal(Errc::bad_option,
                [&] { StoryStore(default_model(), folder / "none.db", endless, {.forget = -1s}); }),
        ContainsSubstring("forget"));
}

TEST_CASE("a damaged page is told of, and what can be read is salvaged", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    fill(file);
    const std::size_t stories = read_stories(default_model(), file).clusters.stories.size();
    const std::string whole = read_bytes(file);
    constexpr std::size_t page = 4096;
    std::size_t told = 0;
    std::size_t saved = 0;
    std::size_t most_lost = 0;
    for (std::size_t at = page; at + page <= whole.size(); at += page * 9) {
        std::string bytes = whole;
        for (std::size_t i = at; i < at + page; ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
        write_bytes(file, bytes);
        try {
            StoryStore store{default_model(), file, endless};
            continue; // a page of events, of an index or of nothing
        } catch (const Error& error) {
            CHECK(error.code() == Errc::damaged_data);
            CHECK_THAT(error.what(),
                       ContainsSubstring("news.db") && ContainsSubstring("--salvage"));
            ++told;
        }
        const auto to = folder / "saved.db";
        const Salvage salvage = salvage_store(default_model(), file, to);
        CHECK(salvage.articles + salvage.lost >= example_articles().size());
        most_lost = std::max(most_lost, example_articles().size() - salvage.articles);
        {
            StoryStore store{default_model(), to, endless};
            CHECK(store.stream().articles() == salvage.articles);
            const std::size_t all = store.add(example_articles(), noon).placements.size();
            (void)store.settle();
            CHECK(all == store.stream().articles());
            CHECK(store.stream().stories().size() == stories);
        }
        ++saved;
        CHECK_THAT(
            refusal(Errc::unwritable, [&] { (void)salvage_store(default_model(), file, to); }),
            ContainsSubstring("saved.db"));
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(to.string() + suffix);
    }
    CHECK(told >= 3);
    CHECK(saved == told);
    CHECK(most_lost < example_articles().size());
}

TEST_CASE("a bit that flips within a text is told of", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    fill(file);
    run_sql(file, "UPDATE articles SET text = replace(text, 'a', 'b') WHERE id = 'moon-en-1'");
    CHECK_THAT(refusal(Errc::damaged_data, [&] { StoryStore(default_model(), file, endless); }),
               ContainsSubstring("\"moon-en-1\"") && ContainsSubstring("as it was given"));
}

TEST_CASE("what left is forgotten on request, and the file stays as large as it is", "[store]") {
    const TempFolder folder;
    const auto size_after = [&](const char* name, std::optional<std::chrono::seconds> forget) {
        const auto file = folder / name;
        StoreOptions options;
        options.forget = forget;
        StoryStore store{default_model(), file, {.window = 12h, .settle_every = 40}, options};
        std::vector<std::size_t> sizes;
        for (int day = 0; day < 8; ++day) {
            std::vector<Article> articles = example_articles();
            for (Article& article : articles) {
                article.id += "-" + std::to_string(day);
                article.published = noon + day * 24h;
            }
            (void)store.add(articles, noon + day * 24h);
            run_sql(file, "PRAGMA wal_checkpoint(TRUNCATE)");
            sizes.push_back(std::filesystem::file_size(file));
        }
        CHECK(store.stream().articles() == example_articles().size());
        return sizes;
    };
    const std::vector<std::size_t> bounded = size_after("bounded.db", 24h);
    const std::vector<std::size_t> all = size_after("all.db", std::nullopt);
    CHECK(bounded[7] <= bounded[4] + bounded[4] / 20);
    CHECK(all[7] > all[4] + all[4] / 4);
    CHECK(read_events(folder / "bounded.db", 0, 1'000'000).size() <
          read_events(folder / "all.db", 0, 1'000'000).size() / 2);
    CHECK(read_events(folder / "bounded.db", 0, 1).front().number > 1);
}

TEST_CASE("a store of the first version is brought up to date", "[store]") {
    const TempFolder folder;
    const auto file = folder / "news.db";
    {
        const detail::Database database(file, detail::Database::Access::write, 1000ms);
        detail::begin_schema(database, 1);
        detail::set_model(database, default_model());
        CHECK(database.number("PRAGMA user_version") == 1);
        CHECK(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'links'") == 0);
    }
    CHECK(read_stories(default_model(), file).articles.empty()); // as it is
    {
        StoryStore store{default_model(), file, endless};
        (void)store.add(example("moon-en-1"), noon);
        (void)store.add(example("moon-ja-1"), noon);
        (void)store.cannot_link("moon-en-1", "moon-ja-1");
        CHECK(store.stream().story_of("moon-en-1") != store.stream().story_of("moon-ja-1"));
    }
    StoryStore store{default_model(), file, endless};
    CHECK(store.stream().links().cannot.size() == 1);
    CHECK(store.stream().story_of("moon-en-1") != store.stream().story_of("moon-ja-1"));
    const detail::Database database(file, detail::Database::Access::read, 1000ms);
    CHECK(database.number("PRAGMA user_version") == detail::schema_version());
}
