// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

/// What stories are, whatever the order of the articles: for comparing two runs.
namespace fabula::test {

struct LinkFacts {
    std::optional<Relation> relation;
    double probability{};
    std::string strongest; ///< id, or nothing
    double strongest_probability{};

    friend bool operator==(const LinkFacts&, const LinkFacts&) = default;
};

struct StoryFacts {
    std::string representative; ///< id
    std::string title;
    std::vector<std::array<std::string, 3>> titles; ///< language, title, id
    std::vector<std::string> languages;
    std::size_t sources{};
    std::vector<std::string> key_terms;
    std::optional<std::chrono::sys_seconds> first_published;
    std::optional<std::chrono::sys_seconds> last_published;
    std::string earliest; ///< id, or nothing
    double cohesion{};
    std::multimap<std::string, LinkFacts> links; ///< by the member's id

    friend bool operator==(const StoryFacts&, const StoryFacts&) = default;
};

/// By the stories' ids. Articles must have ids of their own.
inline std::multimap<std::string, StoryFacts> facts_of(const StoryClusters& clusters,
                                                       std::span<const Article> articles) {
    std::multimap<std::string, StoryFacts> out;
    for (const Story& story : clusters.stories) {
        StoryFacts facts{articles[story.representative].id,
                         story.title,
                         {},
                         story.languages,
                         story.sources,
                         story.key_terms,
                         story.first_published,
                         story.last_published,
                         story.earliest ? articles[*story.earliest].id : "",
                         story.cohesion,
                         {}};
        for (const StoryTitle& title : story.titles)
            facts.titles.push_back({title.language, title.title, articles[title.article].id});
        for (const StoryLink& link : story.links) {
            LinkFacts link_facts{link.relation, link.probability, {}, 0};
            if (link.strongest) {
                link_facts.strongest = articles[link.strongest->member].id;
                link_facts.strongest_probability = link.strongest->probability;
            }
            facts.links.emplace(articles[link.member].id, std::move(link_facts));
        }
        out.emplace(story.id, std::move(facts));
    }
    return out;
}

/// The number of its story for each article.
inline std::vector<std::uint32_t> labels_of(const StoryClusters& clusters, std::size_t articles) {
    std::vector<std::uint32_t> labels(articles, ~0U);
    for (std::size_t i = 0; i < clusters.stories.size(); ++i)
        for (const std::size_t member : clusters.stories[i].members)
            labels.at(member) = static_cast<std::uint32_t>(i);
    return labels;
}

} // namespace fabula::test
