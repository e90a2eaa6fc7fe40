// SPDX-License-Identifier: Apache-2.0
// Live: articles come one by one, and a stream says what happens to which story.
//
// Expect: created 1 storm-en: Storm Ana shuts the port of Bergen
// Expect: created 2 rate-fr: La banque centrale relève son taux directeur
// Expect: grew 1 storm-de
// Expect: the nearest to "Storm Ana moves on to Sweden" is story 1
// Expect: expired 1 storm-en storm-de
// Expect: 1 story is left

#include <fabula/fabula.hpp>

#include <chrono>
#include <iostream>
#include <string>

namespace {

fabula::Article article(std::string id, std::string title, std::string text) {
    fabula::Article out;
    out.id = std::move(id);
    out.title = std::move(title);
    out.text = std::move(text);
    return out;
}

void tell(const fabula::StreamUpdate& update) {
    for (const fabula::StreamEvent& event : update.events) {
        std::cout << to_string(event.kind) << ' ' << event.story;
        for (const std::string& id : event.articles)
            std::cout << ' ' << id;
        std::cout << (event.title.empty() ? "" : ": ") << event.title << '\n';
    }
}

} // namespace

int main() {
    using namespace std::chrono_literals;
    fabula::StoryStream stream{fabula::Model::bundled(), {.window = 48h}};

    // The library never reads the clock: `now` is what a feed reader passes on, or a replay.
    const std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 4}};
    tell(stream.add(article("storm-en", "Storm Ana shuts the port of Bergen",
                            "All ships were told to leave the harbour of Bergen on Sunday night "
                            "as storm Ana reached the coast of Norway with winds of 130 km/h."),
                    now));
    tell(stream.add(article("rate-fr", "La banque centrale relève son taux directeur",
                            "La banque centrale a relevé jeudi son taux directeur d'un quart de "
                            "point pour freiner la hausse des prix."),
                    now + 47h));
    fabula::Article german = article(
        "storm-de", "Sturm Ana legt den Hafen von Bergen lahm",
        "Alle Schiffe mussten den Hafen von Bergen in der Nacht zum Montag verlassen, als der "
        "Sturm Ana mit 130 km/h die norwegische Küste erreichte.");
    german.published = now + 1h; // late: it was written long before it came
    tell(stream.add(german, now + 48h));

    const fabula::Article asked = article("", "Storm Ana moves on to Sweden", "");
    for (const fabula::StreamMatch& match : stream.near(asked, 1))
        std::cout << "the nearest to \"" << asked.title << "\" is story " << match.story << '\n';

    tell(stream.expire(now + 50h));
    std::cout << stream.stories().size() << " story is left\n";
}
