// SPDX-License-Identifier: Apache-2.0
#include "stream/story_ledger.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace fabula;
using fabula::detail::StoryLedger;

namespace {

using Kind = StreamEventKind;
using Clusters = std::vector<std::vector<std::uint32_t>>;
using Ids = std::vector<std::string>;

/// Articles are called by their numbers.
std::vector<StreamEvent> apply(StoryLedger& ledger, const Clusters& clusters,
                               const std::vector<std::uint32_t>& removed = {}) {
    static std::vector<std::string> names;
    for (std::size_t i = names.size(); i < 100; ++i)
        names.push_back(std::to_string(i));
    return ledger
        .apply(
            clusters, removed,
            [](std::uint32_t article) -> const std::string& { return names[article]; },
            [](std::uint32_t a, std::uint32_t b) { return a < b; })
        .events;
}

StreamEvent event(Kind kind, StreamStoryId story, Ids articles,
                  std::optional<StreamStoryId> other = {}) {
    return {kind, story, other, std::move(articles), {}};
}

} // namespace

TEST_CASE("clusters of new articles are stories that were created, in their order", "[stream]") {
    StoryLedger ledger;
    CHECK(apply(ledger, {{3, 1}, {2}}) ==
          std::vector<StreamEvent>{event(Kind::created, 1, {"1", "3"}),
                                   event(Kind::created, 2, {"2"})});
    CHECK(ledger.story_of(3) == 1);
    CHECK(ledger.story_of(99) == 0);
    CHECK(apply(ledger, {{1, 3}}).empty());
}

TEST_CASE("a story that more articles join grew, and keeps its id", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1, 2}});
    CHECK(apply(ledger, {{1, 2, 5}}) == std::vector<StreamEvent>{event(Kind::grew, 1, {"5"})});
}

TEST_CASE("of two stories that become one the larger keeps its id", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1}, {2, 3}});
    CHECK(apply(ledger, {{1, 2, 3, 4}}) ==
          std::vector<StreamEvent>{event(Kind::merged_into, 1, {"1"}, 2),
                                   event(Kind::grew, 2, {"4"})});
    CHECK(ledger.stories().size() == 1);
    // Of equals the older one; the id that ended never comes back.
    apply(ledger, {{5, 6, 7, 8}});
    CHECK(apply(ledger, {{1, 2, 3, 4, 5, 6, 7, 8}}).front().story == 3);
    CHECK(apply(ledger, {{1}, {2}, {3, 4, 5, 6, 7, 8}}).size() == 2);
    CHECK(ledger.story_of(1) == 4);
    CHECK(ledger.story_of(2) == 5);
}

TEST_CASE("the larger part of a story that splits keeps the id", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1, 2, 3, 4, 5}});
    CHECK(apply(ledger, {{1, 2}, {3, 4, 5}}) ==
          std::vector<StreamEvent>{event(Kind::split_from, 2, {"1", "2"}, 1)});
    CHECK(ledger.story_of(3) == 1);
}

TEST_CASE("a new story may come from several, and have articles of its own", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1, 2, 3}, {4, 5, 6, 7, 8}});
    CHECK(apply(ledger, {{1, 2}, {6, 7, 8}, {3, 4, 5, 9}}) ==
          std::vector<StreamEvent>{event(Kind::split_from, 3, {"4", "5"}, 2),
                                   event(Kind::split_from, 3, {"3"}, 1),
                                   event(Kind::grew, 3, {"9"})});
}

TEST_CASE("articles that go to another story shrink one and let the other grow", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1, 2, 3}, {4, 5}});
    CHECK(apply(ledger, {{1, 2}, {3, 4, 5}}) ==
          std::vector<StreamEvent>{event(Kind::shrank, 1, {"3"}), event(Kind::grew, 2, {"3"})});
}

TEST_CASE("a story ends with its last article, or where what is left goes", "[stream]") {
    StoryLedger ledger;
    apply(ledger, {{1, 2}, {3}, {4, 5, 6}});
    CHECK(apply(ledger, {{1}}, {2, 3}) ==
          std::vector<StreamEvent>{event(Kind::shrank, 1, {"2"}), event(Kind::expired, 2, {"3"})});
    CHECK(ledger.story_of(3) == 0);
    // Torn apart: what is largest says where it went, ties to the older story.
    apply(ledger, {{7, 8, 9}});
    apply(ledger, {{10, 11, 12}});
    CHECK(apply(ledger, {{4, 5, 6, 7}, {10, 11, 12, 8}}, {9}) ==
          std::vector<StreamEvent>{event(Kind::shrank, 4, {"8", "9"}),
                                   event(Kind::merged_into, 4, {"7"}, 3),
                                   event(Kind::grew, 5, {"8"})});
}
