// SPDX-License-Identifier: Apache-2.0
#include "store/window_writer.hpp"

#include "base/byte_stream.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace fabula::detail {

WindowWriter::WindowWriter(const Database& database)
    : database_(database),
      insert_article_(database, "INSERT INTO articles(id, title, text, language, source, "
                                "published) VALUES(?1, ?2, ?3, ?4, ?5, ?6) RETURNING entry"),
      insert_features_(database, "INSERT INTO features VALUES(?1, ?2, ?3, ?4, ?5)"),
      update_features_(database, "UPDATE features SET bytes = ?2, has_text = ?3, content = ?4, "
                                 "title_bytes = ?5 WHERE entry = ?1"),
      insert_window_(database, "INSERT INTO window VALUES(?1, ?2, ?3, NULL, ?4)"),
      update_story_(database, "UPDATE window SET story = ?2 WHERE entry = ?1"),
      mark_gone_(database, "UPDATE window SET went = ?2, story = 0 WHERE entry = ?1"),
      delete_window_(database, "DELETE FROM window WHERE entry = ?1"),
      delete_features_(database, "DELETE FROM features WHERE entry = ?1"),
      insert_departed_(database, "INSERT INTO departed VALUES(?1, ?2)"),
      put_story_(database,
                 "INSERT INTO stories VALUES(?1, ?2, ?3, ?4) ON CONFLICT(story) DO UPDATE SET "
                 "representative = excluded.representative, title = excluded.title"),
      touch_story_(database, "UPDATE stories SET changed = ?2 WHERE story = ?1"),
      delete_story_(database, "DELETE FROM stories WHERE story = ?1"),
      insert_event_(database, "INSERT INTO events(at, kind, story, other, title, articles) "
                              "VALUES(?1, ?2, ?3, ?4, ?5, ?6)"),
      set_meta_(database, "UPDATE meta SET value = ?2 WHERE key = ?1") {}

void WindowWriter::begin_with(std::span<const Held> held, std::int64_t step,
                              std::optional<std::chrono::sys_seconds> clock) {
    places_.clear();
    for (const Held& one : held) {
        if (one.number >= places_.size())
            places_.resize(one.number + 1);
        places_[one.number] = {one.entry, one.story};
    }
    step_ = step;
    clock_ = clock;
}

std::int64_t WindowWriter::now() const {
    return clock_ ? seconds_of(*clock_) : 0;
}

void WindowWriter::record(const WindowChange& change) {
    ++records_;
    set_clock(change.clock);
    ++step_;
    for (const WindowArticles::Number number : change.went)
        depart(number, change.settled);
    for (const WindowArticles::Number number : change.came) {
        if (number >= places_.size())
            places_.resize(number + 1);
        if (places_[number].entry != 0)
            depart(number, change.settled);
        take_in(change.articles[number], number, change.ledger.story_of(number), change.settled);
    }
    for (const WindowArticles::Number number : change.read_again) {
        const HeldArticle& held = change.articles[number];
        const std::string bytes = held.features.to_bytes();
        const std::string content = bytes_of(held.content);
        update_features_.run(places_[number].entry, Statement::Blob{bytes}, held.has_text ? 1 : 0,
                             Statement::Blob{content}, held.title_bytes);
    }
    for (const StreamStoryId story : change.regrouped)
        for (const WindowArticles::Number number : change.ledger.entry(story).articles)
            if (std::exchange(places_[number].story, story) != story)
                update_story_.run(places_[number].entry, story);
    if (change.links != nullptr)
        write_links(*change.links);
    write_stories(change);
    write_events(change.events);
    if (change.settled)
        settle();
    set("step", step_);
    set("changes", static_cast<std::int64_t>(change.changes));
    set("next_story", static_cast<std::int64_t>(change.ledger.next()));
}

void WindowWriter::depart(WindowArticles::Number number, bool settles) {
    const std::int64_t entry = std::exchange(places_[number], {}).entry;
    if (settles) {
        delete_window_.run(entry);
        delete_features_.run(entry);
    } else {
        mark_gone_.run(entry, step_);
    }
    insert_departed_.run(now(), entry);
}

void WindowWriter::take_in(const HeldArticle& held, WindowArticles::Number number,
                           StreamStoryId story, bool settles) {
    const Article& article = held.article;
    std::optional<std::string_view> text; // none where it was added as features
    if (held.has_text)
        text = article.text;
    else if (held.text_to_keep)
        text = *held.text_to_keep;
    insert_article_.with(article.id, article.title, text, article.language, article.source,
                         seconds_of(article.published));
    static_cast<void>(insert_article_.step());
    const std::int64_t entry = insert_article_.integer(0);
    insert_article_.reset();
    const std::string bytes = held.features.to_bytes();
    const std::string content = bytes_of(held.content);
    insert_features_.run(entry, Statement::Blob{bytes}, held.has_text ? 1 : 0,
                         Statement::Blob{content}, held.title_bytes);
    insert_window_.run(entry, seconds_of(held.time), settles ? 0 : step_, story);
    places_[number] = {entry, story};
}

