// SPDX-License-Identifier: Apache-2.0
#include "story/key_term_choice.hpp"

#include "base/portable_math.hpp"
#include "base/runs.hpp"
#include "features/lexical_features.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace fabula::detail {

namespace {

constexpr double name_factor = 2;
constexpr double nearly_always = 0.8;     ///< share of places where words stand together
constexpr double most_are_names = 0.6;    ///< share of places inside sentences with a capital
constexpr std::size_t least_together = 3; ///< places where two words stand that are no names
constexpr std::size_t longest_chain = 5;  ///< words of a name, particles not counted
constexpr std::size_t longest_phrase = 2; ///< words of what is no name

constexpr float least_collocation = 8.5F; ///< rarity of words that are no names

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

KeyTermChoice::KeyTermChoice(std::span<const TermWord> words, std::span<const TermUse> uses,
                             std::span<const TermScore> scores, std::size_t reports,
                             bool nouns_have_capitals)
    : words_(words), uses_(uses), scores_(scores), reports_(reports),
      nouns_have_capitals_(nouns_have_capitals), begins_(uses.size() + 1), places_(words.size()) {
    for (const TermWord& word : words)
        ++begins_[word.use + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
    for (std::size_t i = 0; i < words.size(); ++i)
        places_[next[words[i].use]++] = i;
    for (std::uint32_t use = 0; use < uses.size(); ++use)
        if (uses[use].rarity >= least_distinctive_rarity)
            by_form_[is_name(use)].emplace(uses[use].form, use); // the first of a form stays
}

bool KeyTermChoice::is_name(std::uint32_t use) const {
    const TermUse& own = uses_[use];
    if (own.capitalised == 0 ||
        static_cast<double>(own.capitalised) < most_are_names * static_cast<double>(own.inside))
        return false;
    return !nouns_have_capitals_ || scores_[use].languages > 1;
}

bool KeyTermChoice::belong_together(std::uint32_t use, std::uint32_t neighbour,
                                    std::size_t together, std::size_t places) const {
    const auto share = [&](std::size_t of) {
        return static_cast<double>(together) / static_cast<double>(of);
    };
    const TermUse& other = uses_[neighbour];
    if (is_name(use) && is_name(neighbour))
        return share(places) >= nearly_always || share(other.count) >= nearly_always;
    const TermUse& own = uses_[use];
    if (other.is_dense != own.is_dense ||
        std::min(own.rarity, other.rarity) <
            (own.is_dense ? least_distinctive_rarity : least_collocation))
        return false;
    return together >= least_together && is_name(use) == is_name(neighbour) &&
           share(places) >= nearly_always && share(other.count) >= nearly_always;
}

KeyTermChoice::Extension KeyTermChoice::extend(Places& places, std::uint32_t use, bool forward,
                                               const Uses& taken) const {
    const auto step = [&](std::size_t at) -> std::optional<std::size_t> {
        if (forward)
            return words_[at].joins_next ? std::optional(at + 1) : std::nullopt;
        return at > 0 && words_[at - 1].joins_next ? std::optional(at - 1) : std::nullopt;
    };
    struct Beside {
        std::uint32_t use;
        Place longer;
    };
    std::vector<Beside> beside;
    for (const Place& place : places) {
        auto next = step(forward ? place.last : place.first);
        for (int skipped = 0; next && words_[*next].is_particle && skipped < 2; ++skipped)
            next = step(*next);
        if (!next || words_[*next].is_particle)
            continue;
        beside.push_back({words_[*next].use, place});
        (forward ? beside.back().longer.last : beside.back().longer.first) = *next;
    }
    // Of the uses beside it the one that is there most often.
    std::stable_sort(beside.begin(), beside.end(),
                     [](const Beside& a, const Beside& b) { return a.use < b.use; });
    std::span<const Beside> most;
    for_each_run(beside, &Beside::use, [&](std::span<const Beside> same) {
        if (same.size() > most.size() ||
            (same.size() == most.size() &&
             uses_[same.front().use].key < uses_[most.front().use].key))
            most = same;
    });
    if (most.empty() || !belong_together(use, most.front().use, most.size(), places.size()))
        return Extension::none;
    if (taken.contains(most.front().use))
        return Extension::onto_taken;
    places.clear();
    for (const Beside& one : most)
        places.push_back(one.longer);
    return Extension::done;
}

KeyTermChoice::Places KeyTermChoice::places_of(std::uint32_t use) const {
    Places out;
    for (std::size_t i = begins_[use]; i < begins_[use + 1]; ++i)
        out.push_back({places_[i], places_[i]});
    return out;
}

std::uint32_t KeyTermChoice::base_of(std::uint32_t use) const {
    const std::string_view form = uses_[use].form;
    for (std::size_t size = 3 * form.size() / 5 + 1; size <= form.size(); ++size)
        if (const auto found = by_form_[is_name(use)].find(form.substr(0, size));
            found != by_form_[is_name(use)].end())
            return found->second;
    return use;
}

std::string KeyTermChoice::spelled(const Places& places) const {
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

std::vector<std::uint32_t> KeyTermChoice::candidates() const {
    std::vector<std::pair<double, std::uint32_t>> sorted;
    for (std::uint32_t use = 0; use < uses_.size(); ++use) {
        if (scores_[use].languages == 0 || uses_[use].rarity < least_distinctive_rarity)
            continue;
        const double often = 1 + portable_log1p(static_cast<double>(uses_[use].count) /
                                                static_cast<double>(reports_));
        sorted.emplace_back(scores_[use].value * static_cast<double>(uses_[use].rarity) * often *
                                (is_name(use) ? name_factor : 1),
                            use);
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<std::uint32_t> out;
    out.reserve(sorted.size());
    for (const auto& [score, use] : sorted)
        out.push_back(use);
    return out;
}

std::vector<std::string> KeyTermChoice::best(std::size_t at_most) const {
    std::vector<std::string> out;
    Uses taken;
    for (const std::uint32_t candidate : candidates()) {
        if (out.size() >= at_most)
            break;
        if (taken.contains(candidate) ||
            std::any_of(taken.begin(), taken.end(), [&](std::uint32_t use) {
                return are_forms(uses_[use].form, uses_[candidate].form);
            }))
            continue;
        Places places = places_of(candidate);
        const std::size_t longest = is_name(candidate) ? longest_chain : longest_phrase;
        std::size_t length = 1;
        bool is_part = false;
        for (const bool forward : {true, false})
            while (length < longest && !is_part) {
                const Extension extension = extend(places, candidate, forward, taken);
                is_part = extension == Extension::onto_taken;
                if (extension != Extension::done)
                    break;
                ++length;
            }
        if (is_part)
            continue;
        const std::uint32_t base = length == 1 ? base_of(candidate) : candidate;
        std::string text = spelled(base == candidate ? places : places_of(base));
        if (count_code_points(text) < 2 || taken.contains(base) ||
            std::find(out.begin(), out.end(), text) != out.end())
            continue;
        taken.insert(base);
        for (std::size_t i = places.front().first; i <= places.front().last; ++i)
            taken.insert(words_[i].use);
        out.push_back(std::move(text));
    }
    return out;
}

} // namespace fabula::detail
