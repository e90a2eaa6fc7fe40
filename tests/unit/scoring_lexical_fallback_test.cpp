// SPDX-License-Identifier: Apache-2.0
#include "scoring/lexical_fallback.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/pipeline.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <map>
#include <numeric>
#include <set>

using namespace fabula;
using detail::LexicalFeatures;
using detail::NamePair;

namespace {

Article told(const char* id, const char* language, const char* text) {
    Article article = test::plain(text, language);
    article.id = id;
    return article;
}

/// Reports of four events; the first part of an id names the event. Swahili, Welsh and Tamil under
/// private tags, as no model has.
const std::vector<Article>& reports() {
    static const std::vector<Article> all{
        told(
            "quake-en", "en",
            "A strong earthquake of magnitude 6.4 has struck Petrinja near Zagreb in Croatia. "
            "Prime "
            "Minister Andrej Plenković and President Zoran Milanović visited Sisak. 26 people were "
            "injured and 1250 are homeless."),
        told("quake-sw", "qsw",
             "Tetemeko kubwa la ardhi la ukubwa wa 6.4 limepiga Petrinja karibu na Zagreb nchini "
             "Kroatia. Waziri Mkuu Andrej Plenković na Rais Zoran Milanović walitembelea Sisak. "
             "Watu 26 walijeruhiwa na 1250 hawana makazi."),
        told("quake-cy", "qcy",
             "Mae daeargryn cryf o faint 6.4 wedi taro Petrinja ger Zagreb yng Nghroatia. Ymwelodd "
             "y Prif Weinidog Andrej Plenković a'r Arlywydd Zoran Milanović â Sisak. Anafwyd 26 o "
             "bobl ac mae 1250 yn ddigartref."),
        told("budget-sw", "qsw",
             "Bunge la Kenya mjini Nairobi limepitisha bajeti ya bilioni 340. Rais William Ruto na "
             "waziri John Mbadi walisema kaunti 47 zitapata fedha zaidi, ikiwemo Mombasa na "
             "Kisumu."),
        told("rugby-cy", "qcy",
             "Enillodd Cymru 31 i 17 yn erbyn yr Eidal yng Nghaerdydd. Sgoriodd Jac Morgan a Dewi "
             "Lake, a dywedodd yr hyfforddwr Steve Tandy fod 72000 yn Stadiwm y Principality."),
        told("summit-en", "en",
             "Macron and Meloni met in Milan on Friday and will go on to Palermo. Marconi was "
             "remembered with 1450 guests and 37 speeches in Torino."),
        told("summit-ta", "qta",
             "மக்ரோன் மெலோனி இருவரும் மிலான் நகரில் சந்தித்தனர். பின்னர் பலெர்மோ செல்வார்கள். "
             "மார்கோனி நினைவாக டோரினோ நகரில் 1450 விருந்தினர்கள், 37 உரைகள்."),
        told("flood-ta", "qta",
             "சென்னை நகரில் கனமழை காரணமாக 58 பேர் இடம்பெயர்ந்தனர். முதலமைச்சர் ஸ்டாலின் 225 "
             "முகாம்களை பார்வையிட்டார்."),
    };
    return all;
}

std::string event_of(const Article& article) {
    return article.id.substr(0, article.id.find('-'));
}

const Article& report(std::string_view id) {
    for (const Article& article : reports())
        if (article.id == id)
            return article;
    throw std::runtime_error("no report " + std::string(id));
}

LexicalFeatures evidence_with(std::vector<std::uint32_t> names, std::vector<std::uint32_t> numbers,
                              bool has_vector) {
    LexicalFeatures out;
    out.names.assign(names.begin(), names.end());
    out.numbers.assign(numbers.begin(), numbers.end());
    out.has_vector = has_vector;
    return out;
}

/// For each story the ids of its members.
std::set<std::set<std::string>> told_together(const std::vector<Article>& articles,
                                              unsigned threads = 1) {
    ClusterOptions options;
    options.threads = threads;
    const StoryClusters clusters = StoryClusterer(test::default_model(), options).cluster(articles);
    std::set<std::set<std::string>> out;
    for (const Story& story : clusters.stories) {
        std::set<std::string> ids;
        for (const std::size_t member : story.members)
            ids.insert(articles[member].id);
        out.insert(std::move(ids));
    }
    return out;
}

} // namespace

