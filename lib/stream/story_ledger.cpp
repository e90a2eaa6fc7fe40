// SPDX-License-Identifier: Apache-2.0
#include "stream/story_ledger.hpp"

#include "base/runs.hpp"

#include <algorithm>
#include <utility>

namespace fabula::detail {
namespace {

using Articles = std::vector<std::uint32_t>;

constexpr std::size_t nowhere = ~std::size_t{0};

/// What one cluster has of one old story.
struct Share {
    StreamStoryId story{}; ///< 0 = these are new
    std::size_t cluster{}; ///< `nowhere`: they were removed
    Articles articles;
    bool is_merged{}; ///< all that an old story leaves behind
};

/// The old stories against the new clusters.
class Matching {
public:
    Matching(std::span<const Articles> clusters, std::span<const std::uint32_t> removed,
             const StoryLedger& ledger)
        : ids_(clusters.size()), is_new_(clusters.size()) {
        for (std::size_t cluster = 0; cluster < clusters.size(); ++cluster)
            share_out(clusters[cluster], cluster, ledger);
        share_out(removed, nowhere, ledger);
        by_story_.resize(shares_.size());
        for (std::size_t i = 0; i < shares_.size(); ++i)
            by_story_[i] = i;
        std::stable_sort(by_story_.begin(), by_story_.end(), [&](std::size_t a, std::size_t b) {
            return shares_[a].story < shares_[b].story;
        });
    }

    /// Gives each cluster its id; new ones from `next` on.
    void give_ids(StreamStoryId& next) {
        std::vector<const Share*> by_size;
        for (const Share& share : shares_)
            if (share.story != 0 && share.cluster != nowhere)
                by_size.push_back(&share);
        std::sort(by_size.begin(), by_size.end(), [](const Share* a, const Share* b) {
            if (a->articles.size() != b->articles.size())
                return a->articles.size() > b->articles.size();
            return a->story != b->story ? a->story < b->story : a->cluster < b->cluster;
        });
        for (const Share* share : by_size)
            if (ids_[share->cluster] == 0 && goes_on_.emplace(share->story, share->cluster).second)
                ids_[share->cluster] = share->story;
        for (std::size_t cluster = 0; cluster < ids_.size(); ++cluster)
            if (ids_[cluster] == 0) {
                ids_[cluster] = next++;
                is_new_[cluster] = true;
            }
    }

    [[nodiscard]] StreamStoryId id(std::size_t cluster) const { return ids_[cluster]; }

    /// Calls visit(story, goes on) for each old story, ascending.
    template <class Visit>
    void for_each_old(const Visit& visit) const {
        for_each_run(
            by_story_, [&](std::size_t i) { return shares_[i].story; },
            [&](std::span<const std::size_t> of_story) {
                if (const StreamStoryId story = shares_[of_story.front()].story; story != 0)
                    visit(story, goes_on_.contains(story));
            });
    }

    /// What left each old story, then where those that ended went. `make(kind, story, other,
    /// articles)` makes an event.
    template <class Make>
    void leave(std::vector<StreamEvent>& events, const Make& make) {
        std::vector<StreamEvent> mergers;
        for_each_run(
            by_story_, [&](std::size_t i) { return shares_[i].story; },
            [&](std::span<const std::size_t> of_story) {
                const StreamStoryId story = shares_[of_story.front()].story;
                if (story == 0)
                    return;
                Share* const merged = goes_on_.contains(story) ? nullptr : largest(of_story);
                if (merged != nullptr) {
                    merged->is_merged = true;
                    mergers.push_back(make(StreamEventKind::merged_into, story,
                                           ids_[merged->cluster], merged->articles));
                }
                Articles left;
                for (const std::size_t i : of_story)
                    if (leaves(shares_[i]))
                        append(left, shares_[i].articles);
                if (left.empty())
                    return;
                const bool ends = merged == nullptr && !goes_on_.contains(story);
                events.push_back(make(ends ? StreamEventKind::expired : StreamEventKind::shrank,
                                      story, std::nullopt, left));
            });
        events.insert(events.end(), std::make_move_iterator(mergers.begin()),
                      std::make_move_iterator(mergers.end()));
    }

