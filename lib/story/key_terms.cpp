// SPDX-License-Identifier: Apache-2.0
#include "story/key_terms.hpp"

#include "model/subwords.hpp"

#include <unicode/dtfmtsym.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace fabula::detail {

namespace {

constexpr double name_factor = 2;
constexpr float least_rarity = 6.5F;      ///< as in the evidence: commoner words tell nothing
constexpr double nearly_always = 0.8;     ///< share of places where words stand together
constexpr double most_are_names = 0.6;    ///< share of places inside sentences with a capital
constexpr double all_capitals = 0.6;      ///< share in a sentence that is a headline
constexpr std::size_t least_together = 3; ///< places where two words stand that are no names
constexpr std::size_t longest_chain = 5;  ///< words of a name, particles not counted
constexpr std::size_t longest_phrase = 2; ///< words of what is no name

constexpr float least_collocation = 8.5F; ///< rarity of words that are no names

constexpr std::array<std::string_view, 25> particles{
    "al", "bin", "d",   "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "el",  "ibn", "la", "le",  "of", "ten", "ter",   "van", "von", "zu", "zum"};

/// German and its relatives: a capital does not tell a name.
bool capitalises_nouns(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    return base == "de" || base == "lb" || base == "nds" || base == "gsw";
}

bool is_dense_kind(TokenKind kind) {
    return kind == TokenKind::ideographic || kind == TokenKind::kana ||
           kind == TokenKind::southeast_asian;
}

/// Whether what stands between two words leaves them in one phrase.
bool joins(std::string_view gap) {
    return gap.empty() || gap == " " || gap == "-" || gap == "\u00A0" || gap == "\u2010" ||
           gap == "'" || gap == "\u2019" || gap == "\u30FB" || gap == "\u00B7";
}

/// Whether a word after such a gap has a capital for its own sake, and not because a quotation or a
/// list begins there.
bool goes_on(std::string_view gap) {
    return joins(gap) || gap == ", " || gap == "," || gap == " (" || gap == "/" || gap == " & ";
}

std::uint32_t key_of(const Token& token) {
    if (const auto key = term_key(token))
        return *key;
    return static_cast<std::uint32_t>(word_hash(token.native)) ^ 0x9E3779B9U;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// Whether two words are forms of one: they share a long beginning, or one holds the other.
bool are_forms(std::string_view a, std::string_view b) {
    if (a.size() > b.size())
        std::swap(a, b);
    if (a.empty())
        return false;
    if (b.find(a) != std::string_view::npos && a.size() >= 4 && 2 * a.size() > b.size())
        return true;
    const auto common = static_cast<std::size_t>(
        std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    return common >= 4 && 20 * common > 11 * b.size();
}

} // namespace

std::unordered_set<std::string> calendar_words(const std::string& language) {
    std::unordered_set<std::string> out;
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(language.c_str()), status);
    if (U_FAILURE(status) != 0)
        return out;
    const auto add = [&](const icu::UnicodeString* names, std::int32_t count) {
        for (std::int32_t i = 0; i < count; ++i) {
            std::string name;
            names[i].toUTF8String(name);
            if (characters(name) > 2)
                out.insert(native_form(name));
        }
    };
    using Symbols = icu::DateFormatSymbols;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
        std::int32_t count = 0;
        const icu::UnicodeString* months = symbols.getMonths(count, context, Symbols::WIDE);
        add(months, count);
        const icu::UnicodeString* days = symbols.getWeekdays(count, context, Symbols::WIDE);
        add(days, count);
    }
    return out;
}

KeyTerms::KeyTerms(const CollectionView& collection, const ModelData& model,
                   std::span<const std::uint32_t> members, std::span<const double> weights,
                   int language, const std::unordered_set<std::string>& calendar)
    : model_(model), language_(language),
      nouns_have_capitals_(
          language >= 0 &&
          capitalises_nouns(model.languages()[static_cast<std::size_t>(language)])),
      calendar_(calendar) {
    // Language by language, so that the languages of a term are counted in passing.
    std::map<std::string_view, std::vector<std::size_t>> by_language;
    double total = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        by_language[collection.known.outcomes[members[i]].language].push_back(i);
        total += weights[i];
    }
    struct Sum {
        double weight{};
        std::size_t languages{};
        std::size_t last_language{};
    };
    std::unordered_map<std::uint32_t, Sum> sums;
    std::size_t number = 0;
    for (const auto& [tag, tellings] : by_language) {
        ++number;
        for (const std::size_t i : tellings) {
            const ArticleEvidence& evidence = collection.known.evidence[members[i]];
            for (const WeightedTerm& term : evidence.terms) {
                if (evidence.language != language && !term.is_name())
                    continue;
                Sum& sum = sums[term.key];
                sum.weight += weights[i];
                sum.languages += sum.last_language != number;
                sum.last_language = number;
            }
        }
    }
    const auto stories = static_cast<double>(collection.frequency.stories);
    const auto languages = static_cast<double>(by_language.size());
    for (const auto& [key, sum] : sums) {
        const double frequency = std::max(1.0, collection.frequency.terms[key]);
        const double absence = std::log1p(stories / frequency) / std::log1p(stories);
        const double spread = (1 + static_cast<double>(sum.languages) / languages) / 2;
        scores_[key] = {sum.weight / total * absence * spread, sum.languages};
    }
}

