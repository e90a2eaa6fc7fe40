// SPDX-License-Identifier: Apache-2.0
#include "story/follow_ups.hpp"

#include "features/minhash_sketch.hpp"

#include <fabula/scoring.hpp>

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace fabula::detail {

namespace {

using Time = std::optional<std::chrono::sys_seconds>;

constexpr float least_name_weight = 7;
constexpr double same_form = 0.2; ///< resemblance of two fillings

/// When the articles of a cluster were published.
struct Span {
    Time first;
    Time last;
    std::size_t articles{}; ///< near-duplicates count once
};

std::vector<Span> spans_of(std::span<const std::uint32_t> labels,
                           std::span<const std::uint32_t> representatives,
                           std::span<const Time> times, std::size_t clusters) {
    std::vector<Span> out(clusters);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        Span& span = out[labels[i]];
        span.articles += representatives[i] == i ? 1U : 0U;
        if (const Time& time = times[i]) {
            span.first = std::min(span.first.value_or(*time), *time);
            span.last = std::max(span.last.value_or(*time), *time);
        }
    }
    return out;
}

bool may_follow(const Span& later, const Span& earlier) {
    return direction_of(earlier.first, later.first) == Direction::first_is_earlier &&
           *later.first - *earlier.last <= longest_pause;
}

/// The names that both have and few stories have.
std::vector<std::uint32_t> affair_names(const LexicalFeatures& a, const LexicalFeatures& b,
                                        const StoryFrequency& frequency) {
    std::vector<std::uint32_t> out;
    auto x = a.terms.begin();
    auto y = b.terms.begin();
    while (x != a.terms.end() && y != b.terms.end()) {
        if (x->key == y->key) {
            if (x->is_name() && y->is_name() &&
                std::min(x->weight(), y->weight()) >= least_name_weight &&
                frequency.terms[x->key] <= most_affair_stories(frequency.stories))
                out.push_back(x->key);
            ++x;
            ++y;
        } else if (x->key < y->key) {
            ++x;
        } else {
            ++y;
        }
    }
    return out;
}

} // namespace

bool has_capitals(const std::string& language) {
    std::array<UScriptCode, 8> scripts{}; // Japanese has three
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t found = uscript_getCode(language.c_str(), scripts.data(),
                                               static_cast<std::int32_t>(scripts.size()), &status);
    return U_FAILURE(status) != 0 || found < 1 ||
           std::any_of(scripts.begin(), scripts.begin() + found,
                       [](UScriptCode script) { return uscript_isCased(script) != 0; });
}

double most_affair_stories(std::size_t stories) {
    return 4 + static_cast<double>(stories) / 500;
}

std::vector<std::optional<FollowedCluster>>
find_follow_ups(SimilarityGraph graph, const std::vector<bool>& has_capitals,
                std::span<const std::uint32_t> labels,
                std::span<const std::uint32_t> representatives,
                std::span<const LexicalFeatures> lexical, std::span<const Time> times,
                const StoryFrequency& frequency) {
    const std::vector<Span> spans = spans_of(labels, representatives, times, frequency.stories);
    // Each edge from the later cluster to the earlier one; those of no such pair go.
    std::erase_if(graph.edges, [&](Edge& edge) {
        const std::uint32_t a = labels[edge.first];
        const std::uint32_t b = labels[edge.second];
        if (a == b)
            return true;
        if (may_follow(spans[a], spans[b]))
            return false;
        std::swap(edge.first, edge.second);
        return !may_follow(spans[b], spans[a]);
    });
    std::sort(graph.edges.begin(), graph.edges.end(), [&](const Edge& x, const Edge& y) {
        const auto key = [&](const Edge& edge) {
            return std::tuple(labels[edge.first], labels[edge.second], edge.first,
                              -edge.probability, edge.second);
        };
        return key(x) < key(y);
    });

    std::vector<std::optional<FollowedCluster>> out(spans.size());
    const auto missing = static_cast<double>(graph.missing_probability);
    const auto consider = [&](std::span<const Edge> edges) {
        const std::uint32_t later = labels[edges.front().first];
        double sum = missing * static_cast<double>(spans[later].articles);
        const Edge* likeliest = &edges.front();
        for (std::size_t i = 0; i < edges.size(); ++i) {
            if (i > 0 && edges[i].first == edges[i - 1].first)
                continue; // the first of an article is its best
            sum += static_cast<double>(edges[i].probability) - missing;
            if (edges[i].probability > likeliest->probability)
                likeliest = &edges[i];
        }
        const double probability = sum / static_cast<double>(spans[later].articles);
        std::optional<FollowedCluster>& best = out[later];
        if (probability < least_follow_up || (best && probability <= best->probability))
            return;
        const LexicalFeatures& a = lexical[likeliest->first];
        const LexicalFeatures& b = lexical[likeliest->second];
        if (resemblance(a.sketch, b.sketch) > same_form)
            return;
        std::vector<std::uint32_t> names = affair_names(a, b, frequency);
        const bool may_be_words = a.language == b.language && a.language >= 0 &&
                                  !has_capitals.at(static_cast<std::size_t>(a.language));
        if (names.size() >=
            (may_be_words ? least_affair_names_without_capitals : least_affair_names))
            best = {labels[likeliest->second], probability, likeliest->first, likeliest->second,
                    std::move(names)};
    };
    const auto edges = std::span<const Edge>(graph.edges);
    for (std::size_t begin = 0, end = 0; begin < edges.size(); begin = end) {
        while (end < edges.size() && labels[edges[end].first] == labels[edges[begin].first] &&
               labels[edges[end].second] == labels[edges[begin].second])
            ++end;
        consider(edges.subspan(begin, end - begin));
    }
    return out;
}

} // namespace fabula::detail
