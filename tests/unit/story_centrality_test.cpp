// SPDX-License-Identifier: Apache-2.0
#include "story/centrality.hpp"
#include "support/catch.hpp"

#include <array>
#include <numeric>
#include <vector>

using namespace fabula;

namespace {

/// Articles of one language and length, each of a source of its own, that tell one story.
class Report {
public:
    explicit Report(std::vector<std::array<float, 2>> vectors)
        : articles_(vectors.size()), order_(vectors.size()), leaders_(vectors.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::iota(leaders_.begin(), leaders_.end(), 0U);
        known_.corpus.vectors = {vectors.size(), 2, {}};
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            articles_[i].source = std::to_string(i) + ".example";
            known_.corpus.vectors.values.insert(known_.corpus.vectors.values.end(),
                                                vectors[i].begin(), vectors[i].end());
            known_.corpus.lexical.emplace_back().words = 100;
            known_.corpus.outcomes.emplace_back().language_probability = 1;
            known_.corpus.identities.push_back(i);
        }
    }

    void print(std::size_t article, std::uint32_t representative) {
        leaders_[article] = representative;
    }
    void name_source(std::size_t article, std::string source) {
        articles_[article].source = std::move(source);
    }

    [[nodiscard]] detail::Centrality centrality() const {
        const detail::Articles articles(articles_);
        const detail::StoryIds ids(articles, order_, known_.corpus.identities);
        const detail::CollectionView view{articles, order_, known_, leaders_, frequency_, ids, {}};
        std::vector<std::uint32_t> members(articles_.size());
        std::iota(members.begin(), members.end(), 0U);
        return {view, members};
    }

private:
    std::vector<Article> articles_;
    std::vector<std::size_t> order_;
    std::vector<std::uint32_t> leaders_;
    detail::WeightedCorpus known_;
    detail::StoryFrequency frequency_;
};

constexpr std::array<float, 2> east{1, 0};
constexpr std::array<float, 2> between{0.8F, 0.6F};
constexpr std::array<float, 2> farther{0.6F, 0.8F};

} // namespace

TEST_CASE("centrality: prints of one text count together as one, whoever prints them") {
    // Three reports; the first of them stands in ten papers.
    std::vector<std::array<float, 2>> vectors(10, east);
    vectors.insert(vectors.end(), {between, farther});
    Report report(vectors);
    CHECK(report.centrality().most_central() == 0); // ten reports that are much alike
    for (std::uint32_t i = 1; i < 10; ++i)
        report.print(i, 0);
    const detail::Centrality centrality = report.centrality();
    CHECK(centrality.most_central() == 10);
    for (std::size_t i = 0; i < 10; ++i)
        CHECK(centrality.weights()[i] == Approx(0.1));
    CHECK(centrality.weights()[10] == 1);
    CHECK(centrality.weights()[11] == 1);
}

TEST_CASE("centrality: reports of one source count together as one") {
    std::vector<std::array<float, 2>> vectors(10, east);
    vectors.insert(vectors.end(), {between, farther});
    Report report(vectors);
    for (std::size_t i = 0; i < 10; ++i)
        report.name_source(i, "east.example");
    CHECK(report.centrality().most_central() == 10);
    // Of a source with four reports, of which two are one text, each counts a quarter.
    Report small({east, east, between, farther});
    for (std::size_t i = 0; i < 4; ++i)
        small.name_source(i, "east.example");
    small.print(1, 0);
    const detail::Centrality centrality = small.centrality();
    for (const double weight : centrality.weights())
        CHECK(weight == Approx(0.25));
}
