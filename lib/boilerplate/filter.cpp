// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/filter.hpp"

#include "base/byte_stream.hpp"
#include "base/parallel.hpp"
#include "boilerplate/keys.hpp"
#include "boilerplate/learning.hpp"
#include "boilerplate/lines.hpp"
#include "boilerplate/page.hpp"
#include "boilerplate/shingles.hpp"
#include "boilerplate/titles.hpp"

#include <fabula/boilerplate.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace fabula::detail {

namespace {

constexpr double least_kept = 0.4; ///< share of the letters that has to be left
/// Width of the words that have to be left where learned boilerplate takes more than that.
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

/// Drops as much as leaves an article. Phrases alone are weak evidence: the rest must not be a
/// small part. Beside learned boilerplate it may be, where it is as much as a headline.
std::vector<ByteRange> kept_parts(std::string_view text, std::span<const PagePart> parts) {
    const auto words_of = [text](const PagePart& part) {
        return text.substr(part.range.begin, part.range.end - part.range.begin);
    };
    const auto is_own = [](const PagePart& part) { return part.reason == Reason::none; };
    const auto is_learned = [](const PagePart& part) { return part.reason == Reason::learned; };
    if (std::all_of(parts.begin(), parts.end(), is_own))
        return {{0, text.size()}};
    std::size_t own = 0;
    std::size_t all = 0;
    for (const PagePart& part : parts) {
        const std::size_t letters = count_letters(words_of(part));
        all += letters;
        own += is_own(part) ? letters : 0;
    }
    const auto width = [&](auto&& of) {
        std::size_t sum = 0;
        for (const PagePart& part : parts)
            sum += of(part) ? line_width(words_of(part)) : 0;
        return sum;
    };
    const bool any_learned = std::any_of(parts.begin(), parts.end(), is_learned);
    const bool enough =
        own > 0 && static_cast<double>(own) >= least_kept * static_cast<double>(all);
    if (enough || (any_learned && own > 0 && width(is_own) >= least_own))
        return joined(parts, Reason::place);
    if (any_learned && width(std::not_fn(is_learned)) >= least_own)
        return joined(parts, Reason::learned);
    return {{0, text.size()}};
}

} // namespace

const BoilerplateFilter& BoilerplateFilter::of(const Boilerplate& boilerplate) {
    return *boilerplate.filter_;
}

BoilerplateFilter BoilerplateFilter::learn(const Articles& articles, unsigned threads) {
    const std::vector<SourceArticles> sources = by_source(articles, threads);
    BoilerplateFilter filter;
    const auto learn_each = [&](auto&& learn) {
        std::vector<std::vector<std::uint64_t>> hashes(sources.size());
        for_each_task(sources.size(), threads,
                      [&](std::size_t i) { learn(sources[i], hashes[i]); });
        std::vector<std::uint64_t> all;
        for (const std::vector<std::uint64_t>& of_source : hashes)
            all.insert(all.end(), of_source.begin(), of_source.end());
        filter.learned_.add(all);
    };
    learn_each([&](const SourceArticles& source, std::vector<std::uint64_t>& hashes) {
        learn_recurring(articles, source, hashes);
    });

    // The pages are read without the boilerplate learned before.
    const auto title_of = [&filter](const Article& article) {
        return filter.title(article.title, article.source);
    };
    learn_each([&](const SourceArticles& source, std::vector<std::uint64_t>& hashes) {
        learn_headlines(articles, source, filter.learned_, title_of, hashes);
    });
    return filter;
}

std::vector<ByteRange> BoilerplateFilter::content(std::string_view text, std::string_view source,
                                                  std::string_view own_title) const {
    if (text.empty())
        return {};
    const LearnedBoilerplate learned{learned_, learned_.empty() ? 0 : source_hash(source),
                                     title(own_title, source)};
    if (!learned_.empty() && is_flattened(text))
        return kept_parts(text, classify_passages(text, learned));
    return kept_parts(text, classify_lines(text, learned));
}

std::string_view BoilerplateFilter::title(std::string_view title, std::string_view source) const {
    constexpr int most_parts = 3;
    const auto all = static_cast<double>(count_letters(title));
    for (int i = 0; i < most_parts; ++i) {
        const TitleParts parts = divide_title(title);
        const std::string key = line_key(parts.ending);
        if (key.empty())
            break;
        const auto is_learned = [&] {
            return !learned_.empty() &&
                   learned_.contains(boilerplate_hash(Part::ending, key, source_hash(source)));
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

namespace fabula::inline v0 {

namespace {

constexpr std::uint32_t magic = 0x4C504246; ///< "FBPL", the lowest byte first
constexpr std::uint32_t version = 1;        ///< of what lines and headlines are known by, too

} // namespace

Boilerplate::Boilerplate() : Boilerplate(detail::BoilerplateFilter{}) {}

Boilerplate::Boilerplate(detail::BoilerplateFilter filter)
    : filter_(std::make_shared<const detail::BoilerplateFilter>(std::move(filter))) {}

Boilerplate Boilerplate::learn(std::span<const Article> articles, unsigned threads) {
    return Boilerplate(detail::BoilerplateFilter::learn(articles, threads));
}

Boilerplate Boilerplate::merge(std::span<const Boilerplate> parts) {
    std::vector<std::uint64_t> all;
    for (const Boilerplate& part : parts) {
        const std::span<const std::uint64_t> hashes = part.filter_->learned().sorted();
        all.insert(all.end(), hashes.begin(), hashes.end());
    }
    return Boilerplate(detail::BoilerplateFilter(all));
}

std::uint64_t Boilerplate::source_number(std::string_view source) {
    return detail::source_hash(source);
}

std::size_t Boilerplate::size() const noexcept {
    return filter_->learned().sorted().size();
}

std::string Boilerplate::to_bytes() const {
    detail::ByteWriter out;
    out.put(magic);
    out.put(version);
    out.put(static_cast<std::uint64_t>(size()));
    for (const std::uint64_t hash : filter_->learned().sorted())
        out.put(hash);
    return std::move(out).sealed();
}

Boilerplate Boilerplate::from_bytes(std::string_view bytes) {
    detail::ByteReader in(bytes, "learned boilerplate");
    if (in.get<std::uint32_t>() != magic)
        in.refuse("they are of something else");
    if (const auto written = in.get<std::uint32_t>(); written != version)
        in.refuse("they are of version " + std::to_string(written) + ", this library reads " +
                  std::to_string(version));
    const auto count = in.get<std::uint64_t>();
    if (count != in.left() / sizeof(std::uint64_t))
        in.refuse("they speak of " + std::to_string(count) + " values in " +
                  std::to_string(in.left()) + " bytes");
    std::vector<std::uint64_t> hashes(count);
    for (std::uint64_t& hash : hashes)
        hash = in.get<std::uint64_t>();
    in.expect_end();
    if (std::adjacent_find(hashes.begin(), hashes.end(), std::greater_equal<>()) != hashes.end())
        in.refuse("their values do not ascend");
    return Boilerplate(detail::BoilerplateFilter(hashes));
}

bool operator==(const Boilerplate& a, const Boilerplate& b) {
    return std::ranges::equal(a.filter_->learned().sorted(), b.filter_->learned().sorted());
}

} // namespace fabula::inline v0
