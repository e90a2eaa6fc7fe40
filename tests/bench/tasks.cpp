// SPDX-License-Identifier: Apache-2.0
#include "tasks.hpp"

#include "child.hpp"
#include "lines.hpp"
#include "neighbours/candidate_search.hpp"
#include "vectors.hpp"

#include <fabula/fabula.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

using Words = std::vector<std::string>;

class Stopwatch {
public:
    struct Times {
        double wall{};
        double cpu{};
    };
    [[nodiscard]] Times times() const { return {wall_seconds() - wall_, cpu_seconds() - cpu_}; }

    static void report(const Times& times, nlohmann::ordered_json line = {}) {
        line["wall"] = times.wall;
        line["cpu"] = times.cpu;
        std::cout << line.dump() << "\n";
    }

private:
    double wall_ = wall_seconds();
    double cpu_ = cpu_seconds();
};

fabula::ArticleSet read_news(const std::string& file) {
    const std::vector<std::string> inputs{file};
    return fabula::read_articles(inputs, {.skip_bad_lines = false, .gold_stories = true});
}

/// NEWS cold|warm VECTORS: one thread.
void embed(const Words& words) {
    const fabula::ArticleSet set = read_news(words.at(0));
    const fabula::Embedder embedder{fabula::Model::bundled(), {.threads = 1}};
    // What is loaded once, such as the model's pages, counts as loading.
    const bool is_warm = words.at(1) == "warm";
    if (is_warm)
        (void)embedder.embed(set.articles);
    else
        (void)embedder.embed(std::span(set.articles).first(1));
    const Stopwatch watch;
    fabula::Embeddings embeddings = embedder.embed(set.articles);
    Stopwatch::report(watch.times());
    LabelledVectors vectors{embeddings.matrix.rows,
                            embeddings.matrix.dimension,
                            std::move(embeddings.matrix.values),
                            {}};
    std::map<std::string, std::uint32_t> labels;
    for (const std::string& story : set.gold_stories)
        vectors.gold.push_back(
            labels.emplace(story, static_cast<std::uint32_t>(labels.size())).first->second);
    write_vectors(words.at(2), vectors);
}

/// NEWS TEXT: one article a line, for fastText.
void write_text(const Words& words) {
    const fabula::ArticleSet set = read_news(words.at(0));
    std::ofstream out(words.at(1), std::ios::binary);
    std::size_t bytes = 0;
    for (const fabula::Article& article : set.articles) {
        std::string line = article.title + " " + article.text;
        for (char& c : line)
            if (c == '\n' || c == '\r')
                c = ' ';
        bytes += line.size();
        out << line << "\n";
    }
    std::cout << nlohmann::json{{"bytes", bytes}, {"articles", set.articles.size()}}.dump() << "\n";
}

/// TEXT VECTORS: from lines of numbers, or of words and then numbers, as fastText prints them.
void read_printed_vectors(const Words& words) {
    LabelledVectors vectors;
    for_each_line(words.at(0), [&](std::string_view line) {
        std::istringstream in{std::string(line)};
        std::vector<float> row;
        for (std::string word; in >> word;)
            row.push_back(std::strtof(word.c_str(), nullptr));
        // print-sentence-vectors of 0.9.2 repeats nothing of the text; what it prints is the
        // vector.
        vectors.dimension = row.size();
        ++vectors.rows;
        vectors.values.insert(vectors.values.end(), row.begin(), row.end());
        vectors.gold.push_back(0);
    });
    write_vectors(words.at(1), vectors);
}

/// ROWS SEED VECTORS
void make_vectors(const Words& words) {
    write_vectors(words.at(2),
                  story_like_vectors(std::stoul(words.at(0)), 128, std::stoul(words.at(1))));
}

/// VECTORS MIN_COSINE THREADS PAIRS
void join(const Words& words) {
    LabelledVectors read = read_vectors(words.at(0));
    const fabula::EmbeddingMatrix matrix{read.rows, read.dimension, std::move(read.values)};
    const Stopwatch watch;
    const auto found =
        fabula::detail::candidate_pairs(matrix, std::stof(words.at(1)), 0, std::chrono::seconds{0},
                                        {}, static_cast<unsigned>(std::stoul(words.at(2))));
    Stopwatch::report(watch.times(),
                      {{"pairs", found.size()}, {"build_wall", 0.0}, {"recall", 1.0}});
    std::vector<RowPair> pairs;
    for (const auto& pair : found)
        pairs.push_back({pair.first, pair.second});
    write_pairs(words.at(3), pairs);
}

