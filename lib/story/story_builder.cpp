// SPDX-License-Identifier: Apache-2.0
#include "story/story_builder.hpp"

#include "boilerplate/lines.hpp"
#include "scoring/lexical_fallback.hpp"
#include "text/utf8.hpp"

#include <fabula/scoring.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace fabula::detail {

namespace {

constexpr std::size_t longest_title = 120; ///< bytes, where a sentence stands in for a title

/// Most frequent first, then by tag.
std::vector<std::string> languages_of(const CollectionView& collection,
                                      std::span<const std::uint32_t> members) {
    std::map<std::string, std::size_t> counts;
    for (const std::uint32_t member : members)
        ++counts[collection.known.corpus.outcomes[member].language];
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> out;
    out.reserve(sorted.size());
    for (auto& [tag, count] : sorted)
        out.push_back(std::move(tag));
    return out;
}

std::size_t count_sources(const CollectionView& collection,
                          std::span<const std::uint32_t> members) {
    std::set<std::string_view> sources;
    for (const std::uint32_t member : members)
        if (const std::string& source = collection.article(member).source; !source.empty())
            sources.insert(source);
    return sources.size();
}

/// First and last time, and the earliest report where one comes before all the others.
void describe_times(const CollectionView& collection, std::span<const std::uint32_t> members,
                    Story& story) {
    std::optional<std::uint32_t> first;
    std::size_t dated = 0;
    for (const std::uint32_t member : members) {
        const auto& published = collection.article(member).published;
        if (!published)
            continue;
        ++dated;
        if (!first || *published < *story.first_published) {
            first = member;
            story.first_published = published;
        }
        story.last_published = std::max(story.last_published.value_or(*published), *published);
    }
    const bool is_clear =
        dated > 1 && std::all_of(members.begin(), members.end(), [&](std::uint32_t member) {
            const auto& published = collection.article(member).published;
            return member == *first || !published ||
                   direction_of(story.first_published, published) == Direction::first_is_earlier;
        });
    if (is_clear)
        story.earliest = collection.order[*first];
}

} // namespace

std::uint32_t find_representative(const CollectionView& collection,
                                  std::span<const std::uint32_t> members,
                                  const Centrality& centrality) {
    const std::size_t best = centrality.most_central();
    const std::size_t titled = centrality.most_central(
        [&](std::size_t i) { return collection.known.corpus.lexical[members[i]].is_titled; });
    return members[titled < members.size() && centrality.is_close(titled, best) ? titled : best];
}

std::string first_sentence(const Article& article, const AnalyzedArticle& analyzed) {
    if (analyzed.body.tokens.empty())
        return {};
    const std::uint32_t first = analyzed.body.tokens.front().sentence;
    const ByteRange range = analyzed.body.sentences[first];
    const std::string_view sentence =
        std::string_view(article.text).substr(range.begin, range.end - range.begin);
    const std::string_view shown = first_bytes(sentence, longest_title);
    return std::string(shown) + (shown.size() < sentence.size() ? "…" : "");
}

StoryBuilder::StoryBuilder(const Model& model, const PairModel& pair_model,
                           const BoilerplateFilter& boilerplate, const CollectionView& collection,
                           TextAnalyzer& analyzer, SentenceVectors& sentences,
                           std::size_t key_terms)
    : model_(model), pair_model_(pair_model), relation_rule_(ModelData::of(model)),
      boilerplate_(boilerplate), collection_(collection), analyzer_(analyzer),
      sentences_(sentences), key_terms_(key_terms) {}

const Article& StoryBuilder::read(std::uint32_t position, bool for_terms) {
    return collection_.read(position, for_terms ? with_texts_.emplace_back() : buffer_);
}

AnalyzedArticle StoryBuilder::analyze(std::uint32_t position, const Article& with_text) {
    const Corpus& corpus = collection_.known.corpus;
    return analyze_again(with_text, corpus.outcomes[position],
                         corpus.contents.empty() ? boilerplate_.content(with_text)
                                                 : corpus.contents[position],
                         model_, boilerplate_, analyzer_, Sentences::find);
}

std::string_view StoryBuilder::own_title(std::uint32_t position) const {
    const Article& with_text = article(position);
    return trimmed(boilerplate_.title(with_text.title, with_text.source));
}

FollowedStory StoryBuilder::describe(const FollowedCluster& followed) {
    FollowedStory out;
    out.probability = followed.probability;
    out.article = collection_.order[followed.article];
    out.its_article = collection_.order[followed.earlier_article];
    if (!collection_.has_texts)
        return out;
    const Article& with_text = collection_.read(followed.article, buffer_);
    const AnalyzedArticle analyzed = analyze(followed.article, with_text);
    std::set<std::uint32_t> wanted(followed.names.begin(), followed.names.end());
    const auto collect = [&](const AnalyzedText& text, std::string_view source) {
        for (const Token& token : text.tokens)
            if (const auto key = term_key(token); key && wanted.erase(*key) > 0)
                out.names.emplace_back(surface_of(token, source));
    };
    collect(analyzed.title, with_text.title);
    collect(analyzed.body, with_text.text);
    return out;
}

