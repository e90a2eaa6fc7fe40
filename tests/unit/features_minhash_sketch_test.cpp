// SPDX-License-Identifier: Apache-2.0
#include "features/lexical_features.hpp"
#include "features/minhash_sketch.hpp"
#include "model/lookup/subwords.hpp"
#include "support/articles.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <set>

using namespace fabula;
using detail::containment;
using detail::MinHashSketch;
using detail::resemblance;

namespace {

using Words = std::vector<std::string>;

std::vector<Token> tokens_of(const Words& words) {
    std::vector<Token> tokens(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        tokens[i].normalised = words[i];
        tokens[i].hash = detail::word_hash(words[i]);
    }
    return tokens;
}

MinHashSketch sketch_of(const Words& words) {
    MinHashSketch out;
    out.add(tokens_of(words));
    return out;
}

std::set<Words> shingles_of(const Words& words) {
    std::set<Words> out;
    const std::size_t length = std::min(words.size(), detail::shingle_words);
    for (std::size_t i = 0; length > 0 && i + length <= words.size(); ++i)
        out.insert(Words(words.begin() + static_cast<std::ptrdiff_t>(i),
                         words.begin() + static_cast<std::ptrdiff_t>(i + length)));
    return out;
}

/// What the sketches estimate, from all shingles.
struct Exact {
    double resemblance{};
    double first_in_second{};
    double second_in_first{};
};

Exact exact(const Words& a, const Words& b) {
    const std::set<Words> x = shingles_of(a);
    const std::set<Words> y = shingles_of(b);
    std::size_t shared = 0;
    for (const Words& shingle : x)
        shared += y.count(shingle);
    const auto part = [&](std::size_t of) {
        return of == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(of);
    };
    return {part(x.size() + y.size() - shared), part(x.size()), part(y.size())};
}

Words random_words(test::Random& random, std::size_t count, std::uint32_t vocabulary) {
    Words words;
    for (std::size_t i = 0; i < count; ++i)
        words.push_back("w" + std::to_string(random.number(vocabulary)));
    return words;
}

/// A copy of part of the text with some words changed and others before and behind.
Words edited(test::Random& random, Words words, std::uint32_t keep_percent, float changed) {
    words.resize(words.size() * keep_percent / 100);
    for (std::string& word : words)
        if (random.part() < changed)
            word = "x" + std::to_string(random.number(100000));
    const Words before = random_words(random, random.number(20), 100000);
    words.insert(words.begin(), before.begin(), before.end());
    return words;
}

} // namespace

TEST_CASE("sketch: exact for short texts") {
    test::Random random(1);
    for (int round = 0; round < 300; ++round) {
        // Few words, so that shingles recur; at most 64 in both texts together.
        const Words a = random_words(random, random.number(30), 4);
        const Words b =
            round % 2 == 0
                ? random_words(random, random.number(30), 4)
                : Words(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(a.size() / 2));
        const Exact expected = exact(a, b);
        const MinHashSketch x = sketch_of(a);
        const MinHashSketch y = sketch_of(b);
        CHECK(resemblance(x, y) == Approx(expected.resemblance));
        CHECK(containment(x, y) == Approx(expected.first_in_second));
        CHECK(containment(y, x) == Approx(expected.second_in_first));
    }
}

TEST_CASE("sketch: near the exact answer for long texts") {
    test::Random random(2);
    double squares = 0;
    int rounds = 0;
    for (const float changed : {0.0F, 0.005F, 0.01F, 0.03F, 0.1F, 1.0F})
        for (const std::uint32_t keep : {30U, 60U, 90U, 100U})
            for (int round = 0; round < 10; ++round) {
                const Words a = random_words(random, 300 + random.number(900), 3000);
                const Words b = edited(random, a, keep, changed);
                const Exact expected = exact(a, b);
                const MinHashSketch x = sketch_of(a);
                const MinHashSketch y = sketch_of(b);
                INFO("changed " << changed << ", kept " << keep);
                const double difference = resemblance(x, y) - expected.resemblance;
                CHECK(std::abs(difference) < 0.25);
                CHECK(std::abs(containment(y, x) - expected.second_in_first) < 0.35);
                CHECK(std::abs(containment(x, y) - expected.first_in_second) < 0.35);
                CHECK(resemblance(x, y) == resemblance(y, x));
                squares += difference * difference;
                ++rounds;
            }
    // The standard error that the header gives, at its worst.
    CHECK(std::sqrt(squares / rounds) < 0.5 / std::sqrt(64.0));
}

