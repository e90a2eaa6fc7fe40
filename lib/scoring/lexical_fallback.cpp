// SPDX-License-Identifier: Apache-2.0
#include "scoring/lexical_fallback.hpp"

#include "base/parallel.hpp"
#include "base/time_window.hpp"
#include "neighbours/join/join_rows.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

namespace fabula::detail {

namespace {

constexpr double bias = -5.5;
constexpr double name_weight = 5;
constexpr double number_weight = 4;
constexpr double word_weight = 20;
constexpr double least_words = 0.9;   ///< the cosine of terms that means "as likely as not"
constexpr double copied_words = 0.95; ///< from here on nearly all words are the same
constexpr std::size_t least_names = 3;
constexpr std::size_t rare_name = 100; ///< articles that may always have one

double part(std::size_t shared, std::size_t a, std::size_t b) {
    return static_cast<double>(shared) / (static_cast<double>(std::min(a, b)) + 1);
}

double words_log_odds(const LexicalFallback& pair) {
    return word_weight * (pair.words - least_words);
}

double names_log_odds(const LexicalFallback& pair) {
    return pair.shared_names < least_names
               ? bias
               : bias + name_weight * pair.names + number_weight * pair.numbers;
}

} // namespace

LexicalFallback measure_lexical_fallback(const LexicalFeatures& a, const LexicalFeatures& b) {
    LexicalFallback out;
    out.shared_names = key_overlap(a.names, b.names).shared;
    out.names = part(out.shared_names, a.names.size(), b.names.size());
    out.numbers =
        part(key_overlap(a.numbers, b.numbers).shared, a.numbers.size(), b.numbers.size());
    if (!a.has_vector && !b.has_vector && a.language == b.language)
        out.words = static_cast<double>(term_cosine(a, b));
    return out;
}

double log_odds(const LexicalFallback& pair) {
    return std::max(names_log_odds(pair), words_log_odds(pair));
}

std::vector<Contribution> contributions(const LexicalFallback& pair) {
    const double by_words = words_log_odds(pair);
    if (by_words > names_log_odds(pair))
        return {{"words", pair.words, by_words}};
    const bool enough = pair.shared_names >= least_names;
    return {{"no_vector", 1, bias},
            {"names", pair.names, enough ? name_weight * pair.names : 0},
            {"numbers", pair.numbers, enough ? number_weight * pair.numbers : 0}};
}

Relation relation(const LexicalFallback& pair) {
    if (pair.words >= copied_words)
        return Relation::duplicate;
    return log_odds(pair) >= 0 ? Relation::same_story : Relation::unrelated;
}

namespace {

/// The articles that take part, by position: those that are within the window of all others first
/// (all of them, where there is no time window), then in the order of time; and which of them have
/// a name.
class NameIndex {
public:
    NameIndex(std::span<const LexicalFeatures> lexical, std::span<const std::uint32_t> only,
              std::chrono::seconds time_window)
        : lexical_(lexical), window_(time_window), articles_(rows_of(lexical.size(), only)),
          most_having_(std::max(rare_name, articles_.size() / 10)) {
        std::stable_sort(articles_.begin(), articles_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return lexical[a].published < lexical[b].published;
        });
        if (time_window.count() > 0)
            undated_ = static_cast<std::uint32_t>(
                std::partition_point(articles_.begin(), articles_.end(),
                                     [&](std::uint32_t i) { return !lexical[i].published; }) -
                articles_.begin());
        else
            undated_ = size();
        // Only the names of articles without a vector are asked for.
        for (std::uint32_t position = 0; position < size(); ++position)
            if (!at(position).has_vector) {
                queries_.push_back(position);
                for (const std::uint32_t name : at(position).names)
                    positions_with_[name];
            }
        if (queries_.empty())
            return;
        for (std::uint32_t position = 0; position < size(); ++position)
            for (const std::uint32_t name : at(position).names)
                if (const auto found = positions_with_.find(name); found != positions_with_.end())
                    found->second.push_back(position);
    }

    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>(articles_.size());
    }
    [[nodiscard]] std::uint32_t article(std::uint32_t position) const {
        return articles_[position];
    }
    /// The positions of the articles without a vector.
    [[nodiscard]] std::span<const std::uint32_t> queries() const { return queries_; }

    /// Those within the window of an article that have one of its names.
    struct Having {
        std::span<const std::uint32_t> undated;
        std::span<const std::uint32_t> dated;
        std::uint32_t name{};

        [[nodiscard]] std::size_t size() const { return undated.size() + dated.size(); }
    };

