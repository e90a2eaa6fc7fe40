// SPDX-License-Identifier: Apache-2.0
#include "features/article_features.hpp"
#include "features/article_identity.hpp"
#include "store/schema.hpp"
#include "store/window_loader.hpp"
#include "store/window_writer.hpp"

#include <fabula/error.hpp>
#include <fabula/store.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fabula::inline v0 {
namespace {

using detail::Database;
using detail::Statement;

/// Where nothing can be read of a damaged page, what it says is as if it were not there.
template <class Read>
bool try_read(const Read& read) {
    try {
        return read();
    } catch (const Error& error) {
        if (error.code() != Errc::damaged_data && error.code() != Errc::unreadable &&
            error.code() != Errc::other_model)
            throw;
        return false;
    }
}

/// The rows of a table that can be read, one by one by their numbers: a scan would end at the first
/// damaged page. `visit` may throw of a damaged row. The numbers whose rows, if there are any,
/// cannot be read.
template <class Visit>
std::vector<std::int64_t> for_each_row(const Database& from, const std::string& columns,
                                       const std::string& table, const std::string& key,
                                       std::int64_t last, const Visit& visit) {
    Statement row(from,
                  ("SELECT " + columns + " FROM " + table + " WHERE " + key + " = ?1").c_str());
    std::vector<std::int64_t> lost;
    for (std::int64_t number = 1; number <= last; ++number) {
        bool is_there = false;
        const bool is_read = try_read([&] {
            is_there = row.with(number).step();
            if (is_there)
                visit(number, row);
            return true;
        });
        row.reset();
        if (!is_read)
            lost.push_back(number);
    }
    return lost;
}

/// The highest number that a table has had, or some number above it.
std::int64_t last_of(const Database& from, const char* table) {
    std::int64_t last = 0;
    try_read([&] {
        Statement sequence(from, "SELECT seq FROM sqlite_sequence WHERE name = ?1");
        if (sequence.with(std::string_view(table)).step())
            last = sequence.integer(0);
        return true;
    });
    constexpr std::int64_t unknown = 1'000'000;
    return last > 0 ? last : unknown;
}

std::int64_t meta_or(const Database& from, std::string_view key, std::int64_t otherwise) {
    std::int64_t out = otherwise;
    try_read([&] {
        Statement value(from, "SELECT value FROM meta WHERE key = ?1");
        if (value.with(key).step() && !value.is_null(0))
            out = value.integer(0);
        return true;
    });
    return out;
}

/// What has been read of one entry of the window.
struct Entry {
    std::int64_t time{};
    StreamStoryId story{};
};

class Salvaging {
public:
    Salvaging(const Model& model, const std::filesystem::path& from,
              const std::filesystem::path& to)
        : model_(model), from_(from, Database::Access::read, wait),
          to_(to, Database::Access::write, wait),
          insert_article_(begun(to_, model), "INSERT INTO articles(id, title, text, language, "
                                             "source, published) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
                                             "RETURNING entry"),
          insert_features_(to_, "INSERT INTO features VALUES(?1, ?2, ?3, ?4, ?5)"),
          insert_window_(to_, "INSERT INTO window VALUES(?1, ?2, 0, NULL, ?3)") {}

    Salvage run() {
        detail::Transaction transaction(to_, Database::Access::write);
        last_ = last_of(from_, "articles");
        read_window();
        read_articles();
        write_stories();
        copy_events();
        transaction.commit();
        return out_;
    }

private:
    static constexpr std::chrono::milliseconds wait{5000};

    static const Database& begun(const Database& to, const Model& model) {
        detail::begin_schema(to, detail::schema_version());
        detail::set_model(to, model);
        return to;
    }

    void read_window() {
        const std::vector<std::int64_t> unknown = for_each_row(
            from_, "time, went, story", "window", "entry", last_,
            [&](std::int64_t entry, const Statement& row) {
                if (row.is_null(1))
                    window_[entry] = {row.integer(0), static_cast<StreamStoryId>(row.integer(2))};
            });
        next_ = static_cast<StreamStoryId>(meta_or(from_, "next_story", 1));
        for (const auto& [entry, known] : window_)
            next_ = std::max(next_, known.story + 1);
        // Only what is in the window has features. Of those the story alone is lost.
        Statement has_features(from_, "SELECT 1 FROM features WHERE entry = ?1");
        for (const std::int64_t entry : unknown) {
            try_read([&] {
                if (has_features.with(entry).step())
                    window_[entry] = {meta_or(from_, "clock", 0), 0};
                return true;
            });
            has_features.reset();
        }
    }

