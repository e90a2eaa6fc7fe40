// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/scoring.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fabula::detail {
struct ProfileData;
}

namespace fabula::inline v0 {

/// The other member that most surely tells the same story.
struct StrongestLink {
    std::size_t member{}; ///< index into the caller's articles
    double probability{}; ///< that both tell the same story, as the clustering saw it
};

/// What one member is to the representative of its story, and what holds it in the story.
struct StoryLink {
    std::size_t member{}; ///< index into the caller's articles
    /// To the representative; `duplicate` for the representative itself. Empty where it would take
    /// the texts to tell and only features were given.
    std::optional<Relation> relation{};
    double probability{}; ///< that both tell the same story; 1 for the representative itself
    /// Of all pairs with another member that were compared the likeliest; among equals the one that
    /// was published first, then the one whose id comes first. Empty where the member is alone, or
    /// was compared with no other.
    std::optional<StrongestLink> strongest{};
};

/// A story's title in one of its languages.
struct StoryTitle {
    std::string language;  ///< BCP-47, as in `Story::languages`
    std::string title;     ///< without the publisher's name at its end
    std::size_t article{}; ///< whose title it is: index into the caller's articles
};

/// The earlier story of the same affair that a story goes on from: the arrest before the trial, the
/// strike before the settlement.
struct FollowedStory {
    std::string id; ///< its `Story::id`
    /// How much the two are alike, though they tell two stories: the mean, over the reports of the
    /// later one, of how likely each tells one story with its likeliest report of the earlier one.
    double probability{};
    std::size_t article{};     ///< the report of the later story, and
    std::size_t its_article{}; ///< that of the earlier one, which are the likeliest such pair:
                               ///< indices into the caller's articles
    /// Why: the names that these two share and hardly another story has, as the later one spells
    /// them, in its order. Empty where only features were given.
    std::vector<std::string> names;
};

/// One story: the articles that tell it. Members are indices into the caller's span; no text is
/// copied but the title.
struct Story {
    /// 16 hexadecimal digits, from the members' ids alone, whatever their order. An article without
    /// an id, or with that of another one, counts by all its fields, and equal ones are numbered.
    std::string id;
    std::vector<std::size_t> members; ///< ascending

    /// The most central report: the one nearest to the mean direction of all, in which members of
    /// one source, and near-duplicates of one text, count together as one. Only a report that could
    /// be embedded, whose language is told reliably and that has half to twice as many words as the
    /// median report stands for the others, where there is one. One with a title stands before one
    /// without where both are nearly as central.
    std::size_t representative{};

    /// The representative's, without its publisher; its first sentence where untitled.
    std::string title;

    /// One for each language with a titled report: that of the most central one. In the order of
    /// `languages`.
    std::vector<StoryTitle> titles;

    std::vector<std::string> languages; ///< of the members, most frequent first, then by tag

    /// Distinct outlets that tell it, by `Article::source`; 0 where none is named. Articles without
    /// a source do not count.
    std::size_t sources{};

    /// What the reports share and other stories lack, names first, as most reports in the
    /// representative's language spell it. Words that stand together come as one ("New York").
    std::vector<std::string> key_terms;

    std::optional<std::chrono::sys_seconds> first_published;
    std::optional<std::chrono::sys_seconds> last_published;

    /// The report that was published before all others with a date, where the dates say which one
    /// (see `direction_of`); empty unless two members have a date.
    std::optional<std::size_t> earliest;

    /// Of the stories that began before this one, and whose last report is at most 60 days older
    /// than its first: the one that its reports are most like, where they share two names or more
    /// that few other stories have. What came before, not a proof: so do two matches of one cup.
    std::optional<FollowedStory> follows;

    double cohesion{}; ///< mean cosine similarity of the members to their normalised mean, [0, 1]
    std::vector<StoryLink> links; ///< one a member, in the order of `members`
};

/// The stories, largest first, ties by their first article; every article is in exactly one.
struct StoryClusters {
    std::vector<Story> stories;
    std::vector<EmbeddingOutcome> outcomes; ///< `outcomes.size() == articles.size()`
    /// False where only features were given: titles and key terms are empty then, and relations
    /// where it would take the texts to tell.
    bool described{true};
};

/// What describes a story and what it can be found by: the sum of its articles' vectors, of their
/// terms, numbers and days, its languages and sources. An article's profile is that of a story of
/// one. Sums of whole numbers: profiles of parts that are merged in any order give that of the
/// whole, bit for bit.
///
/// `const` calls are safe from any thread.
class FABULA_EXPORT StoryProfile {
public:
    /// How many articles have it.
    template <class Value>
    using Counts = std::vector<std::pair<Value, std::size_t>>;

    explicit StoryProfile(const ArticleFeatures& article);
    ~StoryProfile();
    StoryProfile(const StoryProfile& other);
    StoryProfile(StoryProfile&&) noexcept;
    StoryProfile& operator=(const StoryProfile& other);
    StoryProfile& operator=(StoryProfile&&) noexcept;

    /// Adds the articles of another story, or another part of it, none of which is in this.
    /// \throws Error(other_model) where it was made with another model, or from vectors of another
    /// encoder
    void merge(const StoryProfile& part);

    [[nodiscard]] std::size_t articles() const noexcept;
    [[nodiscard]] Counts<std::string>
    languages() const; ///< BCP-47, most articles first, then by tag
    [[nodiscard]] Counts<std::string>
    sources() const; ///< the same; articles without one are left out
    [[nodiscard]] Counts<std::chrono::sys_days> days() const; ///< UTC, ascending; undated left out
    [[nodiscard]] std::optional<std::chrono::sys_seconds> first_published() const noexcept;
    [[nodiscard]] std::optional<std::chrono::sys_seconds> last_published() const noexcept;

    /// Cosine of the summed vectors, [-1, 1]; 0 where one has none.
    [[nodiscard]] double similarity(const StoryProfile& other) const;
    /// Cosine of the summed terms, each by its weight in its articles, [0, 1]; 0 where one has
    /// none.
    [[nodiscard]] double term_similarity(const StoryProfile& other) const;
    /// Of the numbers from 10 on of the story with fewer, the part that the other has too, [0, 1];
    /// 0 where one has none.
    [[nodiscard]] double shared_numbers(const StoryProfile& other) const;

    friend FABULA_EXPORT bool operator==(const StoryProfile& a, const StoryProfile& b);

private:
    std::unique_ptr<detail::ProfileData> data_;
};

} // namespace fabula::inline v0
