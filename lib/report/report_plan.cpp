// SPDX-License-Identifier: Apache-2.0
#include "report/report_plan.hpp"

#include "base/parallel.hpp"
#include "report/json_text.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace fabula::detail {
namespace {

constexpr std::size_t most_explained = 3000;
constexpr std::size_t most_of_a_story = 24;
constexpr std::size_t compared_together = 128;
constexpr std::size_t most_near_members = 240;
constexpr std::size_t element = 64; ///< bytes of what is around the data of a story

void open_block(std::string& out, const std::string& id) {
    out += "<script type=\"application/json\" id=\"" + id + "\">";
}

template <class Strings>
void append_joined(std::string& out, const Strings& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        out += i == 0 ? "" : ",\n";
        out += parts[i];
    }
}

} // namespace

ReportPlan::ReportPlan(const ReportView& view, std::size_t stories, const Comparer* comparer,
                       unsigned threads, std::size_t bytes)
    : view_(view), stories_(stories), comparer_(comparer), threads_(threads), left_(bytes),
      chosen_(stories), has_text_(view.articles.size()) {}

bool ReportPlan::take(std::size_t bytes) {
    is_full_ = is_full_ || bytes > left_;
    if (!is_full_)
        left_ -= bytes;
    return !is_full_;
}

bool ReportPlan::take_texts(std::uint32_t first, std::uint32_t second, std::size_t more) {
    std::vector<std::uint32_t> missing;
    for (const std::uint32_t article : {first, second})
        if (!has_text_[article] && (missing.empty() || missing.back() != article))
            missing.push_back(article);
    for (const std::uint32_t article : missing) {
        const Chosen& chosen = chosen_[view_.story_of[article]];
        more += shown_text(view_.articles[article]).size() + 16 +
                (chosen.texts.empty() && chosen.near.empty() ? element : 0);
    }
    if (!take(more))
        return false;
    for (const std::uint32_t article : missing) {
        has_text_[article] = true;
        ++texts_;
        chosen_[view_.story_of[article]].texts.push_back(article);
    }
    return true;
}

/// Into `apart`, or else into the story that both are of.
void ReportPlan::explain(std::vector<ReportPair> pairs, std::vector<std::string>* apart) {
    pairs.resize(std::min(pairs.size(), most_explained - explained_));
    std::vector<std::optional<Comparison>> comparisons(pairs.size());
    for_each_task(pairs.size(), threads_, [&](std::size_t i) {
        comparisons[i] =
            comparer_->compare(view_.articles[pairs[i].first], view_.articles[pairs[i].second]);
    });
    for (std::size_t i = 0; i < pairs.size() && !is_full_; ++i) {
        std::string explained = explained_pair(view_, pairs[i], *comparisons[i], words_);
        if (!take_texts(pairs[i].first, pairs[i].second, explained.size() + 2))
            return;
        ++explained_;
        (apart != nullptr ? *apart : chosen_[view_.story_of[pairs[i].first]].pairs)
            .push_back(std::move(explained));
    }
}

void ReportPlan::add(const WeakSpots& weak) {
    if (comparer_ == nullptr)
        return;
    for (const auto* pairs : {&weak.nearly_joined, &weak.nearly_parted}) {
        std::vector<ReportPair> shown = *pairs;
        std::erase_if(shown, [&](const ReportPair& pair) {
            return view_.story_of[pair.first] >= stories_ ||
                   view_.story_of[pair.second] >= stories_;
        });
        explain(std::move(shown), &of_weak_spots_);
    }
}

std::vector<ReportPair> ReportPlan::strongest_pairs(std::size_t story) const {
    std::vector<ReportPair> pairs;
    for (const StoryLink& link : view_.clusters.stories[story].links) {
        if (!link.strongest)
            continue;
        const auto member = static_cast<std::uint32_t>(link.member);
        const auto other = static_cast<std::uint32_t>(link.strongest->member);
        pairs.push_back(
            {std::min(member, other), std::max(member, other), link.strongest->probability});
    }
    std::sort(pairs.begin(), pairs.end(), [](const ReportPair& x, const ReportPair& y) {
        return std::tuple(-x.probability, x.first, x.second) <
               std::tuple(-y.probability, y.first, y.second);
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [](const ReportPair& x, const ReportPair& y) {
                                return x.first == y.first && x.second == y.second;
                            }),
                pairs.end());
    pairs.resize(std::min(pairs.size(), most_of_a_story));
    return pairs;
}

