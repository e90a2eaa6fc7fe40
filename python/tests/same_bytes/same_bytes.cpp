// SPDX-License-Identifier: Apache-2.0
// What C++ gives: same_bytes_cpp WHAT FILE, to standard output. See test_same_bytes.py.

#include <fabula/fabula.hpp>

#include <iostream>

int main(int argc, char** argv) {
    const std::string what = argc > 2 ? argv[1] : "";
    const std::vector<std::string> inputs{argc > 2 ? argv[2] : ""};
    const fabula::Model model = fabula::Model::bundled();
    const std::vector<fabula::Article> articles = fabula::read_articles(inputs).articles;
    const fabula::Embedder embedder{model};

    if (what == "compare") {
        const auto side = [&](const fabula::Article& article) {
            return fabula::ComparedArticle{article, embedder.embed(article).outcome};
        };
        write_json(std::cout, fabula::Comparer{model}.compare(articles[0], articles[1]),
                   side(articles[0]), side(articles[1]));
    } else if (what == "embed") {
        const std::vector<float> values = embedder.embed(articles).matrix.values;
        std::cout.write(reinterpret_cast<const char*>(values.data()),
                        static_cast<std::streamsize>(values.size() * sizeof(float)));
    } else if (what == "stream") {
        fabula::StoryStream stream{model, {.window = std::chrono::days{31}}};
        write_json_lines(std::cout, stream.add(articles, *fabula::parse_time("2026-03-31")).events);
        write_json_lines(std::cout, stream.settle().events);
    } else {
        fabula::ClusterOptions options;
        if (what == "strict")
            options.min_probability = 0.8;
        if (what == "average")
            options.method = fabula::ClusterMethod::average_linkage;
        if (what == "window")
            options.time_window = std::chrono::days{1};
        const fabula::StoryClusters clusters =
            fabula::StoryClusterer{model, options}.cluster(articles);
        std::vector<std::optional<fabula::Comparison>> reasons;
        if (what == "explain")
            reasons = explain_links(fabula::Comparer{model, articles, options.comparer_options()},
                                    clusters, articles);
        write_json_lines(std::cout, clusters, articles, reasons);
    }
}
