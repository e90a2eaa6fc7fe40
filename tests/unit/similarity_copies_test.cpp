// SPDX-License-Identifier: Apache-2.0
#include "near_duplicates/near_duplicates.hpp"
#include "reference/copies.hpp"
#include "support/catch.hpp"

using namespace fabula;
using detail::ArticleEvidence;
using detail::copy_leaders;
using test::copy_leaders_naive;

namespace {

using Leaders = std::vector<std::uint32_t>;
constexpr std::chrono::seconds always{0};

/// An article whose fingerprint has so many values, numbered from `from`.
ArticleEvidence with_values(std::uint32_t from, std::uint32_t count = 50) {
    ArticleEvidence out;
    out.language = 3;
    for (std::uint32_t i = 0; i < count; ++i)
        out.fingerprint.add((from + i) * 2654435761U);
    return out;
}

detail::CopyMark number(std::uint32_t key) {
    detail::CopyMark mark{};
    mark.key = key & 0x1FFFFFFFU;
    mark.is_number = 1;
    return mark;
}

Leaders both(const std::vector<ArticleEvidence>& evidence, std::chrono::seconds window = always) {
    const Leaders found = copy_leaders(evidence, window);
    CHECK(found == copy_leaders_naive(evidence, window));
    return found;
}

} // namespace

TEST_CASE("copies: the same words, language and numbers") {
    CHECK(both({}) == Leaders{});
    CHECK(both({with_values(0), with_values(0), with_values(500), with_values(5)}) ==
          Leaders{0, 0, 2, 0});
    auto other = with_values(0);
    other.language = 4;
    CHECK(both({with_values(0), other}) == Leaders{0, 1});
    other = with_values(0);
    other.has_vector = false;
    CHECK(both({with_values(0), other, other}) == Leaders{0, 1, 1});
    other = with_values(0);
    other.copy_marks = {number(7)};
    CHECK(both({with_values(0), other, other}) == Leaders{0, 1, 1});
    CHECK(both({ArticleEvidence{}, ArticleEvidence{}}) == Leaders{0, 1}); // no words, no copies
    CHECK(both({with_values(0, 4), with_values(0, 4), with_values(0, 3)}) == Leaders{0, 0, 2});
}

TEST_CASE("copies: of a few words only the very same are") {
    for (const std::uint32_t shingles : {1U, 2U, 3U}) {
        const ArticleEvidence headline = with_values(0, shingles);
        CHECK(both({headline, headline, with_values(1, shingles), headline}) ==
              Leaders{0, 0, 2, 0});
        CHECK(both({headline, with_values(0, shingles + 1)}) == Leaders{0, 1});
        auto other = headline;
        other.words = 9; // the same runs of words, more often
        CHECK(both({headline, other, other}) == Leaders{0, 1, 1});
        other = headline;
        other.language = 4;
        CHECK(both({headline, other}) == Leaders{0, 1});
        other = headline;
        other.terms.emplace_back(7U, 1.0F, false); // other words with the same hash
        CHECK(both({headline, other, other}) == Leaders{0, 1, 1});
        // What cannot be read for meaning is no copy, as before.
        other = headline;
        other.has_vector = false;
        CHECK(both({other, other}) == Leaders{0, 1});
    }
}

TEST_CASE("copies: leaders that are out of reach make room for others") {
    // A headline that comes back every day.
    std::vector<ArticleEvidence> evidence;
    for (std::size_t day = 0; day < 3 * detail::most_leaders_of_value; ++day)
        for (const int hour : {6, 18}) {
            evidence.push_back(with_values(0, 1));
            evidence.back().published =
                std::chrono::sys_seconds{std::chrono::days{day}} + std::chrono::hours{hour};
        }
    const Leaders leaders = both(evidence, std::chrono::hours{12});
    CHECK(detail::leaders_alone(leaders).size() == evidence.size() / 2);
}

TEST_CASE("copies: no chains, and the leader most alike") {
    // 45 of 55 values are 0.82, 40 of 60 are 0.67.
    CHECK(detail::copy_likeness(with_values(0), with_values(5)) == Approx(45.0 / 55));
    CHECK(detail::copy_likeness(with_values(0), with_values(10)) == 0);
    CHECK(both({with_values(0), with_values(5), with_values(10)}) == Leaders{0, 0, 2});
    CHECK(both({with_values(5), with_values(0), with_values(10)}) == Leaders{0, 0, 0});
    // Of two leaders, ten places apart.
    CHECK(both({with_values(0), with_values(10), with_values(6)}) == Leaders{0, 1, 1});
    CHECK(both({with_values(0), with_values(10), with_values(5)}) == Leaders{0, 1, 0}); // a tie
    std::vector<ArticleEvidence> drift;
    for (std::uint32_t i = 0; i < 40; ++i)
        drift.push_back(with_values(3 * i));
    const Leaders leaders = both(drift);
    for (std::size_t i = 0; i < leaders.size(); ++i) {
        CHECK(leaders[leaders[i]] == leaders[i]);
        CHECK(i - leaders[i] <= 2); // nine places are too far
    }
    CHECK(detail::leaders_alone(Leaders{0, 0, 2, 0, 4}) == Leaders{0, 2, 4});
}

TEST_CASE("copies: a time window") {
    std::vector<ArticleEvidence> prints(4, with_values(0));
    const std::chrono::sys_seconds day{std::chrono::days{20000}};
    prints[0].published = day;
    prints[1].published = day + std::chrono::hours{20};
    prints[2].published = day + std::chrono::hours{30};
    CHECK(both(prints) == Leaders{0, 0, 0, 0});
    // The third is too far from the first, leads, and leads none of its own.
    CHECK(both(prints, std::chrono::hours{24}) == Leaders{0, 0, 2, 0});
    prints.push_back(with_values(0));
    prints.back().published = day + std::chrono::hours{50};
    CHECK(both(prints, std::chrono::hours{24}) == Leaders{0, 0, 2, 0, 2});
}

TEST_CASE("copies: of too many leaders that share their values, the first are looked at") {
    std::vector<ArticleEvidence> template_articles(detail::most_leaders_of_value + 50,
                                                   with_values(0));
    for (std::uint32_t i = 0; i < template_articles.size(); ++i)
        template_articles[i].copy_marks = {number(i)};
    const auto count = static_cast<std::uint32_t>(template_articles.size());
    template_articles.push_back(template_articles[3]);
    template_articles.push_back(template_articles[count - 1]);
    const Leaders leaders = copy_leaders(template_articles, always);
    for (std::uint32_t i = 0; i < count; ++i)
        CHECK(leaders[i] == i);
    CHECK(leaders[count] == 3);
    CHECK(leaders[count + 1] == count + 1); // what it is a copy of came too late
}
