// SPDX-License-Identifier: Apache-2.0
#include "embedding/sentence_vectors.hpp"
#include "scoring/sentence_coverage.hpp"
#include "support/catch.hpp"

#include <fabula/scoring.hpp>

#include <type_traits>
#include <vector>

using namespace fabula;
using detail::aligned_passages;
using detail::Coverage;
using detail::sentence_coverage;

// Whatever is included after this header; in scoring_passages_test.cpp it comes before it.
static_assert(std::is_same_v<decltype(aligned_passages({}, {}, 0, 0)), std::vector<Passage>>);

namespace {

/// Sentences of ten bytes each with vectors of two values.
SentenceEmbeddings sentences(std::vector<std::array<float, 2>> rows, bool has_title = false) {
    SentenceEmbeddings out;
    out.matrix.dimension = 2;
    out.has_title = has_title;
    for (const auto& row : rows) {
        out.matrix.values.insert(out.matrix.values.end(), row.begin(), row.end());
        out.ranges.push_back({out.matrix.rows * 20, out.matrix.rows * 20 + 10});
        ++out.matrix.rows;
    }
    return out;
}

constexpr std::array<float, 2> east{1, 0};
constexpr std::array<float, 2> north{0, 1};
constexpr std::array<float, 2> west{-1, 0};
constexpr std::array<float, 2> between{0.6F, 0.8F};

/// An article whose sketch has the values of a range.
detail::LexicalFeatures told(ByteRange values, int language = 0) {
    detail::LexicalFeatures out;
    out.language = language;
    out.words = 100;
    for (std::size_t value = values.begin; value < values.end; ++value)
        out.sketch.add(static_cast<std::uint32_t>(value));
    return out;
}

detail::RelationRule default_rule() {
    detail::ModelParts parts;
    parts.dimension = 2;
    return detail::RelationRule{detail::ModelData{std::move(parts)}};
}

} // namespace

TEST_CASE("coverage: the part of each text that the other tells too") {
    const Coverage same = sentence_coverage(sentences({east, north}), sentences({north, east}));
    CHECK(same.first_aligned == 1);
    CHECK(same.second_aligned == 1);
    const Coverage excerpt =
        sentence_coverage(sentences({east}), sentences({east, north, west, north}));
    CHECK(excerpt.first_aligned == 1);
    CHECK(excerpt.second_aligned == Approx(0.25));
    const Coverage swapped =
        sentence_coverage(sentences({east, north, west, north}), sentences({east}));
    CHECK(swapped.first_aligned == excerpt.second_aligned);
    CHECK(swapped.second_aligned == excerpt.first_aligned);
}

TEST_CASE("coverage: only sentences that are each other's best are aligned") {
    // Both sentences of the first are nearest to the only one of the second.
    const Coverage two = sentence_coverage(sentences({east, between}), sentences({east}));
    CHECK(two.first_aligned == Approx(0.5));
    CHECK(two.second_aligned == 1);
    const Coverage swapped = sentence_coverage(sentences({east}), sentences({east, between}));
    CHECK(swapped.first_aligned == two.second_aligned);
    CHECK(swapped.second_aligned == two.first_aligned);
    // Sentences of opposite meaning are no match, though there be no better.
    CHECK(sentence_coverage(sentences({west}), sentences({east})).first_aligned == 0);
}

TEST_CASE("coverage: a poor language is measured by its own scale") {
    const Coverage plain = sentence_coverage(sentences({between}), sentences({east}));
    CHECK(plain.first_aligned == Approx(0.6));
    const Coverage poor = sentence_coverage(sentences({between}), sentences({east}), 1.25);
    CHECK(poor.first_aligned == Approx(0.75));
    CHECK(sentence_coverage(sentences({east}), sentences({east}), 1.25).first_aligned == 1);
}

TEST_CASE("coverage: long sentences count more") {
    SentenceEmbeddings first = sentences({east, north});
    first.ranges[0] = {0, 30};
    first.ranges[1] = {40, 50};
    CHECK(sentence_coverage(first, sentences({east})).first_aligned == Approx(0.75));
}

TEST_CASE("coverage: the title takes part only where there is nothing else") {
    CHECK(sentence_coverage(sentences({east, north}, true), sentences({north})).first_aligned == 1);
    CHECK(sentence_coverage(sentences({east}, true), sentences({east}, true)).first_aligned == 1);
    CHECK(aligned_passages(sentences({east}, true), sentences({east}), 0.1F, 5).empty());
    CHECK(aligned_passages(sentences({east}), sentences({east}, true), 0.1F, 5).empty());
    const auto passages =
        aligned_passages(sentences({east, north}, true), sentences({north}), 0.1F, 5);
    REQUIRE(passages.size() == 1);
    CHECK(passages[0].first == ByteRange{20, 30});
    CHECK(passages[0].second == ByteRange{0, 10});
}

TEST_CASE("coverage: nothing, and more sentences than take part") {
    for (const SentenceEmbeddings& other : {sentences({}), sentences({east})}) {
        CHECK(sentence_coverage(sentences({}), other).first_aligned == 0);
        CHECK(sentence_coverage(other, sentences({})).first_aligned == 0);
    }
    CHECK(aligned_passages(sentences({}), sentences({east}), 0, 5).empty());
    CHECK(aligned_passages(sentences({east}), sentences({}), 0, 5).empty());
    std::vector<std::array<float, 2>> rows(detail::compared_sentences, east);
    rows.push_back(north); // one too many to be seen
    CHECK(sentence_coverage(sentences(rows), sentences({north})).first_aligned == 0);
}

