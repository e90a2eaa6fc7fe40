// SPDX-License-Identifier: Apache-2.0
// README's first program, word for word.
//
// Expect: 2 articles: (Storm|Sturm) Ana
// Expect: 1 article: La banque centrale

#include <fabula/fabula.hpp>

#include <iostream>
#include <vector>

int main() {
    std::vector<fabula::Article> articles(3);
    articles[0].id = "en";
    articles[0].title = "Storm Ana shuts the port of Bergen";
    articles[0].text = "All ships were told to leave the harbour of Bergen on Sunday night as "
                       "storm Ana reached the coast of Norway with winds of 130 km/h.";
    articles[1].id = "de";
    articles[1].title = "Sturm Ana legt den Hafen von Bergen lahm";
    articles[1].text =
        "Alle Schiffe mussten den Hafen von Bergen in der Nacht zum Montag verlassen, "
        "als der Sturm Ana mit 130 km/h die norwegische Küste erreichte.";
    articles[2].id = "fr";
    articles[2].title = "La banque centrale relève son taux directeur";
    articles[2].text = "La banque centrale a relevé jeudi son taux directeur d'un quart de point "
                       "pour freiner la hausse des prix.";

    const fabula::StoryClusterer clusterer{fabula::Model::bundled()};
    const fabula::StoryClusters result = clusterer.cluster(articles);
    for (const fabula::Story& story : result.stories) {
        const std::size_t size = story.members.size();
        std::cout << size << (size == 1 ? " article: " : " articles: ") << story.title << '\n';
    }
}
