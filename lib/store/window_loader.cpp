// SPDX-License-Identifier: Apache-2.0
#include "store/window_loader.hpp"

#include "base/parallel.hpp"
#include "boilerplate/filter.hpp"
#include "features/article_features.hpp"
#include "features/article_identity.hpp"
#include "store/schema.hpp"
#include "store/window_writer.hpp"
#include "stream/settled_features.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>

namespace fabula::detail {
namespace {

constexpr const char* rows = R"(
SELECT w.entry, w.time, w.came, w.went, w.story, f.bytes, f.has_text, f.content, f.title_bytes,
    a.id, a.title, a.language, a.source, a.published,
    CASE WHEN ?2 OR (?1 AND f.has_text) THEN a.text END, f.entry, a.entry
FROM window w LEFT JOIN features f ON f.entry = w.entry LEFT JOIN articles a ON a.entry = w.entry
WHERE NOT ?3 OR w.went IS NULL ORDER BY w.entry)";

/// What a row holds, its features still as bytes.
struct Row {
    KeptArticle kept;
    std::int64_t entry{};
    std::string bytes;
};

/// Features of some rows at once.
void read_features(std::span<Row> some, const Database& database, const Model& model,
                   const LoadOptions& options) {
    constexpr std::size_t rows_per_task = 64;
    for_each_range(some.size(), rows_per_task, options.threads, [&](ItemRange range) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            Row& row = some[i];
            HeldArticle& held = row.kept.held;
            const std::string what = "the features of \"" + held.article.id + '"';
            try {
                held.features = ArticleFeatures::from_bytes(model, row.bytes);
            } catch (const Error& error) {
                if (error.code() == Errc::other_model)
                    refuse_model(database, model);
                database.refuse_damaged(what + ": " + error.what());
            }
            std::string().swap(row.bytes);
            if (held.features.id() != held.article.id)
                database.refuse_damaged(what + " are of \"" + held.features.id() + '"');
            if (held.has_text && article_identity(held.article) != held.identity())
                database.refuse_damaged("the article \"" + held.article.id +
                                        "\" is not as it was given");
        }
    });
}

Row read_row(const Statement& row, const Database& database, const LoadOptions& options) {
    Row out{{{article_of_row(row, 9), FeatureData::wrap(nullptr)}}, row.integer(0), row.text(5)};
    KeptArticle& kept = out.kept;
    if (row.is_null(15) || row.is_null(16))
        database.refuse_damaged("entry " + std::to_string(out.entry) +
                                " of the window has no article or no features");
    kept.came = static_cast<std::uint32_t>(row.integer(2));
    if (!row.is_null(3))
        kept.went = static_cast<std::uint32_t>(row.integer(3));
    kept.story = static_cast<StreamStoryId>(row.integer(4));
    HeldArticle& held = kept.held;
    held.time = time_of(row.integer(1));
    held.has_text = options.texts && row.integer(6) != 0;
    if (held.has_text) {
        held.content = ranges_of(row.bytes(7), database);
        for (const ByteRange& range : held.content)
            if (range.end > row.bytes(14).size())
                database.refuse_damaged("the text of \"" + held.article.id + "\" is cut short");
    }
    held.title_bytes = static_cast<std::size_t>(row.integer(8));
    held.article.text = row.text(14);
    return out;
}

void check(const LoadedWindow& loaded, const Database& database) {
    std::set<StreamStoryId> told;
    std::set<std::string_view> representatives;
    for (const KeptStory& story : loaded.window.stories)
        told.insert(story.id);
    std::set<StreamStoryId> met;
    std::unordered_set<std::string_view> ids;
    std::unordered_set<std::string_view> settled;
    for (const KeptArticle& kept : loaded.window.articles) {
        const std::string& id = kept.held.article.id;
        if (kept.came > loaded.step || kept.went > static_cast<std::uint32_t>(loaded.step) ||
            (kept.went && *kept.went <= kept.came))
            database.refuse_damaged("\"" + id + "\" came or went with a change that never was");
        if (kept.came == 0 && !settled.insert(id).second)
            database.refuse_damaged("\"" + id + "\" was in the window twice");
        if (kept.went)
            continue;
        if (!told.contains(kept.story) || kept.story >= loaded.window.next_story)
            database.refuse_damaged("\"" + id + "\" is in story " + std::to_string(kept.story) +
                                    ", which is not there");
        if (!ids.insert(id).second)
            database.refuse_damaged("\"" + id + "\" is in the window twice");
        met.insert(kept.story);
    }
    for (const KeptStory& story : loaded.window.stories)
        if (!met.contains(story.id) || !ids.contains(story.representative))
            database.refuse_damaged("story " + std::to_string(story.id) +
                                    " has no articles, or another one stands for it");
}

