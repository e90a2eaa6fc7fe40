// SPDX-License-Identifier: Apache-2.0
#include "near_duplicates/near_duplicates.hpp"
#include "reference/near_duplicates.hpp"
#include "support/catch.hpp"

using namespace fabula;
using detail::find_near_duplicates;
using detail::LexicalFeatures;
using test::find_near_duplicates_naive;

namespace {

using Representatives = std::vector<std::uint32_t>;
constexpr std::chrono::seconds always{0};

/// An article whose sketch has so many values, numbered from `from`.
LexicalFeatures with_values(std::uint32_t from, std::uint32_t count = 50) {
    LexicalFeatures out;
    out.language = 3;
    for (std::uint32_t i = 0; i < count; ++i)
        out.sketch.add((from + i) * 2654435761U);
    return out;
}

detail::RequiredTerm number(std::uint32_t key) {
    detail::RequiredTerm mark{};
    mark.key = key & 0x1FFFFFFFU;
    mark.is_number = 1;
    return mark;
}

Representatives both(const std::vector<LexicalFeatures>& lexical,
                     std::chrono::seconds window = always) {
    const Representatives found = find_near_duplicates(lexical, window);
    CHECK(found == find_near_duplicates_naive(lexical, window));
    return found;
}

} // namespace

TEST_CASE("near-duplicates: the same words, language and numbers") {
    CHECK(both({}) == Representatives{});
    CHECK(both({with_values(0), with_values(0), with_values(500), with_values(5)}) ==
          Representatives{0, 0, 2, 0});
    auto other = with_values(0);
    other.language = 4;
    CHECK(both({with_values(0), other}) == Representatives{0, 1});
    other = with_values(0);
    other.has_vector = false;
    CHECK(both({with_values(0), other, other}) == Representatives{0, 1, 1});
    other = with_values(0);
    other.required_terms = {number(7)};
    CHECK(both({with_values(0), other, other}) == Representatives{0, 1, 1});
    CHECK(both({LexicalFeatures{}, LexicalFeatures{}}) ==
          Representatives{0, 1}); // no words, no near-duplicates
    CHECK(both({with_values(0, 4), with_values(0, 4), with_values(0, 3)}) ==
          Representatives{0, 0, 2});
}

TEST_CASE("near-duplicates: of a few words only the very same are") {
    for (const std::uint32_t shingles : {1U, 2U, 3U}) {
        const LexicalFeatures headline = with_values(0, shingles);
        CHECK(both({headline, headline, with_values(1, shingles), headline}) ==
              Representatives{0, 0, 2, 0});
        CHECK(both({headline, with_values(0, shingles + 1)}) == Representatives{0, 1});
        auto other = headline;
        other.words = 9; // the same runs of words, more often
        CHECK(both({headline, other, other}) == Representatives{0, 1, 1});
        other = headline;
        other.language = 4;
        CHECK(both({headline, other}) == Representatives{0, 1});
        other = headline;
        other.terms.emplace_back(7U, 1.0F, false); // other words with the same hash
        CHECK(both({headline, other, other}) == Representatives{0, 1, 1});
        // What cannot be read for meaning is no copy, as before.
        other = headline;
        other.has_vector = false;
        CHECK(both({other, other}) == Representatives{0, 1});
    }
}

TEST_CASE("near-duplicates: representatives out of the window make room for others") {
    // A headline that comes back every day.
    std::vector<LexicalFeatures> lexical;
    for (std::size_t day = 0; day < 3 * detail::most_representatives_of_value; ++day)
        for (const int hour : {6, 18}) {
            lexical.push_back(with_values(0, 1));
            lexical.back().published =
                std::chrono::sys_seconds{std::chrono::days{day}} + std::chrono::hours{hour};
        }
    const Representatives representatives = both(lexical, std::chrono::hours{12});
    CHECK(detail::unique_articles(representatives).size() == lexical.size() / 2);
}

TEST_CASE("near-duplicates: no chains, and the representative most alike") {
    // 45 of 55 values are 0.82, 40 of 60 are 0.67.
    CHECK(detail::near_duplicate_similarity(with_values(0), with_values(5)) == Approx(45.0 / 55));
    CHECK(detail::near_duplicate_similarity(with_values(0), with_values(10)) == 0);
    CHECK(both({with_values(0), with_values(5), with_values(10)}) == Representatives{0, 0, 2});
    CHECK(both({with_values(5), with_values(0), with_values(10)}) == Representatives{0, 0, 0});
    // Of two representatives, ten places apart.
    CHECK(both({with_values(0), with_values(10), with_values(6)}) == Representatives{0, 1, 1});
    CHECK(both({with_values(0), with_values(10), with_values(5)}) ==
          Representatives{0, 1, 0}); // a tie
    std::vector<LexicalFeatures> drift;
    for (std::uint32_t i = 0; i < 40; ++i)
        drift.push_back(with_values(3 * i));
    const Representatives representatives = both(drift);
    for (std::size_t i = 0; i < representatives.size(); ++i) {
        CHECK(representatives[representatives[i]] == representatives[i]);
        CHECK(i - representatives[i] <= 2); // nine places are too far
    }
    CHECK(detail::unique_articles(Representatives{0, 0, 2, 0, 4}) == Representatives{0, 2, 4});
}

TEST_CASE("near-duplicates: a time window") {
    std::vector<LexicalFeatures> prints(4, with_values(0));
    const std::chrono::sys_seconds day{std::chrono::days{20000}};
    prints[0].published = day;
    prints[1].published = day + std::chrono::hours{20};
    prints[2].published = day + std::chrono::hours{30};
    CHECK(both(prints) == Representatives{0, 0, 0, 0});
    // The third is too far from the first, leads, and leads none of its own.
    CHECK(both(prints, std::chrono::hours{24}) == Representatives{0, 0, 2, 0});
    prints.push_back(with_values(0));
    prints.back().published = day + std::chrono::hours{50};
    CHECK(both(prints, std::chrono::hours{24}) == Representatives{0, 0, 2, 0, 2});
}

TEST_CASE("near-duplicates: of too many representatives that share their values, the first are "
          "looked at") {
    std::vector<LexicalFeatures> template_articles(detail::most_representatives_of_value + 50,
                                                   with_values(0));
    for (std::uint32_t i = 0; i < template_articles.size(); ++i)
        template_articles[i].required_terms = {number(i)};
    const auto count = static_cast<std::uint32_t>(template_articles.size());
    template_articles.push_back(template_articles[3]);
    template_articles.push_back(template_articles[count - 1]);
    const Representatives representatives = find_near_duplicates(template_articles, always);
    for (std::uint32_t i = 0; i < count; ++i)
        CHECK(representatives[i] == i);
    CHECK(representatives[count] == 3);
    CHECK(representatives[count + 1] == count + 1); // what it is a near-duplicate of came too late
}