TEST_CASE("without a vector: the same names and numbers make one story, others none") {
    const Comparer comparer(test::default_model());
    for (const Article& a : reports())
        for (const Article& b : reports()) {
            if (&a == &b)
                continue;
            const Comparison comparison = comparer.compare(a, b);
            const bool same = event_of(a) == event_of(b);
            INFO(a.id << ' ' << b.id << ' ' << comparison.probability);
            CHECK((comparison.probability > 0.5) == same);
            CHECK((comparison.relation != Relation::unrelated) == same);
            double sum = 0;
            for (const Contribution& part : comparison.explanation.contributions)
                sum += part.log_odds;
            CHECK(1 / (1 + std::exp(-sum)) == Approx(comparison.probability).margin(1e-9));
            CHECK(comparer.compare(b, a).probability == comparison.probability);
        }
    const Comparison quake = comparer.compare(report("quake-en"), report("quake-sw"));
    CHECK(quake.explanation.shared_numbers.size() == 3);
    CHECK(quake.explanation.shared_terms.size() >= 5);
    CHECK(quake.similarity == 0);
}

TEST_CASE("without a vector: in clusters, for any order and any number of threads") {
    const std::set<std::set<std::string>> expected{{"quake-en", "quake-sw", "quake-cy"},
                                                   {"budget-sw"},
                                                   {"rugby-cy"},
                                                   {"summit-en", "summit-ta"},
                                                   {"flood-ta"}};
    CHECK(told_together(reports()) == expected);
    for (const std::uint64_t seed : {1U, 2U, 3U})
        CHECK(told_together(test::shuffled(reports(), seed), 4) == expected);
    // The status still says why there is no vector.
    const StoryClusters clusters = StoryClusterer(test::default_model()).cluster(reports());
    for (std::size_t i = 0; i < reports().size(); ++i)
        CHECK((clusters.outcomes[i].status == EmbeddingStatus::ok) ==
              (reports()[i].language == "en"));
    for (const Story& story : clusters.stories) {
        CHECK(story.cohesion >= 0);
        CHECK(story.cohesion <= 1);
        if (story.members.size() > 1)
            CHECK(reports()[story.representative].language == "en");
    }
}

TEST_CASE("without a vector: no giant cluster of one language") {
    // Many reports of one language share its small words and a place, and tell different events.
    std::vector<Article> articles;
    const char* const people[] = {"Juma",   "Asha",   "Baraka", "Neema",
                                  "Hamisi", "Zawadi", "Rehema", "Salum"};
    const char* const towns[] = {"Arusha", "Dodoma", "Mbeya",  "Morogoro",
                                 "Tanga",  "Kigoma", "Iringa", "Songea"};
    for (std::size_t i = 0; i < 8; ++i) {
        const std::string text = std::string("Rais wa Tanzania alisema katika mji wa ") + towns[i] +
                                 " kwamba watu " + std::to_string(11 + 7 * i) +
                                 " kutoka Dar es Salaam na " + people[i] +
                                 " walikuwa kwenye mkutano huo mwaka 2026.";
        articles.push_back(told(std::to_string(i).c_str(), "qsw", text.c_str()));
    }
    CHECK(told_together(articles).size() == articles.size());
    // Near-duplicates do meet.
    articles.push_back(articles.front());
    articles.back().id = "copy";
    CHECK(told_together(articles).count({"0", "copy"}) == 1);
    CHECK(Comparer(test::default_model()).compare(articles.front(), articles.back()).relation ==
          Relation::duplicate);
}

