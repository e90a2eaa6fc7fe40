// SPDX-License-Identifier: Apache-2.0
#include "stream/live_window.hpp"

#include "base/parallel.hpp"
#include "base/release_pages.hpp"
#include "base/runs.hpp"
#include "features/article_features.hpp"
#include "features/article_identity.hpp"
#include "pipeline/find_stories.hpp"
#include "statistics/corpus_statistics.hpp"
#include "stream/corpus/touched_region.hpp"
#include "stream/settled_features.hpp"
#include "stream/story_heading.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace fabula::detail {
namespace {

constexpr std::size_t least_that_settles = 32; ///< articles
/// Unique articles that are clustered anew at once, or more where more are touched, and the pairs
/// that they have. Beyond, what is connected with it by weak pairs alone has no say.
constexpr std::size_t region_of_one = 1024;
constexpr std::size_t links_of_one = 1'000; ///< for each that is touched

/// How many times smaller a window is than one of many articles, up to 6: it can afford to cluster
/// more of it anew.
std::size_t smallness(std::size_t articles) {
    constexpr std::size_t many = 50'000;
    return std::clamp<std::size_t>(many / std::max<std::size_t>(1, articles), 1, 6);
}
std::size_t links_of_region(std::size_t articles) {
    return 8'000 * smallness(articles) * smallness(articles);
}
/// Unique articles of a story that stays together then, until the stream settles.
std::size_t large_story(std::size_t articles) {
    return 32 * smallness(articles);
}

} // namespace

LiveWindow::LiveWindow(Model model, const StreamOptions& options)
    : model_(std::move(model)), options_(options), pair_model_(ModelData::of(model_)),
      background_(ordinary_of(ModelData::of(model_))) {
    batch_.min_probability = options.min_probability;
    batch_.threads = options.threads;
    std::vector<Number> none;
    static_cast<void>(cluster_all(none));
}

// What comes in.

StreamUpdate LiveWindow::add(std::span<const Article> articles, std::chrono::sys_seconds now,
                             bool is_known) {
    std::unordered_map<std::string_view, std::size_t> last; // of each id
    for (std::size_t i = 0; i < articles.size(); ++i) {
        if (articles[i].id.empty())
            throw Error(Errc::bad_input, "article " + std::to_string(i) +
                                             " has no id; in a stream each needs one of its own");
        last[articles[i].id] = i;
    }
    std::vector<StreamPlacement> placements;
    std::vector<Article> to_read;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        const Article& article = articles[i];
        placements.push_back({article.id, {}, {}});
        const std::optional<Number> held = articles_.find(article.id);
        if (last[article.id] != i || (is_known && !held))
            continue;
        const bool has_all = held && (articles_[*held].has_text || !options_.keep_texts);
        if (!has_all || !is_held(held, article_identity(article), clock_at(now)))
            to_read.push_back(article);
    }
    std::vector<HeldArticle> read = read_articles_of_stream(
        to_read, model_, boilerplate_, analyzers_, options_.keep_texts, options_.threads);
    if (recorder_ != nullptr && !options_.keep_texts)
        for (std::size_t i = 0; i < read.size(); ++i)
            read[i].text_to_keep = std::move(to_read[i].text);
    return add(std::move(read), std::move(placements), now);
}

StreamUpdate LiveWindow::add(std::span<const ArticleFeatures> features,
                             std::chrono::sys_seconds now) {
    require_one_space(features, model_);
    std::unordered_map<std::string_view, std::size_t> last;
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (features[i].id().empty())
            throw Error(Errc::bad_input, "the features at " + std::to_string(i) +
                                             " have no id; in a stream each article needs one of "
                                             "its own");
        if (FeatureData::of(features[i]).has_own_vector)
            throw Error(Errc::bad_input, "the features of \"" + features[i].id() +
                                             "\" have a vector of another encoder, which a stream "
                                             "does not take; extract them without vectors");
        last[features[i].id()] = i;
    }
    std::vector<StreamPlacement> placements;
    std::vector<HeldArticle> held;
    for (std::size_t i = 0; i < features.size(); ++i) {
        placements.push_back({features[i].id(), {}, {}});
        const std::optional<Number> known = articles_.find(features[i].id());
        if (last[features[i].id()] == i &&
            !is_held(known, FeatureData::of(features[i]).identity, clock_at(now)))
            held.push_back({article_of(features[i]), features[i]});
    }
    return add(std::move(held), std::move(placements), now);
}

