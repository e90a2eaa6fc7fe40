// SPDX-License-Identifier: Apache-2.0
//
// What is built in a stream's place: an index of vectors by hnswlib, in which each new article
// looks for its nearest, joins the story of the first that is near enough, and is put in itself.
#include "stream_parts.hpp"

#include <fabula/error.hpp>

#ifdef FABULA_BENCH_HNSWLIB
#include <hnswlib/hnswlib.h>
#endif

#include <algorithm>
#include <cstdint>

namespace bench {

#ifdef FABULA_BENCH_HNSWLIB

Times add_to_hnswlib(std::span<const fabula::ArticleFeatures> window,
                     std::span<const fabula::ArticleFeatures> added, std::size_t batch) {
    constexpr std::size_t nearest = 10;
    constexpr float far = 0.4F; // 1 − cosine
    const std::size_t dimension = window.front().vector().size();
    hnswlib::InnerProductSpace space(dimension);
    hnswlib::HierarchicalNSW<float> index(&space, window.size() + added.size(), 16, 100);
    index.setEf(64);
    std::vector<std::uint32_t> stories(window.size() + added.size());
    std::uint32_t next_story = 0;
    std::size_t next = 0;
    const auto add = [&](const fabula::ArticleFeatures& features) {
        std::uint32_t story = next_story;
        if (next > 0) {
            auto found = index.searchKnn(features.vector().data(), nearest);
            float least = far;
            for (; !found.empty(); found.pop())
                if (found.top().first <= least) {
                    least = found.top().first;
                    story = stories[found.top().second];
                }
        }
        next_story += story == next_story ? 1 : 0;
        stories[next] = story;
        index.addPoint(features.vector().data(), next++);
    };
    std::for_each(window.begin(), window.end(), add);
    Times out;
    for (std::size_t begin = 0; begin < added.size(); begin += batch) {
        const auto some = added.subspan(begin, std::min(batch, added.size() - begin));
        out.measure([&] { std::for_each(some.begin(), some.end(), add); });
    }
    return out;
}

#else

Times add_to_hnswlib(std::span<const fabula::ArticleFeatures> /*window*/,
                     std::span<const fabula::ArticleFeatures> /*added*/, std::size_t /*batch*/) {
    throw fabula::Error(fabula::Errc::bad_option,
                        "hnswlib is not installed (Debian: libhnswlib-dev)");
}

#endif

} // namespace bench
