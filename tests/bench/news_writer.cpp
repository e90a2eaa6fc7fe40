// SPDX-License-Identifier: Apache-2.0
#include "news_writer.hpp"

#include "phrasing.hpp"

#include <fabula/io.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr std::chrono::sys_days stream_start{std::chrono::year{2026} / 1 / 1};

/// Log-normal, from a headline or two to a long read; a sentence has some 110 letters.
std::size_t sentences_of(Draw& draw) {
    if (draw.chance(0.06))
        return draw.below(3);
    const double count = 19.5 * std::exp(0.65 * draw.normal());
    return std::clamp<std::size_t>(static_cast<std::size_t>(count), 2, 60);
}

/// What a report says, in its order. A fact and what its mentions are counted in.
using Content = std::vector<std::pair<Fact, const Happening*>>;

Content choose(Draw draw, const NewsWorld& world, NewsWorld::Story& story) {
    const std::size_t length = sentences_of(draw);
    const Happening& topic = world.topic(story.topic);
    Content content;
    std::size_t next = 0;
    while (content.size() < length + 1) {
        const double kind = draw.unit();
        // The first of them makes the headline.
        if (content.size() < 3 || kind < 0.6) {
            while (next < story.own.facts.size() && draw.chance(0.35))
                ++next;
            if (next < story.own.facts.size()) {
                content.emplace_back(story.own.facts[next++], &story.own);
                continue;
            }
        }
        if (kind < 0.85)
            content.emplace_back(topic.facts[draw.below(topic.facts.size())], &topic);
        else
            content.emplace_back(world.aside(draw, story.own), &story.own);
    }
    return content;
}

/// Who rewrites leaves some of it out and tells some of it earlier.
void rearrange(Content& content, Draw& draw) {
    Content kept;
    for (std::size_t i = 0; i < content.size(); ++i)
        if (i < 2 || !draw.chance(0.2))
            kept.push_back(std::move(content[i]));
    for (std::size_t i = 2; i + 1 < kept.size(); ++i)
        if (draw.chance(0.4))
            std::swap(kept[i], kept[i + 1]);
    content = std::move(kept);
}

std::string body(const Content& content, const Phrasing& phrasing, Freedom freedom, Draw& draw) {
    std::string text;
    for (std::size_t i = 1; i < content.size(); ++i) {
        if (i > 1)
            text += draw.chance(0.4) ? "\n" : phrasing.space();
        text += phrasing.sentence(content[i].first, *content[i].second, freedom, draw);
    }
    return text;
}

/// A print may lack the end, and has its own dateline and the lines of its outlet around it.
std::string print(std::string text, const Outlet& outlet, const std::string& dateline, Draw& draw) {
    if (draw.chance(0.2)) {
        const std::size_t end = text.rfind('\n');
        if (end != std::string::npos && end > text.size() / 2)
            text.resize(end);
    }
    std::string page;
    for (const std::string& line : outlet.before)
        page += line + "\n";
    page += dateline + text;
    for (const std::string& line : outlet.after)
        page += "\n" + line;
    return page;
}

} // namespace

NewsWriter::NewsWriter(const Vocabulary& vocabulary, std::uint64_t seed)
    : vocabulary_(vocabulary), seed_(seed), world_(vocabulary, seed),
      languages_(Weights::zipf(vocabulary.languages.size(), 1)) {}

LabelledArticle NewsWriter::write(const PlannedArticle& planned) const {
    const std::uint64_t story_seed = mix(mix(seed_, 3), planned.story);
    const std::chrono::sys_seconds time = stream_start + std::chrono::seconds{planned.seconds};
    const Report report = tell(story_seed, planned.report, languages_);
    // All reports of a story must agree on its day, so it cannot be that of the article.
    Draw days(mix(story_seed, 4));
    NewsWorld::Story story =
        world_.story(story_seed, stream_start + std::chrono::days{days.below(360)});

    Content content = choose(Draw(mix(mix(story_seed, 5), report.report)), world_, story);
    Draw wording(mix(mix(story_seed, 6), report.wording));
    Freedom freedom{0.1, 0.0};
    if (report.is_reworded) {
        rearrange(content, wording);
        freedom.other_word = 0.25;
    }
    if (report.report != 0)
        freedom = {0.3, 0.15}; // another reporter, with other words and later counts
    const Phrasing phrasing(vocabulary_, report.language);
    const std::string title =
        phrasing.headline(content[0].first, *content[0].second, freedom, wording);
    const std::string text = body(content, phrasing, freedom, wording);

    Draw printing(mix(mix(story_seed, 7), planned.report));
    const Outlet& outlet = world_.outlet(report.language, printing);
    const std::string dateline =
        !text.empty() && printing.chance(0.4) ? phrasing.dateline(story.own, printing) : "";
    LabelledArticle labelled;
    labelled.article.title = title + outlet.title_end;
    if (!text.empty())
        labelled.article.text = print(text, outlet, dateline, printing);
    labelled.article.language = vocabulary_.languages[report.language].tag;
    labelled.article.source = outlet.domain;
    labelled.article.published = time;
    labelled.story = "s" + std::to_string(planned.story);
    return labelled;
}

std::string json_line(const LabelledArticle& labelled) {
    const fabula::Article& article = labelled.article;
    nlohmann::ordered_json line;
    line["id"] = article.id;
    line["title"] = article.title;
    line["text"] = article.text;
    if (!article.language.empty())
        line["language"] = article.language;
    line["source"] = article.source;
    if (article.published)
        line["published"] = fabula::format_time(*article.published);
    line["story"] = labelled.story;
    return line.dump() + "\n";
}

} // namespace bench