TEST_CASE("passages: pairs that are each other's best, most similar first") {
    const auto first = sentences({between, east, west});
    const auto second = sentences({north, east});
    const auto passages = aligned_passages(first, second, 0.5F, 5);
    REQUIRE(passages.size() == 2);
    CHECK(passages[0].first == first.ranges[1]);
    CHECK(passages[0].second == second.ranges[1]);
    CHECK(passages[0].similarity == 1);
    CHECK(passages[1].first == first.ranges[0]);
    CHECK(passages[1].second == second.ranges[0]);
    CHECK(passages[1].similarity == Approx(0.8F));
    CHECK(aligned_passages(first, second, 0.9F, 5).size() == 1);
    CHECK(aligned_passages(first, second, 0.5F, 1).size() == 1);
    CHECK(aligned_passages(first, second, 0.5F, 0).empty());

    const auto swapped = aligned_passages(second, first, 0.5F, 5);
    REQUIRE(swapped.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(swapped[i].first == passages[i].second);
        CHECK(swapped[i].second == passages[i].first);
        CHECK(swapped[i].similarity == passages[i].similarity);
    }
}

TEST_CASE("relation: what probability, language, words and coverage decide") {
    const detail::RelationRule rule = default_rule();
    const Coverage full{1, 1};
    const Coverage none{0, 0};
    const Coverage excerpt{1, 0.1};
    const Coverage scattered{0.15, 0.25};
    const detail::LexicalFeatures here = told({}, 0);
    const detail::LexicalFeatures abroad = told({}, 1);
    CHECK(rule.decide(0.9, here, here, full) == Relation::rewrite);
    CHECK(rule.decide(0.9, here, abroad, full) == Relation::translation);
    CHECK(rule.decide(0.9, here, here, none) == Relation::same_story);
    CHECK(rule.decide(0.9, here, abroad, none) == Relation::same_story);
    CHECK(rule.decide(0.9, here, here, excerpt) == Relation::rewrite);
    CHECK(rule.decide(0.9, here, abroad, excerpt) == Relation::translation);
    // Every sentence is near one of the other's, but not each to its own.
    CHECK(rule.decide(0.9, here, here, scattered) == Relation::same_story);
    CHECK(rule.decide(0.9, here, abroad, scattered) == Relation::same_story);
    CHECK(rule.decide(0.1, here, here, full) == Relation::unrelated);
    CHECK(rule.decide(0.1, here, abroad, full) == Relation::unrelated);
    CHECK(to_string(Relation::unrelated) == "unrelated");
    CHECK(to_string(Relation::same_story) == "same_story");
    CHECK(to_string(Relation::rewrite) == "rewrite");
    CHECK(to_string(Relation::translation) == "translation");
    CHECK(to_string(Relation::duplicate) == "duplicate");
}

TEST_CASE("relation: a headline or a brief is no version of another text") {
    const detail::RelationRule rule = default_rule();
    detail::LexicalFeatures headline = told({0, 6});
    headline.words = detail::RelationRule::least_words_of_versions - 1;
    for (const int language : {0, 1}) {
        const detail::LexicalFeatures whole = told({}, language);
        CHECK(rule.decide(0.9, headline, whole, {1, 1}) == Relation::same_story);
        CHECK(rule.decide(0.9, whole, headline, {1, 1}) == Relation::same_story);
        CHECK(rule.decide(0.1, headline, whole, {1, 1}) == Relation::unrelated);
    }
    CHECK(rule.decide(0.9, headline, headline, {1, 1}) == Relation::duplicate);
    headline.words = detail::RelationRule::least_words_of_versions;
    CHECK(rule.decide(0.9, headline, told({}, 1), {1, 1}) == Relation::translation);
}

TEST_CASE("relation: nearly the same words, or a shortened near-duplicate, are a duplicate") {
    const detail::RelationRule rule = default_rule();
    const Coverage none{0, 0};
    const detail::LexicalFeatures whole = told({0, 60});
    CHECK(rule.decide(0.9, whole, told({0, 60}), none) == Relation::duplicate);
    CHECK(rule.decide(0.9, whole, told({5, 65}), none) == Relation::duplicate);   // 55 of 65
    CHECK(rule.decide(0.9, whole, told({20, 80}), none) == Relation::same_story); // 40 of 80
    CHECK(rule.decide(0.9, whole, told({20, 45}), none) == Relation::duplicate);  // shortened
    CHECK(rule.decide(0.9, told({20, 45}), whole, none) == Relation::duplicate);
    CHECK(rule.decide(0.9, whole, told({20, 30}), none) == Relation::same_story); // one sentence
    CHECK(rule.decide(0.9, whole, told({0, 60}, 1), {1, 1}) == Relation::translation);
    // An improbable pair has nearly the same words as near-duplicates have, or as articles of one
    // template.
    CHECK(rule.decide(0.1, whole, told({0, 60}), none) == Relation::duplicate);
    detail::LexicalFeatures other = told({0, 60});
    other.required_terms.push_back({});
    other.required_terms.back().is_number = 1;
    CHECK(rule.decide(0.1, whole, other, none) == Relation::unrelated);
    CHECK(rule.decide(0.9, whole, other, none) == Relation::duplicate);
    CHECK_FALSE(rule.is_duplicate(0.9, told({}), told({})));
}
