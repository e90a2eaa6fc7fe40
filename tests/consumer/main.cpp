// SPDX-License-Identifier: Apache-2.0
#include <fabula/fabula.hpp>

#include <iostream>
#include <vector>

namespace {

/// Whether what the library throws is what its headers say.
bool says_what_is_missing() {
    try {
        static_cast<void>(fabula::Model::load("no-such-model.fabula"));
    } catch (const fabula::Error& error) {
        return error.code() == fabula::Errc::file_not_found;
    }
    return false;
}

} // namespace

/// What somebody else's program does first: a story told in two languages, and another one.
int main() {
    if (!says_what_is_missing())
        return 1;
    const std::vector<fabula::Article> articles = {
        {.id = "en",
         .title = "Strong earthquake shakes Northern Island",
         .text =
             "A strong earthquake of magnitude 6.8 shook the island on Tuesday. Twelve people were "
             "injured, the mayor said."},
        {.id = "de",
         .title = "Starkes Erdbeben erschüttert die Nordinsel",
         .text = "Ein starkes Erdbeben der Stärke 6,8 hat am Dienstag die Insel erschüttert. Zwölf "
                 "Menschen wurden verletzt, sagte der Bürgermeister."},
        {.id = "football",
         .title = "United win the cup after penalties",
         .text =
             "United won the football cup final on penalties. The goalkeeper saved two shots."}};
    const fabula::StoryClusterer clusterer{fabula::Model::bundled()};
    const fabula::StoryClusters result = clusterer.cluster(articles);
    std::cout << "fabula " << fabula::version() << ": " << result.stories.size() << " stories of "
              << articles.size() << " articles\n";
}
