// SPDX-License-Identifier: Apache-2.0
#include "report/overview.hpp"

#include "report/json_text.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace fabula::detail {
namespace {

constexpr std::size_t longest_title = 400;
constexpr std::size_t longest_name = 120; ///< of an id, an outlet, a language

/// A table of what recurs, the most frequent first, of some bytes; what does not fit has no number.
class Names {
public:
    void count(std::string_view name) { ++counts_[std::string(cut(name, longest_name).text)]; }

    void sort(std::size_t bytes) {
        for (const auto& [name, count] : counts_)
            sorted_.emplace_back(name, count);
        std::stable_sort(sorted_.begin(), sorted_.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        counts_.clear();
        std::size_t used = 0;
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            used += sorted_[i].first.size() + 3;
            if (used > bytes) {
                sorted_.resize(i);
                break;
            }
            counts_[sorted_[i].first] = i;
        }
    }

    /// -1 where it has none.
    [[nodiscard]] std::int64_t number(std::string_view name) const {
        const auto found = counts_.find(std::string(cut(name, longest_name).text));
        return found == counts_.end() ? -1 : static_cast<std::int64_t>(found->second);
    }

    void append_to(std::string& out) const {
        out += '[';
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_json(out, sorted_[i].first);
        }
        out += ']';
    }

private:
    std::map<std::string, std::size_t> counts_;
    std::vector<std::pair<std::string, std::size_t>> sorted_;
};

/// The beginning of a text in one line.
std::string lead(std::string_view text, std::size_t characters) {
    std::string out;
    std::size_t count = 0;
    bool is_blank = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        const char32_t c = next_code_point(text, at);
        const bool blank = c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == 0xA0;
        if (blank && is_blank)
            continue;
        if (count++ == characters)
            return out + "…";
        if (blank)
            out += ' ';
        else
            out.append(text.substr(before, at - before));
        is_blank = blank;
    }
    return out;
}

class Writer {
public:
    Writer(const ReportView& view, const WeakSpots& weak, std::size_t bytes)
        : view_(view), weak_(weak) {
        for (const Article& article : view.articles)
            if (!article.source.empty())
                outlets_.count(article.source);
        for (const EmbeddingOutcome& outcome : view.clusters.outcomes)
            languages_.count(outcome.language);
        outlets_.sort(bytes / 16);
        languages_.sort(bytes / 16);
    }

    /// Of as many stories as fit.
    [[nodiscard]] Overview write(std::size_t lead_characters, std::size_t bytes) const {
        Overview out{{}, 0, 0, lead_characters};
        std::string& json = out.json;
        json = "{\"languages\":";
        languages_.append_to(json);
        json += ",\"outlets\":";
        outlets_.append_to(json);
        json += ",\"stories\":[";
        std::string story;
        for (const Story& next : view_.clusters.stories) {
            story.clear();
            append_story(story, next, lead_characters);
            if (json.size() + story.size() + 8 > bytes)
                break;
            json += out.stories == 0 ? "\n" : ",\n";
            json += story;
            ++out.stories;
            out.articles += next.members.size();
        }
        json += "]";
        return out;
    }

private:
    void append_story(std::string& out, const Story& story, std::size_t lead_characters) const {
        out += "{\"i\":";
        append_json(out, story.id);
        out += ",\"r\":";
        append_json(out, std::int64_t{view_.place(story.representative)});
        if (story.title != view_.articles[story.representative].title)
            append_field(out, "t", cut(story.title, longest_title).text);
        if (!story.key_terms.empty()) {
            out += ",\"k\":[";
            for (std::size_t i = 0; i < story.key_terms.size(); ++i) {
                out += i == 0 ? "" : ",";
                append_json(out, cut(story.key_terms[i], longest_name).text);
            }
            out += ']';
        }
        if (story.members.size() > 1)
            append_whole(out, story);
        append_near(out, story);
        if (story.follows)
            append_followed(out, *story.follows);
        out += ",\"a\":[";
        for (std::size_t i = 0; i < story.members.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_article(out, story, i, lead_characters);
        }
        out += "]}";
    }

    static void append_field(std::string& out, std::string_view name, std::string_view value) {
        out += ",\"";
        out += name;
        out += "\":";
        append_json(out, value);
    }