Story StoryBuilder::build(std::span<const std::uint32_t> members) {
    Story story;
    with_texts_.clear();
    std::vector<std::string_view> titles;
    for (const std::uint32_t member : members) {
        titles.push_back(own_title(member));
        story.members.push_back(collection_.order[member]);
    }
    std::sort(story.members.begin(), story.members.end());
    story.id = collection_.ids.of(members);
    story.languages = languages_of(collection_, members);
    story.sources = count_sources(collection_, members);
    describe_times(collection_, members, story);

    const Centrality centrality(collection_, members);
    story.cohesion = centrality.cohesion();
    const std::uint32_t representative = find_representative(collection_, members, centrality);
    story.representative = collection_.order[representative];
    if (!collection_.has_texts) {
        story.links = link(members, representative, nullptr, nullptr);
        return story;
    }
    story.titles = find_titles(members, titles, story.languages, centrality);

    const Article& with_text = read(representative, true);
    const AnalyzedArticle analyzed = analyze(representative, with_text);
    story.title = own_title(representative);
    if (story.title.empty())
        story.title = first_sentence(with_text, analyzed);
    const std::string& language = collection_.known.corpus.outcomes[representative].language;
    auto calendar = calendars_.find(language);
    if (calendar == calendars_.end())
        calendar = calendars_.emplace(language, calendar_words(language)).first;
    KeyTerms terms(collection_, ModelData::of(model_), members, centrality.weights(),
                   analyzed.language, calendar->second);
    terms.add(analyzed, with_text);
    SentenceEmbeddings own;
    if (members.size() > 1)
        own = sentences_.of(analyzed, with_text);
    story.links = link(members, representative, &own, &terms);
    story.key_terms = terms.best(key_terms_);
    return story;
}

std::vector<StoryTitle> StoryBuilder::find_titles(std::span<const std::uint32_t> members,
                                                  std::span<const std::string_view> titles,
                                                  const std::vector<std::string>& languages,
                                                  const Centrality& centrality) const {
    std::vector<StoryTitle> out;
    for (const std::string& language : languages) {
        const std::size_t best = centrality.most_central([&](std::size_t i) {
            return collection_.known.corpus.outcomes[members[i]].language == language &&
                   !titles[i].empty();
        });
        if (best < members.size())
            out.push_back({language, std::string(titles[best]), collection_.order[members[best]]});
    }
    return out;
}

std::vector<StoryLink> StoryBuilder::link(std::span<const std::uint32_t> members,
                                          std::uint32_t representative,
                                          const SentenceEmbeddings* own, KeyTerms* terms) {
    std::vector<StoryLink> links;
    for (const std::uint32_t member : members) {
        StoryLink made{collection_.order[member], Relation::duplicate, 1.0, {}};
        if (member != representative)
            made = link(member, representative, own, terms);
        if (!collection_.strongest.empty())
            if (const auto& strongest = collection_.strongest[member])
                made.strongest = {collection_.order[strongest->member], strongest->probability};
        links.push_back(made);
    }
    std::sort(links.begin(), links.end(),
              [](const StoryLink& a, const StoryLink& b) { return a.member < b.member; });
    return links;
}

StoryLink StoryBuilder::link(std::uint32_t member, std::uint32_t representative,
                             const SentenceEmbeddings* own, KeyTerms* terms) {
    const LexicalFeatures& a = collection_.known.corpus.lexical[representative];
    const LexicalFeatures& b = collection_.known.corpus.lexical[member];
    StoryLink out{collection_.order[member], Relation::same_story, 0, {}};
    if (!a.has_vector || !b.has_vector) {
        const LexicalFallback names = measure_lexical_fallback(a, b);
        out.relation = std::max(relation(names), Relation::same_story);
        out.probability = logistic(log_odds(names));
        return out;
    }
    out.probability = collection_.known.probability(pair_model_, representative, member);
    if (relation_rule_.is_duplicate(out.probability, a, b)) { // without reading it again
        out.relation = Relation::duplicate;
        return out;
    }
    // The cluster as a whole vouches for a member that is only weakly like the representative.
    const bool may_be_version = out.probability >= RelationRule::least_of_versions;
    if (!collection_.has_texts) {
        if (may_be_version)
            out.relation.reset();
        return out;
    }
    const bool for_terms = a.language == b.language && with_texts_.size() < KeyTerms::most_reports;
    if (!may_be_version && !for_terms)
        return out;
    const Article& with_text = read(member, for_terms);
    const AnalyzedArticle analyzed = analyze(member, with_text);
    if (for_terms)
        terms->add(analyzed, with_text);
    if (!may_be_version)
        return out;
    const SentenceEmbeddings other = sentences_.of(analyzed, with_text);
    out.relation =
        std::max(Relation::same_story,
                 relation_rule_.decide(
                     out.probability, a, b,
                     sentence_coverage(*own, other,
                                       pair_model_.calibration().factor(a.language, b.language))));
    return out;
}

} // namespace fabula::detail