/// Tells the library to search by its index, where it has one.
template <typename Options>
bool ask_for_index(Options& options) {
    if constexpr (requires { options.exact_below; }) {
        options.exact_below = 1;
        return true;
    }
    return false;
}

/// VECTORS MIN_COSINE THREADS PAIRS: as `join`, by the index, against the pairs of the file.
void join_by_index(const Words& words) {
    fabula::GraphOptions options;
    if (!ask_for_index(options))
        throw std::runtime_error("this version of fabula has no index");
    LabelledVectors read = read_vectors(words.at(0));
    const fabula::EmbeddingMatrix matrix{read.rows, read.dimension, std::move(read.values)};
    options.min_cosine = std::stof(words.at(1));
    options.max_neighbours = 0;
    options.threads = static_cast<unsigned>(std::stoul(words.at(2)));
    const Stopwatch watch;
    const fabula::SimilarityGraph graph = fabula::similarity_graph(matrix, options);
    const Stopwatch::Times times = watch.times();
    std::vector<RowPair> pairs;
    for (const fabula::Edge& edge : graph.edges)
        pairs.push_back({edge.first, edge.second});
    Stopwatch::report(times, {{"pairs", pairs.size()},
                              {"build_wall", 0.0},
                              {"recall", recall(pairs, read_pairs(words.at(3)))}});
}

/// Of the words VECTORS MIDPOINT THREADS.
fabula::GraphOptions clustering_options(const Words& words) {
    fabula::GraphOptions options;
    options.cosine_midpoint = std::stof(words.at(1));
    options.min_cosine = options.cosine_midpoint - 0.15F;
    options.threads = static_cast<unsigned>(std::stoul(words.at(2)));
    return options;
}

/// VECTORS MIDPOINT THREADS: how likely a cosine is one story is set by its midpoint.
void cluster(const Words& words) {
    LabelledVectors read = read_vectors(words.at(0));
    const fabula::EmbeddingMatrix matrix{read.rows, read.dimension, std::move(read.values)};
    auto options = clustering_options(words);
    const Stopwatch watch;
    const fabula::SimilarityGraph graph = fabula::similarity_graph(matrix, options);
    const fabula::Clustering clustering = fabula::cluster_graph(graph);
    const Stopwatch::Times times = watch.times();
    const fabula::ClusteringQuality quality =
        fabula::evaluate_clustering(clustering.labels, read.gold);
    Stopwatch::report(times, {{"f1", quality.bcubed.f1},
                              {"precision", quality.bcubed.precision},
                              {"recall", quality.bcubed.recall}});
}

/// VECTORS MIDPOINT THREADS: the clusters of what the index finds against those of all pairs.
void compare_clusters_by_index(const Words& words) {
    LabelledVectors read = read_vectors(words.at(0));
    const fabula::EmbeddingMatrix matrix{read.rows, read.dimension, std::move(read.values)};
    auto options = clustering_options(words);
    options.exact_below = matrix.rows;
    const auto exact = fabula::cluster_graph(fabula::similarity_graph(matrix, options)).labels;
    const Stopwatch watch;
    options.exact_below = 0;
    const auto by_index = fabula::cluster_graph(fabula::similarity_graph(matrix, options)).labels;
    const Stopwatch::Times times = watch.times();
    const auto against = [&](const auto& labels, const auto& gold) {
        return fabula::evaluate_clustering(labels, gold).bcubed.f1;
    };
    Stopwatch::report(times, {{"f1_against_exact", against(by_index, exact)},
                              {"f1", against(by_index, read.gold)},
                              {"f1_exact", against(exact, read.gold)}});
}

} // namespace

void run_task(const std::vector<std::string>& words) {
    const std::map<std::string, std::function<void(const Words&)>> tasks{
        {"embed", embed},
        {"text", write_text},
        {"printed-vectors", read_printed_vectors},
        {"vectors", make_vectors},
        {"join", join},
        {"join-index", join_by_index},
        {"cluster", cluster},
        {"cluster-index", compare_clusters_by_index},
        {"retrieve", [](const Words& w) { retrieve(w.at(0), w.at(1)); }},
        {"score", [](const Words& w) { score(w.at(0), w.at(1)); }},
    };
    const auto task = words.empty() ? tasks.end() : tasks.find(words.front());
    if (task == tasks.end())
        throw std::runtime_error("no such task");
    task->second(Words(words.begin() + 1, words.end()));
}

} // namespace bench