void KeyTerms::add(const AnalyzedArticle& analyzed, const Article& article) {
    if (tellings_++ >= most_tellings)
        return;
    add_text(analyzed.title, article.title);
    add_text(analyzed.body, article.text);
}

void KeyTerms::add_text(const AnalyzedText& text, std::string_view source) {
    for (std::size_t begin = 0; begin < text.tokens.size();) {
        std::size_t end = begin;
        std::size_t capitals = 0;
        for (; end < text.tokens.size() && text.tokens[end].sentence == text.tokens[begin].sentence;
             ++end)
            capitals += text.tokens[end].capitalised;
        const bool is_headline =
            static_cast<double>(capitals) > all_capitals * static_cast<double>(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            const Token& token = text.tokens[i];
            const auto joins_after = [&](std::size_t at, std::string_view gap) {
                return joins(gap) || (gap == ". " && text.tokens[at].capitalised &&
                                      characters(text.tokens[at].native) == 1); // an initial
            };
            const auto gap_after = [&](std::size_t at) {
                return source.substr(text.tokens[at].range.end,
                                     text.tokens[at + 1].range.begin - text.tokens[at].range.end);
            };
            Word word;
            word.key = key_of(token);
            word.text = surface_of(token, source);
            word.is_inside = i > begin && !is_headline && goes_on(gap_after(i - 1));
            word.joins_next = i + 1 < end && token.kind != TokenKind::number &&
                              text.tokens[i + 1].kind != TokenKind::number &&
                              joins_after(i, gap_after(i));
            word.is_particle = !token.capitalised && std::find(particles.begin(), particles.end(),
                                                               token.native) != particles.end();
            const auto [at, is_new] = uses_.try_emplace(word.key);
            Use& use = at->second;
            if (is_new) {
                use.first = words_.size();
                use.is_dense = is_dense_kind(token.kind);
                use.form = use.is_dense || token.fold.empty() ? token.native : token.fold;
            }
            ++use.count;
            if (!calendar_.contains(std::string(token.native)))
                use.rarity = std::max(use.rarity, word_rarity(model_, language_, token));
            if (word.is_inside) {
                ++use.inside;
                use.capitalised += token.capitalised;
            }
            words_.push_back(word);
        }
        begin = end;
    }
}

bool KeyTerms::is_name(std::uint32_t key) const {
    const Use& use = uses_.at(key);
    if (use.capitalised == 0 ||
        static_cast<double>(use.capitalised) < most_are_names * static_cast<double>(use.inside))
        return false;
    if (!nouns_have_capitals_)
        return true;
    const auto score = scores_.find(key);
    return score != scores_.end() && score->second.languages > 1;
}

bool KeyTerms::belong_together(std::uint32_t key, std::uint32_t neighbour, std::size_t together,
                               std::size_t places) const {
    const auto share = [&](std::size_t of) {
        return static_cast<double>(together) / static_cast<double>(of);
    };
    const Use& other = uses_.at(neighbour);
    if (is_name(key) && is_name(neighbour))
        return share(places) >= nearly_always || share(other.count) >= nearly_always;
    const Use& own = uses_.at(key);
    if (other.is_dense != own.is_dense ||
        std::min(own.rarity, other.rarity) < (own.is_dense ? least_rarity : least_collocation))
        return false;
    return together >= least_together && is_name(key) == is_name(neighbour) &&
           share(places) >= nearly_always && share(other.count) >= nearly_always;
}