    /// Features as they were, or made anew where the text is whole.
    void read_articles() {
        Statement article(from_, "SELECT id, title, language, source, published, text FROM "
                                 "articles WHERE entry = ?1");
        Statement features(from_, "SELECT bytes, has_text, content, title_bytes FROM features "
                                  "WHERE entry = ?1");
        for (const auto& [entry, known] : window_) {
            const bool is_read = try_read([&] {
                if (!article.with(entry).step())
                    return false;
                Article given = detail::article_of_row(article, 0);
                const bool has_text = !article.is_null(5);
                given.text = article.text(5);
                return keep(given, has_text, known, entry, features);
            });
            article.reset();
            features.reset();
            out_.lost += is_read ? 0 : 1;
        }
    }

    bool keep(const Article& given, bool has_text, const Entry& known, std::int64_t entry,
              Statement& features) {
        std::optional<ArticleFeatures> made;
        std::string content;
        std::int64_t learns = 0;
        std::int64_t title_bytes = 0;
        try_read([&] {
            if (!features.with(entry).step())
                return false;
            made = ArticleFeatures::from_bytes(model_, features.bytes(0));
            learns = features.integer(1);
            content = features.text(2);
            title_bytes = features.integer(3);
            return made->id() == given.id;
        });
        if (kept_.contains(given.id))
            return true; // an older one, or a newer one, is there
        const bool fits = made && made->id() == given.id &&
                          (!has_text || detail::FeatureData::of(*made).identity ==
                                            detail::article_identity(given));
        if (!fits) {
            // Without features nothing says whether the text is as it was given: better than none.
            if (!has_text || made)
                return false;
            made = extract_features(model_, given);
            content.clear();
            learns = 0;
        }
        std::optional<std::string_view> text;
        if (has_text)
            text = given.text;
        insert_article_.with(given.id, given.title, text, given.language, given.source,
                             detail::seconds_of(given.published));
        static_cast<void>(insert_article_.step());
        const std::int64_t number = insert_article_.integer(0);
        insert_article_.reset();
        const std::string bytes = made->to_bytes();
        insert_features_.run(number, Statement::Blob{bytes}, learns, Statement::Blob{content},
                             title_bytes);
        const StreamStoryId story = known.story != 0 ? known.story : next_;
        next_ = std::max(next_, story + 1);
        insert_window_.run(number, known.time, story);
        members_[story].push_back(given.id);
        kept_.insert(given.id);
        ++out_.articles;
        return true;
    }

    void write_stories() {
        Statement read(from_,
                       "SELECT representative, title, changed FROM stories WHERE story = ?1");
        Statement write(to_, "INSERT INTO stories VALUES(?1, ?2, ?3, ?4)");
        for (const auto& [story, members] : members_) {
            std::string representative = members.front();
            std::string title;
            std::int64_t changed = meta_or(from_, "clock", 0);
            try_read([&] {
                if (!read.with(story).step())
                    return false;
                const std::string named = read.text(0);
                title = read.text(1);
                changed = read.integer(2);
                if (std::find(members.begin(), members.end(), named) != members.end())
                    representative = named;
                return true;
            });
            read.reset();
            write.run(story, representative, title, changed);
        }
        Statement set(to_, "UPDATE meta SET value = ?2 WHERE key = ?1");
        set.run("next_story", next_);
        if (const std::int64_t clock = meta_or(from_, "clock", -1); clock != -1)
            set.run("clock", clock);
    }

    void copy_events() {
        Statement write(to_, "INSERT INTO events VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        const std::vector<std::int64_t> lost =
            for_each_row(from_, "at, kind, story, other, title, articles", "events", "number",
                         last_of(from_, "events"), [&](std::int64_t number, const Statement& row) {
                             const std::string kind = row.text(1);
                             const std::string title = row.text(4);
                             const std::string articles = row.text(5);
                             write.run(number, row.integer(0), kind, row.integer(2),
                                       row.maybe_integer(3), title, Statement::Blob{articles});
                             ++out_.events;
                         });
        out_.lost_events = lost.size();
    }

    const Model& model_;
    Database from_;
    Database to_;
    Statement insert_article_;
    Statement insert_features_;
    Statement insert_window_;
    std::int64_t last_{};
    std::map<std::int64_t, Entry> window_;
    std::map<StreamStoryId, std::vector<std::string>> members_;
    std::set<std::string> kept_; ///< ids
    StreamStoryId next_{1};
    Salvage out_;
};

} // namespace

Salvage salvage_store(const Model& model, const std::filesystem::path& from,
                      const std::filesystem::path& to) {
    if (std::filesystem::exists(to))
        throw Error(Errc::unwritable,
                    to.string() +
                        ": is there already; name a file that is not for what is salvaged");
    try {
        return Salvaging(model, from, to).run();
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(to, ignored);
        throw;
    }
}

} // namespace fabula::inline v0
