// SPDX-License-Identifier: Apache-2.0
#include "io/write/json.hpp"

#include <fabula/io.hpp>
#include <fabula/text.hpp>

#include <algorithm>
#include <string_view>

namespace fabula::inline v0 {
namespace {

using detail::Json;
using detail::rounded;

std::string passage(const Article& article, ByteRange range) {
    const std::string_view text = article.text;
    const std::size_t begin = std::min(range.begin, text.size());
    return repair_utf8(text.substr(begin, std::min(range.end, text.size()) - begin));
}

Json side_to_json(const ComparedArticle& side) {
    const Article& article = side.article;
    Json json{{"id", repair_utf8(article.id)},
              {"title", repair_utf8(article.title)},
              {"language", repair_utf8(side.outcome.language)},
              {"source", article.source.empty() ? Json() : Json(repair_utf8(article.source))},
              {"published", detail::time_or_null(article.published)}};
    if (side.outcome.status != EmbeddingStatus::ok)
        json["status"] = to_string(side.outcome.status);
    return json;
}

Json repaired(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts)
        list.push_back(repair_utf8(text));
    return list;
}

Json one_sided(const OneSided& only) {
    return {{"names", repaired(only.names)},
            {"numbers", repaired(only.numbers)},
            {"dates", repaired(only.dates)}};
}

Json explanation_to_json(const Explanation& why, const Article& first, const Article& second) {
    Json json{{"passages", Json::array()},
              {"shared_terms", Json::array()},
              {"shared_numbers", Json::array()},
              {"shared_dates", Json::array()},
              {"only_first", one_sided(why.only_first)},
              {"only_second", one_sided(why.only_second)},
              {"differences", Json::array()},
              {"time_gap_seconds", nullptr},
              {"contributions", Json::array()}};
    for (const Passage& pair : why.passages)
        json["passages"].push_back({{"first", passage(first, pair.first)},
                                    {"second", passage(second, pair.second)},
                                    {"first_bytes", {pair.first.begin, pair.first.end}},
                                    {"second_bytes", {pair.second.begin, pair.second.end}},
                                    {"similarity", rounded(static_cast<double>(pair.similarity))}});
    for (const SharedTerm& term : why.shared_terms)
        json["shared_terms"].push_back({{"first", repair_utf8(term.first)},
                                        {"second", repair_utf8(term.second)},
                                        {"weight", rounded(term.weight)}});
    const auto add = [&](const char* field, const auto& pairs) {
        for (const auto& pair : pairs)
            json[field].push_back(
                {{"first", repair_utf8(pair.first)}, {"second", repair_utf8(pair.second)}});
    };
    add("shared_numbers", why.shared_numbers);
    add("shared_dates", why.shared_dates);
    add("differences", why.differences);
    if (why.time_gap)
        json["time_gap_seconds"] = why.time_gap->count();
    for (const Contribution& part : why.contributions)
        json["contributions"].push_back({{"name", part.name},
                                         {"value", rounded(part.value)},
                                         {"log_odds", rounded(part.log_odds)}});
    return json;
}

Json event_to_json(const StreamEvent& event) {
    Json json{{"event", to_string(event.kind)}, {"story", event.story}};
    if (event.other)
        json["other"] = *event.other;
    if (event.kind != StreamEventKind::retitled)
        json["articles"] = event.articles;
    if (!event.title.empty() || event.kind == StreamEventKind::retitled)
        json["title"] = event.title;
    return json;
}

} // namespace

void write_json(std::ostream& out, const Comparison& comparison, const ComparedArticle& first,
                const ComparedArticle& second) {
    detail::write_line(
        out, {{"first", side_to_json(first)},
              {"second", side_to_json(second)},
              {"probability", rounded(comparison.probability)},
              {"relation", comparison.relation ? Json(to_string(*comparison.relation)) : Json()},
              {"direction", to_string(comparison.direction)},
              {"similarity", rounded(static_cast<double>(comparison.similarity))},
              {"explanation",
               explanation_to_json(comparison.explanation, first.article, second.article)}});
}

void write_json_lines(std::ostream& out, std::span<const StreamEvent> events) {
    for (const StreamEvent& event : events)
        detail::write_line(out, event_to_json(event));
}

void write_json_lines(std::ostream& out, std::span<const StreamStory> stories) {
    for (const StreamStory& story : stories)
        detail::write_line(out, {{"story", story.id},
                                 {"title", story.title},
                                 {"languages", story.languages},
                                 {"size", story.articles.size()},
                                 {"sources", story.sources},
                                 {"representative", story.representative},
                                 {"articles", story.articles},
                                 {"first_published", detail::time_or_null(story.first_published)},
                                 {"last_published", detail::time_or_null(story.last_published)}});
}

} // namespace fabula::inline v0
