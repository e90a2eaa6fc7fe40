// SPDX-License-Identifier: Apache-2.0
#include "features/lexical_features.hpp"

#include "base/hash.hpp"
#include "base/kept_buffer.hpp"
#include "base/portable_math.hpp"
#include "features/article_words.hpp"
#include "features/common_terms.hpp"
#include "features/names/phonetic_key.hpp"
#include "features/quantities/quantities.hpp"
#include "features/term_places.hpp"
#include "text/articles.hpp"
#include "text/utf8.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace fabula::detail {

namespace {

constexpr float rarest = 14.0F;  ///< ln(1 / p) of a word that no list has
constexpr float ordinary = 6.0F; ///< of one that tells nothing
constexpr std::size_t shortest_key = 3;
constexpr double names_prior = 60; ///< norm of some twenty rare names
constexpr double two_names = 20;   ///< norm of two rare names
/// Part of the names that counts as not shared where no spelling makes them meet (Chinese, Latin).
constexpr double unmatched_by_script = 0.5;
/// The same of two languages where one of the articles has no names: nothing to go by is no sign of
/// one story. In one language the other words speak.
constexpr double unmatched_of_no_names = 0.4;

// What an article has at most, see `extract_lexical_features`.
constexpr std::size_t most_terms = 1024;
constexpr std::size_t most_keys = 384;
constexpr std::size_t most_required_terms = 512;

void sort_distinct(std::pmr::vector<std::uint32_t>& keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    keys.resize(std::min(keys.size(), most_keys));
    keys.shrink_to_fit();
}

void collect_quantities(const AnalyzedText& text, std::string_view source,
                        std::string_view language, LexicalFeatures& out) {
    for (const Quantity& quantity : find_quantities(text, source, language)) {
        const bool is_number = quantity.kind == QuantityKind::number;
        const bool is_year = quantity.kind == QuantityKind::year;
        (is_number ? out.numbers : is_year ? out.years : out.dates).push_back(quantity.key);
    }
}

double product(float x, float y) {
    return static_cast<double>(x) * static_cast<double>(y);
}

/// A key of an article, with the words that share it.
struct SeenTerm {
    std::uint32_t key{};
    float rarity{};
    std::uint32_t count{};
    bool is_name{};
    bool is_unspelled{}; ///< its key is that of the normalised form
};

/// See `WeightedTerm::weight`: sublinear in the frequency, and what a word tells beyond an ordinary
/// one, so that a country in two articles weighs far less than a rare name.
float weight_of(const SeenTerm& term) {
    const float frequency =
        1.0F + static_cast<float>(portable_log(static_cast<double>(term.count)));
    return frequency * rarest * (term.rarity - ordinary) / (rarest - ordinary);
}

/// Terms and names of the distinct words.
void collect_terms(std::span<const ArticleWord> words, LexicalFeatures& out) {
    thread_local std::vector<SeenTerm> seen;
    seen.clear();
    for (const ArticleWord& word : words) {
        if (word.rarity < least_distinctive_rarity || !word.has_key)
            continue;
        const bool is_name =
            !word.is_ideographic && word.is_long_key && (word.is_capitalised || !word.has_capitals);
        seen.push_back({word.key, word.rarity, word.count, is_name || word.is_normalised_key,
                        word.is_normalised_key});
        if (word.rarity >= rare_as_a_name && is_name)
            out.names.push_back(word.key);
    }
    // Inflected forms share a key: the commonest of them says how rare the term is.
    std::sort(seen.begin(), seen.end(),
              [](const SeenTerm& a, const SeenTerm& b) { return a.key < b.key; });
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (distinct == 0 || seen[distinct - 1].key != seen[i].key) {
            seen[distinct++] = seen[i];
            continue;
        }
        SeenTerm& term = seen[distinct - 1];
        term.rarity = std::min(term.rarity, seen[i].rarity);
        term.count += seen[i].count;
        term.is_name |= seen[i].is_name;
    }
    if (distinct > most_terms) { // the heaviest, in the order of their keys
        const auto kept = seen.begin() + static_cast<std::ptrdiff_t>(most_terms);
        std::nth_element(seen.begin(), kept, seen.begin() + static_cast<std::ptrdiff_t>(distinct),
                         [&](const SeenTerm& a, const SeenTerm& b) {
                             return weight_of(a) != weight_of(b) ? weight_of(a) > weight_of(b)
                                                                 : a.key < b.key;
                         });
        distinct = most_terms;
        std::sort(seen.begin(), kept,
                  [](const SeenTerm& a, const SeenTerm& b) { return a.key < b.key; });
    }
    out.terms.reserve(distinct);
    double spelled = 0;
    double unspelled = 0;
    for (std::size_t i = 0; i < distinct; ++i) {
        const float weight = weight_of(seen[i]);
        out.terms.emplace_back(seen[i].key, weight, seen[i].is_name);
        if (seen[i].is_name)
            (seen[i].is_unspelled ? unspelled : spelled) += product(weight, weight);
    }
    out.has_unspelled_names = unspelled > spelled;
    free_if_large(seen);
}

} // namespace

