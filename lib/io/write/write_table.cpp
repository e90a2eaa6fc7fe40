// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"
#include "io/write/counts.hpp"
#include "text/utf8.hpp"

#include <fabula/io.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace fabula::inline v0 {
namespace {

/// A terminal's line, and no more of an id than leaves room for the rest.
constexpr std::size_t longest_title = 100;
constexpr std::size_t longest_id = 40;

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string result;
    for (const std::string& word : words) {
        if (!result.empty())
            result += separator;
        result += detail::shortened(word, longest_id);
    }
    return result;
}

std::string padded(std::string text, std::size_t columns) {
    const std::size_t used = detail::count_code_points(text); // the width of most scripts
    if (used < columns)
        text.append(columns - used, ' ');
    return text;
}

std::string_view without_padding(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::string percent(double probability) {
    char text[32];
    std::snprintf(text, sizeof text, "%5.1f %%", 100.0 * probability);
    return text;
}

std::string days(const Story& story) {
    if (!story.first_published)
        return {};
    const auto day = [](std::chrono::sys_seconds time) {
        const std::string whole = format_time(time);
        return whole.substr(0, whole.find('T'));
    };
    const std::string first = day(*story.first_published);
    const std::string last = day(story.last_published.value_or(*story.first_published));
    return "  " + (first == last ? first : first + " to " + last);
}

std::string first_told(const Story& story, std::span<const Article> articles) {
    if (!story.earliest)
        return {};
    return ", first told by " + detail::shortened(articles[*story.earliest].id, longest_id);
}

std::string outlets(const Story& story) {
    if (story.sources == 0)
        return "  ";
    return " from " + std::to_string(story.sources) +
           (story.sources == 1 ? " outlet  " : " outlets  ");
}

/// What features alone cannot tell has no name.
std::string_view name_of(std::optional<Relation> relation) {
    return relation ? to_string(*relation) : "-";
}

/// Two lines: how surely the article belongs to which other, and what both have.
void write_reason(std::ostream& out, const Comparison& reason, const Article& other) {
    constexpr std::string_view indent = "        ";
    out << indent << "because it is " << without_padding(percent(reason.probability))
        << " one story with " << detail::shortened(other.id, longest_id) << " ("
        << name_of(reason.relation) << ")";
    std::string_view separator = ": ";
    for (const Contribution& part : detail::main_contributions(reason)) {
        char log_odds[32];
        std::snprintf(log_odds, sizeof log_odds, "%+.1f", part.log_odds);
        out << separator << in_words(part) << ' ' << log_odds;
        separator = ", ";
    }
    out << '\n';
    std::vector<std::string> shared;
    for (const SharedTerm& term : reason.explanation.shared_terms) {
        if (shared.size() == detail::most_reason_terms)
            break;
        shared.push_back(detail::shortened(term.first, longest_id));
        if (term.second != term.first)
            shared.back() += " = " + detail::shortened(term.second, longest_id);
    }
    if (!shared.empty())
        out << indent << "both have " << joined(shared, ", ") << '\n';
}

void write_follows(std::ostream& out, const FollowedStory& follows,
                   std::span<const Article> articles) {
    const Article& earlier = articles[follows.its_article];
    out << "  goes on from " << detail::shortened(earlier.id, longest_id);
    if (!earlier.title.empty())
        out << " \"" << detail::shortened(earlier.title, longest_title) << '"';
    if (!follows.names.empty())
        out << ": both name " << joined(follows.names, ", ");
    out << '\n';
}

void write_story(std::ostream& out, const Story& story, const StoryClusters& clusters,
                 std::span<const Article> articles,
                 std::span<const std::optional<Comparison>> reasons) {
    const std::size_t size = story.members.size();
    const std::string title = detail::shortened(story.title, longest_title);
    out << (title.empty() ? "(no title)" : title) << '\n'
        << "  " << size << (size == 1 ? " article" : " articles") << outlets(story)
        << joined(story.languages, " ") << days(story) << first_told(story, articles) << '\n';
    if (!story.key_terms.empty())
        out << "  " << joined(story.key_terms, ", ") << '\n';
    if (story.follows)
        write_follows(out, *story.follows, articles);

    std::size_t id_width = 0;
    for (const StoryLink& link : story.links)
        id_width = std::max(id_width, detail::count_code_points(
                                          detail::shortened(articles[link.member].id, longest_id)));
    for (const StoryLink& link : story.links) {
        const Article& article = articles[link.member];
        const EmbeddingOutcome& outcome = clusters.outcomes[link.member];
        // The representative is compared with itself, which tells a reader nothing.
        const bool is_representative = link.member == story.representative;
        std::string relation{is_representative ? "representative" : name_of(link.relation)};
        if (outcome.status != EmbeddingStatus::ok)
            relation = to_string(outcome.status);
        out << "    " << padded(detail::shortened(article.id, longest_id), id_width) << "  "
            << padded(detail::shortened(outcome.language, longest_id), 7) << "  "
            << padded(std::move(relation), 14) << "  "
            << (is_representative ? std::string(7, ' ') : percent(link.probability)) << "  "
            << detail::shortened(article.title, longest_title) << '\n';
        if (link.strongest && !reasons.empty() && reasons[link.member])
            write_reason(out, *reasons[link.member], articles[link.strongest->member]);
    }
}

} // namespace

void write_table(std::ostream& out, const StoryClusters& clusters,
                 std::span<const Article> articles,
                 std::span<const std::optional<Comparison>> reasons) {
    detail::require_same_count(clusters, articles, reasons);
    bool is_first = true;
    for (const Story& story : clusters.stories) {
        if (!is_first)
            out << '\n';
        is_first = false;
        write_story(out, story, clusters, articles, reasons);
    }
}

} // namespace fabula::inline v0
