// SPDX-License-Identifier: Apache-2.0
#include "io/write/counts.hpp"
#include "text/utf8.hpp"

#include <fabula/io.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace fabula::inline v0 {
namespace {

/// Only these characters are legal in XML 1.0: https://www.w3.org/TR/xml/#charsets
bool is_legal(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = detail::next_code_point(text, at);
        if (c == U'&')
            out += "&amp;";
        else if (c == U'<')
            out += "&lt;";
        else if (c == U'>')
            out += "&gt;";
        else if (c == U'\r')
            out += "&#13;"; // as it is, a reader would make it a line feed
        else
            detail::append_utf8(out, is_legal(c) ? c : char32_t{0xFFFD});
    }
    return out;
}

struct Link {
    std::uint32_t first{};
    std::uint32_t second{};
    double probability{};
    bool same_story{};
    std::optional<Relation> relation;
};

/// Each pair once, the one that says most of its relation.
std::vector<Link> links_of(const StoryClusters& clusters) {
    std::vector<std::size_t> story_of(clusters.outcomes.size());
    for (std::size_t s = 0; s < clusters.stories.size(); ++s)
        for (const std::size_t member : clusters.stories[s].members)
            story_of[member] = s;
    std::vector<Link> links;
    const auto add = [&](std::size_t a, std::size_t b, double probability,
                         std::optional<Relation> relation) {
        const auto [first, second] = std::minmax(a, b);
        links.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second),
                         probability, story_of[a] == story_of[b], relation});
    };
    for (const Story& story : clusters.stories)
        for (const StoryLink& link : story.links) {
            if (link.member != story.representative)
                add(link.member, story.representative, link.probability, link.relation);
            if (link.strongest)
                add(link.member, link.strongest->member, link.strongest->probability, {});
        }
    for (const Edge& edge : clusters.scored)
        add(edge.first, edge.second, static_cast<double>(edge.probability), {});
    const auto key = [](const Link& link) {
        return std::tuple(link.first, link.second, !link.relation.has_value(), -link.probability);
    };
    std::sort(links.begin(), links.end(),
              [&](const Link& x, const Link& y) { return key(x) < key(y); });
    links.erase(std::unique(links.begin(), links.end(),
                            [](const Link& x, const Link& y) {
                                return x.first == y.first && x.second == y.second;
                            }),
                links.end());
    return links;
}

void write_key(std::ostream& out, std::string_view of, std::string_view name,
               std::string_view type) {
    out << "  <key id=\"" << of.front() << '_' << name << "\" for=\"" << of << "\" attr.name=\""
        << name << "\" attr.type=\"" << type << "\"/>\n";
}

void write_data(std::ostream& out, char of, std::string_view name, std::string_view value) {
    if (!value.empty())
        out << "<data key=\"" << of << '_' << name << "\">" << escaped(value) << "</data>";
}

std::string_view boolean(bool value) {
    return value ? "true" : "false";
}

void write_node(std::ostream& out, std::size_t member, const Story& story,
                const StoryClusters& clusters, std::span<const Article> articles) {
    const Article& article = articles[member];
    out << "    <node id=\"n" << member << "\">";
    write_data(out, 'n', "article", article.id);
    write_data(out, 'n', "title", article.title);
    write_data(out, 'n', "language", clusters.outcomes[member].language);
    write_data(out, 'n', "source", article.source);
    if (article.published)
        write_data(out, 'n', "published", format_time(*article.published));
    write_data(out, 'n', "story", story.id);
    write_data(out, 'n', "story_title", story.title);
    write_data(out, 'n', "representative", boolean(member == story.representative));
    out << "</node>\n";
}

void write_edge(std::ostream& out, const Link& link) {
    char probability[32];
    std::snprintf(probability, sizeof probability, "%.4f", link.probability);
    out << "    <edge source=\"n" << link.first << "\" target=\"n" << link.second << "\">";
    write_data(out, 'e', "probability", probability);
    write_data(out, 'e', "weight", probability);
    write_data(out, 'e', "same_story", boolean(link.same_story));
    if (link.relation)
        write_data(out, 'e', "relation", to_string(*link.relation));
    out << "</edge>\n";
}

} // namespace

void write_graphml(std::ostream& out, const StoryClusters& clusters,
                   std::span<const Article> articles) {
    detail::require_same_count(clusters, articles, {});
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    for (const std::string_view name :
         {"article", "title", "language", "source", "published", "story", "story_title"})
        write_key(out, "node", name, "string");
    write_key(out, "node", "representative", "boolean");
    write_key(out, "edge", "probability", "double");
    write_key(out, "edge", "weight", "double");
    write_key(out, "edge", "same_story", "boolean");
    write_key(out, "edge", "relation", "string");
    out << "  <graph id=\"stories\" edgedefault=\"undirected\">\n";
    for (const Story& story : clusters.stories)
        for (const std::size_t member : story.members)
            write_node(out, member, story, clusters, articles);
    for (const Link& link : links_of(clusters))
        write_edge(out, link);
    out << "  </graph>\n</graphml>\n";
}

} // namespace fabula::inline v0
