// SPDX-License-Identifier: Apache-2.0
// Search in all languages at once: the articles whose vectors are closest to that of a question.
//
// Arguments: examples/data/articles.jsonl "a spacecraft has landed on the Moon"
// Expect: moon-[a-z]+-1

#include <fabula/fabula.hpp>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: embed_and_search ARTICLES.jsonl QUESTION\n";
        return 2;
    }
    try {
        const std::vector<std::string> inputs{argv[1]};
        const std::vector<fabula::Article> articles = fabula::read_articles(inputs).articles;
        fabula::Article question;
        question.text = argv[2];

        const fabula::Embedder embedder{fabula::Model::bundled()};
        const fabula::EmbeddingMatrix vectors = embedder.embed(articles).matrix;
        const std::vector<float> target = embedder.embed(question).vector;

        std::vector<float> similarity(articles.size());
        for (std::size_t i = 0; i < articles.size(); ++i)
            similarity[i] = fabula::cosine_similarity(vectors.row(i), target);
        std::vector<std::size_t> order(articles.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](auto a, auto b) { return similarity[a] > similarity[b]; });

        for (std::size_t i = 0; i < std::min<std::size_t>(5, order.size()); ++i)
            std::cout << similarity[order[i]] << "  " << articles[order[i]].id << "  "
                      << articles[order[i]].title << '\n';
    } catch (const fabula::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
