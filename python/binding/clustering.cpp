// SPDX-License-Identifier: Apache-2.0
#include "clustering.hpp"

#include "articles.hpp"
#include "run.hpp"
#include "values.hpp"

#include <fabula/comparer.hpp>
#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/report.hpp>

#include <chrono>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <optional>
#include <sstream>

namespace binding {
namespace {

using namespace nb::literals;

using Vectors = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

fabula::EmbeddingMatrix to_matrix(const Vectors& vectors) {
    fabula::EmbeddingMatrix matrix{vectors.shape(0), vectors.shape(1), {}};
    matrix.values.assign(vectors.data(), vectors.data() + vectors.size());
    return matrix;
}

fabula::ClusterMethod method_of(const std::string& name) {
    using enum fabula::ClusterMethod;
    if (name == "branches")
        return branch_cut;
    if (name == "average")
        return average_linkage;
    if (name == "refined")
        return refined_linkage;
    if (name == "connected")
        return connected_components;
    throw fabula::Error{fabula::Errc::bad_option,
                        "method is \"" + name +
                            "\"; it must be branches, average, refined or connected"};
}

/// How articles are clustered.
struct Clustering {
    fabula::Model model;
    fabula::ClusterOptions options;
};

Clustering clustering(const fabula::Model& model, double min_probability, const std::string& method,
                      std::int64_t time_window, std::int64_t max_neighbours,
                      std::int64_t exact_below, const std::string& scratch_directory,
                      std::int64_t key_terms, std::int64_t threads) {
    Clustering how{model, {}};
    how.options.min_probability = min_probability;
    how.options.method = method_of(method);
    how.options.time_window = std::chrono::seconds{time_window};
    how.options.max_neighbours = natural("max_neighbours", max_neighbours);
    how.options.exact_below = natural("exact_below", exact_below);
    how.options.scratch_directory = scratch_directory;
    how.options.key_terms = natural("key_terms", key_terms);
    how.options.threads = threads_of(threads);
    return how;
}

/// Articles, vectors of another encoder where there are some, and how they are clustered.
struct Run {
    fabula::Model model;
    fabula::ClusterOptions options;
    const std::vector<fabula::Article>& articles;
    std::optional<fabula::EmbeddingMatrix> matrix;

    Run(const Clustering& how, const Articles& given, const std::optional<Vectors>& vectors)
        : model(how.model), options(how.options), articles(given.set.articles) {
        options.threads = threads_here(options.threads); // there may have been a fork meanwhile
        if (vectors)
            matrix = to_matrix(*vectors);
    }

    [[nodiscard]] fabula::StoryClusters cluster() const {
        const fabula::StoryClusterer clusterer{model, options};
        return matrix ? clusterer.cluster(articles, *matrix) : clusterer.cluster(articles);
    }
    /// Exactly as the clustering scores.
    [[nodiscard]] fabula::Comparer comparer() const {
        const fabula::ComparerOptions how = options.comparer_options();
        return matrix ? fabula::Comparer{model, articles, *matrix, how}
                      : fabula::Comparer{model, articles, how};
    }
};

/// Stories as JSON Lines, and for each article the place of its story among them.
nb::tuple cluster(const Clustering& how, const Articles& articles,
                  const std::optional<Vectors>& vectors, bool explain, const nb::object& progress) {
    Run run{how, articles, vectors};
    struct Result {
        std::string json;
        std::vector<std::int32_t> labels;
    };
    Result result = interruptible(progress, [&](std::stop_token stop, const auto& report) {
        run.options.stop = std::move(stop);
        run.options.progress = report;
        const fabula::StoryClusters stories = run.cluster();
        std::vector<std::optional<fabula::Comparison>> reasons;
        if (explain)
            reasons = explain_links(run.comparer(), stories, run.articles, run.options.threads);
        std::ostringstream json;
        write_json_lines(json, stories, run.articles, reasons);
        Result made{std::move(json).str(), std::vector<std::int32_t>(run.articles.size())};
        for (std::size_t i = 0; i < stories.stories.size(); ++i)
            for (const std::size_t member : stories.stories[i].members)
                made.labels[member] = static_cast<std::int32_t>(i);
        return made;
    });
    const std::size_t count = result.labels.size();
    return nb::make_tuple(nb::bytes(result.json.data(), result.json.size()),
                          to_array(std::move(result.labels), {count}));
}

/// The same articles clustered again, with the pairs that were scored, as a page; and what it
/// holds: stories, articles, texts, explained pairs.
nb::tuple report(const Clustering& how, const Articles& articles,
                 const std::optional<Vectors>& vectors, const nb::str& title,
                 std::int64_t max_bytes, std::int64_t lead_characters, const nb::object& progress) {
    Run run{how, articles, vectors};
    run.options.keep_scored = true;
    fabula::ReportOptions options;
    options.title = to_utf8(title);
    options.max_bytes = natural("max_bytes", max_bytes);
    options.lead_characters = natural("lead_characters", lead_characters);
    options.threads = run.options.threads;
    if (const std::string fault = options.validate(); !fault.empty())
        throw fabula::Error{fabula::Errc::bad_option, fault}; // before the long work
    struct Result {
        std::string page;
        fabula::ReportContents contents;
    };
    const Result result = interruptible(progress, [&](std::stop_token stop, const auto& tell) {
        run.options.stop = std::move(stop);
        run.options.progress = tell;
        const fabula::StoryClusters stories = run.cluster();
        const fabula::Comparer comparer = run.comparer();
        std::ostringstream page;
        const fabula::ReportContents contents =
            write_html_report(page, stories, run.articles, &comparer, options);
        return Result{std::move(page).str(), contents};
    });
    const fabula::ReportContents& contents = result.contents;
    return nb::make_tuple(nb::bytes(result.page.data(), result.page.size()), contents.stories,
                          contents.articles, contents.texts, contents.explained_pairs);
}

} // namespace

void define_clustering(nb::module_& module) {
    nb::class_<Clustering>(module, "Clustering")
        .def(nb::new_(&clustering), "model"_a, "min_probability"_a, "method"_a, "time_window"_a,
             "max_neighbours"_a, "exact_below"_a, "scratch_directory"_a, "key_terms"_a,
             "threads"_a);
    module.def("cluster", &cluster, "how"_a, "articles"_a, "vectors"_a.none(), "explain"_a,
               "progress"_a.none());
    module.def("report", &report, "how"_a, "articles"_a, "vectors"_a.none(), "title"_a,
               "max_bytes"_a, "lead_characters"_a, "progress"_a.none());
}

} // namespace binding
