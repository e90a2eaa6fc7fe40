// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include "articles.hpp"
#include "run.hpp"

#include <fabula/io.hpp>
#include <fabula/stream.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <sstream>
#include <stdexcept>

namespace binding {
namespace {

using namespace nb::literals;
using fabula::StreamUpdate;

std::chrono::sys_seconds time_of(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

nb::object or_none(const std::optional<fabula::StreamStoryId>& story) {
    return story ? nb::cast(*story) : nb::none();
}

template <class Written>
std::string as_lines(const std::vector<Written>& written) {
    std::ostringstream out;
    write_json_lines(out, written);
    return std::move(out).str();
}

/// Closing drops what is held here; calls that are under way keep theirs.
class Stream {
public:
    Stream(const fabula::Model& model, fabula::StreamOptions options)
        : stream_(unlocked(
              [&] { return std::make_shared<fabula::StoryStream>(model, std::move(options)); })) {}

    void close() { stream_.reset(); }
    [[nodiscard]] bool closed() const { return stream_ == nullptr; }

    /// `change` of the stream gives an update: its events as JSON Lines, (id, story or None,
    /// status, language) of each article, and whether it has settled.
    template <class Change>
    nb::tuple update(Change change) const {
        struct Result {
            StreamUpdate update;
            std::string events;
        };
        const auto stream = opened();
        const Result result = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            StreamUpdate made = change(*stream);
            std::string events = as_lines(made.events);
            return Result{std::move(made), std::move(events)};
        });
        nb::list placements;
        for (const fabula::StreamPlacement& placement : result.update.placements)
            placements.append(nb::make_tuple(to_str(placement.article), or_none(placement.story),
                                             to_str(to_string(placement.outcome.status)),
                                             to_str(placement.outcome.language)));
        return nb::make_tuple(to_str(result.events), placements, result.update.settled);
    }

    /// What `look` finds in the stream.
    template <class Look>
    auto look(Look look) const {
        const auto stream = opened();
        return unlocked([&] { return look(*stream); });
    }

private:
    [[nodiscard]] std::shared_ptr<fabula::StoryStream> opened() const {
        if (!stream_)
            throw std::invalid_argument("this stream is closed");
        return stream_;
    }

    std::shared_ptr<fabula::StoryStream> stream_;
};

} // namespace

void define_stream(nb::module_& module) {
    nb::class_<Stream>(module, "Stream")
        .def(nb::new_([](const fabula::Model& model, std::int64_t window, double min_probability,
                         std::size_t settle_every, bool keep_texts, unsigned threads) {
                 return Stream{model,
                               {.window = std::chrono::seconds{window},
                                .min_probability = min_probability,
                                .settle_every = settle_every,
                                .keep_texts = keep_texts,
                                .threads = threads_here(threads)}};
             }),
             "model"_a, "window"_a, "min_probability"_a, "settle_every"_a, "keep_texts"_a,
             "threads"_a)
        .def("close", &Stream::close)
        .def_prop_ro("closed", &Stream::closed)
        .def(
            "add",
            [](const Stream& self, const Articles& articles, std::int64_t now) {
                return self.update([&](fabula::StoryStream& stream) {
                    return stream.add(articles.set.articles, time_of(now));
                });
            },
            "articles"_a, "now"_a)
        .def(
            "update",
            [](const Stream& self, const Articles& articles, std::int64_t now) {
                return self.update([&](fabula::StoryStream& stream) {
                    StreamUpdate all;
                    for (const fabula::Article& article : articles.set.articles) {
                        StreamUpdate one = stream.update(article, time_of(now));
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
            [](const Stream& self, const std::vector<std::string>& ids) {
                return self.update([&](fabula::StoryStream& stream) { return stream.remove(ids); });
            },
            "ids"_a)
        .def(
            "expire",
            [](const Stream& self, std::int64_t now) {
                return self.update(
                    [&](fabula::StoryStream& stream) { return stream.expire(time_of(now)); });
            },
            "now"_a)
        .def("settle",
             [](const Stream& self) {
                 return self.update([](fabula::StoryStream& stream) { return stream.settle(); });
             })
        .def("__len__",
             [](const Stream& self) {
                 return self.look(
                     [](const fabula::StoryStream& stream) { return stream.articles(); });
             })
        .def(
            "story_of",
            [](const Stream& self, const std::string& id) {
                return self.look(
                    [&](const fabula::StoryStream& stream) { return stream.story_of(id); });
            },
            "id"_a)
        .def("stories",
             [](const Stream& self) {
                 return to_str(self.look(
                     [](const fabula::StoryStream& stream) { return as_lines(stream.stories()); }));
             })
        .def(
            "near",
            [](const Stream& self, const Articles& articles, std::size_t k) {
                const auto matches = self.look([&](const fabula::StoryStream& stream) {
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