void ReportPlan::add_links() {
    add_near_members();
    if (comparer_ == nullptr)
        return;
    std::vector<ReportPair> waiting;
    for (std::size_t s = 0; s < stories_ && !is_full_ && explained_ < most_explained; ++s) {
        for (const ReportPair& pair : strongest_pairs(s))
            waiting.push_back(pair);
        if (waiting.size() >= compared_together || s + 1 == stories_)
            explain(std::exchange(waiting, {}), nullptr);
    }
}

/// The likeliest pairs within each story, for its map.
void ReportPlan::add_near_members() {
    std::vector<std::vector<ReportPair>> within(stories_);
    for (const Edge& edge : view_.clusters.scored) {
        const std::uint32_t story = view_.story_of[edge.first];
        if (story < stories_ && story == view_.story_of[edge.second] &&
            view_.clusters.stories[story].members.size() > 2)
            within[story].push_back(
                {edge.first, edge.second, static_cast<double>(edge.probability)});
    }
    for (std::size_t s = 0; s < stories_; ++s) {
        std::vector<ReportPair>& pairs = within[s];
        std::stable_sort(pairs.begin(), pairs.end(), [](const ReportPair& x, const ReportPair& y) {
            return x.probability > y.probability;
        });
        pairs.resize(std::min(pairs.size(), most_near_members));
        std::string json;
        for (const ReportPair& pair : pairs) {
            json += json.empty() ? "[" : ",[";
            append_json(json, std::int64_t{view_.place(pair.first)});
            json += ',';
            append_json(json, std::int64_t{view_.place(pair.second)});
            json += ',';
            append_json_rounded(json, pair.probability);
            json += ']';
        }
        if (!json.empty() && take(json.size() + element))
            chosen_[s].near = std::move(json);
    }
}

void ReportPlan::add_texts() {
    for (std::size_t s = 0; s < stories_; ++s)
        for (const std::size_t member : view_.clusters.stories[s].members) {
            const auto article = static_cast<std::uint32_t>(member);
            if (view_.articles[member].text.empty() || has_text_[member])
                continue;
            if (!take_texts(article, article, 0))
                return;
        }
}

std::string ReportPlan::blocks(const WeakSpots& weak) const {
    std::string out;
    for (std::size_t s = 0; s < stories_; ++s) {
        const Chosen& chosen = chosen_[s];
        if (chosen.texts.empty() && chosen.pairs.empty() && chosen.near.empty())
            continue;
        open_block(out, "s" + std::to_string(s));
        out += "{\"p\":[" + chosen.near + "],\"t\":{";
        bool is_first = true;
        for (const std::uint32_t article : chosen.texts) {
            out += is_first ? "\"" : ",\"";
            is_first = false;
            out +=
                std::to_string(view_.place(article)) + "\":" + shown_text(view_.articles[article]);
        }
        out += "},\"x\":[";
        append_joined(out, chosen.pairs);
        out += "]}</script>\n";
    }
    open_block(out, "weak");
    const auto append_pairs = [&](const std::vector<ReportPair>& pairs) {
        std::vector<std::string> shown;
        for (const ReportPair& pair : pairs) {
            if (view_.story_of[pair.first] >= stories_ || view_.story_of[pair.second] >= stories_)
                continue;
            std::string& json = shown.emplace_back("[");
            append_json(json, std::int64_t{view_.number_of[pair.first]});
            json += ',';
            append_json(json, std::int64_t{view_.number_of[pair.second]});
            json += ',';
            append_json_rounded(json, pair.probability);
            json += ']';
        }
        append_joined(out, shown);
    };
    out += "{\"joined\":[";
    append_pairs(weak.nearly_joined);
    out += "],\"parted\":[";
    append_pairs(weak.nearly_parted);
    out += "],\"x\":[";
    append_joined(out, of_weak_spots_);
    out += "]}</script>\n";
    open_block(out, "words");
    out += words_.json() + "</script>\n";
    return out;
}

} // namespace fabula::detail