KeyTerms::Extension KeyTerms::extend(Places& places, std::uint32_t key, bool forward,
                                     const std::unordered_set<std::uint32_t>& taken) const {
    const auto step = [&](std::size_t at) -> std::optional<std::size_t> {
        if (forward)
            return words_[at].joins_next ? std::optional(at + 1) : std::nullopt;
        return at > 0 && words_[at - 1].joins_next ? std::optional(at - 1) : std::nullopt;
    };
    std::map<std::uint32_t, Places> beside;
    for (const Place& place : places) {
        auto next = step(forward ? place.last : place.first);
        for (int skipped = 0; next && words_[*next].is_particle && skipped < 2; ++skipped)
            next = step(*next);
        if (!next || words_[*next].is_particle)
            continue;
        Place& longer = beside[words_[*next].key].emplace_back(place);
        (forward ? longer.last : longer.first) = *next;
    }
    const auto most =
        std::max_element(beside.begin(), beside.end(), [](const auto& a, const auto& b) {
            return a.second.size() < b.second.size();
        });
    if (most == beside.end() ||
        !belong_together(key, most->first, most->second.size(), places.size()))
        return Extension::none;
    if (taken.contains(most->first))
        return Extension::onto_taken;
    places = std::move(most->second);
    return Extension::done;
}

KeyTerms::Places KeyTerms::places_of(std::uint32_t key) const {
    Places out;
    for (std::size_t i = 0; i < words_.size(); ++i)
        if (words_[i].key == key)
            out.push_back({i, i});
    return out;
}

std::uint32_t KeyTerms::base_of(std::uint32_t key) const {
    const Use& own = uses_.at(key);
    const Use* shortest = &own;
    std::uint32_t base = key;
    for (const auto& [other, use] : uses_)
        if (use.rarity >= least_rarity && own.form.starts_with(use.form) &&
            5 * use.form.size() > 3 * own.form.size() && is_name(other) == is_name(key) &&
            (use.form.size() < shortest->form.size() ||
             (use.form.size() == shortest->form.size() && use.first < shortest->first))) {
            shortest = &use;
            base = other;
        }
    return base;
}

std::string KeyTerms::spelled(const Places& places) const {
    // Inside sentences, where capitals are the word's own.
    const bool any_inside = std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return words_[place.first].is_inside;
    });
    std::map<std::string_view, std::size_t> spellings;
    for (const Place& place : places)
        if (!any_inside || words_[place.first].is_inside) {
            const std::string_view first = words_[place.first].text;
            const std::string_view last = words_[place.last].text;
            ++spellings[{first.data(),
                         static_cast<std::size_t>(last.data() + last.size() - first.data())}];
        }
    const auto best =
        std::max_element(spellings.begin(), spellings.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second < b.second : a.first.size() > b.first.size();
        });
    return std::string(best->first);
}

std::vector<std::string> KeyTerms::best(std::size_t at_most) const {
    struct Candidate {
        std::uint32_t key{};
        double score{};
        std::size_t first{};
    };
    std::vector<Candidate> candidates;
    const auto tellings = static_cast<double>(std::min(tellings_, most_tellings));
    for (const auto& [key, use] : uses_) {
        const auto score = scores_.find(key);
        if (score == scores_.end() || use.rarity < least_rarity)
            continue;
        const double often = 1 + std::log1p(static_cast<double>(use.count) / tellings);
        candidates.push_back({key,
                              score->second.value * static_cast<double>(use.rarity) * often *
                                  (is_name(key) ? name_factor : 1),
                              use.first});
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.score != b.score ? a.score > b.score : a.first < b.first;
    });
    std::vector<std::string> out;
    std::unordered_set<std::uint32_t> taken;
    for (const Candidate& candidate : candidates) {
        if (out.size() >= at_most)
            break;
        const Use& use = uses_.at(candidate.key);
        if (taken.contains(candidate.key) ||
            std::any_of(taken.begin(), taken.end(),
                        [&](std::uint32_t key) { return are_forms(uses_.at(key).form, use.form); }))
            continue;
        Places places = places_of(candidate.key);
        const std::size_t longest = is_name(candidate.key) ? longest_chain : longest_phrase;
        std::size_t length = 1;
        bool is_part = false;
        for (const bool forward : {true, false})
            while (length < longest && !is_part) {
                const Extension extension = extend(places, candidate.key, forward, taken);
                is_part = extension == Extension::onto_taken;
                if (extension != Extension::done)
                    break;
                ++length;
            }
        if (is_part)
            continue;
        const std::uint32_t base = length == 1 ? base_of(candidate.key) : candidate.key;
        std::string text = spelled(base == candidate.key ? places : places_of(base));
        if (characters(text) < 2 || taken.contains(base) ||
            std::find(out.begin(), out.end(), text) != out.end())
            continue;
        taken.insert(base);
        for (std::size_t i = places.front().first; i <= places.front().last; ++i)
            taken.insert(words_[i].key);
        out.push_back(std::move(text));
    }
    return out;
}

} // namespace fabula::detail
