// SPDX-License-Identifier: Apache-2.0
#include "c/guard.hpp"

#include <fabula/io.hpp>
#include <fabula/pipeline.hpp>

#include <algorithm>
#include <cstring>
#include <optional>

using namespace fabula::detail;

namespace {

fabula_cluster_options defaults() {
    const fabula::ClusterOptions options;
    fabula_cluster_options all{};
    all.size = sizeof all;
    all.min_probability = options.min_probability;
    all.key_terms = static_cast<std::uint32_t>(options.key_terms);
    return all;
}

/// The fields that the caller's version has, and the defaults of the others.
fabula_cluster_options of_caller(const fabula_cluster_options* given) {
    fabula_cluster_options all = defaults();
    if (given == nullptr)
        return all;
    if (given->size < offsetof(fabula_cluster_options, method) || given->size > 4096)
        throw std::invalid_argument(
            "the size of the options is not set; begin with fabula_cluster_options_init");
    std::memcpy(&all, given, std::min(given->size, sizeof all));
    return all;
}

fabula::ClusterMethod method_of(const fabula_cluster_options& options) {
    // Any number may come from C, and to C++ only those of the enum are values of it.
    int method = 0;
    static_assert(sizeof method == sizeof options.method);
    std::memcpy(&method, &options.method, sizeof method);
    switch (method) {
    case FABULA_BRANCHES:
        return fabula::ClusterMethod::branch_cut;
    case FABULA_AVERAGE:
        return fabula::ClusterMethod::average_linkage;
    case FABULA_REFINED:
        return fabula::ClusterMethod::refined_linkage;
    case FABULA_CONNECTED:
        return fabula::ClusterMethod::connected_components;
    default:
        throw std::invalid_argument("method is " + std::to_string(method) +
                                    ", which is none of fabula_method");
    }
}

std::optional<fabula::EmbeddingMatrix> vectors_of(const fabula_cluster_options& options,
                                                  std::size_t rows) {
    if (options.vectors == nullptr)
        return std::nullopt;
    fabula::EmbeddingMatrix matrix{rows, options.vector_dimension, {}};
    matrix.values.assign(options.vectors, options.vectors + rows * options.vector_dimension);
    return matrix;
}

} // namespace

void fabula_cluster_options_init(fabula_cluster_options* options, size_t size) {
    if (options == nullptr)
        return;
    fabula_cluster_options all = defaults();
    all.size = std::min(size, sizeof all);
    std::memcpy(options, &all, all.size);
}

fabula_status fabula_cluster(const fabula_model* model, const fabula_articles* articles,
                             const fabula_cluster_options* options, fabula_bytes* stories,
                             uint32_t* labels) {
    return guarded([&] {
        const std::vector<fabula::Article>& all = needed(articles, "articles").articles;
        const fabula::Model& vectors_by = needed(model, "model").model;
        fabula_bytes& out = needed(stories, "stories");
        const fabula_cluster_options given = of_caller(options);
        fabula::ClusterOptions how;
        how.min_probability = given.min_probability;
        how.method = method_of(given);
        how.time_window = std::chrono::seconds{given.time_window_seconds};
        how.threads = given.threads;
        how.key_terms = given.key_terms;
        if (given.progress != nullptr)
            how.progress = [&](const fabula::Progress& progress) {
                if (given.progress(given.progress_context, progress.of_all) != 0)
                    throw fabula::Error{fabula::Errc::cancelled,
                                        "the clustering was stopped by progress"};
            };
        const std::optional<fabula::EmbeddingMatrix> vectors = vectors_of(given, all.size());
        const fabula::StoryClusterer clusterer{vectors_by, how};
        const fabula::StoryClusters clusters =
            vectors ? clusterer.cluster(all, *vectors) : clusterer.cluster(all);
        std::vector<std::optional<fabula::Comparison>> reasons;
        if (given.explain != 0) {
            const fabula::ComparerOptions as_there = how.comparer_options();
            reasons = explain_links(vectors ? fabula::Comparer{vectors_by, all, *vectors, as_there}
                                            : fabula::Comparer{vectors_by, all, as_there},
                                    clusters, all, how.threads);
        }
        give_written(out, [&](std::ostream& to) { write_json_lines(to, clusters, all, reasons); });
        for (std::size_t i = 0; labels != nullptr && i < clusters.stories.size(); ++i)
            for (const std::size_t member : clusters.stories[i].members)
                labels[member] = static_cast<std::uint32_t>(i);
    });
}

fabula_status fabula_compare(const fabula_model* model, const fabula_articles* first_articles,
                             size_t first, const fabula_articles* second_articles, size_t second,
                             fabula_bytes* comparison) {
    return guarded([&] {
        const fabula::Model& by = needed(model, "model").model;
        const fabula::Article& a = article_at(needed(first_articles, "first_articles"), first);
        const fabula::Article& b = article_at(needed(second_articles, "second_articles"), second);
        fabula_bytes& out = needed(comparison, "comparison");
        const fabula::Embedder embedder{by};
        const fabula::Comparison made = fabula::Comparer{by}.compare(a, b);
        give_written(out, [&](std::ostream& to) {
            write_json(to, made, {a, embedder.embed(a).outcome}, {b, embedder.embed(b).outcome});
        });
    });
}

fabula_status fabula_embed(const fabula_model* model, const fabula_articles* articles,
                           uint32_t threads, float* vectors) {
    return guarded([&] {
        const std::vector<fabula::Article>& all = needed(articles, "articles").articles;
        float& out = needed(vectors, "vectors");
        const fabula::Embedder embedder{needed(model, "model").model, {.threads = threads}};
        const fabula::Embeddings made = embedder.embed(all);
        std::copy(made.matrix.values.begin(), made.matrix.values.end(), &out);
    });
}

fabula_status fabula_identify(const fabula_model* model, const char* text, size_t size,
                              char language[32], float* probability, int* is_reliable) {
    return guarded([&] {
        if (size > 0)
            (void)needed(text, "text");
        char& out = needed(language, "language");
        const fabula::LanguageGuess guess =
            needed(model, "model")
                .model.identifier()
                .identify(size > 0 ? std::string_view{text, size} : std::string_view{});
        std::snprintf(&out, 32, "%s", guess.language.c_str());
        if (probability != nullptr)
            *probability = guess.probability;
        if (is_reliable != nullptr)
            *is_reliable = guess.is_reliable ? 1 : 0;
    });
}
