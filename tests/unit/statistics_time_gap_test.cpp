// SPDX-License-Identifier: Apache-2.0
#include "statistics/time_gap.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <vector>

using namespace fabula;
using detail::TimeNearness;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

using Times = std::vector<std::optional<sys_seconds>>;

/// `on_each_day` articles on each of `length` days.
Times even_news(int length, int on_each_day) {
    Times times;
    for (int day = 0; day < length; ++day)
        for (int i = 0; i < on_each_day; ++i)
            times.emplace_back(sys_seconds{seconds{1'700'006'400}} + days{day} + seconds{i * 20});
    return times;
}

} // namespace

TEST_CASE("time nearness: nearer is more, and nothing is less than -1") {
    for (const TimeNearness& nearness :
         {TimeNearness{}, TimeNearness{even_news(5, 40)}, TimeNearness{even_news(400, 3)}}) {
        double last = nearness.of(seconds{0});
        CHECK(last > 0);
        for (int gap = 1; gap < 500; ++gap) {
            const double now = nearness.of(days{gap});
            CHECK(now <= last);
            CHECK(now >= -1);
            last = now;
        }
        CHECK(nearness.of(seconds{0}) == nearness.of(days{1}));
        CHECK(nearness.of(seconds::max()) == last);
    }
}

TEST_CASE("time nearness: a day's news tells nothing by its times, a year's does") {
    const TimeNearness day{even_news(1, 3000)};
    CHECK(day.of(seconds{0}) == Approx(0).margin(0.05));
    const TimeNearness year{even_news(365, 10)};
    CHECK(year.of(seconds{0}) == 2.5); // the most
    CHECK(year.of(days{1}) > TimeNearness{even_news(10, 300)}.of(days{1}));
}

TEST_CASE("time nearness: few dates change little, none and no order change nothing") {
    const TimeNearness model;
    const TimeNearness none{Times(100)};
    const TimeNearness two{even_news(2, 1)};
    for (const int gap : {0, 1, 3, 10, 100}) {
        CHECK(none.of(days{gap}) == model.of(days{gap}));
        CHECK(two.of(days{gap}) == Approx(model.of(days{gap})).margin(0.5));
    }
    Times times = even_news(30, 7);
    times.resize(300);
    const TimeNearness given{times};
    std::reverse(times.begin(), times.end());
    const TimeNearness reversed{times};
    for (const int gap : {0, 1, 3, 10, 100})
        CHECK(given.of(days{gap}) == reversed.of(days{gap}));
}

TEST_CASE("time nearness: any times will do") {
    const TimeNearness extreme{
        Times{sys_seconds::min(), sys_seconds::max(), sys_seconds{seconds{0}}}};
    CHECK(extreme.of(seconds{0}) > 0);
    CHECK(extreme.of(seconds::max()) >= -1);
}
