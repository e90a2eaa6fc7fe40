// SPDX-License-Identifier: Apache-2.0
// The order is what is tested.
// clang-format off
#include "boilerplate/shingles.hpp"
#include "scoring/sentence_coverage.hpp"
// clang-format on
#include "support/catch.hpp"

#include <fabula/scoring.hpp>

#include <type_traits>
#include <vector>

using namespace fabula;

// The same stands in scoring_sentence_coverage_test.cpp, where coverage.hpp comes first.
static_assert(
    std::is_same_v<decltype(detail::aligned_passages({}, {}, 0, 0)), std::vector<Passage>>);

TEST_CASE("the order of includes does not change what a name means") {
    std::vector<Passage> passages = detail::aligned_passages({}, {}, 0, 0);
    CHECK(passages.empty());
}
