// SPDX-License-Identifier: Apache-2.0
#include "live.hpp"
#include "stream.hpp"

#include <limits>
#include <nanobind/ndarray.h>

namespace binding {
namespace {

using namespace nb::literals;
using Store = Live<fabula::StoryStore>;

/// Stories as JSON Lines, and for each article the place of its story among them, −1 where that was
/// not asked for.
nb::tuple read_stories(const fabula::Model& model, const std::string& path,
                       std::optional<std::int64_t> since, const std::string& language,
                       std::size_t min_size, const std::vector<fabula::StreamStoryId>& stories,
                       unsigned threads) {
    fabula::StoryFilter filter{{}, language, min_size, stories};
    if (since)
        filter.since = std::chrono::seconds{*since};
    struct Result {
        std::string json;
        std::vector<std::int64_t> labels;
    };
    const Result result = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
        const fabula::StoredStories there =
            fabula::read_stories(model, path, filter, threads_here(threads));
        std::ostringstream json;
        write_json_lines(json, there.clusters, there.articles, {});
        Result made{std::move(json).str(), std::vector<std::int64_t>(there.articles.size(), -1)};
        const auto& all = there.clusters.stories;
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const std::size_t member : all[i].members)
                made.labels[member] = static_cast<std::int64_t>(i);
        return made;
    });
    nb::list labels;
    for (const std::int64_t label : result.labels)
        labels.append(label);
    return nb::make_tuple(nb::bytes(result.json.data(), result.json.size()), labels);
}

/// The number, the time and the event as JSON of each.
nb::list read_events(const std::string& path, std::uint64_t after, std::size_t most) {
    const std::vector<fabula::StoredEvent> events =
        unlocked([&] { return fabula::read_events(path, after, most); });
    nb::list list;
    for (const fabula::StoredEvent& stored : events)
        list.append(nb::make_tuple(stored.number, stored.at.time_since_epoch().count(),
                                   to_str(as_lines(std::vector{stored.event}))));
    return list;
}

nb::tuple salvage(const fabula::Model& model, const std::string& from, const std::string& to) {
    const fabula::Salvage saved =
        interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            return fabula::salvage_store(model, from, to);
        });
    return nb::make_tuple(saved.articles, saved.lost, saved.events, saved.lost_events);
}

} // namespace

void define_store(nb::module_& module) {
    nb::class_<Store> type{module, "Store"};
    type.def(nb::new_([](const fabula::Model& model, const std::string& path, std::int64_t window,
                         double min_probability, std::size_t settle_every, bool keep_texts,
                         unsigned threads, bool survives_power_loss,
                         std::optional<std::int64_t> forget, bool rebuild, std::int64_t wait) {
                 return Store{[&] {
                     fabula::StoreOptions how;
                     how.durability = survives_power_loss ? fabula::StoreDurability::full
                                                          : fabula::StoreDurability::normal;
                     if (forget)
                         how.forget = std::chrono::seconds{*forget};
                     how.rebuild = rebuild;
                     how.wait = std::chrono::milliseconds{wait};
                     return fabula::StoryStore{model,
                                               path,
                                               {.window = std::chrono::seconds{window},
                                                .min_probability = min_probability,
                                                .settle_every = settle_every,
                                                .keep_texts = keep_texts,
                                                .threads = threads_here(threads)},
                                               how};
                 }};
             }),
             "model"_a, "path"_a, "window"_a, "min_probability"_a, "settle_every"_a, "keep_texts"_a,
             "threads"_a, "survives_power_loss"_a, "forget"_a.none(), "rebuild"_a, "wait"_a);
    define_live(type);
    type.def("take_rebuilding", [](const Store& self) {
        return self.update([](fabula::StoryStore& store) { return store.take_rebuilding(); });
    });
    module.def("read_stories", &read_stories, "model"_a, "path"_a, "since"_a.none(), "language"_a,
               "min_size"_a, "stories"_a, "threads"_a);
    module.def("read_events", &read_events, "path"_a, "after"_a, "most"_a);
    module.def("salvage", &salvage, "model"_a, "from"_a, "to"_a);
}

} // namespace binding
