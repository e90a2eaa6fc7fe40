// SPDX-License-Identifier: Apache-2.0
#include "text/furniture.hpp"

#include "text/furniture_keys.hpp"
#include "text/furniture_learning.hpp"
#include "text/furniture_lines.hpp"
#include "text/furniture_page.hpp"
#include "text/furniture_passages.hpp"
#include "text/furniture_titles.hpp"

#include <algorithm>
#include <array>

namespace fabula::detail {

namespace {

constexpr double least_kept = 0.4; ///< share of the letters that has to be left
/// Width of the words that have to be left where learned furniture takes more than that.
constexpr std::size_t least_own = 30;

std::vector<ByteRange> joined(std::span<const PagePart> parts, Reason weakest) {
    std::vector<ByteRange> kept;
    for (const PagePart& part : parts) {
        if (part.reason != Reason::none && part.reason >= weakest)
            continue;
        if (!kept.empty() && kept.back().end == part.range.begin)
            kept.back().end = part.range.end;
        else
            kept.push_back(part.range);
    }
    return kept;
}

/// Drops as much as can be: not what is known by its place or by phrases where too little would be
/// left, nor what was learned where hardly anything would.
std::vector<ByteRange> kept_parts(std::string_view text, std::span<const PagePart> parts) {
    std::array<std::size_t, 4> letters{};
    std::size_t width = 0; // of what has no reason to be dropped
    for (const PagePart& part : parts) {
        const std::string_view words =
            text.substr(part.range.begin, part.range.end - part.range.begin);
        letters[static_cast<std::size_t>(part.reason)] += count_letters(words);
        if (part.reason == Reason::none)
            width += line_width(words);
    }
    const std::size_t own = letters[0];
    const std::size_t weak = letters[1] + letters[2];
    if (static_cast<double>(own) >= least_kept * static_cast<double>(own + weak) && own > 0 &&
        (letters[3] == 0 || width >= least_own ||
         static_cast<double>(own) >= least_kept * static_cast<double>(own + weak + letters[3])))
        return joined(parts, Reason::place);
    if (static_cast<double>(own + weak) >=
            least_kept * static_cast<double>(own + weak + letters[3]) ||
        width >= least_own)
        return joined(parts, Reason::learned);
    return {{0, text.size()}};
}

} // namespace

FurnitureFilter FurnitureFilter::learn(std::span<const Article> articles) {
    const std::vector<SourceArticles> sources = by_source(articles);
    FurnitureFilter filter;
    const auto sort = [&] {
        std::vector<std::uint64_t>& hashes = filter.learned_;
        std::sort(hashes.begin(), hashes.end());
        hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    };
    for (const SourceArticles& source : sources)
        learn_recurring(source, filter.learned_);
    sort();

    // Each round reads the pages without the furniture learned before.
    const auto title_of = [&filter](const Article& article) {
        return filter.title(article.title, article.source);
    };
    for (const auto learn_more : {learn_headlines, learn_edges}) {
        std::vector<std::uint64_t> more;
        for (const SourceArticles& source : sources)
            learn_more(source, filter.learned_, title_of, more);
        filter.learned_.insert(filter.learned_.end(), more.begin(), more.end());
        sort();
    }
    return filter;
}

std::vector<ByteRange> FurnitureFilter::content(std::string_view text, std::string_view source,
                                                std::string_view own_title) const {
    if (text.empty())
        return {};
    const LearnedFurniture learned{learned_, learned_.empty() ? 0 : source_hash(source),
                                   title(own_title, source)};
    if (!learned_.empty() && is_flattened(text))
        return kept_parts(text, judge_passages(text, learned));
    return kept_parts(text, judge_lines(text, learned));
}

std::string_view FurnitureFilter::title(std::string_view title, std::string_view source) const {
    constexpr int most_parts = 3;
    const auto all = static_cast<double>(count_letters(title));
    for (int i = 0; i < most_parts; ++i) {
        const TitleParts parts = divide_title(title);
        const std::string key = line_key(parts.ending);
        if (key.empty())
            break;
        const auto is_learned = [&] {
            return !learned_.empty() &&
                   contains(learned_, furniture_hash(Part::ending, key, source_hash(source)));
        };
        if (!is_publisher_name(key) && !resembles_source(key, source) &&
            !is_short_part_behind_bar(parts, key) && !is_learned())
            break;
        const auto left = static_cast<double>(count_letters(parts.head));
        if (left == 0 || left < least_kept * all)
            break;
        title = parts.head;
    }
    return title;
}

} // namespace fabula::detail