TEST_CASE("without a vector: names alone do not suffice, nor do numbers") {
    std::vector<std::uint32_t> many(1000);
    for (std::uint32_t i = 0; i < many.size(); ++i)
        many[i] = i;
    const auto odds = [](const LexicalFeatures& a, const LexicalFeatures& b) {
        return detail::log_odds(detail::measure_lexical_fallback(a, b));
    };
    CHECK(odds(evidence_with(many, {}, false), evidence_with(many, {}, true)) < 0);
    CHECK(odds(evidence_with({}, many, false), evidence_with({}, many, true)) < 0);
    CHECK(odds(evidence_with({1, 2}, many, false), evidence_with({1, 2}, many, true)) < 0);
    CHECK(odds(evidence_with({1, 2, 3}, {7}, false), evidence_with({1, 2, 3}, {7}, true)) > 0);
    CHECK(odds(evidence_with({}, {}, false), evidence_with({}, {}, false)) < 0);
}

TEST_CASE("name pairs: three shared names, the best partners, the time window") {
    std::vector<LexicalFeatures> lexical{
        evidence_with({1, 2, 3, 4}, {}, false), evidence_with({1, 2, 3, 4}, {}, true),
        evidence_with({1, 2, 3, 9}, {}, true), evidence_with({1, 2, 9}, {}, true),
        evidence_with({1, 2, 3, 4}, {}, true)};
    const std::chrono::seconds always{0};
    CHECK(detail::name_pairs(lexical, 0, always) == std::vector<NamePair>{{0, 1}, {0, 2}, {0, 4}});
    CHECK(detail::name_pairs(lexical, 1, always) == std::vector<NamePair>{{0, 1}});
    using std::chrono::sys_seconds;
    lexical[0].published = sys_seconds{std::chrono::hours{0}};
    lexical[1].published = sys_seconds{std::chrono::hours{50}};
    lexical[2].published = sys_seconds{std::chrono::hours{10}};
    CHECK(detail::name_pairs(lexical, 0, std::chrono::hours{24}) ==
          std::vector<NamePair>{{0, 2}, {0, 4}});
    lexical[0].has_vector = true; // then nothing is left to do here
    CHECK(detail::name_pairs(lexical, 0, always).empty());
    CHECK(detail::name_pairs({}, 0, always).empty());
}

TEST_CASE("name pairs: the rarest names are followed, as many as there is room for") {
    // 99 articles have each of the names 0 to 179, and two have 1000 to 1002: of the common ones
    // there is room for 165.
    std::vector<std::uint32_t> names(180);
    std::iota(names.begin(), names.end(), 0U);
    std::vector<LexicalFeatures> lexical(98, evidence_with(names, {}, true));
    names.insert(names.end(), {1000, 1001, 1002});
    lexical.push_back(evidence_with(names, {}, false));
    lexical.push_back(evidence_with({1000, 1001, 1002}, {}, true));
    const std::chrono::seconds always{0};
    CHECK(detail::name_pairs(lexical, 0, always).size() == 99);
    // The best partner is the one that document_weights the most of them.
    CHECK(detail::name_pairs(lexical, 1, always) == std::vector<NamePair>{{0, 98}});
    // One article has three of the common names in another's place: of those that are equally
    // common, the first are followed, and the last are not.
    const auto pairs_of_one_with = [&](std::uint32_t first) {
        auto articles = lexical;
        std::erase_if(articles.front().names,
                      [&](std::uint32_t name) { return name >= first && name < first + 3; });
        articles.push_back(evidence_with({first, first + 1, first + 2}, {}, true));
        return detail::name_pairs(articles, 0, always).size();
    };
    CHECK(pairs_of_one_with(0) == 100);
    CHECK(pairs_of_one_with(177) == 99);
}

TEST_CASE("name pairs: names in more than a tenth of the articles are not followed") {
    std::vector<LexicalFeatures> lexical(100, evidence_with({1, 2, 3}, {}, false));
    CHECK(detail::name_pairs(lexical, 0, std::chrono::seconds{0}).size() == 100 * 99 / 2);
    lexical.push_back(lexical.back()); // 101 of 101
    CHECK(detail::name_pairs(lexical, 0, std::chrono::seconds{0}).empty());
    lexical.resize(1010); // 101 of 1,010
    CHECK(detail::name_pairs(lexical, 0, std::chrono::seconds{0}).size() == 101 * 100 / 2);
}
