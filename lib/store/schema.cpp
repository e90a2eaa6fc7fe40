// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include "base/hash.hpp"
#include "features/article_features.hpp"

#include <fabula/error.hpp>

#include <array>
#include <cstddef>
#include <string>

namespace fabula::detail {
namespace {

constexpr std::int64_t application = 0x46414255; // "FABU"

/// What leads from each version to the next. None may ever change: files have been made by it.
constexpr std::array<const char*, 2> steps{
    // An entry is an article as it came once: a correction is an entry of its own. `window` has
    // those that are in the window, or were when the stream last settled; `came` and `went` count
    // the changes since. `departed` has those that left, by when.
    R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE articles(entry INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
    title TEXT NOT NULL, text TEXT, language TEXT NOT NULL, source TEXT NOT NULL,
    published INTEGER);
CREATE INDEX articles_by_id ON articles(id);
CREATE TABLE features(entry INTEGER PRIMARY KEY, bytes BLOB NOT NULL, has_text INTEGER NOT NULL,
    content BLOB NOT NULL, title_bytes INTEGER NOT NULL);
CREATE TABLE window(entry INTEGER PRIMARY KEY, time INTEGER NOT NULL, came INTEGER NOT NULL,
    went INTEGER, story INTEGER NOT NULL);
CREATE INDEX window_went ON window(entry) WHERE went IS NOT NULL;
CREATE INDEX window_came ON window(entry) WHERE came <> 0;
CREATE TABLE departed(at INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY(at, entry))
    WITHOUT ROWID;
CREATE TABLE stories(story INTEGER PRIMARY KEY, representative TEXT NOT NULL, title TEXT NOT NULL,
    changed INTEGER NOT NULL);
CREATE TABLE events(number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,
    kind TEXT NOT NULL, story INTEGER NOT NULL, other INTEGER, title TEXT NOT NULL,
    articles BLOB NOT NULL);
INSERT INTO meta VALUES('clock', NULL), ('next_story', 1), ('changes', 0), ('step', 0);
)",
    // Corrections by editors.
    R"(
CREATE TABLE links(first TEXT NOT NULL, second TEXT NOT NULL, must INTEGER NOT NULL,
    PRIMARY KEY(first, second)) WITHOUT ROWID;
)"};

void refuse_later(const Database& database, std::int64_t version) {
    throw Error(Errc::other_model,
                database.name() + ": was written by a later version of Fabula (" +
                    "tables of version " + std::to_string(version) + ", this one knows " +
                    std::to_string(schema_version()) + "); open it with that one");
}

void refuse_other(const Database& database) {
    throw Error(Errc::damaged_data, database.name() +
                                        ": is a SQLite file, but no store of Fabula; name another "
                                        "file, a new one to begin a store");
}

std::string model_of(const Model& model) {
    return hexadecimal(feature_space(ModelData::of(model)));
}

std::string meta_text(const Database& database, std::string_view key) {
    Statement statement(database, "SELECT value FROM meta WHERE key = ?1");
    return statement.with(key).step() ? statement.text(0) : std::string();
}

} // namespace

std::int64_t schema_version() {
    return static_cast<std::int64_t>(steps.size());
}

void begin_schema(const Database& database, std::int64_t version) {
    for (auto at = database.number("PRAGMA user_version"); at < version; ++at)
        database.execute(steps.at(static_cast<std::size_t>(at)));
    database.execute(("PRAGMA application_id = " + std::to_string(application) +
                      "; PRAGMA user_version = " + std::to_string(version))
                         .c_str());
}

void bring_up_to_date(const Database& database) {
    if (database.number("SELECT count(*) FROM sqlite_schema") > 0)
        require_store(database);
    if (database.number("PRAGMA user_version") < schema_version())
        begin_schema(database, schema_version());
}

void require_store(const Database& database) {
    if (database.number("PRAGMA application_id") != application)
        refuse_other(database);
    if (const auto version = database.number("PRAGMA user_version"); version > schema_version())
        refuse_later(database, version);
}

bool is_of_model(const Database& database, const Model& model) {
    return meta_text(database, "space") == model_of(model);
}

void set_model(const Database& database, const Model& model) {
    Statement set(database, "INSERT OR REPLACE INTO meta VALUES(?1, ?2)");
    set.run("space", model_of(model));
    set.run("model", model.card().checksum);
}

void refuse_model(const Database& database, const Model& model) {
    const auto named = [](const std::string& checksum) {
        return checksum.empty() ? std::string("none") : checksum;
    };
    throw Error(Errc::other_model,
                database.name() + ": was written with another model (checksum " +
                    named(meta_text(database, "model")) + ", that of " + model.card().path +
                    " is " + named(model.card().checksum) +
                    "), or by another version; open it with that one, or make its features anew "
                    "by `fabula stream --store " +
                    database.name() + " --rebuild`");
}

void require_model(const Database& database, const Model& model) {
    if (!is_of_model(database, model))
        refuse_model(database, model);
}

std::int64_t meta_number(const Database& database, std::string_view key) {
    Statement statement(database, "SELECT value FROM meta WHERE key = ?1");
    return statement.with(key).step() ? statement.integer(0) : 0;
}

} // namespace fabula::detail
