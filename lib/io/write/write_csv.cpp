// SPDX-License-Identifier: Apache-2.0
#include "io/write/counts.hpp"

#include <fabula/io.hpp>
#include <fabula/scoring.hpp>
#include <fabula/story.hpp>
#include <fabula/text.hpp>

#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>

namespace fabula::inline v0 {
namespace {

/// One row. https://www.rfc-editor.org/rfc/rfc4180
class Row {
public:
    void add(std::string_view text) {
        std::string cell = repair_utf8(text);
        // https://owasp.org/www-community/attacks/CSV_Injection
        if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string::npos)
            cell.insert(cell.begin(), '\'');
        separate();
        if (cell.find_first_of("\",\r\n") == std::string::npos) {
            line_ += cell;
            return;
        }
        line_ += '"';
        for (const char c : cell) {
            if (c == '"')
                line_ += '"';
            line_ += c;
        }
        line_ += '"';
    }

    void add(std::size_t number) {
        separate();
        line_ += std::to_string(number);
    }

    void add(double probability) {
        char text[32];
        std::snprintf(text, sizeof text, "%.4f", probability);
        separate();
        line_ += text;
    }

    void add_nothing() { separate(); }

    void write(std::ostream& out) {
        out << line_ << "\r\n";
        line_.clear();
        is_first_ = true;
    }

private:
    void separate() {
        if (!is_first_)
            line_ += ',';
        is_first_ = false;
    }

    std::string line_;
    bool is_first_{true};
};

void add_article(Row& row, const Story& story, const StoryLink& link, const StoryClusters& clusters,
                 std::span<const Article> articles) {
    const Article& article = articles[link.member];
    const EmbeddingOutcome& outcome = clusters.outcomes[link.member];
    row.add(story.id);
    row.add(story.title);
    row.add(story.members.size());
    row.add(article.id);
    row.add(article.title);
    row.add(outcome.language);
    row.add(article.source);
    row.add(article.published ? format_time(*article.published) : std::string{});
    row.add(link.relation ? to_string(*link.relation) : std::string_view{});
    row.add(link.probability);
    row.add(std::size_t{link.member == story.representative ? 1U : 0U});
    if (link.strongest) {
        row.add(articles[link.strongest->member].id);
        row.add(link.strongest->probability);
    } else {
        row.add_nothing();
        row.add_nothing();
    }
    row.add(to_string(outcome.status));
}

} // namespace

void write_csv(std::ostream& out, const StoryClusters& clusters,
               std::span<const Article> articles) {
    detail::require_same_count(clusters, articles, {});
    out << "story,story_title,story_size,article,title,language,source,published,relation,"
           "probability,representative,strongest,strongest_probability,status\r\n";
    Row row;
    for (const Story& story : clusters.stories)
        for (const StoryLink& link : story.links) {
            add_article(row, story, link, clusters, articles);
            row.write(out);
        }
}

} // namespace fabula::inline v0
