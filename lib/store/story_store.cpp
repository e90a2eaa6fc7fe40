// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"
#include "store/window_loader.hpp"
#include "store/window_writer.hpp"
#include "store/writer_lock.hpp"
#include "stream/stream_state.hpp"

#include <fabula/error.hpp>
#include <fabula/store.hpp>

#include <mutex>
#include <utility>

namespace fabula::inline v0 {

std::string StoreOptions::validate() const {
    constexpr std::chrono::milliseconds longest{3'600'000};
    if (forget && forget->count() < 0)
        return "forget is " + std::to_string(forget->count()) + " seconds, but must be 0 or more";
    if (wait.count() < 0 || wait > longest)
        return "wait is " + std::to_string(wait.count()) + " ms, but must be in 0–3600000";
    return {};
}

namespace {

const StoreOptions& valid(const StoreOptions& options) {
    if (const std::string problem = options.validate(); !problem.empty())
        throw Error(Errc::bad_option, problem);
    return options;
}

} // namespace

struct StoryStore::State {
    Model model;
    StreamOptions stream_options;
    StoreOptions options;
    StoryStream stream;
    detail::WriterLock lock;
    detail::Database database;
    std::optional<detail::WindowWriter> writer; ///< once there are tables
    std::optional<detail::Statement> data_version;
    std::int64_t seen_version{}; ///< of the file, as this connection left it
    bool is_stale{};             ///< what is in memory is not what is in the file
    StreamUpdate rebuilding;

    State(Model m, const std::filesystem::path& file, StreamOptions s, StoreOptions o)
        : model(std::move(m)), stream_options(s), options(valid(o)), stream(model, s),
          lock(file, options.wait), database(file, detail::Database::Access::write, options.wait) {
        if (database.text("PRAGMA journal_mode = WAL") != "wal")
            throw Error(Errc::unwritable, database.name() +
                                              ": the file system there cannot hold a store, which "
                                              "needs shared memory; name a file on a local disk");
        database.execute(options.durability == StoreDurability::full
                             ? "PRAGMA synchronous = FULL"
                             : "PRAGMA synchronous = NORMAL");
        // 16 MB: pages that change again and again are written to their places less often.
        database.execute("PRAGMA wal_autocheckpoint = 4000");
        open();
    }

    [[nodiscard]] detail::StreamState& live() { return detail::StreamAccess::state(stream); }

    void open() {
        detail::Transaction transaction(database, detail::Database::Access::write);
        const bool is_new = database.number("SELECT count(*) FROM sqlite_schema") == 0;
        detail::bring_up_to_date(database);
        if (is_new)
            detail::set_model(database, model);
        const bool rebuilds = !detail::is_of_model(database, model);
        if (rebuilds && !options.rebuild)
            detail::refuse_model(database, model);
        writer.emplace(database);
        data_version.emplace(database, "PRAGMA data_version");
        if (rebuilds)
            rebuild();
        else
            restore(load());
        transaction.commit();
        seen_version = version();
    }

    [[nodiscard]] detail::LoadedWindow load() const {
        detail::LoadOptions how;
        how.texts = stream_options.keep_texts;
        how.threads = stream_options.threads;
        return load_window(database, model, how);
    }

    /// Puts a window in the place of what is in memory.
    void restore(detail::LoadedWindow loaded) {
        auto window = std::make_unique<detail::LiveWindow>(model, stream_options);
        std::vector<detail::WindowWriter::Held> held;
        for (std::size_t i = 0; i < loaded.entries.size(); ++i)
            if (!loaded.window.articles[i].went)
                held.push_back({static_cast<std::uint32_t>(i), loaded.entries[i],
                                loaded.window.articles[i].story});
        const auto clock = loaded.window.clock;
        const std::vector<detail::WindowArticles::Number> numbers =
            window->restore(std::move(loaded.window));
        for (detail::WindowWriter::Held& one : held)
            one.number = numbers[one.number];
        writer->begin_with(held, loaded.step, clock);
        window->record_with(&*writer);
        live().window = std::move(window);
        is_stale = false;
    }

    void rebuild() {
        detail::set_model(database, model);
        detail::LoadedWindow loaded =
            load_anew(database, model, stream_options.keep_texts, stream_options.threads);
        database.execute("DELETE FROM features; DELETE FROM window WHERE went IS NOT NULL; "
                         "UPDATE window SET came = 0; UPDATE meta SET value = 0 WHERE key IN "
                         "('step', 'changes')");
        detail::Statement insert(database, "INSERT INTO features VALUES(?1, ?2, ?3, ?4, ?5)");
        for (std::size_t i = 0; i < loaded.entries.size(); ++i) {
            const detail::HeldArticle& held = loaded.window.articles[i].held;
            const std::string bytes = held.features.to_bytes();
            const std::string content = detail::bytes_of(held.content);
            insert.run(loaded.entries[i], detail::Statement::Blob{bytes}, held.has_text ? 1 : 0,
                       detail::Statement::Blob{content}, held.title_bytes);
        }
        restore(std::move(loaded));
        rebuilding = live().window->settle();
    }

