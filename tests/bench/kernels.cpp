// SPDX-License-Identifier: Apache-2.0
//
// Kernels one by one, on one thread unless the name says otherwise. The articles are those of
// --news FILE (JSON Lines), or the examples of the source tree.
#include "boilerplate/filter.hpp"
#include "draw.hpp"
#include "embedding/analyzed_article.hpp"
#include "embedding/article_vector.hpp"
#include "features/lexical_features.hpp"
#include "neighbours/candidate_search.hpp"
#include "scoring/pair_features.hpp"
#include "scoring/pair_model.hpp"
#include "vectors.hpp"

#include <fabula/fabula.hpp>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace fabula;

std::string& news_file() {
    static std::string file = FABULA_BENCH_EXAMPLES;
    return file;
}

const Model& model() {
    static const Model bundled = Model::bundled();
    return bundled;
}

/// At most 500 of them: enough to get past the caches, and quick to read.
const std::vector<Article>& articles() {
    static const std::vector<Article> read = [] {
        std::ifstream file(news_file());
        std::stringstream lines;
        std::string line;
        for (int i = 0; i < 500 && std::getline(file, line); ++i)
            lines << line << '\n';
        return read_json_lines(lines, news_file()).articles;
    }();
    return read;
}

void count_bytes(benchmark::State& state) {
    std::size_t bytes = 0;
    for (const Article& article : articles())
        bytes += article.title.size() + article.text.size();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) *
                            static_cast<std::int64_t>(state.iterations()));
}

std::vector<detail::AnalyzedArticle> analyzed_articles() {
    TextAnalyzer analyzer;
    const detail::BoilerplateFilter boilerplate;
    std::vector<detail::AnalyzedArticle> out;
    for (const Article& article : articles())
        out.push_back(
            detail::analyze_article(article, model(), boilerplate, analyzer, Sentences::find));
    return out;
}

