// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boilerplate/filter.hpp"
#include "embedding/sentence_vectors.hpp"
#include "scoring/pair_model.hpp"
#include "scoring/sentence_coverage.hpp"
#include "story/centrality.hpp"
#include "story/collection_view.hpp"
#include "story/follow_ups.hpp"
#include "story/key_terms.hpp"

#include <fabula/story.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace fabula::detail {

/// The report that stands for a story, see `Story::representative`. `members` are canonical
/// positions, ascending.
[[nodiscard]] std::uint32_t find_representative(const CollectionView& collection,
                                                std::span<const std::uint32_t> members,
                                                const Centrality& centrality);

/// What stands for the title of an untitled report: its first sentence, or the beginning of that.
/// Empty where it has no text.
[[nodiscard]] std::string first_sentence(const Article& article, const AnalyzedArticle& analyzed);

/// Describes one cluster at a time. Not for concurrent calls.
class StoryBuilder {
public:
    StoryBuilder(const Model& model, const PairModel& pair_model,
                 const BoilerplateFilter& boilerplate, const CollectionView& collection,
                 TextAnalyzer& analyzer, SentenceVectors& sentences, std::size_t key_terms);

    /// `members` are canonical positions, ascending.
    [[nodiscard]] Story build(std::span<const std::uint32_t> members);

    /// All but the id.
    [[nodiscard]] FollowedStory describe(const FollowedCluster& followed);

private:
    /// The title without its publisher; empty where there is none.
    [[nodiscard]] std::string_view own_title(std::uint32_t position) const;
    /// `titles` are the members' own.
    [[nodiscard]] std::vector<StoryTitle> find_titles(std::span<const std::uint32_t> members,
                                                      std::span<const std::string_view> titles,
                                                      const std::vector<std::string>& languages,
                                                      const Centrality& centrality) const;
    /// The links of all members, with the sentences of the representative; its own language's words
    /// go to `terms`. Both null where there are no texts.
    [[nodiscard]] std::vector<StoryLink> link(std::span<const std::uint32_t> members,
                                              std::uint32_t representative,
                                              const SentenceEmbeddings* own, KeyTerms* terms);
    [[nodiscard]] StoryLink link(std::uint32_t member, std::uint32_t representative,
                                 const SentenceEmbeddings* own, KeyTerms* terms);
    [[nodiscard]] const Article& article(std::uint32_t position) const {
        return collection_.article(position);
    }
    /// Reads a report whose words go to the key terms, or one that they have no room for.
    [[nodiscard]] const Article& read(std::uint32_t position, bool for_terms);
    [[nodiscard]] AnalyzedArticle analyze(std::uint32_t position, const Article& with_text);

    const Model& model_;
    const PairModel& pair_model_;
    RelationRule relation_rule_;
    const BoilerplateFilter& boilerplate_;
    const CollectionView& collection_;
    TextAnalyzer& analyzer_;
    SentenceVectors& sentences_;
    std::size_t key_terms_;
    std::map<std::string, std::unordered_set<std::string>> calendars_; ///< by language
    std::deque<Article> with_texts_; ///< of this story: those whose words the key terms refer to
    Article buffer_;                 ///< one that nothing refers to
};

} // namespace fabula::detail
