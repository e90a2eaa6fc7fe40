// SPDX-License-Identifier: Apache-2.0
#include "io/write/counts.hpp"

#include <fabula/io.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>
#include <fabula/text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace fabula::inline v0 {
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

Json relation_to_json(std::optional<Relation> relation) {
    return relation ? Json(to_string(*relation)) : Json();
}

Json reason_to_json(const Comparison& reason, const Article& other) {
    const Explanation& why = reason.explanation;
    Json json;
    json["id"] = repair_utf8(other.id);
    json["probability"] = rounded(reason.probability);
    json["relation"] = relation_to_json(reason.relation);
    json["direction"] = to_string(reason.direction);
    const auto add = [&](const char* field, const auto& shared) {
        Json& list = json[field] = Json::array();
        for (std::size_t i = 0; i < std::min(shared.size(), detail::most_reason_terms); ++i)
            list.push_back({{"first", repair_utf8(shared[i].first)},
                            {"second", repair_utf8(shared[i].second)}});
    };
    add("shared_terms", why.shared_terms);
    add("shared_numbers", why.shared_numbers);
    add("shared_dates", why.shared_dates);
    add("differences", why.differences);
    Json& parts = json["contributions"] = Json::array();
    for (const Contribution& part : detail::main_contributions(reason))
        parts.push_back({{"name", part.name}, {"log_odds", rounded(part.log_odds)}});
    return json;
}

/// What is written: the stories with their articles, and why each is where it is.
struct Written {
    const StoryClusters& clusters;
    std::span<const Article> articles;
    std::span<const std::optional<Comparison>> reasons;

    [[nodiscard]] std::string id(std::size_t article) const {
        return repair_utf8(articles[article].id);
    }
};

Json member_to_json(const StoryLink& link, const Written& written) {
    const EmbeddingOutcome& outcome = written.clusters.outcomes[link.member];
    Json json;
    json["id"] = written.id(link.member);
    json["language"] = repair_utf8(outcome.language);
    json["relation"] = relation_to_json(link.relation);
    json["probability"] = rounded(link.probability);
    json["strongest"] = nullptr;
    if (link.strongest) {
        json["strongest"] = {{"id", written.id(link.strongest->member)},
                             {"probability", rounded(link.strongest->probability)}};
        if (!written.reasons.empty() && written.reasons[link.member])
            json["because"] = reason_to_json(*written.reasons[link.member],
                                             written.articles[link.strongest->member]);
    }
    if (outcome.status != EmbeddingStatus::ok)
        json["status"] = to_string(outcome.status);
    return json;
}

Json story_to_json(const Story& story, const Written& written) {
    const EmbeddingOutcome& representative = written.clusters.outcomes[story.representative];
    Json json;
    json["id"] = story.id;
    json["title"] = repair_utf8(story.title);
    json["language"] = repair_utf8(representative.language);
    Json& titles = json["titles"] = Json::array();
    for (const StoryTitle& title : story.titles)
        titles.push_back({{"language", repair_utf8(title.language)},
                          {"title", repair_utf8(title.title)},
                          {"id", written.id(title.article)}});
    json["languages"] = strings(story.languages);
    json["size"] = story.members.size();
    json["sources"] = story.sources;
    json["representative"] = written.id(story.representative);
    Json& members = json["articles"] = Json::array();
    for (const StoryLink& link : story.links)
        members.push_back(member_to_json(link, written));
    json["key_terms"] = strings(story.key_terms);
    json["first_published"] = time_or_null(story.first_published);
    json["last_published"] = time_or_null(story.last_published);
    json["earliest"] = nullptr;
    if (story.earliest)
        json["earliest"] = written.id(*story.earliest);
    json["follows"] = nullptr;
    if (story.follows)
        json["follows"] = {{"id", story.follows->id},
                           {"probability", rounded(story.follows->probability)},
                           {"article", written.id(story.follows->article)},
                           {"its_article", written.id(story.follows->its_article)},
                           {"names", strings(story.follows->names)}};
    json["cohesion"] = rounded(story.cohesion);
    if (representative.status != EmbeddingStatus::ok)
        json["status"] = to_string(representative.status);
    return json;
}

} // namespace

void write_json_lines(std::ostream& out, const StoryClusters& clusters,
                      std::span<const Article> articles,
                      std::span<const std::optional<Comparison>> reasons) {
    detail::require_same_count(clusters, articles, reasons);
    for (const Story& story : clusters.stories)
        out << story_to_json(story, {clusters, articles, reasons})
                   .dump(-1, ' ', false, Json::error_handler_t::replace)
            << '\n';
}

} // namespace fabula::inline v0