void read_json(benchmark::State& state) {
    std::ifstream file(news_file(), std::ios::binary);
    std::string lines;
    std::string line;
    for (int i = 0; i < 500 && std::getline(file, line); ++i)
        lines += line + "\n";
    for (auto _ : state) {
        std::istringstream in(lines);
        benchmark::DoNotOptimize(read_json_lines(in, "news"));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(lines.size()) *
                            static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(read_json)->Unit(benchmark::kMillisecond);

/// With its caches warm; `cold` pays for a new analyzer each time.
void analyze_text(benchmark::State& state) {
    const bool is_cold = state.range(0) != 0;
    auto analyzer = std::make_unique<TextAnalyzer>();
    for (const Article& article : articles())
        benchmark::DoNotOptimize(analyzer->analyze(article.text));
    for (auto _ : state) {
        if (is_cold)
            analyzer = std::make_unique<TextAnalyzer>();
        for (const Article& article : articles())
            benchmark::DoNotOptimize(analyzer->analyze(article.text));
    }
    count_bytes(state);
}
BENCHMARK(analyze_text)->ArgName("cold")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void embed(benchmark::State& state) {
    const Embedder embedder{model(), EmbedOptions{.threads = 1}};
    benchmark::DoNotOptimize(embedder.embed(articles()));
    for (auto _ : state)
        benchmark::DoNotOptimize(embedder.embed(articles()));
    count_bytes(state);
}
BENCHMARK(embed)->Unit(benchmark::kMillisecond);

void identify_language(benchmark::State& state) {
    for (auto _ : state)
        for (const Article& article : articles())
            benchmark::DoNotOptimize(model().identifier().identify(article.text));
    count_bytes(state);
}
BENCHMARK(identify_language)->Unit(benchmark::kMillisecond);

void learn_boilerplate(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(detail::BoilerplateFilter::learn(articles()));
    count_bytes(state);
}
BENCHMARK(learn_boilerplate)->Unit(benchmark::kMillisecond);

void extract_lexical_features(benchmark::State& state) {
    const auto analyzed = analyzed_articles();
    for (auto _ : state)
        for (std::size_t i = 0; i < analyzed.size(); ++i)
            benchmark::DoNotOptimize(detail::extract_lexical_features(
                analyzed[i], articles()[i], fabula::detail::ModelData::of(model())));
    count_bytes(state);
}
BENCHMARK(extract_lexical_features)->Unit(benchmark::kMillisecond);

void score_pair(benchmark::State& state) {
    const auto analyzed = analyzed_articles();
    std::vector<detail::LexicalFeatures> lexical;
    for (std::size_t i = 0; i < analyzed.size(); ++i)
        lexical.push_back(detail::extract_lexical_features(analyzed[i], articles()[i],
                                                           fabula::detail::ModelData::of(model())));
    const detail::PairModel pair_model(fabula::detail::ModelData::of(model()));
    std::size_t pairs = 0;
    for (auto _ : state) {
        const auto& a = lexical[pairs % lexical.size()];
        const auto& b = lexical[pairs * 7 % lexical.size()];
        benchmark::DoNotOptimize(pair_model.log_odds(
            detail::measure_pair(a, b, 0.5, detail::TimeNearness{}, pair_model.calibration())));
        ++pairs;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(pairs));
}
BENCHMARK(score_pair);

void join_neighbours(benchmark::State& state) {
    const auto rows = static_cast<std::size_t>(state.range(0));
    bench::LabelledVectors vectors = bench::story_like_vectors(rows, 128, 1);
    const EmbeddingMatrix matrix{rows, 128, std::move(vectors.values)};
    for (auto _ : state)
        benchmark::DoNotOptimize(detail::candidate_pairs(
            matrix, 0.5F, 0, std::chrono::seconds{0}, {}, static_cast<unsigned>(state.range(1))));
    state.SetItemsProcessed(static_cast<std::int64_t>(rows * (rows - 1) / 2) *
                            static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(join_neighbours)
    ->ArgNames({"rows", "threads"})
    ->Args({5000, 1})
    ->Args({20000, 1})
    ->Args({20000, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Likely pairs within groups of ten, unlikely ones anywhere; ten edges a node.
SimilarityGraph random_graph(std::size_t nodes) {
    bench::Draw draw(1);
    SimilarityGraph graph;
    graph.nodes = nodes;
    for (std::uint32_t a = 0; a < nodes; ++a) {
        for (int i = 0; i < 5; ++i) {
            const auto b = static_cast<std::uint32_t>(a / 10 * 10 + draw.below(10));
            if (a < b && b < nodes)
                graph.edges.push_back({a, b, static_cast<float>(0.3 + 0.7 * draw.unit())});
        }
        for (int i = 0; i < 8; ++i) {
            const auto b = static_cast<std::uint32_t>(draw.below(nodes));
            if (a < b)
                graph.edges.push_back({a, b, static_cast<float>(0.6 * draw.unit())});
        }
    }
    const auto less = [](const Edge& a, const Edge& b) {
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    };
    std::sort(graph.edges.begin(), graph.edges.end(), less);
    const auto same = [](const Edge& a, const Edge& b) {
        return a.first == b.first && a.second == b.second;
    };
    graph.edges.erase(std::unique(graph.edges.begin(), graph.edges.end(), same), graph.edges.end());
    return graph;
}

void cluster(benchmark::State& state) {
    const SimilarityGraph graph = random_graph(static_cast<std::size_t>(state.range(0)));
    ClusteringOptions options;
    options.method = static_cast<ClusterMethod>(state.range(1));
    for (auto _ : state)
        benchmark::DoNotOptimize(cluster_graph(graph, options));
    state.counters["edges/s"] = benchmark::Counter(static_cast<double>(graph.edges.size()),
                                                   benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(cluster)
    ->ArgNames({"nodes", "method"})
    ->ArgsProduct({{10000, 100000}, {0, 1, 2}})
    ->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--news") == 0 && i + 1 < argc)
            news_file() = argv[++i];
        else
            argv[kept++] = argv[i];
    }
    benchmark::Initialize(&kept, argv);
    if (benchmark::ReportUnrecognizedArguments(kept, argv))
        return 2;
    try {
        if (articles().empty())
            throw Error(Errc::bad_input, news_file() + " has no articles");
        benchmark::RunSpecifiedBenchmarks();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "fabula_bench_kernels: " << error.what() << "\n";
        return 2;
    }
}