    [[nodiscard]] std::int64_t version() {
        data_version->reset();
        static_cast<void>(data_version->step());
        const std::int64_t out = data_version->integer(0);
        data_version->reset();
        return out;
    }

    /// One call, one transaction: all of it is in the file when this comes back, or nothing.
    template <class Call>
    StreamUpdate change(const Call& call) {
        const std::unique_lock exclusive(live().mutex);
        std::optional<detail::Transaction> transaction(std::in_place, database,
                                                       detail::Database::Access::write);
        if (is_stale || version() != seen_version) { // somebody has edited the file
            restore(load());
            seen_version = version();
        }
        const std::size_t records = writer->records();
        const auto clock = writer->clock();
        try {
            StreamUpdate out = call(*live().window);
            writer->set_clock(live().window->clock());
            if (options.forget && writer->clock() && writer->clock() != clock)
                forget(*writer->clock());
            transaction->commit();
            return out;
        } catch (...) {
            if (writer->records() != records || live().window->clock() != clock)
                undo(transaction);
            throw;
        }
    }

    void forget(std::chrono::sys_seconds clock) {
        if (clock >= std::chrono::sys_seconds::min() + *options.forget)
            writer->forget(clock - *options.forget);
    }

    /// Brings memory back to what is in the file; if that fails too, before the next call.
    void undo(std::optional<detail::Transaction>& transaction) noexcept {
        is_stale = true;
        try {
            transaction.reset();
            restore(load());
        } catch (...) { // NOLINT(bugprone-empty-catch): it is stale
        }
    }
};

StoryStore::StoryStore(Model model, const std::filesystem::path& file, StreamOptions stream,
                       StoreOptions options)
    : state_(std::make_unique<State>(std::move(model), file, stream, options)) {}

StoryStore::~StoryStore() = default;
StoryStore::StoryStore(StoryStore&&) noexcept = default;
StoryStore& StoryStore::operator=(StoryStore&&) noexcept = default;

StreamUpdate StoryStore::take_rebuilding() {
    return std::exchange(state_->rebuilding, {});
}

StreamUpdate StoryStore::add(std::span<const Article> articles, std::chrono::sys_seconds now) {
    return state_->change(
        [&](detail::LiveWindow& window) { return window.add(articles, now, false); });
}

StreamUpdate StoryStore::add(const Article& article, std::chrono::sys_seconds now) {
    return add({&article, 1}, now);
}

StreamUpdate StoryStore::add(std::span<const ArticleFeatures> features,
                             std::chrono::sys_seconds now) {
    return state_->change([&](detail::LiveWindow& window) { return window.add(features, now); });
}

StreamUpdate StoryStore::update(const Article& article, std::chrono::sys_seconds now) {
    return state_->change([&](detail::LiveWindow& window) {
        return window.add({&article, 1}, now, true);
    });
}

StreamUpdate StoryStore::remove(std::span<const std::string> ids) {
    return state_->change([&](detail::LiveWindow& window) { return window.remove(ids); });
}

StreamUpdate StoryStore::remove(const std::string& id) {
    return remove({&id, 1});
}

StreamUpdate StoryStore::expire(std::chrono::sys_seconds now) {
    return state_->change([&](detail::LiveWindow& window) { return window.expire(now); });
}

StreamUpdate StoryStore::must_link(const std::string& a, const std::string& b) {
    return state_->change(
        [&](detail::LiveWindow& window) { return window.link(a, b, detail::LinkKind::must); });
}

StreamUpdate StoryStore::cannot_link(const std::string& a, const std::string& b) {
    return state_->change(
        [&](detail::LiveWindow& window) { return window.link(a, b, detail::LinkKind::cannot); });
}

StreamUpdate StoryStore::unlink(const std::string& a, const std::string& b) {
    return state_->change(
        [&](detail::LiveWindow& window) { return window.link(a, b, detail::LinkKind::none); });
}

StreamUpdate StoryStore::settle() {
    return state_->change([](detail::LiveWindow& window) { return window.settle(); });
}

const StoryStream& StoryStore::stream() const {
    return state_->stream;
}

} // namespace fabula::inline v0