ArticleLinks load_links(const Database& database) {
    ArticleLinks out;
    if (database.number("PRAGMA user_version") < 2) // there were none
        return out;
    Statement links(database, "SELECT first, second, must FROM links ORDER BY first, second");
    while (links.step())
        (links.integer(2) != 0 ? out.must : out.cannot).emplace_back(links.text(0), links.text(1));
    return out;
}

LoadedWindow load_head(const Database& database) {
    LoadedWindow out;
    out.step = meta_number(database, "step");
    out.window.changes = static_cast<std::size_t>(meta_number(database, "changes"));
    out.window.next_story = static_cast<StreamStoryId>(meta_number(database, "next_story"));
    Statement clock(database, "SELECT value FROM meta WHERE key = 'clock' AND value IS NOT NULL");
    if (clock.step())
        out.window.clock = time_of(clock.integer(0));
    out.window.stories = load_stories(database);
    out.window.links = load_links(database);
    if (const std::string problem = out.window.links.validate(); !problem.empty())
        database.refuse_damaged(problem);
    return out;
}

} // namespace

Article article_of_row(const Statement& row, int column) {
    Article out;
    out.id = row.text(column);
    out.title = row.text(column + 1);
    out.language = row.text(column + 2);
    out.source = row.text(column + 3);
    if (const auto published = row.maybe_integer(column + 4))
        out.published = time_of(*published);
    return out;
}

std::vector<KeptStory> load_stories(const Database& database) {
    std::vector<KeptStory> out;
    Statement stories(database, "SELECT story, representative, title FROM stories ORDER BY story");
    while (stories.step())
        out.push_back(
            {static_cast<StreamStoryId>(stories.integer(0)), stories.text(1), stories.text(2)});
    return out;
}

LoadedWindow load_window(const Database& database, const Model& model, const LoadOptions& options) {
    require_model(database, model);
    LoadedWindow out = load_head(database);
    Statement statement(database, rows);
    statement.with(options.texts ? 1 : 0, options.all_texts ? 1 : 0, options.now_only ? 1 : 0);
    constexpr std::size_t rows_at_once = 4096;
    std::vector<Row> some;
    const auto take = [&] {
        read_features(some, database, model, options);
        for (Row& row : some) {
            out.window.articles.push_back(std::move(row.kept));
            out.entries.push_back(row.entry);
        }
        some.clear();
    };
    while (statement.step()) {
        some.push_back(read_row(statement, database, options));
        if (some.size() == rows_at_once)
            take();
    }
    take();
    check(out, database);
    return out;
}

LoadedWindow load_anew(const Database& database, const Model& model, bool keep_texts,
                       unsigned threads) {
    LoadedWindow out = load_head(database);
    out.step = 0;
    out.window.changes = 0;
    Statement statement(database, R"(
SELECT w.entry, w.time, w.story, a.id, a.title, a.language, a.source, a.published, a.text
FROM window w JOIN articles a ON a.entry = w.entry WHERE w.went IS NULL ORDER BY w.entry)");
    constexpr std::size_t articles_at_once = 1024;
    Pool<TextAnalyzer> analyzers;
    std::vector<Article> some;
    const auto take = [&] {
        std::vector<HeldArticle> read = read_articles_of_stream(some, model, BoilerplateFilter{},
                                                                analyzers, keep_texts, threads);
        const std::size_t begin = out.window.articles.size() - some.size();
        for (std::size_t i = 0; i < read.size(); ++i) {
            read[i].time = out.window.articles[begin + i].held.time;
            out.window.articles[begin + i].held = std::move(read[i]);
        }
        some.clear();
    };
    while (statement.step()) {
        Article article = article_of_row(statement, 3);
        if (statement.is_null(8))
            throw Error(Errc::other_model,
                        database.name() +
                            ": holds articles that were added as features, such as "
                            "\"" +
                            article.id +
                            "\": without their texts they cannot be made anew; begin a new store");
        article.text = statement.text(8);
        KeptArticle kept{{{}, FeatureData::wrap(nullptr)}};
        kept.held.time = time_of(statement.integer(1));
        kept.story = static_cast<StreamStoryId>(statement.integer(2));
        out.window.articles.push_back(std::move(kept));
        out.entries.push_back(statement.integer(0));
        some.push_back(std::move(article));
        if (some.size() == articles_at_once)
            take();
    }
    take();
    check(out, database);
    return out;
}

} // namespace fabula::detail