TEST_CASE("sketch: ends of what it estimates") {
    test::Random random(3);
    const Words words = random_words(random, 500, 3000);
    const MinHashSketch whole = sketch_of(words);
    CHECK(whole.is_full());
    CHECK(whole.values().size() == MinHashSketch::size);
    CHECK(std::is_sorted(whole.values().begin(), whole.values().end()));
    CHECK(resemblance(whole, whole) == 1);
    CHECK(containment(whole, whole) == 1);
    const MinHashSketch none;
    CHECK(none.empty());
    CHECK(resemblance(none, none) == 0);
    CHECK(resemblance(none, whole) == 0);
    CHECK(containment(none, whole) == 0);
    CHECK(containment(whole, none) == 0);
    // A thirtieth of the values cannot tell.
    const Words excerpt(words.begin(), words.begin() + 20);
    CHECK(sketch_of(excerpt).values().size() == 17);
    CHECK(containment(sketch_of(excerpt), whole) == 0);
    const Words half(words.begin(), words.begin() + 250);
    CHECK(containment(sketch_of(half), whole) > 0.9);
    CHECK(containment(whole, sketch_of(half)) == Approx(0.5).margin(0.2));
}

TEST_CASE("sketch: a text shorter than a shingle is one") {
    CHECK(sketch_of({"a"}).values().size() == 1);
    CHECK(sketch_of({"a", "b", "c"}).values().size() == 1);
    CHECK(sketch_of({"a", "b", "c", "d"}).values().size() == 1);
    CHECK(sketch_of({"a", "b", "c", "d", "e"}).values().size() == 2);
    CHECK(sketch_of({"a", "b"}) == sketch_of({"a", "b"}));
    CHECK_FALSE(sketch_of({"a", "b"}) == sketch_of({"b", "a"}));
    CHECK_FALSE(sketch_of({"ab", "c"}) == sketch_of({"a", "bc"}));
}

TEST_CASE("sketch: the set of values decides, not their order or number") {
    test::Random random(4);
    std::vector<std::uint32_t> values;
    for (int i = 0; i < 400; ++i)
        values.push_back(random.number(300) * 7919U);
    MinHashSketch expected;
    for (const std::uint32_t value : std::set<std::uint32_t>(values.begin(), values.end()))
        expected.add(value);
    for (int round = 0; round < 5; ++round) {
        random.shuffle(values);
        MinHashSketch found;
        for (const std::uint32_t value : values)
            found.add(value);
        CHECK(found == expected);
    }
}

TEST_CASE("sketch: of an article, its title and its body apart, and of any language") {
    static TextAnalyzer analyzer;
    const auto of = [](const Article& article) {
        const auto analyzed =
            detail::analyze_article(article, test::default_model(), {}, analyzer, Sentences::skip);
        return detail::extract_lexical_features(analyzed, article,
                                                detail::ModelData::of(test::default_model()))
            .sketch;
    };
    const auto& set = test::example_set();
    std::vector<MinHashSketch> found;
    for (const Article& article : set.articles) {
        Article copy = article;
        copy.id = "other";
        copy.text += "\n";
        INFO(article.id);
        found.push_back(of(article));
        CHECK_FALSE(found.back().empty());
        CHECK(of(copy) == found.back());
    }
    for (std::size_t i = 0; i < found.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (set.gold_stories[i] != set.gold_stories[j])
                CHECK(resemblance(found[i], found[j]) < 0.3);
    Article split = test::plain("five six seven eight", "en");
    split.title = "One two three four";
    CHECK(of(split).values().size() == 2);
    CHECK(of(test::plain("One two three four five six seven eight", "en")).values().size() == 5);
    // What no word is in has no copies.
    CHECK(of(test::plain("12 34 56", "en")).empty());
    CHECK(of(Article{}).empty());
}
