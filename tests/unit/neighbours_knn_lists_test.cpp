// SPDX-License-Identifier: Apache-2.0
#include "neighbours/ivf/knn_lists.hpp"
#include "support/catch.hpp"
#include "support/random_graph.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

using namespace fabula;
using namespace fabula::detail;

namespace {

constexpr std::uint32_t rows = 3000;
constexpr std::size_t longest = 2048; ///< that are fresh or known

struct Ray {
    float cosine;
    std::uint32_t place;
    bool fresh;
};

/// The rays of a star whose hub is row 0, the nearest first.
std::vector<Ray> star(std::uint32_t size, test::Random& random) {
    std::vector<Ray> out;
    for (std::uint32_t place = 1; place <= size; ++place)
        out.push_back({static_cast<float>(random.number(500)) / 500, place, place % 3 == 0});
    std::sort(out.begin(), out.end(), [](const Ray& a, const Ray& b) {
        return a.cosine != b.cosine ? a.cosine > b.cosine : a.place < b.place;
    });
    return out;
}

std::vector<std::uint32_t> descending(std::span<const Ray> rays, bool fresh) {
    std::vector<std::uint32_t> out;
    for (const Ray& ray : rays)
        if (ray.fresh == fresh)
            out.push_back(ray.place);
    std::sort(out.begin(), out.end(), std::greater<>());
    return out;
}

std::vector<std::uint32_t> to_vector(std::span<const std::uint32_t> places) {
    return {places.begin(), places.end()};
}

} // namespace

TEST_CASE("neighbour lists: fresh and known descend, the nearest come first, hubs have an end") {
    test::Random random(41);
    const EmbeddingMatrix vectors = test::random_rows(random, rows, 4, 2);
    const JoinRows join(vectors, {-1, 0, {}, {}}, {}, {}, 1);
    REQUIRE(join.size() == rows);
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0U);
    std::reverse(order.begin() + 1, order.end());

    for (const std::uint32_t size : {0U, 3U, 100U, 2048U, 2049U, 2900U}) {
        const std::vector<Ray> rays = star(size, random);
        PairSink sink(join);
        for (const bool fresh : {false, true}) {
            PairSink::Local local;
            for (const Ray& ray : rays)
                if (ray.fresh == fresh)
                    sink.add(local, 0, order[ray.place], ray.cosine);
            sink.take(local);
            if (!fresh)
                sink.end_round();
        }
        for (const unsigned threads : {1U, 2U}) {
            const std::size_t at_once = threads == 1 ? std::size_t{1} << 25U : 300;
            const NeighbourLists lists(order, 5, sink, threads, at_once);
            const auto near = std::span(rays).first(std::min<std::size_t>(longest, size));
            CHECK(to_vector(lists.fresh(0)) == descending(near, true));
            CHECK(to_vector(lists.known(0)) == descending(near, false));
            auto all = to_vector(lists.all(0));
            std::sort(all.begin(), all.end());
            std::vector<std::uint32_t> expected(size);
            std::iota(expected.begin(), expected.end(), 1U);
            CHECK(all == expected);
            REQUIRE(lists.nearest(0).size() == std::min(5U, size));
            for (std::size_t i = 0; i < lists.nearest(0).size(); ++i)
                CHECK(lists.all(0)[lists.nearest(0)[i]] == rays[i].place);

            // Each of the others has the hub alone.
            const Followers followers(lists);
            CHECK(followers.all(0).size() == std::min<std::size_t>(longest, size));
            if (size <= longest) {
                CHECK(to_vector(followers.fresh(0)) == descending(rays, true));
                CHECK(to_vector(followers.known(0)) == descending(rays, false));
            }
            const std::vector<std::uint32_t> hub{0};
            for (std::size_t i = 0; i < rays.size(); ++i) {
                const std::uint32_t place = rays[i].place;
                REQUIRE(to_vector(rays[i].fresh ? lists.fresh(place) : lists.known(place)) == hub);
                REQUIRE(followers.all(place).size() == (i < 5 ? 1U : 0U));
            }
        }
    }
}