StreamUpdate LiveWindow::add(std::vector<HeldArticle> held, std::vector<StreamPlacement> placements,
                             std::chrono::sys_seconds now) {
    clock_ = clock_at(now);
    const auto begin = window_begin(*clock_);
    Change change;
    change.removed = expired(*clock_);
    for (HeldArticle& one : held) {
        one.time = std::min(one.article.published.value_or(*clock_), *clock_);
        if (!begin || one.time >= *begin) {
            change.added.push_back(std::move(one));
        } else if (const auto older = articles_.find(one.article.id)) {
            change.removed.push_back(*older); // its place is taken by one that is too old
        }
    }
    sort_unique(change.removed);
    std::set<std::string_view> added;
    for (const HeldArticle& one : change.added)
        added.insert(one.article.id);
    std::erase_if(change.removed,
                  [&](Number number) { return added.contains(articles_[number].article.id); });
    StreamUpdate out = apply(std::move(change));
    for (StreamPlacement& placement : placements)
        if (const auto number = articles_.find(placement.article)) {
            placement.story = ledger_.story_of(*number);
            placement.outcome = articles_[*number].features.outcome();
        }
    out.placements = std::move(placements);
    return out;
}

StreamUpdate LiveWindow::remove(std::span<const std::string> ids) {
    Change change;
    for (const std::string& id : ids)
        if (const auto number = articles_.find(id))
            change.removed.push_back(*number);
    sort_unique(change.removed);
    return apply(std::move(change));
}

StreamUpdate LiveWindow::expire(std::chrono::sys_seconds now) {
    clock_ = clock_at(now);
    Change change;
    change.removed = expired(*clock_);
    return apply(std::move(change));
}

StreamUpdate LiveWindow::settle() {
    Change change;
    change.settles = true;
    return apply(std::move(change));
}

std::chrono::sys_seconds LiveWindow::clock_at(std::chrono::sys_seconds now) const {
    return std::max(clock_.value_or(now), now);
}

std::optional<std::chrono::sys_seconds>
LiveWindow::window_begin(std::chrono::sys_seconds clock) const {
    constexpr auto earliest = std::chrono::sys_seconds::min();
    if (options_.window.count() == 0 || clock < earliest + options_.window)
        return std::nullopt;
    return clock - options_.window;
}

std::vector<LiveWindow::Number> LiveWindow::expired(std::chrono::sys_seconds clock) const {
    const auto begin = window_begin(clock);
    return begin ? articles_.before(*begin) : std::vector<Number>{};
}

bool LiveWindow::is_held(std::optional<Number> number, std::uint64_t identity,
                         std::chrono::sys_seconds clock) const {
    if (!number || articles_[*number].identity() != identity)
        return false;
    const auto begin = window_begin(clock);
    return !begin || articles_[*number].time >= *begin;
}

bool LiveWindow::must_settle(std::size_t changes, std::size_t size) const {
    return options_.settle_every > 0 &&
           (changes >= options_.settle_every ||
            size >= std::max(least_that_settles, settled_articles_ + settled_articles_ / 2));
}

// What becomes of it.

StreamUpdate LiveWindow::apply(Change change) {
    StreamUpdate out;
    std::vector<std::uint32_t> rows_out;
    std::vector<Number> numbers_in;
    const std::size_t changed = change.added.size() + change.removed.size();
    if (changed == 0 && !change.settles && !change.relinks)
        return out;
    for (HeldArticle& held : change.added) {
        const std::optional<Number> known = articles_.find(held.article.id);
        if (known) {
            rows_out.push_back(articles_[*known].row);
            articles_.replace(*known, std::move(held));
        }
        numbers_in.push_back(known ? *known : articles_.add(std::move(held)));
    }
    for (const Number number : change.removed) {
        if (!links_.empty() && links_.drop(articles_[number].article.id))
            change.relinks = true;
        rows_out.push_back(articles_[number].row);
        articles_.withdraw(number);
    }
    changes_ += changed;
    out.settled = change.settles || must_settle(changes_, articles_.size());
    std::vector<Number> read_again;
    const std::vector<std::vector<std::uint32_t>> clusters =
        out.settled ? cluster_all(read_again)
                    : cluster_touched(rows_out, numbers_in, change.removed, change.linked);
    StoryLedger::Changes changes = ledger_.apply(
        clusters, change.removed,
        [&](Number number) -> const std::string& { return articles_[number].article.id; },
        [&](Number a, Number b) { return articles_.is_before(a, b); });
    const std::vector<StreamStoryId> described = tell_titles(changes, out.settled);
    if (recorder_ != nullptr) {
        const ArticleLinks links = change.relinks ? links_.all() : ArticleLinks{};
        recorder_->record({articles_, ledger_, numbers_in, change.removed, read_again,
                           changes.changed, described, changes.events, out.settled, clock_,
                           changes_, change.relinks ? &links : nullptr});
        for (const Number number : numbers_in)
            articles_[number].text_to_keep.reset();
    }
    articles_.forget_withdrawn();
    out.events = std::move(changes.events);
    return out;
}

