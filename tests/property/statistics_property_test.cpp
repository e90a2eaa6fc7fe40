// SPDX-License-Identifier: Apache-2.0
#include "support/articles.hpp"
#include "support/catch.hpp"
#include "support/stories.hpp"

#include <fabula/error.hpp>
#include <fabula/features.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/statistics.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace fabula;

namespace {

struct Collection {
    std::vector<ArticleFeatures> features;
    std::vector<double> weights;
};

/// The examples, one of them reprinted.
const std::vector<Article>& articles() {
    static const std::vector<Article> made = [] {
        std::vector<Article> out = test::example_articles();
        out.push_back(test::example("quake-it-1"));
        out.back().id = "quake-it-1 again";
        return out;
    }();
    return made;
}

const Collection& examples() {
    static const Collection made = [] {
        Collection out;
        out.features = extract_features(test::default_model(), articles());
        out.weights = StoryClusterer{test::default_model()}.document_weights(out.features);
        return out;
    }();
    return made;
}

CollectionStatistics statistics_of(const Collection& of) {
    CollectionStatistics out(test::default_model());
    for (std::size_t i = 0; i < of.features.size(); ++i)
        out.add(of.features[i], of.weights[i]);
    return out;
}

/// In `parts` parts drawn at random, merged in a random order.
CollectionStatistics in_parts(const Collection& of, std::uint32_t parts, test::Random& random) {
    std::vector<CollectionStatistics> all(parts, CollectionStatistics(test::default_model()));
    for (std::size_t i = 0; i < of.features.size(); ++i)
        all[random.number(parts)].add(of.features[i], of.weights[i]);
    random.shuffle(all);
    CollectionStatistics out(test::default_model());
    for (const CollectionStatistics& part : all)
        out.merge(part);
    return out;
}

} // namespace

TEST_CASE("statistics: parts merged in any order are the whole, and give its stories") {
    const Collection& all = examples();
    const CollectionStatistics whole = statistics_of(all);
    const StoryClusterer clusterer{test::default_model()};
    const auto expected = test::facts_of(clusterer.cluster(all.features, whole), articles());
    CHECK(expected != test::facts_of(clusterer.cluster(all.features), articles()));
    test::Random random{3};
    for (const std::uint32_t parts : {1U, 2U, 7U, 40U}) {
        const CollectionStatistics merged = in_parts(all, parts, random);
        CHECK(merged == whole);
        CHECK(merged.to_bytes() == whole.to_bytes());
        CHECK(test::facts_of(clusterer.cluster(all.features, merged), articles()) == expected);
    }
}

TEST_CASE("statistics: what is taken away leaves no trace") {
    const Collection& all = examples();
    test::Random random{5};
    CollectionStatistics some(test::default_model());
    CollectionStatistics others(test::default_model());
    CollectionStatistics both(test::default_model());
    for (std::size_t i = 0; i < all.features.size(); ++i) {
        (random.number(2) == 0 ? some : others).add(all.features[i], all.weights[i]);
        both.add(all.features[i], all.weights[i]);
    }
    CollectionStatistics left = both;
    left.subtract(others);
    CHECK(left == some);
    CHECK(left.to_bytes() == some.to_bytes());
    left.subtract(some);
    CHECK(left == CollectionStatistics(test::default_model()));
    CHECK(left.articles() == 0);
    for (std::size_t i = 0; i < all.features.size(); ++i)
        both.subtract(all.features[i], all.weights[i]);
    CHECK(both == left);
    CollectionStatistics twice = some;
    twice.merge(twice);
    CHECK(twice.articles() == 2 * some.articles());
    twice.subtract(some);
    CHECK(twice == some);
    twice.subtract(twice);
    CHECK(twice == both);
    CHECK_THROWS_WITH(both.subtract(all.features[0]),
                      Catch::Matchers::ContainsSubstring("only what was added"));
    CHECK_THROWS_WITH(some.subtract(others),
                      Catch::Matchers::ContainsSubstring("only what was added"));
}

TEST_CASE("statistics: written and read back they are the same, damaged they are refused") {
    const CollectionStatistics whole = statistics_of(examples());
    const std::string bytes = whole.to_bytes();
    const CollectionStatistics back =
        CollectionStatistics::from_bytes(test::default_model(), bytes);
    CHECK(back == whole);
    CHECK(back.to_bytes() == bytes);
    CHECK(back.stories() == whole.stories());
    const CollectionStatistics none(test::default_model());
    CHECK(CollectionStatistics::from_bytes(test::default_model(), none.to_bytes()) == none);
    const auto is_refused = [&](const std::string& altered) {
        try {
            static_cast<void>(CollectionStatistics::from_bytes(test::default_model(), altered));
        } catch (const Error& error) {
            return error.code() == Errc::damaged_data;
        }
        return false;
    };
    test::Random random{9};
    for (int round = 0; round < 100; ++round) {
        std::string altered = bytes;
        altered[random.number(static_cast<std::uint32_t>(bytes.size()))] ^= 1;
        CHECK(is_refused(altered));
        CHECK(is_refused(bytes.substr(0, random.number(static_cast<std::uint32_t>(bytes.size())))));
    }
}

TEST_CASE("statistics: by days, undated articles with every one of them") {
    CollectionStatistics all(test::default_model());
    CollectionStatistics dated(test::default_model());
    Article undated = articles().front();
    undated.published.reset();
    const ArticleFeatures without = extract_features(test::default_model(), undated);
    std::vector<std::chrono::sys_days> days;
    for (const Article& article : articles())
        if (article.published)
            days.push_back(std::chrono::floor<std::chrono::days>(*article.published));
    REQUIRE(days.size() > 1);
    const auto [first, last] = std::minmax_element(days.begin(), days.end());
    all.add(without);
    dated.add(without);
    for (std::size_t i = 0; i < articles().size(); ++i) {
        const ArticleFeatures& features = examples().features[i];
        all.add(features);
        if (!articles()[i].published ||
            std::chrono::floor<std::chrono::days>(*articles()[i].published) == *first)
            dated.add(features);
    }
    CHECK(all.between(*first, *first) == dated);
    CHECK(all.between(*first, *last) == all);
}

