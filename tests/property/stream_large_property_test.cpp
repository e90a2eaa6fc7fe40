// SPDX-License-Identifier: Apache-2.0
//
// A stream whose stories are larger than what it clusters anew between two settlings.
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"
#include "support/stream.hpp"

#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/stream.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace fabula;
using namespace fabula::test;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_seconds begin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

/// Reports that are no copies of each other: each has some of many sentences of one story.
std::vector<Article> reports(std::size_t count) {
    const std::vector<std::vector<std::string>> stories{
        {"The river Adda burst its banks near Lodi on Tuesday night. ",
         "Firefighters took 200 people to a school in Lodi. ",
         "The mayor of Lodi, Andrea Furegato, closed both bridges. ",
         "Rain fell for 30 hours on the valleys above Lecco. ",
         "Trains between Milan and Lodi were halted by the flood. ",
         "Farmers count 400 drowned cattle along the Adda. ",
         "The civil protection sent pumps and boats from Bergamo. ",
         "The water of the Adda stood 2.9 metres above its usual mark. ",
         "Schools in Lodi stay closed until Friday because of the flood. ",
         "Engineers fear for the dyke at Spino d'Adda. ",
         "The last flood of the Adda in Lodi was in November 2002. ",
         "Premier Giorgia Meloni will fly to Lodi on Thursday. "},
        {"Parliament in Vilnius passed the budget with 71 against 48. ",
         "Minister Rasa Budbergyte defended the new tax on banks. ",
         "Teachers get 12 percent more under the Lithuanian budget. ",
         "The opposition in Vilnius walked out before the end. ",
         "Defence spending of Lithuania rises to 3.2 percent. ",
         "The president in Vilnius wants to sign the budget on Monday. ",
         "Banks in Lithuania warned that the tax would cost credit. ",
         "The budget of Lithuania foresees a deficit of 2.9 percent. ",
         "Pensions in Lithuania rise by 9 percent in January. ",
         "Farmers drove tractors to the parliament in Vilnius. ",
         "The central bank of Lithuania expects growth of 2.7 percent. ",
         "Kaunas and Klaipeda get money for trams from the budget. "}};
    Random random{7};
    std::vector<Article> out;
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector<std::string>& sentences = stories[i % stories.size()];
        std::set<std::uint32_t> chosen;
        while (chosen.size() < 8)
            chosen.insert(random.number(static_cast<std::uint32_t>(sentences.size())));
        Article article;
        article.id = "r" + std::to_string(i);
        article.language = "en";
        article.title = "Report " + std::to_string(i) + " on what happened";
        for (const std::uint32_t sentence : chosen)
            article.text += sentences[sentence];
        article.published = begin + std::chrono::minutes{i};
        out.push_back(std::move(article));
    }
    return out;
}

} // namespace

TEST_CASE("large stories grow and shrink, and settle as the batch", "[stream]") {
    constexpr std::size_t at_first = 600;
    constexpr std::size_t count = 760;
    const std::vector<ArticleFeatures> features = extract_features(default_model(), reports(count));
    StreamOptions options{.window = 0s, .min_probability = 0.2, .settle_every = 0};
    options.exact_below = GENERATE(0UL, 1'000'000UL);
    StoryStream stream{default_model(), options};
    EventLog log;
    log.play(stream.add(std::span(features).first(at_first), begin));
    log.play(stream.settle());
    const auto largest = [&] {
        std::size_t most = 0;
        for (const StreamStory& story : stream.stories())
            most = std::max(most, story.articles.size());
        return most;
    };
    const std::size_t before = largest();
    // So many, though a quarter are copies, that they are no longer clustered anew at each step.
    REQUIRE(before > 260);
    for (std::size_t i = at_first; i < count; i += 20) {
        log.play(stream.add(std::span(features).subspan(i, 20), begin));
        log.play(stream.remove(
            std::vector<std::string>{features[i - at_first].id(), features[i - 1].id()}));
    }
    check_agreement(stream, log);
    // What comes finds its story.
    CHECK(largest() > before + 20);
    log.play(stream.settle());
    CHECK(largest() > before + 20);
    check_agreement(stream, log);
    std::vector<ArticleFeatures> left;
    std::vector<Article> names;
    for (const ArticleFeatures& one : features)
        if (stream.story_of(one.id())) {
            left.push_back(one);
            names.push_back({one.id(), {}, {}, {}, {}, {}});
        }
    CHECK(left.size() == stream.articles());
    ClusterOptions how;
    how.min_probability = options.min_probability;
    CHECK(partition_of(stream) ==
          partition_of(StoryClusterer{default_model(), how}.cluster(left), names));
}
