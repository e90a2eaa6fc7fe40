// SPDX-License-Identifier: Apache-2.0
#include "io/counts.hpp"

#include <fabula/io.hpp>
#include <fabula/text.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <ostream>

namespace fabula {
namespace {

using Json = nlohmann::ordered_json;

/// Four decimals say all that these figures mean, and hide the last bits of a sum.
double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

Json time_or_null(const std::optional<std::chrono::sys_seconds>& time) {
    if (!time)
        return nullptr;
    return format_time(*time);
}

Json strings(const std::vector<std::string>& values) {
    Json list = Json::array();
    for (const std::string& value : values)
        list.push_back(repair_utf8(value));
    return list;
}

Json member_to_json(const StoryLink& link, const Article& article,
                    const EmbeddingOutcome& outcome) {
    Json json;
    json["id"] = repair_utf8(article.id);
    json["language"] = repair_utf8(outcome.language);
    json["relation"] = to_string(link.relation);
    json["probability"] = rounded(link.probability);
    if (outcome.status != EmbeddingStatus::ok)
        json["status"] = to_string(outcome.status);
    return json;
}

Json story_to_json(const Story& story, const StoryClusters& clusters,
                   std::span<const Article> articles) {
    const EmbeddingOutcome& representative = clusters.outcomes[story.representative];
    Json json;
    json["id"] = story.id;
    json["title"] = repair_utf8(story.title);
    json["language"] = repair_utf8(representative.language);
    json["languages"] = strings(story.languages);
    json["size"] = story.members.size();
    json["representative"] = repair_utf8(articles[story.representative].id);
    Json& members = json["articles"] = Json::array();
    for (const StoryLink& link : story.links)
        members.push_back(
            member_to_json(link, articles[link.member], clusters.outcomes[link.member]));
    json["key_terms"] = strings(story.key_terms);
    json["first_published"] = time_or_null(story.first_published);
    json["last_published"] = time_or_null(story.last_published);
    json["cohesion"] = rounded(story.cohesion);
    if (representative.status != EmbeddingStatus::ok)
        json["status"] = to_string(representative.status);
    return json;
}

} // namespace

void write_json_lines(std::ostream& out, const StoryClusters& clusters,
                      std::span<const Article> articles) {
    detail::require_same_count(clusters, articles);
    for (const Story& story : clusters.stories)
        out << story_to_json(story, clusters, articles)
                   .dump(-1, ' ', false, Json::error_handler_t::replace)
            << '\n';
}

} // namespace fabula
