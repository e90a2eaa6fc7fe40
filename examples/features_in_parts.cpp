// SPDX-License-Identifier: Apache-2.0
// Work in parts: what scoring needs of each article is kept as bytes, what is ordinary is summed up
// part by part and merged, and the stories are those of all at once.
//
// Expect: 2 parts, 4 articles, [0-9]+ bytes each on average
// Expect: story of 3 in de en es, told most centrally by storm-(en|de|es)
// Expect: storm-en: [0-9]+% one story with the rest
// Expect: the same stories from the parts as from the whole

#include <fabula/fabula.hpp>

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace {

fabula::Article article(std::string id, std::string title, std::string text) {
    fabula::Article out;
    out.id = std::move(id);
    out.title = std::move(title);
    out.text = std::move(text);
    return out;
}

} // namespace

int main() {
    const fabula::Model model = fabula::Model::bundled();
    const std::vector<fabula::Article> articles{
        article("storm-en", "Storm Ana shuts the port of Bergen",
                "All ships were told to leave the harbour of Bergen on Sunday night as storm Ana "
                "reached the coast of Norway with winds of 130 km/h."),
        article("storm-de", "Sturm Ana legt den Hafen von Bergen lahm",
                "Alle Schiffe mussten den Hafen von Bergen in der Nacht zum Montag verlassen, als "
                "der Sturm Ana mit 130 km/h die norwegische Küste erreichte."),
        article("rate-fr", "La banque centrale relève son taux directeur",
                "La banque centrale a relevé jeudi son taux directeur d'un quart de point pour "
                "freiner la hausse des prix."),
        article("storm-es", "La tormenta Ana cierra el puerto de Bergen",
                "Todos los barcos tuvieron que abandonar el puerto de Bergen en la noche del "
                "domingo, cuando la tormenta Ana llegó a la costa de Noruega con vientos de 130 "
                "km/h."),
    };

    // Kept in a database, sent over a wire: no text is needed again.
    std::vector<std::string> kept;
    kept.reserve(articles.size());
    std::size_t bytes = 0;
    for (const fabula::Article& one : articles) {
        kept.push_back(fabula::extract_features(model, one).to_bytes());
        bytes += kept.back().size();
    }
    std::cout << "2 parts, " << kept.size() << " articles, " << bytes / kept.size()
              << " bytes each on average\n";

    std::vector<fabula::ArticleFeatures> features;
    features.reserve(kept.size());
    for (const std::string& one : kept)
        features.push_back(fabula::ArticleFeatures::from_bytes(model, one));

    // Each part sums up its own articles; only their weights are found together.
    const fabula::StoryClusterer clusterer{model};
    const std::vector<double> weights = clusterer.document_weights(features);
    std::vector<fabula::CollectionStatistics> parts(2, fabula::CollectionStatistics{model});
    for (std::size_t i = 0; i < features.size(); ++i)
        parts[i % 2].add(features[i], weights[i]);
    fabula::CollectionStatistics whole = parts[1];
    whole.merge(parts[0]);

    const fabula::StoryClusters stories = clusterer.cluster(features, whole);
    const fabula::Story& first = stories.stories.front();
    std::cout << "story of " << first.members.size() << " in";
    for (const std::string& language : first.languages)
        std::cout << ' ' << language;
    std::cout << ", told most centrally by " << features[first.representative].id() << '\n';

    const fabula::Comparison one_and_rest = fabula::Comparer{model}.compare(
        features[0], std::vector<fabula::ArticleFeatures>{features[1], features[3]});
    std::cout << features[0].id() << ": " << std::fixed << std::setprecision(0)
              << 100 * one_and_rest.probability << "% one story with the rest\n";

    const bool same = clusterer.cluster(features).stories.front().members == first.members;
    std::cout << (same ? "the same" : "other") << " stories from the parts as from the whole\n";
}
