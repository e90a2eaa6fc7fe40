// SPDX-License-Identifier: Apache-2.0
// Bring your own embeddings: any encoder's vectors, one a row, become clusters. No model is loaded.
//
// Expect: story 1: storm-en storm-de storm-ja
// Expect: story 2: final-es final-pt
// Expect: story 3: recipe-fr

#include <fabula/fabula.hpp>

#include <iostream>
#include <string>
#include <vector>

int main() {
    const std::vector<std::string> names{"storm-en",  "final-es", "storm-de",
                                         "recipe-fr", "storm-ja", "final-pt"};
    // Your encoder's output: rows × dimension, row-major. Rows need not have unit length.
    fabula::EmbeddingMatrix vectors;
    vectors.rows = names.size();
    vectors.dimension = 4;
    vectors.values = {
        0.90F, 0.10F, 0.05F, 0.10F, // storm-en
        0.05F, 0.80F, 0.15F, 0.10F, // final-es
        0.85F, 0.05F, 0.10F, 0.20F, // storm-de
        0.10F, 0.05F, 0.95F, 0.05F, // recipe-fr
        0.80F, 0.20F, 0.05F, 0.15F, // storm-ja
        0.10F, 0.90F, 0.10F, 0.20F, // final-pt
    };

    // The cosine at which two articles are as likely as not to tell one story is a property of the
    // encoder: measure it on pairs that you know.
    fabula::GraphOptions options;
    options.cosine_midpoint = 0.7F;
    const fabula::SimilarityGraph graph = fabula::similarity_graph(vectors, options);
    const fabula::Clustering clustering = fabula::cluster_graph(graph);

    std::vector<std::string> stories(clustering.clusters);
    for (std::size_t i = 0; i < names.size(); ++i)
        stories[clustering.labels[i]] += " " + names[i];
    for (std::size_t i = 0; i < stories.size(); ++i)
        std::cout << "story " << i + 1 << ":" << stories[i] << '\n';
}