    /// For each name that the article follows those that have it.
    void follow(std::uint32_t position, std::vector<Having>& followed) const {
        const auto [first, last] = run_in_window(position);
        followed.clear();
        for (const std::uint32_t name : at(position).names) {
            const std::span<const std::uint32_t> all = positions_with_.find(name)->second;
            if (all.size() > most_having_)
                continue;
            const auto place = [&](std::uint32_t of) {
                return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), of) -
                                                all.begin());
            };
            const std::size_t begin = place(first);
            followed.push_back(
                {all.first(place(undated_)), all.subspan(begin, place(last) - begin), name});
        }
        std::sort(followed.begin(), followed.end(), [](const Having& a, const Having& b) {
            return a.size() != b.size() ? a.size() < b.size() : a.name < b.name;
        });
        std::size_t met = 0;
        const auto too_many = [&](const Having& having) {
            met += having.size();
            return met > most_met_by_names;
        };
        followed.erase(std::find_if(followed.begin(), followed.end(), too_many), followed.end());
    }

private:
    [[nodiscard]] const LexicalFeatures& at(std::uint32_t position) const {
        return lexical_[articles_[position]];
    }

    /// The dated positions within the window of one, the last one past them.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t>
    run_in_window(std::uint32_t position) const {
        if (position < undated_)
            return {undated_, size()};
        const auto begin = articles_.begin();
        const auto in_window = [&](std::uint32_t i) {
            return within_window(lexical_[i].published, at(position).published, window_);
        };
        const auto first = std::partition_point(begin + undated_, begin + position,
                                                [&](std::uint32_t i) { return !in_window(i); });
        const auto last = std::partition_point(begin + position, articles_.end(), in_window);
        return {static_cast<std::uint32_t>(first - begin),
                static_cast<std::uint32_t>(last - begin)};
    }

    std::span<const LexicalFeatures> lexical_;
    std::chrono::seconds window_;
    std::vector<std::uint32_t> articles_;
    std::uint32_t undated_{};
    std::size_t most_having_; ///< of names that are followed
    std::vector<std::uint32_t> queries_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> positions_with_; ///< ascending
};

/// Finds the partners of one article after another.
class NameMeetings {
public:
    explicit NameMeetings(const NameIndex& index) : index_(index), shared_(index.size()) {}

    void find(std::uint32_t position, std::size_t most, std::vector<NamePair>& pairs) {
        index_.follow(position, followed_);
        met_.clear();
        for (const NameIndex::Having& having : followed_) {
            meet(having.undated);
            meet(having.dated);
        }
        partners_.clear();
        for (const std::uint32_t other : met_) {
            const std::uint16_t shared = std::exchange(shared_[other], std::uint16_t{0});
            if (shared >= least_names && other != position)
                partners_.push_back({shared, index_.article(other)});
        }
        if (most > 0 && partners_.size() > most) {
            const auto end = partners_.begin() + static_cast<std::ptrdiff_t>(most);
            std::nth_element(
                partners_.begin(), end, partners_.end(), [](const Partner& a, const Partner& b) {
                    return a.shared != b.shared ? a.shared > b.shared : a.article < b.article;
                });
            partners_.erase(end, partners_.end());
        }
        const std::uint32_t own = index_.article(position);
        for (const Partner& partner : partners_)
            pairs.push_back({std::min(own, partner.article), std::max(own, partner.article)});
    }

private:
    struct Partner {
        std::size_t shared{};
        std::uint32_t article{};
    };

    void meet(std::span<const std::uint32_t> others) {
        for (const std::uint32_t other : others)
            if (shared_[other]++ == 0)
                met_.push_back(other);
    }

    const NameIndex& index_;
    std::vector<std::uint16_t> shared_; ///< names, by position
    static_assert(most_met_by_names < std::numeric_limits<std::uint16_t>::max());
    std::vector<NameIndex::Having> followed_;
    std::vector<std::uint32_t> met_;
    std::vector<Partner> partners_;
};

} // namespace

std::vector<NamePair> name_pairs(std::span<const LexicalFeatures> lexical, std::size_t most,
                                 std::chrono::seconds time_window,
                                 std::span<const std::uint32_t> only, unsigned threads) {
    const NameIndex index(lexical, only, time_window);
    const std::span<const std::uint32_t> queries = index.queries();
    const std::size_t queries_per_task = items_per_task(queries.size(), 256);
    std::vector<std::vector<NamePair>> found((queries.size() + queries_per_task - 1) /
                                             queries_per_task);
    for_each_task(found.size(), threads, [&](std::size_t task) {
        NameMeetings meetings(index);
        const std::size_t begin = task * queries_per_task;
        for (const std::uint32_t query :
             queries.subspan(begin, std::min(queries_per_task, queries.size() - begin)))
            meetings.find(query, most, found[task]);
    });
    std::vector<NamePair> pairs;
    for (std::vector<NamePair>& some : found) {
        pairs.insert(pairs.end(), some.begin(), some.end());
        std::vector<NamePair>().swap(some);
    }
    std::sort(pairs.begin(), pairs.end(), [](const NamePair& a, const NamePair& b) {
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

} // namespace fabula::detail
