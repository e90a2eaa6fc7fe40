// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "articles.hpp"
#include "run.hpp"

#include <fabula/io.hpp>
#include <fabula/store.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unistd.h>

/// What a stream and a store have in common.
namespace binding {

inline std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

template <class Written>
std::string as_lines(const std::vector<Written>& written) {
    std::ostringstream out;
    write_json_lines(out, written);
    return std::move(out).str();
}

/// A StoryStream or a StoryStore. Closing drops what is held here; calls that are under way keep
/// theirs.
///
/// SQLite's handles must not be used in a process that was forked, nor closed there: its locks are
/// the parent's. So there a store refuses calls, and is never destroyed.
template <class Engine>
class Live {
public:
    template <class Make>
    explicit Live(Make make)
        : engine_(interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
              return std::make_shared<Engine>(make());
          })) {}
    Live(Live&&) noexcept = default;
    ~Live() { leave_to_parent(); }

    void close() {
        leave_to_parent();
        std::shared_ptr<Engine> last = std::move(engine_);
        unlocked([&] { last.reset(); });
    }
    [[nodiscard]] bool closed() const { return engine_ == nullptr; }

    /// `change` of the engine gives an update: its events as JSON Lines, (id, story or None,
    /// status, language) of each article, and whether it has settled.
    template <class Change>
    nb::tuple update(Change change) const {
        struct Result {
            fabula::StreamUpdate update;
            std::string events;
        };
        const auto engine = opened();
        const Result result = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            fabula::StreamUpdate made = change(*engine);
            std::string events = as_lines(made.events);
            return Result{std::move(made), std::move(events)};
        });
        nb::list placements;
        for (const fabula::StreamPlacement& placement : result.update.placements)
            placements.append(nb::make_tuple(
                to_str(placement.article),
                placement.story ? nb::object(nb::cast(*placement.story)) : nb::none(),
                to_str(to_string(placement.outcome.status)), to_str(placement.outcome.language)));
        return nb::make_tuple(to_str(result.events), placements, result.update.settled);
    }

    /// What `look` finds in the stream.
    template <class Look>
    auto look(Look look) const {
        const auto engine = opened();
        return unlocked([&] { return look(stream_of(*engine)); });
    }

private:
    static constexpr bool has_file = std::is_same_v<Engine, fabula::StoryStore>;

    static const fabula::StoryStream& stream_of(const fabula::StoryStream& stream) {
        return stream;
    }
    static const fabula::StoryStream& stream_of(const fabula::StoryStore& store) {
        return store.stream();
    }

    [[nodiscard]] bool of_parent() const { return has_file && ::getpid() != process_; }

    void leave_to_parent() {
        if (engine_ && of_parent())
            (void)new std::shared_ptr<Engine>(std::move(engine_));
    }

    [[nodiscard]] std::shared_ptr<Engine> opened() const {
        if (!engine_)
            throw std::invalid_argument(has_file ? "this store is closed"
                                                 : "this stream is closed");
        if (of_parent())
            throw std::invalid_argument("this store was opened by the process " +
                                        std::to_string(process_) +
                                        ", which forked; read it with fabula.read_stories, or open "
                                        "it after the fork");
        return engine_;
    }

    std::shared_ptr<Engine> engine_;
    ::pid_t process_{::getpid()};
};

/// What both can be asked to do.
template <class Engine>
void define_live(nb::class_<Live<Engine>>& type) {
    using namespace nb::literals;
    using Self = Live<Engine>;
    using fabula::StoryStream;
    using fabula::StreamUpdate;
    type.def("close", &Self::close)
        .def_prop_ro("closed", &Self::closed)
        .def(
            "add",
            [](const Self& self, const Articles& articles, std::int64_t now) {
                return self.update([&](Engine& engine) {
                    return engine.add(articles.set.articles, time_of(now));
                });
            },
            "articles"_a, "now"_a)
        .def(
            "update",
            [](const Self& self, const Articles& articles, std::int64_t now) {
                return self.update([&](Engine& engine) {
                    StreamUpdate all;
                    for (const fabula::Article& article : articles.set.articles) {
                        StreamUpdate one = engine.update(article, time_of(now));
                        all.settled = all.settled || one.settled;
                        std::move(one.placements.begin(), one.placements.end(),
                                  std::back_inserter(all.placements));
                        std::move(one.events.begin(), one.events.end(),
                                  std::back_inserter(all.events));
                    }
                    return all;
                });
            },
            "articles"_a, "now"_a)
        .def(
            "remove",
            [](const Self& self, const std::vector<std::string>& ids) {
                return self.update([&](Engine& engine) { return engine.remove(ids); });
            },
            "ids"_a)
        .def(
            "expire",
            [](const Self& self, std::int64_t now) {
                return self.update([&](Engine& engine) { return engine.expire(time_of(now)); });
            },
            "now"_a)
        .def("settle",
             [](const Self& self) {
                 return self.update([](Engine& engine) { return engine.settle(); });
             })
        .def(
            "must_link",
            [](const Self& self, const std::string& a, const std::string& b) {
                return self.update([&](Engine& engine) { return engine.must_link(a, b); });
            },
            "a"_a, "b"_a)
        .def(
            "cannot_link",
            [](const Self& self, const std::string& a, const std::string& b) {
                return self.update([&](Engine& engine) { return engine.cannot_link(a, b); });
            },
            "a"_a, "b"_a)
        .def(
            "unlink",
            [](const Self& self, const std::string& a, const std::string& b) {
                return self.update([&](Engine& engine) { return engine.unlink(a, b); });
            },
            "a"_a, "b"_a)
        .def("__len__",
             [](const Self& self) {
                 return self.look([](const StoryStream& stream) { return stream.articles(); });
             })
        .def(
            "story_of",
            [](const Self& self, const std::string& id) {
                return self.look([&](const StoryStream& stream) { return stream.story_of(id); });
            },
            "id"_a)
        .def("stories",
             [](const Self& self) {
                 return to_str(self.look(
                     [](const StoryStream& stream) { return as_lines(stream.stories()); }));
             })
        .def(
            "near",
            [](const Self& self, const Articles& articles, std::size_t k) {
                const auto matches = self.look([&](const StoryStream& stream) {
                    return stream.near(articles.set.articles.at(0), k);
                });
                nb::list list;
                for (const fabula::StreamMatch& match : matches)
                    list.append(
                        nb::make_tuple(match.story, match.probability, to_str(match.article)));
                return list;
            },
            "articles"_a, "k"_a);
}

} // namespace binding