TEST_CASE("statistics: weights say how many stories there are") {
    const Collection& all = examples();
    const CollectionStatistics whole = statistics_of(all);
    double sum = 0;
    std::size_t counted = 0;
    for (const double weight : all.weights) {
        CHECK((weight >= 0 && weight <= 1));
        CHECK(weight * 16'384 == std::round(weight * 16'384));
        sum += weight;
        counted += weight > 0 ? 1 : 0;
    }
    CHECK(whole.stories() == sum);
    CHECK(whole.articles() == counted);
    CHECK(counted < all.weights.size()); // there are near-duplicates among them
    CollectionStatistics empty(test::default_model());
    empty.add(all.features[0], 0);
    CHECK(empty == CollectionStatistics(test::default_model()));
    CollectionStatistics without_vector = empty;
    const ArticleFeatures no_words = extract_features(test::default_model(), test::plain("2026"));
    without_vector.add(no_words);
    CHECK(without_vector.articles() == 1);
    CHECK(without_vector.stories() == 1);
    without_vector.subtract(no_words);
    CHECK(without_vector == empty);
    CHECK_THROWS_WITH(empty.add(all.features[0], 1.5),
                      Catch::Matchers::ContainsSubstring("must be in [0, 1]"));
    const EmbeddingMatrix vectors{1, 3, {1, 0, 0}};
    const ArticleFeatures other = extract_features(
        test::default_model(), std::span(test::example_articles()).first(1), vectors)[0];
    empty.add(other, 0); // nothing, of whatever encoder
    empty.add(all.features[0]);
    CHECK(empty.articles() == 1);
    CollectionStatistics own = whole;
    CHECK_THROWS_WITH(own.add(other), Catch::Matchers::ContainsSubstring("another encoder"));
    CHECK(own == whole);
}

TEST_CASE("story profiles: merged in any order they are the same, and tell their articles") {
    const Collection& all = examples();
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(all.features);
    const Story& story = clusters.stories.front();
    REQUIRE(story.members.size() > 3);
    std::vector<std::size_t> members = story.members;
    const auto profile_of = [&](std::span<const std::size_t> some) {
        StoryProfile out(all.features[some.front()]);
        for (const std::size_t member : some.subspan(1))
            out.merge(StoryProfile(all.features[member]));
        return out;
    };
    const StoryProfile whole = profile_of(members);
    test::Random random{2};
    for (int round = 0; round < 5; ++round) {
        random.shuffle(members);
        const std::size_t cut = 1 + random.number(static_cast<std::uint32_t>(members.size() - 1));
        StoryProfile part = profile_of(std::span(members).first(cut));
        part.merge(profile_of(std::span(members).subspan(cut)));
        CHECK(part == whole);
    }
    CHECK(whole.articles() == story.members.size());
    std::vector<std::string> languages;
    for (const auto& [language, count] : whole.languages())
        languages.push_back(language);
    CHECK(languages == story.languages);
    CHECK(whole.sources().size() == story.sources);
    CHECK(whole.first_published() == story.first_published);
    CHECK(whole.last_published() == story.last_published);
    CHECK(whole.similarity(whole) == Approx(1));
    CHECK(whole.term_similarity(whole) == Approx(1));
    const StoryProfile other = profile_of(clusters.stories[1].members);
    const StoryProfile member(all.features[members.front()]);
    CHECK(member.similarity(whole) > member.similarity(other) + 0.2);
    CHECK(member.term_similarity(whole) > member.term_similarity(other));
    CHECK(whole.shared_numbers(whole) == 1);
    CHECK(member.similarity(whole) == whole.similarity(member));
}

TEST_CASE("comparison of an article and a story: the mean of its pairs, and says why") {
    const Collection& all = examples();
    const Comparer comparer{test::default_model(), all.features};
    const StoryClusters clusters = StoryClusterer{test::default_model()}.cluster(all.features);
    const auto features_of = [&](std::span<const std::size_t> members) {
        std::vector<ArticleFeatures> out;
        for (const std::size_t member : members)
            out.push_back(all.features[member]);
        return out;
    };
    const auto own = features_of(std::span(clusters.stories[0].members).subspan(1));
    const auto other = features_of(clusters.stories[1].members);
    const ArticleFeatures& article = all.features[clusters.stories[0].members[0]];
    const Comparison with_own = comparer.compare(article, own);
    const Comparison with_other = comparer.compare(article, other);
    CHECK(with_own.probability > 0.5);
    CHECK(with_other.probability < 0.1);
    CHECK(with_own.similarity > with_other.similarity);
    for (const Comparison* comparison : {&with_own, &with_other}) {
        double sum = 0;
        for (const Contribution& part : comparison->explanation.contributions)
            sum += part.log_odds;
        CHECK(comparison->probability == Approx(1 / (1 + std::exp(-sum))));
        CHECK_FALSE(comparison->relation.has_value());
    }
    const Comparison with_one = comparer.compare(article, std::span(own).first(1));
    CHECK(with_one.probability == Approx(comparer.compare(article, own[0]).probability));
    CHECK_THROWS_WITH(comparer.compare(article, std::span<const ArticleFeatures>{}),
                      Catch::Matchers::ContainsSubstring("no member"));
}