std::vector<std::vector<std::uint32_t>> LiveWindow::cluster_all(std::vector<Number>& read_again) {
    const std::vector<Number> numbers = articles_.all();
    LearnedBoilerplate learned = learn_boilerplate(articles_, model_, analyzers_, options_.threads);
    boilerplate_ = std::move(learned.filter);
    for (auto& [number, held] : learned.read_again) {
        articles_.replace(number, std::move(held));
        read_again.push_back(number);
    }
    batch_.links = links_.all();
    std::shared_ptr<ScratchMemory> scratch = new_scratch();
    ScoredCollection scored = score_all(numbers, scratch.get());
    std::vector<std::vector<std::uint32_t>> clusters(scored.clusters.clusters);
    number_of_.resize(numbers.size());
    for (std::uint32_t row = 0; row < numbers.size(); ++row) {
        const Number number = numbers[scored.order[row]];
        number_of_[row] = number;
        articles_[number].row = row;
        clusters[scored.clusters.labels[row]].push_back(number);
    }
    corpus_.emplace(std::move(scored), pair_model_, batch_.max_neighbours, options_.exact_below,
                    options_.threads);
    scratch_ = std::move(scratch);
    if (scratch_ != nullptr) {
        for (const Number number : number_of_)
            move_features(articles_[number], scratch_);
        scratch_->evict();
        release_free_memory(); // that of features which came by another way
    }
    corpus_->reserve(numbers.size() + std::min(options_.settle_every, numbers.size()));
    settled_articles_ = numbers.size();
    changes_ = 0;
    return clusters;
}

ScoredCollection LiveWindow::score_all(std::span<const Number> numbers,
                                       ScratchMemory* scratch) const {
    std::vector<ArticleFeatures> features;
    features.reserve(numbers.size());
    for (const Number number : numbers)
        features.push_back(articles_[number].features);
    Job job{model_,     batch_,     pair_model_, background_ ? &*background_ : nullptr,
            analyzers_, Articles{}, nullptr,     features,
            false};
    job.scratch = scratch;
    return score_collection(job);
}

std::shared_ptr<ScratchMemory> LiveWindow::new_scratch() const {
    if (options_.scratch_directory.empty())
        return nullptr;
    try {
        return std::make_shared<ScratchMemory>(options_.scratch_directory, ScratchMemory::little,
                                               ScratchMemory::WhenFull::use_memory);
    } catch (const Error&) {
        if (!corpus_) // a stream that begins
            throw;
        return nullptr; // the directory is gone, or full: one that goes on uses memory
    }
}

void LiveWindow::move_features(HeldArticle& held, const std::shared_ptr<ScratchMemory>& scratch) {
    if (scratch != nullptr)
        held.features = in_scratch(held.features, scratch);
}

