// SPDX-License-Identifier: Apache-2.0
#include "neighbours/exact/exact_join.hpp"
#include "neighbours/join/top_k_collector.hpp"
#include "support/catch.hpp"

#include <fabula/error.hpp>

#include <optional>
#include <string>

using namespace fabula;
using namespace fabula::detail;

namespace {

/// Joins rows that are all alike; a row keeps up to `most` neighbours, 0 = all.
std::size_t pairs_of(std::size_t rows, std::size_t most, std::size_t most_pairs) {
    EmbeddingMatrix vectors{rows, 2, {}};
    for (std::size_t i = 0; i < rows; ++i)
        vectors.values.insert(vectors.values.end(), {1.0F, 0.0F});
    JoinLimits limits{0.5F, most, {}, {}};
    limits.most_pairs = most_pairs;
    const JoinRows join(vectors, limits, {}, {}, 2);
    PairSink sink(join);
    join_exactly(join, sink, 2);
    return sink.finish(2).size();
}

std::string refusal(std::size_t rows, std::size_t most, std::size_t most_pairs) {
    try {
        static_cast<void>(pairs_of(rows, most, most_pairs));
    } catch (const Error& error) {
        CHECK(error.code() == Errc::bad_input);
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("pairs: more than their numbers hold are refused, with what helps") {
    CHECK(JoinLimits{}.most_pairs == 4294967295U);
    CHECK(pairs_of(10, 0, 45) == 45);
    CHECK(pairs_of(10, 3, 27) <= 27);
    for (const std::size_t most : {0, 5}) {
        const std::string sentence = refusal(10, most, 20);
        CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring("more than 20 pairs"));
        CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring("time_window"));
        CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring("max_neighbours"));
        CHECK_THAT(sentence, Catch::Matchers::ContainsSubstring("min_cosine"));
    }
}

TEST_CASE("pairs: where all are kept, the join ends as soon as they are too many") {
    EmbeddingMatrix vectors{2, 2, {1, 0, 1, 0}};
    JoinLimits limits{0.5F, 0, {}, {}};
    limits.most_pairs = 10'000;
    const JoinRows join(vectors, limits, {}, {}, 1);
    const PairSink sink(join);
    PairSink::Local one;
    PairSink::Local other;
    std::size_t added = 0;
    const auto add = [&] {
        for (; added < 50'000; ++added)
            sink.add(added % 2 == 0 ? one : other, 0, 1, 1.0F);
    };
    CHECK_THROWS_AS(add(), Error);
    CHECK(added >= 10'000); // not before that is sure
    CHECK(added < 40'000);
}