    /// What only a story of several articles has.
    void append_whole(std::string& out, const Story& story) const {
        out += ",\"c\":";
        append_json_rounded(out, story.cohesion);
        if (story.earliest) {
            out += ",\"e\":";
            append_json(out, std::int64_t{view_.place(*story.earliest)});
        }
        out += ",\"tt\":[";
        for (std::size_t i = 0; i < story.titles.size(); ++i) {
            const StoryTitle& title = story.titles[i];
            out += i == 0 ? "[" : ",[";
            append_json(out, languages_.number(title.language));
            out += ',';
            append_json(out, std::int64_t{view_.place(title.article)});
            if (title.title != view_.articles[title.article].title) {
                out += ',';
                append_json(out, cut(title.title, longest_title).text);
            }
            out += ']';
        }
        out += ']';
    }

    /// The story that it goes on from, and the names of the affair.
    void append_followed(std::string& out, const FollowedStory& follows) const {
        out += ",\"f\":[";
        append_json(out, std::int64_t{view_.story_of[follows.its_article]});
        for (const std::string& name : follows.names) {
            out += ',';
            append_json(out, cut(name, longest_name).text);
        }
        out += ']';
    }

    void append_near(std::string& out, const Story& story) const {
        const auto& near = weak_.near[view_.story_of[story.representative]];
        if (near.empty())
            return;
        out += ",\"n\":[";
        for (std::size_t i = 0; i < near.size(); ++i) {
            out += i == 0 ? "[" : ",[";
            append_json(out, std::int64_t{near[i].story});
            out += ',';
            append_json_rounded(out, near[i].pair.probability);
            out += ',';
            append_json(out, std::int64_t{view_.number_of[near[i].pair.first]});
            out += ',';
            append_json(out, std::int64_t{view_.number_of[near[i].pair.second]});
            out += ']';
        }
        out += ']';
    }

    /// [id, title, lead, language, outlet, time, status, relation, probability, strongest link, its
    /// probability]; of an article alone the first seven.
    void append_article(std::string& out, const Story& story, std::size_t at,
                        std::size_t lead_characters) const {
        const StoryLink& link = story.links[at];
        const Article& article = view_.articles[link.member];
        const EmbeddingOutcome& outcome = view_.clusters.outcomes[link.member];
        out += '[';
        append_json(out, cut(article.id, longest_name).text);
        out += ',';
        const Cut title = cut(article.title, longest_title);
        append_json(out, title.is_whole ? std::string(title.text) : std::string(title.text) + "…");
        out += ',';
        append_json(out, lead_characters == 0 ? "" : lead(article.text, lead_characters));
        out += ',';
        append_json(out, languages_.number(outcome.language));
        out += ',';
        append_json(out, outlets_.number(article.source));
        out += ',';
        if (article.published)
            append_json(out, std::int64_t{article.published->time_since_epoch().count()});
        else
            out += "null";
        out += ',';
        append_json(out, static_cast<std::int64_t>(outcome.status));
        if (story.members.size() > 1) {
            out += ',';
            append_json(out, link.relation ? static_cast<std::int64_t>(*link.relation)
                                           : std::int64_t{-1});
            out += ',';
            append_json_rounded(out, link.probability);
            if (link.strongest) {
                out += ',';
                append_json(out, std::int64_t{view_.place(link.strongest->member)});
                out += ',';
                append_json_rounded(out, link.strongest->probability);
            }
        }
        out += ']';
    }

    const ReportView& view_;
    const WeakSpots& weak_;
    Names outlets_;
    Names languages_;
};

} // namespace

Overview overview(const ReportView& view, const WeakSpots& weak, std::size_t lead_characters,
                  std::size_t bytes) {
    const Writer writer(view, weak, bytes);
    for (const std::size_t fewer : {lead_characters, std::size_t{240}, std::size_t{180},
                                    std::size_t{140}, std::size_t{100}, std::size_t{60}}) {
        if (fewer > lead_characters)
            continue;
        Overview out = writer.write(fewer, bytes / 4 * 3);
        if (out.stories == view.clusters.stories.size())
            return out;
    }
    return writer.write(0, bytes / 20 * 19);
}

} // namespace fabula::detail