    /// What each cluster got, in their order.
    template <class Make>
    void arrive(std::vector<StreamEvent>& events, const Make& make) const {
        for (std::size_t cluster = 0; cluster < ids_.size(); ++cluster) {
            std::vector<const Share*> origins;
            Articles arrived;
            for (std::size_t i = begins_[cluster]; i < begins_[cluster + 1]; ++i) {
                const Share& share = shares_[i];
                if (is_new_[cluster] && share.story != 0)
                    origins.push_back(&share);
                else if (share.story != ids_[cluster] && !share.is_merged)
                    append(arrived, share.articles);
            }
            std::stable_sort(origins.begin(), origins.end(), [](const Share* a, const Share* b) {
                return a->articles.size() > b->articles.size();
            });
            for (const Share* origin : origins)
                events.push_back(make(StreamEventKind::split_from, ids_[cluster], origin->story,
                                      origin->articles));
            if (arrived.empty())
                continue;
            const bool begins = is_new_[cluster] && origins.empty();
            events.push_back(make(begins ? StreamEventKind::created : StreamEventKind::grew,
                                  ids_[cluster], std::nullopt, arrived));
        }
    }

private:
    void share_out(std::span<const std::uint32_t> articles, std::size_t cluster,
                   const StoryLedger& ledger) {
        std::map<StreamStoryId, Articles> by_story;
        for (const std::uint32_t article : articles)
            by_story[ledger.story_of(article)].push_back(article);
        begins_.push_back(shares_.size());
        for (auto& [story, some] : by_story)
            shares_.push_back({story, cluster, std::move(some), false});
    }

    static void append(Articles& to, const Articles& some) {
        to.insert(to.end(), some.begin(), some.end());
    }

    /// Whether it left its story by an event of its own: neither with all the others of a story
    /// that ended, nor to begin a story.
    [[nodiscard]] bool leaves(const Share& share) const {
        if (share.cluster == nowhere)
            return true;
        return ids_[share.cluster] != share.story && !share.is_merged && !is_new_[share.cluster];
    }

    /// The largest share that a cluster has, ties to the older of the clusters' stories.
    [[nodiscard]] Share* largest(std::span<const std::size_t> of_story) {
        Share* best = nullptr;
        for (const std::size_t i : of_story) {
            Share& share = shares_[i];
            if (share.cluster == nowhere)
                continue;
            if (best == nullptr || share.articles.size() > best->articles.size() ||
                (share.articles.size() == best->articles.size() &&
                 ids_[share.cluster] < ids_[best->cluster]))
                best = &share;
        }
        return best;
    }

    std::vector<Share> shares_;         ///< cluster by cluster, then the removed ones
    std::vector<std::size_t> begins_;   ///< of each cluster's shares, and of the removed ones
    std::vector<std::size_t> by_story_; ///< places in `shares_`
    std::vector<StreamStoryId> ids_;    ///< of each cluster
    std::vector<bool> is_new_;
    std::map<StreamStoryId, std::size_t> goes_on_; ///< as which cluster, for each old story
};

} // namespace

void StoryLedger::restore(std::map<StreamStoryId, Entry> stories, StreamStoryId next) {
    stories_ = std::move(stories);
    next_ = next;
    story_of_.clear();
    for (auto& [id, entry] : stories_) {
        std::sort(entry.articles.begin(), entry.articles.end());
        story_of_.resize(std::max<std::size_t>(story_of_.size(), entry.articles.back() + 1));
        for (const std::uint32_t article : entry.articles)
            story_of_[article] = id;
    }
}

StoryLedger::Changes
StoryLedger::apply(std::span<const std::vector<std::uint32_t>> clusters,
                   std::span<const std::uint32_t> removed,
                   const std::function<const std::string&(std::uint32_t)>& name,
                   const std::function<bool(std::uint32_t, std::uint32_t)>& is_before) {
    Matching matching(clusters, removed, *this);
    matching.give_ids(next_);
    const auto make = [&](StreamEventKind kind, StreamStoryId story,
                          std::optional<StreamStoryId> other, Articles articles) {
        std::sort(articles.begin(), articles.end(), is_before);
        StreamEvent event{kind, story, other, {}, {}};
        for (const std::uint32_t article : articles)
            event.articles.push_back(name(article));
        return event;
    };
    Changes out;
    matching.leave(out.events, make);
    matching.arrive(out.events, make);

    matching.for_each_old([&](StreamStoryId story, bool goes_on) {
        if (!goes_on)
            stories_.erase(story);
    });
    for (const std::uint32_t article : removed)
        if (article < story_of_.size())
            story_of_[article] = 0;
    for (std::size_t cluster = 0; cluster < clusters.size(); ++cluster) {
        Articles articles = clusters[cluster];
        std::sort(articles.begin(), articles.end());
        const StreamStoryId id = matching.id(cluster);
        for (const std::uint32_t article : articles) {
            if (article >= story_of_.size())
                story_of_.resize(article + 1);
            story_of_[article] = id;
        }
        Entry& entry = stories_[id];
        if (entry.articles == articles)
            continue;
        entry.articles = std::move(articles);
        out.changed.push_back(id);
    }
    std::sort(out.changed.begin(), out.changed.end());
    return out;
}

} // namespace fabula::detail
