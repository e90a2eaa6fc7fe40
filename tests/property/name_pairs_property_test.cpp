// SPDX-License-Identifier: Apache-2.0
#include "reference/name_pairs.hpp"
#include "scoring/lexical_fallback.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <vector>

using namespace fabula;
using detail::LexicalFeatures;

namespace {

/// The less even the names, the more articles have the first of them.
LexicalFeatures article_with(test::Random& random, std::size_t names, std::uint32_t vocabulary,
                             bool is_even) {
    std::set<std::uint32_t> drawn;
    while (drawn.size() < names) {
        const std::uint32_t name = random.number(vocabulary);
        drawn.insert((is_even ? name : random.number(name + 1)) * 2654435761U);
    }
    LexicalFeatures out;
    out.names.assign(drawn.begin(), drawn.end());
    return out;
}

std::chrono::sys_seconds at(std::uint32_t second) {
    return std::chrono::sys_seconds{std::chrono::seconds{second}};
}

} // namespace

TEST_CASE("name pairs: what looking at each pair gives, for any window and threads") {
    test::Random random(17);
    for (int round = 0; round < 12; ++round) {
        const bool has_many_names = round % 6 == 5; // more than are followed
        std::vector<LexicalFeatures> lexical;
        for (std::size_t i = 0; i < (has_many_names ? 170 : 200); ++i) {
            lexical.push_back(
                has_many_names ? article_with(random, 400, 720, true)
                               : article_with(random, 3 + random.number(20), 60, round % 2 == 0));
            lexical.back().has_vector = random.number(3) == 0;
            if (random.number(8) != 0)
                lexical.back().published = at(random.number(100));
        }
        std::vector<std::uint32_t> only;
        if (round % 3 == 0)
            for (std::uint32_t i = 0; i < lexical.size(); ++i)
                if (random.number(4) != 0)
                    only.push_back(i);
        for (const std::chrono::seconds window :
             {std::chrono::seconds{0}, std::chrono::seconds{5}, std::chrono::seconds{40}})
            for (const std::size_t most : {0, 4}) {
                const auto expected = test::name_pairs_naive(lexical, most, window, only);
                INFO("round " << round << ", window " << window.count() << ", " << expected.size()
                              << " pairs");
                CHECK(expected.size() > 10);
                for (const unsigned threads : {1U, 3U})
                    CHECK(detail::name_pairs(lexical, most, window, only, threads) == expected);
            }
    }
}

TEST_CASE("name pairs: eight times the articles, in as much more time, are not 64 times the work") {
    // The processor's time of 150 names an article, the commonest in nearly all of them.
    const auto time_of = [](std::uint32_t count) {
        test::Random random(5);
        std::vector<LexicalFeatures> lexical;
        for (std::uint32_t i = 0; i < count; ++i) {
            lexical.push_back(article_with(random, 150, 4000, false));
            lexical.back().has_vector = false;
            lexical.back().published = at(i);
        }
        const std::clock_t begin = std::clock();
        CHECK_FALSE(detail::name_pairs(lexical, 8, std::chrono::seconds{20}).empty());
        return static_cast<double>(std::clock() - begin);
    };
    const double small = time_of(500);
    const double large = time_of(4000);
    INFO(small << " and " << large << " of " << CLOCKS_PER_SEC << " a second");
    CHECK(large < 24 * small);
}