bool has_normalised_key(const Token& token) {
    return token.kind == TokenKind::ideographic ||
           (token.kind == TokenKind::southeast_asian && token.romanised.empty());
}

bool has_capitals(const Token& token) {
    std::size_t at = 0;
    const auto first = static_cast<UChar32>(next_code_point(token.normalised, at));
    const bool is_georgian = first >= 0x10D0 && first <= 0x10FF; // has them and does not use them
    return !is_georgian && u_hasBinaryProperty(first, UCHAR_CASED) != 0;
}

float word_rarity(const ModelData& model, int language, const Token& token) {
    const float p = model.word_probability(language, token.hash);
    return p > 0 ? std::min(rarest, -static_cast<float>(portable_log(static_cast<double>(p))))
                 : rarest;
}

std::optional<std::uint32_t> term_key(const Token& token) {
    if (token.kind == TokenKind::number)
        return std::nullopt;
    if (has_normalised_key(token))
        return static_cast<std::uint32_t>(hash_of(token.normalised));
    const std::string key = phonetic_key(token.normalised, token.romanised);
    if (key.size() < shortest_key)
        return std::nullopt;
    return static_cast<std::uint32_t>(hash_of(key));
}

std::optional<std::chrono::seconds> time_gap(std::optional<std::chrono::sys_seconds> a,
                                             std::optional<std::chrono::sys_seconds> b) {
    if (!a || !b)
        return std::nullopt;
    // Unsigned: the difference of two signed numbers may not fit.
    const auto later = static_cast<std::uint64_t>(std::max(*a, *b).time_since_epoch().count());
    const auto earlier = static_cast<std::uint64_t>(std::min(*a, *b).time_since_epoch().count());
    constexpr auto longest = std::chrono::seconds::max().count();
    return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(
        std::min(later - earlier, static_cast<std::uint64_t>(longest))));
}

LexicalFeatures extract_lexical_features(const AnalyzedArticle& analyzed, const Article& article,
                                         const ModelData& model) {
    LexicalFeatures out;
    out.language = analyzed.language;
    out.published = article.published;
    out.has_vector = analyzed.outcome.status == EmbeddingStatus::ok;
    out.is_titled = !analyzed.title.tokens.empty();
    if (analyzed.outcome.status != EmbeddingStatus::empty_text) {
        out.sketch.add(analyzed.title.tokens);
        out.sketch.add(analyzed.body.tokens);
    }
    thread_local ArticleWords gathered;
    const std::span<const ArticleWord> words = gathered.collect(analyzed, model);
    if (analyzed.outcome.status != EmbeddingStatus::empty_text) {
        const std::vector<RequiredTerm> marks = required_terms(words);
        out.required_terms.assign(marks.begin(),
                                  marks.begin() + static_cast<std::ptrdiff_t>(
                                                      std::min(marks.size(), most_required_terms)));
    }
    out.words =
        static_cast<std::uint32_t>(analyzed.title.tokens.size() + analyzed.body.tokens.size());
    collect_terms(words, out);
    collect_stems(words, out.stems);
    gathered.free_what_is_large();
    collect_quantities(analyzed.title, looked_at(article.title), analyzed.outcome.language, out);
    collect_quantities(analyzed.body, looked_at(article.text), analyzed.outcome.language, out);
    for (auto* keys : {&out.numbers, &out.dates, &out.years, &out.names})
        sort_distinct(*keys);
    measure_terms(out);
    return out;
}

void move_lists(LexicalFeatures& lexical, std::pmr::memory_resource& memory) {
    const auto move_list = [&](auto& list) {
        // A list keeps its memory when it is assigned to: another one takes its place.
        std::remove_reference_t<decltype(list)> moved(list, &memory);
        std::destroy_at(&list);
        std::construct_at(&list, std::move(moved));
    };
    move_list(lexical.terms);
    move_list(lexical.stems);
    move_list(lexical.numbers);
    move_list(lexical.dates);
    move_list(lexical.years);
    move_list(lexical.names);
    move_list(lexical.required_terms);
}

