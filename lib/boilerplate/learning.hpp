// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/learned_hashes.hpp"
#include "text/articles.hpp"

#include <fabula/article.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The articles of one source, by their numbers.
struct SourceArticles {
    std::uint64_t source{}; ///< `source_hash`
    bool known{};           ///< false: articles whose source is not known, of any number of sites
    bool flattened{};       ///< whether any of them has all its lines joined to one
    std::vector<std::uint32_t> articles;
    /// Those that lines are learned from: all, or where they are very many a part, chosen
    /// by their texts and titles, so that the order of the articles does not matter.
    std::vector<std::uint32_t> sample;
};

/// By source, in the order of its hash. Reads every article once.
[[nodiscard]] std::vector<SourceArticles> by_source(const Articles& articles, unsigned threads);

/// Appends the hashes of the lines, of the passages of flattened texts, and of the endings of
/// titles that recur in a source.
void learn_recurring(const Articles& articles, const SourceArticles& source,
                     std::vector<std::uint64_t>& learned);

/// Appends the hashes of the headlines by which other pages of the source may point at its
/// articles. `learned`: the hashes of `learn_recurring`; `title_of` takes an article and
/// gives its title without the publisher's name.
void learn_headlines(const Articles& articles, const SourceArticles& source,
                     const LearnedHashes& learned,
                     const std::function<std::string_view(const Article&)>& title_of,
                     std::vector<std::uint64_t>& headlines);

} // namespace fabula::detail
