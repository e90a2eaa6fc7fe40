// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/story.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fabula::detail {

/// What is reported, and by which numbers the page knows it: articles are numbered in the order of
/// their stories.
struct ReportView {
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    const StoryClusters& clusters;
    std::span<const Article> articles;
    std::vector<std::uint32_t> story_of;  ///< of each article; `nowhere` where it is left out
    std::vector<std::uint32_t> number_of; ///< of each article
    std::vector<std::uint32_t> begins;    ///< number of the first article of each story

    ReportView(const StoryClusters& of, std::span<const Article> all)
        : clusters(of), articles(all), story_of(all.size(), nowhere),
          number_of(all.size(), nowhere) {
        std::uint32_t number = 0;
        for (std::size_t s = 0; s < of.stories.size(); ++s) {
            begins.push_back(number);
            for (const std::size_t member : of.stories[s].members) {
                story_of[member] = static_cast<std::uint32_t>(s);
                number_of[member] = number++;
            }
        }
    }

    /// Of an article within its story.
    [[nodiscard]] std::uint32_t place(std::size_t article) const {
        return number_of[article] - begins[story_of[article]];
    }
};

/// A pair of articles: indices into the caller's.
struct ReportPair {
    std::uint32_t first{};
    std::uint32_t second{};
    double probability{};
};

} // namespace fabula::detail
