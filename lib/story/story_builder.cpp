// SPDX-License-Identifier: Apache-2.0
#include "story/story_builder.hpp"

#include "embedding/article_vector.hpp"
#include "model/subwords.hpp"
#include "similarity/names_alone.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

namespace fabula::detail {

namespace {

constexpr std::size_t longest_title = 120; ///< bytes, where a sentence stands in for a title

/// The same for any order of the members; members with the same id count as often as they stand.
std::string story_id(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    std::string joined;
    for (const std::string& id : ids) {
        joined += std::to_string(id.size());
        joined += ':';
        joined += id;
    }
    std::uint64_t hash = word_hash(joined);
    constexpr std::array<char, 16> digits{'0', '1', '2', '3', '4', '5', '6', '7',
                                          '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    std::string out(16, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4U)
        *digit = digits[hash & 15U];
    return out;
}

std::string cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes)
        return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
        --bytes;
    return std::string(text.substr(0, bytes)) + "…";
}

std::string title_of(const Article& article, const AnalyzedArticle& analyzed) {
    if (article.title.find_first_not_of(" \t\r\n") != std::string::npos)
        return article.title;
    if (analyzed.body.tokens.empty())
        return {};
    const std::uint32_t first = analyzed.body.tokens.front().sentence;
    const ByteRange range = analyzed.body.sentences[first];
    return cut(std::string_view(article.text).substr(range.begin, range.end - range.begin),
               longest_title);
}

} // namespace

StoryBuilder::StoryBuilder(const Model& model, const PairModel& pair_model,
                           const FurnitureFilter& furniture, const CollectionView& collection,
                           TextAnalyzer& analyzer, std::size_t key_terms)
    : model_(model), pair_model_(pair_model), relation_rule_(model.data()), furniture_(furniture),
      collection_(collection), analyzer_(analyzer), key_terms_(key_terms) {}

AnalyzedArticle StoryBuilder::analyze(std::uint32_t position) {
    return analyze_article(article(position), model_, furniture_, analyzer_, Sentences::find);
}

Story StoryBuilder::build(std::span<const std::uint32_t> members) {
    Story story;
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> languages;
    for (const std::uint32_t member : members) {
        const Article& told = article(member);
        ids.push_back(told.id);
        story.members.push_back(collection_.order[member]);
        ++languages[collection_.read.outcomes[member].language];
        if (told.published) {
            story.first_published =
                std::min(story.first_published.value_or(*told.published), *told.published);
            story.last_published =
                std::max(story.last_published.value_or(*told.published), *told.published);
        }
    }
    std::sort(story.members.begin(), story.members.end());
    story.id = story_id(std::move(ids));
    std::vector<std::pair<std::string, std::size_t>> by_count(languages.begin(), languages.end());
    std::stable_sort(by_count.begin(), by_count.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [tag, count] : by_count)
        story.languages.push_back(tag);

    const std::uint32_t representative = members[find_medoid(members, story.cohesion)];
    story.representative = collection_.order[representative];
    const AnalyzedArticle analyzed = analyze(representative);
    story.links = link(members, representative, analyzed);
    std::sort(story.links.begin(), story.links.end(),
              [](const StoryLink& a, const StoryLink& b) { return a.member < b.member; });
    story.title = title_of(article(representative), analyzed);
    story.key_terms = find_key_terms(members, representative, analyzed);
    return story;
}

std::size_t StoryBuilder::find_medoid(std::span<const std::uint32_t> members,
                                      double& cohesion) const {
    const std::size_t dimension = collection_.read.vectors.dimension;
    std::vector<double> mean(dimension);
    for (const std::uint32_t member : members) {
        const std::span<const float> row = collection_.read.vectors.row(member);
        for (std::size_t d = 0; d < dimension; ++d)
            mean[d] += static_cast<double>(row[d]);
    }
    double squares = 0;
    for (const double value : mean)
        squares += value * value;
    cohesion = 1;
    if (squares == 0)
        return 0; // no member has a vector
    // The member nearest to the mean direction has the highest mean cosine with all.
    const double norm = std::sqrt(squares);
    std::size_t best = 0;
    double best_cosine = -2;
    double total = 0;
    std::size_t counted = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!collection_.read.evidence[members[i]].has_vector)
            continue; // joined by its names, and says nothing of the direction
        ++counted;
        const std::span<const float> row = collection_.read.vectors.row(members[i]);
        double cosine = 0;
        for (std::size_t d = 0; d < dimension; ++d)
            cosine += static_cast<double>(row[d]) * mean[d];
        cosine /= norm;
        total += cosine;
        // A hair's breadth does not decide: the earlier in canonical order stays.
        if (cosine > best_cosine + 1e-6) {
            best_cosine = cosine;
            best = i;
        }
    }
    cohesion = std::clamp(total / static_cast<double>(counted), 0.0, 1.0);
    return best;
}

