// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pool.hpp"
#include "base/scratch_memory.hpp"
#include "boilerplate/filter.hpp"
#include "clustering/linked_clusters.hpp"
#include "scoring/pair_model.hpp"
#include "statistics/score_normalization.hpp"
#include "stream/corpus/live_corpus.hpp"
#include "stream/live_links.hpp"
#include "stream/story_ledger.hpp"
#include "stream/window_articles.hpp"
#include "stream/window_record.hpp"

#include <fabula/model.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/stream.hpp>
#include <fabula/text.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::detail {

/// What a `StoryStream` is, but for the locks: `const` calls are safe from any thread, others are
/// for one at a time. Its state is the articles held, the ledger of stories and the clock; all else
/// (the scored corpus, what is ordinary, boilerplate) follows from the articles of the last
/// settling and what came after it.
class LiveWindow {
public:
    LiveWindow(Model model, const StreamOptions& options);
    LiveWindow(const LiveWindow&) = delete; // parts of it refer to others
    LiveWindow& operator=(const LiveWindow&) = delete;
    ~LiveWindow() = default;

    /// What was there once, in a new window: from here on all is as it would have been. The number
    /// of each article that is still there.
    std::vector<WindowArticles::Number> restore(KeptWindow kept);
    /// Who is told of changes from now on; null = nobody.
    void record_with(WindowRecorder* recorder) { recorder_ = recorder; }
    [[nodiscard]] std::optional<std::chrono::sys_seconds> clock() const { return clock_; }

    StreamUpdate add(std::span<const Article> articles, std::chrono::sys_seconds now,
                     bool is_known);
    StreamUpdate add(std::span<const ArticleFeatures> features, std::chrono::sys_seconds now);
    StreamUpdate remove(std::span<const std::string> ids);
    StreamUpdate expire(std::chrono::sys_seconds now);
    StreamUpdate settle();
    /// What two articles are to be from now on. \throws Error(bad_input)
    StreamUpdate link(const std::string& a, const std::string& b, LinkKind kind);
    [[nodiscard]] ArticleLinks links() const { return links_.all(); }

    [[nodiscard]] std::size_t articles() const { return articles_.size(); }
    [[nodiscard]] std::optional<StreamStoryId> story_of(const std::string& id) const;
    [[nodiscard]] std::optional<StreamStory> story(StreamStoryId id) const;
    [[nodiscard]] std::vector<StreamStory> stories() const;
    [[nodiscard]] std::vector<StreamMatch> near(const Article& article, std::size_t k) const;

private:
    using Number = WindowArticles::Number;

    /// What comes and goes in one call.
    struct Change {
        std::vector<HeldArticle> added;
        std::vector<Number> removed;
        bool settles{};
        std::vector<Number> linked; ///< have other links now
        bool relinks{};
    };

    StreamUpdate add(std::vector<HeldArticle> held, std::vector<StreamPlacement> placements,
                     std::chrono::sys_seconds now);
    StreamUpdate apply(Change change);
    /// Brings the corpus up to date without settling; what has to be clustered anew, as numbers.
    std::vector<std::vector<std::uint32_t>> cluster_touched(std::span<const std::uint32_t> out,
                                                            std::span<const Number> in,
                                                            std::span<const Number> removed,
                                                            std::span<const Number> linked);
    /// The articles that links put in one story with these, if they are there.
    [[nodiscard]] std::vector<Number> with_partners(std::span<const Number> numbers) const;
    /// The links of the articles of these rows, as places among the rows.
    [[nodiscard]] NodeLinks links_among(std::span<const std::uint32_t> rows) const;
    /// All stories, with a new corpus; which articles were read again on the way.
    std::vector<std::vector<std::uint32_t>> cluster_all(std::vector<Number>& read_again);
    /// The stories that have another title or representative.
    std::vector<StreamStoryId> tell_titles(StoryLedger::Changes& changes, bool all);
    /// The changes after the last settling once more, as far as the corpus is concerned.
    void repeat_changes(std::vector<KeptArticle>& kept, std::span<Number> numbers);
    [[nodiscard]] std::chrono::sys_seconds clock_at(std::chrono::sys_seconds now) const;
    /// What is older at this time leaves; nothing does where it is empty.
    [[nodiscard]] std::optional<std::chrono::sys_seconds>
    window_begin(std::chrono::sys_seconds clock) const;
    /// Of the articles held those that are older.
    [[nodiscard]] std::vector<Number> expired(std::chrono::sys_seconds clock) const;
    /// Whether an article with this identity is held, and stays.
    [[nodiscard]] bool is_held(std::optional<Number> number, std::uint64_t identity,
                               std::chrono::sys_seconds clock) const;
    /// All that is there, compared with all, what is kept of it in this memory, where it is given.
    [[nodiscard]] ScoredCollection score_all(std::span<const Number> numbers,
                                             ScratchMemory* scratch) const;
    /// A new file for what is kept of articles; null where it is kept in memory.
    [[nodiscard]] std::shared_ptr<ScratchMemory> new_scratch() const;
    /// Moves the features of an article there, where it is given.
    static void move_features(HeldArticle& held, const std::shared_ptr<ScratchMemory>& scratch);
    [[nodiscard]] bool must_settle(std::size_t changes, std::size_t size) const;
    [[nodiscard]] StreamStory describe(StreamStoryId id, const StoryLedger::Entry& entry) const;

    Model model_;
    StreamOptions options_;
    ClusterOptions batch_; ///< of the settling
    PairModel pair_model_;
    std::optional<ScoreNormalization> background_;
    mutable Pool<TextAnalyzer> analyzers_;

    BoilerplateFilter boilerplate_;
    std::shared_ptr<ScratchMemory> scratch_; ///< of this settling; null = in memory
    WindowArticles articles_;
    std::optional<LiveCorpus> corpus_;
    std::vector<Number> number_of_; ///< of each row of the corpus
    StoryLedger ledger_;
    std::optional<std::chrono::sys_seconds> clock_;
    std::size_t changes_{}; ///< since it has settled
    std::size_t settled_articles_{};
    WindowRecorder* recorder_{};
    LiveLinks links_;
};

} // namespace fabula::detail
