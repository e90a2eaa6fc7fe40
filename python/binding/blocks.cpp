// SPDX-License-Identifier: Apache-2.0
#include "blocks.hpp"

#include "articles.hpp"
#include "run.hpp"
#include "values.hpp"

#include <fabula/blocks.hpp>
#include <fabula/boilerplate.hpp>
#include <fabula/error.hpp>
#include <fabula/features.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <optional>
#include <string_view>

namespace nb = nanobind;
using namespace nb::literals;

namespace binding {
namespace {

template <class Value>
using Array = nb::ndarray<const Value, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

template <class Value>
std::span<const Value> to_span(const Array<Value>& array) {
    return {array.data(), array.size()};
}

/// The bytes of objects that stay referred to while the lock is released.
std::vector<std::string_view> views_of(const nb::list& all) {
    std::vector<std::string_view> out;
    out.reserve(all.size());
    for (const nb::handle one : all) {
        const auto bytes = nb::cast<nb::bytes>(one);
        out.emplace_back(bytes.c_str(), bytes.size());
    }
    return out;
}

std::vector<fabula::ArticleFeatures> read(const fabula::Model& model,
                                          std::span<const std::string_view> bytes) {
    std::vector<fabula::ArticleFeatures> out;
    out.reserve(bytes.size());
    for (const std::string_view one : bytes)
        out.push_back(fabula::ArticleFeatures::from_bytes(model, one));
    return out;
}

nb::object seconds_or_none(const std::optional<std::chrono::sys_seconds>& time) {
    return time ? nb::object(nb::int_(time->time_since_epoch().count())) : nb::none();
}

/// In lists, one entry an article: id, time, source, title, language, status, features as bytes.
nb::tuple extract(const fabula::Model& model, const Articles& articles,
                  const fabula::Boilerplate& boilerplate, unsigned threads) {
    struct Result {
        std::vector<std::string> bytes;
        std::vector<fabula::ArticleFeatures> features;
    };
    const unsigned usable = threads_here(threads);
    const Result made = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
        Result out{{}, extract_features(model, articles.set.articles, boilerplate, usable)};
        for (const fabula::ArticleFeatures& one : out.features)
            out.bytes.push_back(one.to_bytes());
        return out;
    });
    nb::list ids;
    nb::list times;
    nb::list sources;
    nb::list titles;
    nb::list languages;
    nb::list statuses;
    nb::list bytes;
    for (std::size_t i = 0; i < made.features.size(); ++i) {
        const fabula::Article& article = articles.set.articles[i];
        ids.append(to_str(article.id));
        times.append(seconds_or_none(article.published));
        sources.append(to_str(article.source));
        titles.append(to_str(article.title));
        languages.append(to_str(made.features[i].outcome().language));
        statuses.append(to_str(to_string(made.features[i].outcome().status)));
        bytes.append(nb::bytes(made.bytes[i].data(), made.bytes[i].size()));
    }
    return nb::make_tuple(ids, times, sources, titles, languages, statuses, bytes);
}

/// A `CollectionOutline`, whose sample is read once.
struct Outline {
    fabula::CollectionOutline outline;
};

struct Blocks {
    fabula::Model model;
    fabula::BlockClusterer clusterer;

    Blocks(const fabula::Model& of, fabula::ClusterOptions options)
        : model(of), clusterer(of, std::move(options)) {}