void measure_terms(LexicalFeatures& lexical) {
    double all = 0;
    double names = 0;
    for (const WeightedTerm& term : lexical.terms) {
        const double square = product(term.weight(), term.weight());
        all += square;
        names += term.is_name() ? square : 0;
    }
    lexical.terms_norm = static_cast<float>(std::sqrt(all));
    lexical.names_norm = static_cast<float>(std::sqrt(names));
    lexical.stems_norm = stems_norm(lexical.stems);
}

void prefetch_lexical_features(const LexicalFeatures& later, const LexicalFeatures& much_later) {
    constexpr std::size_t line = 64;       // bytes
    constexpr std::size_t most_lines = 20; // of terms; what follows comes by itself
    const auto* const own = reinterpret_cast<const std::byte*>(&much_later);
    __builtin_prefetch(own);
    __builtin_prefetch(own + line);
    __builtin_prefetch(own + 2 * line);
    __builtin_prefetch(&much_later.published);
    const auto* const terms = reinterpret_cast<const std::byte*>(later.terms.data());
    const std::size_t bytes = later.terms.size() * sizeof(WeightedTerm);
    for (std::size_t at = 0; at < std::min(bytes, most_lines * line); at += line)
        __builtin_prefetch(terms + at);
    __builtin_prefetch(later.stems.data());
    __builtin_prefetch(later.numbers.data());
    __builtin_prefetch(later.dates.data());
}

namespace {

/// What common terms add up to.
struct CommonTerms {
    double names{};
    double words{};

    void operator()(const WeightedTerm& x, const WeightedTerm& y) {
        (x.is_name() && y.is_name() ? names : words) += product(x.weight(), y.weight());
    }
};

TermOverlap overlap_of(const CommonTerms& common, const LexicalFeatures& a,
                       const LexicalFeatures& b) {
    const auto [names, words] = common;
    const double norms = product(a.terms_norm, b.terms_norm);
    TermOverlap out;
    if (norms > 0) {
        out.all = std::min(1.0, (names + words) / norms);
        out.words = std::min(1.0, words / norms);
    }
    out.shared_names = names;
    out.unmatched_names = a.language == b.language ? 0 : unmatched_of_no_names;
    const auto least = static_cast<double>(std::min(a.names_norm, b.names_norm));
    if (least > 0) {
        const bool can_meet = a.has_unspelled_names == b.has_unspelled_names;
        const double told =
            can_meet ? std::max(0.0, 1 - names / (least * least)) : unmatched_by_script;
        const double weight = std::min(1.0, least / two_names);
        out.unmatched_names = weight * told + (1 - weight) * out.unmatched_names;
    }
    return out;
}

} // namespace

TermOverlap term_overlap(const LexicalFeatures& a, const LexicalFeatures& b) {
    CommonTerms common;
    for_each_common_term(a.terms, b.terms, common);
    return overlap_of(common, a, b);
}

TermOverlap term_overlap(const TermPlaces& places_of_a, const LexicalFeatures& a,
                         const LexicalFeatures& b) {
    CommonTerms common;
    places_of_a.for_each_common_term(b.terms, common);
    return overlap_of(common, a, b);
}

float term_cosine(const LexicalFeatures& a, const LexicalFeatures& b) {
    return static_cast<float>(term_overlap(a, b).all);
}

double stem_cosine(const LexicalFeatures& a, const LexicalFeatures& b) {
    const double norms = product(a.stems_norm, b.stems_norm);
    return norms > 0 ? std::min(1.0, shared_stems(a.stems, b.stems) / norms) : 0;
}

KeyOverlap key_overlap(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    KeyOverlap out;
    out.smaller = std::min(a.size(), b.size());
    // Both lists move on without a branch that depends on their keys.
    const std::uint32_t* x = a.data();
    const std::uint32_t* y = b.data();
    const std::uint32_t* const x_end = x + a.size();
    const std::uint32_t* const y_end = y + b.size();
    while (x != x_end && y != y_end) {
        const std::uint32_t of_x = *x;
        const std::uint32_t of_y = *y;
        out.shared += of_x == of_y ? 1 : 0;
        x += of_x <= of_y ? 1 : 0;
        y += of_y <= of_x ? 1 : 0;
    }
    return out;
}

} // namespace fabula::detail