std::vector<std::vector<std::uint32_t>>
LiveWindow::cluster_touched(std::span<const std::uint32_t> out, std::span<const Number> in,
                            std::span<const Number> removed, std::span<const Number> linked) {
    std::vector<std::uint32_t> rows_in;
    for (const Number number : in) {
        move_features(articles_[number], scratch_);
        articles_[number].row = corpus_->append(articles_[number].features);
        rows_in.push_back(articles_[number].row);
        number_of_.push_back(number);
    }
    auto [touched, about] = corpus_->change(out, rows_in, options_.threads);
    // Links may have parted a near-duplicate from what represents it: then both stories.
    const auto unique_rows_of = [&](StreamStoryId story) {
        std::vector<std::uint32_t> rows;
        if (links_.empty()) {
            for (const Number number : ledger_.entry(story).articles)
                if (articles_.contains(number))
                    rows.push_back(corpus_->representative(articles_[number].row));
            sort_unique(rows);
            return rows;
        }
        std::set<StreamStoryId> met{story};
        std::vector<StreamStoryId> stories{story};
        for (std::size_t i = 0; i < stories.size(); ++i)
            for (const Number number : ledger_.entry(stories[i]).articles) {
                if (!articles_.contains(number))
                    continue;
                rows.push_back(corpus_->representative(articles_[number].row));
                for (const std::uint32_t row : corpus_->group(rows.back()))
                    if (const StreamStoryId other = ledger_.story_of(number_of_[row]);
                        other != 0 && met.insert(other).second)
                        stories.push_back(other);
            }
        sort_unique(rows);
        return rows;
    };
    // What was in one story with something that changed, whether linked with it or not.
    std::vector<Number> corrected = with_partners(in);
    corrected.insert(corrected.end(), linked.begin(), linked.end());
    std::set<StreamStoryId> stories;
    for (const auto& numbers : {in, removed, std::span<const Number>(corrected)})
        for (const Number number : numbers)
            stories.insert(ledger_.story_of(number));
    stories.erase(0);
    for (const StreamStoryId story : stories) {
        const std::vector<std::uint32_t> rows = unique_rows_of(story);
        touched.insert(touched.end(), rows.begin(), rows.end());
    }
    sort_unique(touched);
    const std::size_t changed = in.size() + removed.size() + linked.size();
    TouchedRegion region =
        touched_region(*corpus_, touched, about,
                       [&](std::uint32_t row) {
                           const StreamStoryId story = ledger_.story_of(number_of_[row]);
                           std::vector<std::uint32_t> rows;
                           if (story != 0)
                               rows = unique_rows_of(story);
                           rows.push_back(row);
                           return rows;
                       },
                       {std::max(region_of_one, 4 * changed),
                        links_of_region(articles_.size()) + links_of_one * changed,
                        large_story(articles_.size()), links_.empty()});
    const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
        return articles_.is_before(number_of_[a], number_of_[b]);
    };
    region = with_near_duplicates(*corpus_, region);
    std::vector<std::uint32_t> rows = region.rows;
    std::sort(rows.begin(), rows.end(), is_before);
    std::vector<std::vector<std::uint32_t>> clusters =
        clusters_of_core(*corpus_, region,
                         cluster_region(*corpus_, rows, region.whole,
                                        links_.empty() ? NodeLinks{} : links_among(rows),
                                        options_.min_probability, options_.threads),
                         [&](std::uint32_t row) { return ledger_.story_of(number_of_[row]); });
    for (std::vector<std::uint32_t>& cluster : clusters)
        for (std::uint32_t& row : cluster)
            row = number_of_[row];
    return clusters;
}

std::vector<StreamStoryId> LiveWindow::tell_titles(StoryLedger::Changes& changes, bool all) {
    std::vector<StreamStoryId> stories = changes.changed;
    if (all) {
        stories.clear();
        for (const auto& [id, entry] : ledger_.stories())
            stories.push_back(id);
    }
    std::vector<std::string> titles(stories.size());
    std::vector<Number> representatives(stories.size());
    constexpr std::size_t stories_per_task = 16;
    for_each_range(stories.size(), stories_per_task, options_.threads, [&](ItemRange range) {
        const auto analyzer = analyzers_.borrow();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const StoryLedger::Entry& entry = ledger_.entry(stories[i]);
            representatives[i] =
                representative_of_story(articles_, entry.articles, [&](Number number) {
                    return number_of_[corpus_->representative(articles_[number].row)];
                });
            titles[i] =
                title_of_story(articles_[representatives[i]], model_, boilerplate_, *analyzer);
        }
    });
    std::map<StreamStoryId, StreamEvent*> begun; // by the first event of each
    for (StreamEvent& event : changes.events)
        if (event.kind == StreamEventKind::created || event.kind == StreamEventKind::split_from)
            begun.emplace(event.story, &event);
    std::vector<StreamEvent> retitled;
    std::vector<StreamStoryId> described;
    for (std::size_t i = 0; i < stories.size(); ++i) {
        StoryLedger::Entry& entry = ledger_.entry(stories[i]);
        std::string& title = entry.title;
        const bool begins = begun.contains(stories[i]);
        if (begins || title != titles[i] || entry.representative != representatives[i])
            described.push_back(stories[i]);
        entry.representative = representatives[i];
        if (const auto found = begun.find(stories[i]); found != begun.end())
            found->second->title = titles[i];
        else if (title != titles[i])
            retitled.push_back({StreamEventKind::retitled, stories[i], {}, {}, titles[i]});
        title = std::move(titles[i]);
    }
    changes.events.insert(changes.events.end(), std::make_move_iterator(retitled.begin()),
                          std::make_move_iterator(retitled.end()));
    return described;
}

} // namespace fabula::detail