    [[nodiscard]] nb::tuple links(const nb::list& features) const {
        const auto bytes = views_of(features);
        auto found = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            return clusterer.near_duplicate_links(read(model, bytes));
        });
        std::vector<std::uint32_t> first;
        std::vector<std::uint32_t> second;
        for (const auto& [a, b] : found) {
            first.push_back(a);
            second.push_back(b);
        }
        return nb::make_tuple(to_array(std::move(first)), to_array(std::move(second)));
    }

    [[nodiscard]] auto representatives(const nb::list& features) const {
        const auto bytes = views_of(features);
        return to_array(interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            return clusterer.representatives(read(model, bytes));
        }));
    }

    /// first, second, probability, is_certain, first_place, second_place; rows: article, how many
    /// cosines, cosines of all; compared
    [[nodiscard]] nb::tuple pairs(const nb::list& features, const Array<std::uint8_t>& roles,
                                  const Outline& outline) const {
        const auto bytes = views_of(features);
        std::vector<fabula::BlockRole> as_roles;
        for (const std::uint8_t role : to_span(roles))
            as_roles.push_back(static_cast<fabula::BlockRole>(std::min<std::uint8_t>(role, 2)));
        const fabula::BlockPairs found =
            interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
                return clusterer.pairs(read(model, bytes), as_roles, outline.outline);
            });
        std::vector<std::uint32_t> first;
        std::vector<std::uint32_t> second;
        std::vector<float> probability;
        std::vector<std::uint8_t> certain;
        std::vector<std::uint32_t> first_place;
        std::vector<std::uint32_t> second_place;
        for (const fabula::BlockPair& pair : found.pairs) {
            first.push_back(pair.first);
            second.push_back(pair.second);
            probability.push_back(pair.probability);
            certain.push_back(pair.is_certain ? 1 : 0);
            first_place.push_back(pair.first_place);
            second_place.push_back(pair.second_place);
        }
        std::vector<std::uint32_t> row;
        std::vector<std::uint32_t> length;
        std::vector<float> cosines;
        for (const fabula::BlockRow& one : found.rows) {
            row.push_back(one.article);
            length.push_back(static_cast<std::uint32_t>(one.cosines.size()));
            cosines.insert(cosines.end(), one.cosines.begin(), one.cosines.end());
        }
        return nb::make_tuple(to_array(std::move(first)), to_array(std::move(second)),
                              to_array(std::move(probability)), to_array(std::move(certain)),
                              to_array(std::move(first_place)), to_array(std::move(second_place)),
                              to_array(std::move(row)), to_array(std::move(length)),
                              to_array(std::move(cosines)), found.compared);
    }

    [[nodiscard]] auto cut(std::size_t articles, const Array<std::uint32_t>& first,
                           const Array<std::uint32_t>& second,
                           const Array<float>& probability) const {
        if (first.size() != second.size() || first.size() != probability.size())
            throw fabula::Error{fabula::Errc::bad_input,
                                "first, second and probability are not of one length"};
        std::vector<fabula::Edge> edges;
        edges.reserve(first.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            edges.push_back({first(i), second(i), probability(i)});
        return to_array(interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
                            return clusterer.cut(articles, std::move(edges));
                        }).labels);
    }

    /// Of each story: id, representative, languages, sources, first and last time, the earliest,
    /// cohesion; and of its members: article, relation, probability.
    [[nodiscard]] nb::list describe(const nb::list& features, const Array<std::uint32_t>& stories,
                                    const Array<std::uint32_t>& representatives,
                                    const Outline& outline) const {
        const auto bytes = views_of(features);
        const auto described = interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
            return clusterer.describe(read(model, bytes), to_span(stories),
                                      to_span(representatives), outline.outline);
        });
        nb::list out;
        for (const fabula::Story& story : described) {
            nb::list languages;
            for (const std::string& language : story.languages)
                languages.append(to_str(language));
            nb::list members;
            for (const fabula::StoryLink& link : story.links)
                members.append(nb::make_tuple(
                    link.member,
                    link.relation ? nb::object(to_str(to_string(*link.relation))) : nb::none(),
                    link.probability));
            out.append(nb::make_tuple(
                to_str(story.id), story.representative, languages, story.sources,
                seconds_or_none(story.first_published), seconds_or_none(story.last_published),
                story.earliest ? nb::object(nb::int_(*story.earliest)) : nb::none(), story.cohesion,
                members));
        }
        return out;
    }
};

fabula::ClusterOptions options_of(double min_probability, std::int64_t time_window,
                                  std::uint32_t max_neighbours, unsigned threads) {
    fabula::ClusterOptions options;
    options.min_probability = min_probability;
    options.time_window = std::chrono::seconds{time_window};
    options.max_neighbours = max_neighbours;
    options.threads = threads_here(threads);
    return options;
}

} // namespace

void define_blocks(nb::module_& module) {
    using fabula::Boilerplate;
    nb::class_<Boilerplate>(module, "Boilerplate")
        .def(nb::init<>())
        .def_static(
            "learn",
            [](const Articles& articles, unsigned threads) {
                const unsigned usable = threads_here(threads);
                return interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
                    return Boilerplate::learn(articles.set.articles, usable);
                });
            },
            "articles"_a, "threads"_a)
        .def_static(
            "merge",
            [](const nb::list& parts) {
                std::vector<Boilerplate> read;
                for (const std::string_view bytes : views_of(parts))
                    read.push_back(Boilerplate::from_bytes(bytes));
                return Boilerplate::merge(read);
            },
            "parts"_a)
        .def("to_bytes",
             [](const Boilerplate& learned) {
                 const std::string bytes = learned.to_bytes();
                 return nb::bytes(bytes.data(), bytes.size());
             })
        .def("__len__", &Boilerplate::size);
    module.def(
        "source_number",
        [](nb::handle source) { return Boilerplate::source_number(to_utf8(source)); }, "source"_a);
    nb::class_<Outline>(module, "Outline")
        .def(nb::new_([](const fabula::Model& model, double articles_in_window,
                         const std::vector<std::pair<std::int64_t, std::size_t>>& days,
                         const nb::list& sample) {
                 Outline out;
                 out.outline.articles_in_window = articles_in_window;
                 for (const auto& [day, count] : days)
                     out.outline.articles_of_day.emplace_back(
                         std::chrono::sys_days{std::chrono::days{day}}, count);
                 out.outline.sample = read(model, views_of(sample));
                 return out;
             }),
             "model"_a, "articles_in_window"_a, "days"_a, "sample"_a);
    nb::class_<Blocks>(module, "Blocks")
        .def(nb::new_([](const fabula::Model& model, double min_probability,
                         std::int64_t time_window, std::uint32_t max_neighbours, unsigned threads) {
                 return Blocks{model,
                               options_of(min_probability, time_window, max_neighbours, threads)};
             }),
             "model"_a, "min_probability"_a, "time_window"_a, "max_neighbours"_a, "threads"_a)
        .def("links", &Blocks::links, "features"_a)
        .def("representatives", &Blocks::representatives, "features"_a)
        .def("pairs", &Blocks::pairs, "features"_a, "roles"_a, "outline"_a)
        .def("cut", &Blocks::cut, "articles"_a, "first"_a, "second"_a, "probability"_a)
        .def("describe", &Blocks::describe, "features"_a, "stories"_a, "representatives"_a,
             "outline"_a);
    module.def("outline_sample_size", [] { return fabula::CollectionOutline::sample_size; });
    module.def("extract", &extract, "model"_a, "articles"_a, "boilerplate"_a, "threads"_a);
}

} // namespace binding