std::vector<StoryLink> StoryBuilder::link(std::span<const std::uint32_t> members,
                                          std::uint32_t representative,
                                          const AnalyzedArticle& analyzed) {
    std::vector<StoryLink> links;
    if (members.size() == 1)
        return {{collection_.order[representative], Relation::duplicate, 1.0}};
    const EmbedOptions options;
    const SentenceEmbeddings own =
        sentence_vectors(analyzed, article(representative), model_.data(), options);
    for (const std::uint32_t member : members) {
        if (member == representative) {
            links.push_back({collection_.order[member], Relation::duplicate, 1.0});
            continue;
        }
        const ArticleEvidence& a = collection_.read.evidence[representative];
        const ArticleEvidence& b = collection_.read.evidence[member];
        if (!a.has_vector || !b.has_vector) {
            const NamesAlone names = measure_names_alone(a, b);
            links.push_back({collection_.order[member],
                             std::max(relation(names), Relation::same_story),
                             logistic(log_odds(names))});
            continue;
        }
        const double probability = logistic(pair_model_.log_odds(collection_.read.measure(
            representative, member, collection_.read.cosine(representative, member),
            pair_model_.scale())));
        if (relation_rule_.is_duplicate(probability, a, b)) { // without reading it again
            links.push_back({collection_.order[member], Relation::duplicate, probability});
            continue;
        }
        const SentenceEmbeddings other =
            sentence_vectors(analyze(member), article(member), model_.data(), options);
        Relation relation = relation_rule_.decide(
            probability, a, b,
            sentence_coverage(own, other, pair_model_.scale().factor(a.language, b.language)));
        // The cluster as a whole vouches for a member that is only weakly like the representative.
        if (relation == Relation::unrelated)
            relation = Relation::same_story;
        links.push_back({collection_.order[member], relation, probability});
    }
    return links;
}

std::vector<std::string> StoryBuilder::find_key_terms(std::span<const std::uint32_t> members,
                                                      std::uint32_t representative,
                                                      const AnalyzedArticle& analyzed) const {
    struct Term {
        std::string surface;
        double score{};
        std::size_t place{};
    };
    std::unordered_map<std::uint32_t, std::size_t> sharing;
    for (const std::uint32_t member : members)
        for (const WeightedTerm& term : collection_.read.evidence[member].terms)
            ++sharing[term.key];
    std::unordered_map<std::uint32_t, float> weights;
    for (const WeightedTerm& term : collection_.read.evidence[representative].terms)
        weights.emplace(term.key, term.weight);

    const Article& told = article(representative);
    std::unordered_map<std::uint32_t, Term> terms;
    std::size_t place = 0;
    const auto collect = [&](const AnalyzedText& text, std::string_view source) {
        for (const Token& token : text.tokens) {
            const auto key = term_key(token);
            if (!key || !weights.contains(*key))
                continue;
            const auto [at, is_new] = terms.try_emplace(*key);
            if (!is_new)
                continue;
            const auto size = static_cast<double>(members.size());
            const auto shared = static_cast<double>(sharing[*key]);
            // Copies count once everywhere, and each here.
            const auto everywhere = std::max(
                shared, static_cast<double>(collection_.read.statistics.document_frequency(*key)));
            // Shared by the tellings, rare in the language, and absent from the other stories.
            at->second = {std::string(surface_of(token, source)),
                          static_cast<double>(weights[*key]) * (shared / size) *
                              (shared / everywhere) * (token.capitalised ? 1.5 : 1.0),
                          place++};
        }
    };
    collect(analyzed.title, told.title);
    collect(analyzed.body, told.text);

    std::vector<Term> sorted;
    sorted.reserve(terms.size());
    for (auto& [key, term] : terms)
        sorted.push_back(std::move(term));
    std::sort(sorted.begin(), sorted.end(), [](const Term& a, const Term& b) {
        return a.score != b.score ? a.score > b.score : a.place < b.place;
    });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(key_terms_, sorted.size()); ++i)
        out.push_back(std::move(sorted[i].surface));
    return out;
}

} // namespace fabula::detail
