// SPDX-License-Identifier: Apache-2.0
#include "base/release_pages.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

using namespace fabula;

TEST_CASE("released pages: what lies outside of the values stays") {
    constexpr std::size_t count = 100'000;
    std::vector<std::uint32_t> values(count);
    std::iota(values.begin(), values.end(), 1U);
    const std::vector<std::uint32_t> before = values;
    // Ends within pages, and pieces that are less than one.
    for (const auto& [begin, size] : {std::pair<std::size_t, std::size_t>{1, 3},
                                      {333, 1500},
                                      {5001, 20'000},
                                      {70'000, 0},
                                      {count - 20'001, 20'000}}) {
        detail::release_pages(std::span(values).subspan(begin, size));
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to = from + static_cast<std::ptrdiff_t>(size);
        CHECK(std::equal(values.begin(), from, before.begin()));
        CHECK(std::equal(to, values.end(), before.begin() + (to - values.begin())));
        std::copy(before.begin() + (from - values.begin()), before.begin() + (to - values.begin()),
                  from); // they can be written to again
    }
    CHECK(values == before);
}

TEST_CASE("released pages: a vector is empty afterwards, whatever it held") {
    std::vector<double> large(200'000, 1.5);
    detail::release(large);
    CHECK(large.empty());
    CHECK(large.capacity() == 0);
    std::vector<double> none;
    detail::release(none);
    CHECK(none.empty());
    detail::release_pages(nullptr, 0);
    large.assign(200'000, 2.5);
    CHECK(std::count(large.begin(), large.end(), 2.5) == 200'000);
}