void WindowWriter::settle() {
    step_ = 0;
    database_.execute("DELETE FROM features WHERE entry IN (SELECT entry FROM window WHERE went "
                      "IS NOT NULL); DELETE FROM window WHERE went IS NOT NULL; UPDATE window SET "
                      "came = 0 WHERE came <> 0");
}

void WindowWriter::write_links(const ArticleLinks& links) {
    database_.execute("DELETE FROM links");
    Statement insert(database_, "INSERT INTO links VALUES(?1, ?2, ?3)");
    for (const ArticleLinks::Pair& pair : links.must)
        insert.run(pair.first, pair.second, 1);
    for (const ArticleLinks::Pair& pair : links.cannot)
        insert.run(pair.first, pair.second, 0);
}

void WindowWriter::write_stories(const WindowChange& change) {
    for (const StreamStoryId story : change.described) {
        const StoryLedger::Entry& entry = change.ledger.entry(story);
        put_story_.run(story, change.articles[entry.representative].article.id, entry.title, now());
    }
    std::set<StreamStoryId> touched;
    for (const StreamEvent& event : change.events) {
        touched.insert(event.story);
        if (event.other)
            touched.insert(*event.other);
    }
    for (const StreamStoryId story : touched)
        if (change.ledger.stories().contains(story))
            touch_story_.run(story, now());
        else
            delete_story_.run(story);
}

void WindowWriter::write_events(std::span<const StreamEvent> events) {
    for (const StreamEvent& event : events) {
        const std::string articles = bytes_of(event.articles);
        insert_event_.run(now(), to_string(event.kind), event.story, event.other, event.title,
                          Statement::Blob{articles});
    }
}

void WindowWriter::set_clock(std::optional<std::chrono::sys_seconds> clock) {
    if (clock == clock_)
        return;
    clock_ = clock;
    set_meta_.run("clock", seconds_of(clock));
}

void WindowWriter::set(const char* key, std::int64_t value) {
    set_meta_.run(key, value);
}

void WindowWriter::forget(std::chrono::sys_seconds before) {
    // An entry that left after the stream settled is still in `window`: later.
    Statement(database_, "DELETE FROM articles WHERE entry IN (SELECT entry FROM departed WHERE at "
                         "< ?1 AND entry NOT IN (SELECT entry FROM window))")
        .run(seconds_of(before));
    Statement(database_, "DELETE FROM departed WHERE at < ?1 AND entry NOT IN (SELECT entry FROM "
                         "window)")
        .run(seconds_of(before));
    Statement(database_, "DELETE FROM events WHERE number < coalesce((SELECT number FROM events "
                         "WHERE at >= ?1 ORDER BY number LIMIT 1), (SELECT max(number) + 1 FROM "
                         "events))")
        .run(seconds_of(before));
}

std::string bytes_of(std::span<const ByteRange> ranges) {
    ByteWriter out;
    for (const ByteRange& range : ranges) {
        out.put(static_cast<std::uint64_t>(range.begin));
        out.put(static_cast<std::uint64_t>(range.end));
    }
    return std::move(out).bytes();
}

std::string bytes_of(std::span<const std::string> texts) {
    ByteWriter out;
    for (const std::string& text : texts)
        out.put(std::string_view(text));
    return std::move(out).bytes();
}

namespace {

ByteReader reader(std::string_view bytes, const Database& database) {
    return {bytes, ByteFault{Errc::damaged_data, database.name() + ": a row is damaged: ",
                             "; `fabula stories --store " + database.name() +
                                 " --salvage NEW` puts what can be read into another store"}};
}

} // namespace

std::vector<ByteRange> ranges_of(std::string_view bytes, const Database& database) {
    ByteReader in = reader(bytes, database);
    std::vector<ByteRange> out;
    while (in.left() > 0) {
        const auto begin = in.get<std::uint64_t>();
        const auto end = in.get<std::uint64_t>();
        if (begin > end)
            in.refuse("a range ends before it begins");
        out.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
    }
    return out;
}

std::vector<std::string> texts_of(std::string_view bytes, const Database& database) {
    ByteReader in = reader(bytes, database);
    std::vector<std::string> out;
    while (in.left() > 0)
        out.emplace_back(in.get_text());
    return out;
}

} // namespace fabula::detail
