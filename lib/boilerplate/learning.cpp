// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/learning.hpp"

#include "base/parallel.hpp"
#include "base/runs.hpp"
#include "boilerplate/keys.hpp"
#include "boilerplate/lines.hpp"
#include "boilerplate/page.hpp"
#include "boilerplate/shingles.hpp"
#include "boilerplate/titles.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace fabula::detail {

namespace {

constexpr std::size_t most_of_source = 2000;
constexpr std::size_t most_without_source = 10'000;
constexpr std::size_t least_articles = 3;
constexpr double least_share = 0.2;
/// Of lines as wide as a headline, as lists of the latest ones recur too.
constexpr std::size_t least_statements = 5;
/// Of passages, as every text has many.
constexpr std::size_t least_articles_of_passage = 5;
constexpr double least_share_of_passage = 0.3;
/// Of articles of unknown sites: no share can be asked for, so more have to agree.
constexpr std::size_t least_without_source = 6;
/// A sentence that recurs may be a quotation or a paragraph that many copied from one report.
constexpr std::size_t least_sentences_without_source = 12;
/// A title's last part that recurs may be a subject.
constexpr std::size_t least_endings_without_source = 12;
constexpr double least_share_without_source = 0.01;
/// Of the letters of an article's sentences, or it is a copy.
constexpr double most_recurring = 0.75;
constexpr double most_recurring_passages = 0.9;
/// Of articles of which each has words of its own that are not those of the others, what makes a
/// paragraph boilerplate, though it be most of each article.
constexpr std::size_t least_unalike = 6;
constexpr std::size_t least_unalike_of_source = 5;
constexpr double most_alike = 0.1; ///< part of the words of the one with fewer
constexpr std::size_t least_own_words = 4;
constexpr std::size_t most_compared = 64; ///< articles of one paragraph
/// Lines and passages of one article that are learned from; a whole book is not boilerplate.
constexpr std::size_t most_lines = 1000;
constexpr std::size_t most_passages = 400;

/// How many of `different` articles make a line boilerplate.
std::size_t share_of(std::size_t articles, double share, std::size_t least) {
    return std::max(least,
                    static_cast<std::size_t>(std::ceil(share * static_cast<double>(articles))));
}

enum class Seen { lines, passages };

std::size_t needed_articles(std::size_t different, bool known, Seen seen = Seen::lines) {
    if (!known)
        return seen == Seen::lines ? least_without_source : least_sentences_without_source;
    return seen == Seen::lines
               ? share_of(different, least_share, least_articles)
               : share_of(different, least_share_of_passage, least_articles_of_passage);
}

/// What is remembered of one line or passage while its source is learned.
struct Sighting {
    std::uint64_t hash;
    std::uint32_t article; ///< index among the source's articles
    std::uint32_t bytes : 30;
    std::uint32_t learnable : 1;
    std::uint32_t prose : 1;

    friend bool operator<(const Sighting& a, const Sighting& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.article < b.article;
    }
    friend bool operator==(const Sighting& a, const Sighting& b) {
        return a.hash == b.hash && a.article == b.article;
    }
};

/// Tells which articles differ from one another, whatever boilerplate they share.
class Differences {
public:
    Differences(std::span<const Sighting> seen, std::size_t articles, bool known, Seen what)
        : own_(articles) {
        struct Sums {
            double prose{}, recurring_prose{}, all{}, recurring{};
            std::uint32_t own_bytes{};
        };
        std::vector<Sums> sums(articles);
        const std::size_t often = needed_articles(articles, known, what);
        const double most_shared = what == Seen::lines ? most_recurring : most_recurring_passages;
        for_each_run(seen, &Sighting::hash, [&](std::span<const Sighting> group) {
            const bool recurs = group.size() >= often;
            for (const Sighting& one : group) {
                Sums& sum = sums[one.article];
                sum.all += one.bytes;
                sum.prose += one.prose ? one.bytes : 0;
                sum.recurring += recurs ? one.bytes : 0;
                sum.recurring_prose += recurs && one.prose ? one.bytes : 0;
                // What is its own: the longest line, or the passage of the lowest hash.
                if (!recurs && one.bytes > sum.own_bytes) {
                    sum.own_bytes = one.bytes;
                    own_[one.article] = one.hash;
                }
            }
        });
        std::unordered_set<std::uint64_t> different;
        for (std::size_t i = 0; i < articles; ++i) {
            const Sums& sum = sums[i];
            const bool copy = sum.prose > 0 ? sum.recurring_prose > most_shared * sum.prose
                                            : sum.recurring > most_shared * sum.all;
            if (copy)
                own_[i] = 0;
            if (own_[i] != 0)
                different.insert(own_[i]);
        }
        count_ = different.size();
    }

    /// How many different articles there are.
    [[nodiscard]] std::size_t count() const { return count_; }

    /// Whether a line stands in at least `needed` different articles.
    [[nodiscard]] bool reach(std::span<const Sighting> group, std::size_t needed) {
        if (group.size() < needed)
            return false;
        in_group_.clear();
        for (const Sighting& one : group)
            if (own_[one.article] != 0)
                in_group_.push_back(own_[one.article]);
        sort_unique(in_group_);
        return in_group_.size() >= needed;
    }

private:
    std::vector<std::uint64_t> own_; ///< what only one article has; 0 = a copy
    std::vector<std::uint64_t> in_group_;
    std::size_t count_{};
};

std::uint32_t size_of(std::string_view words) {
    return static_cast<std::uint32_t>(std::min<std::size_t>(words.size(), 1U << 20U)) & 0x3FFFFFFFU;
}

std::string key_of_line(std::string_view line) {
    return may_be_learned(line) ? learned_key(line, line_key(line)) : std::string{};
}

void see_lines(std::string_view text, std::uint32_t article, std::uint64_t source,
               std::vector<Sighting>& seen) {
    std::size_t left = most_lines;
    for (const ByteRange range : split_lines(text)) {
        const std::string_view line = trimmed(text.substr(range.begin, range.end - range.begin));
        if (line.empty())
            continue;
        if (left-- == 0)
            break;
        const std::string key = key_of_line(line);
        seen.push_back({hash_of_line(line, key, source), article, size_of(line) & 0x3FFFFFFFU,
                        key.empty() ? 0U : 1U, is_prose(line) ? 1U : 0U});
    }
}

/// The parts of a text of which `recurring` has no line, or no passage.
std::vector<ByteRange> own_parts(std::string_view text, Seen what, std::uint64_t source,
                                 const std::unordered_set<std::uint64_t>& recurring) {
    std::vector<ByteRange> out;
    if (what == Seen::lines) {
        for (const ByteRange range : split_lines(text)) {
            const std::string_view line =
                trimmed(text.substr(range.begin, range.end - range.begin));
            if (!line.empty() && !recurring.contains(hash_of_line(line, key_of_line(line), source)))
                out.push_back(range);
        }
        return out;
    }
    const Passages passages = find_passages(text, source, Part::passage);
    std::vector<bool> recurs(passages.words.size());
    for (const Shingle& one : passages.all)
        if (recurring.contains(one.hash))
            std::fill(recurs.begin() + one.first, recurs.begin() + one.last, true);
    for (std::size_t i = 0; i < recurs.size(); ++i)
        if (!recurs[i])
            out.push_back(passages.words[i]);
    return out;
}

using Words = std::vector<std::uint64_t>;

/// Tells articles that tell different things, each in words of its own beside what recurs, from
/// copies and versions of one report, of which the title at least has the same names.
class Unalike {
public:
    /// `numbers`: the articles by which `seen` counts. `what` they were seen in.
    Unalike(const Articles& articles, std::span<const std::uint32_t> numbers, std::uint64_t source,
            bool known, Seen what, std::span<const Sighting> seen)
        : articles_(articles), numbers_(numbers), source_(source), what_(what),
          least_(known ? least_unalike_of_source : least_unalike) {
        for_each_run(seen, &Sighting::hash, [&](std::span<const Sighting> group) {
            if (group.size() >= least_)
                recurring_.insert(group.front().hash);
        });
    }

    [[nodiscard]] bool operator()(std::span<const Sighting> group) {
        if (group.size() < least_)
            return false;
        group = group.first(std::min(group.size(), most_compared));
        std::uint64_t key = 0; // passages of one paragraph have the same articles
        for (const Sighting& one : group)
            key = boilerplate_hash(Part::line, {}, key + one.article);
        const auto [known, is_new] = decided_.try_emplace(key, false);
        if (is_new)
            known->second = decide(group);
        return known->second;
    }

private:
    [[nodiscard]] bool decide(std::span<const Sighting> group) {
        std::vector<const Words*> own;
        for (const Sighting& one : group)
            if (const Words& words = words_of(one.article); words.size() >= least_own_words)
                own.push_back(&words);
        if (own.size() < least_)
            return false;
        double sum = 0;
        for (std::size_t i = 0; i < own.size(); ++i)
            for (const std::size_t step : {1, 2})
                sum += alike(*own[i], *own[(i + step) % own.size()]);
        return sum <= most_alike * 2 * static_cast<double>(own.size());
    }

    [[nodiscard]] static double alike(const Words& a, const Words& b) {
        Words shared;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
        return static_cast<double>(shared.size()) /
               static_cast<double>(std::min(a.size(), b.size()));
    }

    /// Those of the title and of what does not recur.
    [[nodiscard]] const Words& words_of(std::uint32_t number) {
        const auto [known, is_new] = words_.try_emplace(number);
        if (!is_new)
            return known->second;
        Article room;
        const Article& article = articles_.read(numbers_[number], room);
        std::string own = article.title + '\n';
        for (const ByteRange range : own_parts(looked_at(article.text), what_, source_, recurring_))
            own.append(looked_at(article.text), range.begin, range.end - range.begin) += '\n';
        known->second = distinct_words(own);
        return known->second;
    }

    const Articles& articles_;
    std::span<const std::uint32_t> numbers_;
    std::uint64_t source_;
    Seen what_;
    std::size_t least_;
    std::unordered_set<std::uint64_t> recurring_;
    std::unordered_map<std::uint64_t, bool> decided_;
    std::unordered_map<std::uint32_t, Words> words_;
};

void see_passages(std::string_view text, std::uint32_t article, std::uint64_t source,
                  std::vector<Sighting>& seen) {
    const Passages passages = find_passages(text, source, Part::passage);
    // The beginning and the end: that is where boilerplate stands.
    const std::size_t n = passages.all.size();
    for (std::size_t i = 0; i < n; ++i)
        if (i < most_passages / 2 || i + most_passages / 2 >= n)
            seen.push_back({passages.all[i].hash, article, 1U, 1U, 1U});
}

void learn_from(std::vector<Sighting> seen, const Articles& all,
                std::span<const std::uint32_t> numbers, const SourceArticles& source, Seen what,
                std::vector<std::uint64_t>& learned) {
    const std::size_t articles = numbers.size();
    const bool known = source.known;
    sort_unique(seen); // what an article says twice counts once
    Unalike unalike(all, numbers, source.source, known, what, seen);
    Differences differences(seen, articles, known, what);
    const std::size_t needed = needed_articles(differences.count(), known, what);
    for_each_run(seen, &Sighting::hash, [&](std::span<const Sighting> group) {
        const Sighting& line = group.front();
        std::size_t least = needed;
        if (line.prose != 0)
            least = known ? std::max(needed, least_statements) : least_sentences_without_source;
        if ((line.learnable != 0 && differences.reach(group, least)) ||
            ((line.learnable == 0 || what == Seen::passages) && unalike(group)))
            learned.push_back(line.hash);
    });
}

/// Appends the hashes of the endings that recur in a source's titles.
void learn_endings(const Articles& articles, const SourceArticles& source,
                   std::vector<std::uint64_t>& learned) {
    using Ending = std::pair<std::uint64_t, std::uint64_t>; // of the ending, of what stands before
    std::vector<std::uint64_t> titles;
    std::vector<Ending> endings;
    for (const std::uint32_t i : source.sample) {
        const Article* const article = &articles[i];
        if (article->title.empty())
            continue;
        titles.push_back(boilerplate_hash(Part::longest, line_key(article->title)));
        const TitleParts parts = divide_title(article->title);
        const std::string key = line_key(parts.ending);
        if (!key.empty())
            endings.emplace_back(boilerplate_hash(Part::ending, key, source.source),
                                 boilerplate_hash(Part::longest, line_key(parts.head)));
    }
    sort_unique(titles);
    std::size_t needed = needed_articles(titles.size(), source.known);
    if (!source.known)
        needed = share_of(titles.size(), least_share_without_source, least_endings_without_source);
    sort_unique(endings);
    for_each_run(endings, &Ending::first, [&](std::span<const Ending> same) {
        if (same.size() >= needed)
            learned.push_back(same.front().first);
    });
}

/// What is to be known of every article before any is learned from.
struct Glance {
    std::uint64_t source{};
    std::uint64_t hash{}; ///< of its text and title
    std::uint32_t article{};
    bool flattened{};
};

std::vector<Glance> glance_at(const Articles& articles, unsigned threads) {
    constexpr std::size_t articles_per_task = 1024;
    const std::size_t n = articles.size();
    std::vector<Glance> out(n);
    for_each_range(n, articles_per_task, threads, [&](ItemRange range) {
        Article room;
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const Article& article = articles.read(i, room);
            out[i] = {source_hash(article.source),
                      boilerplate_hash(Part::line, article.text,
                                       boilerplate_hash(Part::line, article.title)),
                      static_cast<std::uint32_t>(i), is_flattened(looked_at(article.text))};
        }
    });
    return out;
}

} // namespace

std::vector<SourceArticles> by_source(const Articles& articles, unsigned threads) {
    std::vector<Glance> glances = glance_at(articles, threads);
    // The lowest hashes first: the sample of a source is the front of its part.
    std::sort(glances.begin(), glances.end(), [](const Glance& a, const Glance& b) {
        return a.source != b.source ? a.source < b.source : a.hash < b.hash;
    });
    const std::uint64_t unknown = source_hash({});
    std::vector<SourceArticles> out;
    for (const Glance& glance : glances) {
        if (out.empty() || out.back().source != glance.source)
            out.push_back({glance.source, glance.source != unknown, false, {}, {}});
        SourceArticles& source = out.back();
        source.articles.push_back(glance.article);
        source.flattened = source.flattened || glance.flattened;
        if (source.sample.size() < (source.known ? most_of_source : most_without_source))
            source.sample.push_back(glance.article);
    }
    return out;
}

void learn_recurring(const Articles& articles, const SourceArticles& source,
                     std::vector<std::uint64_t>& learned) {
    if (source.articles.size() < needed_articles(source.articles.size(), source.known))
        return;
    learn_endings(articles, source, learned);

    std::vector<Sighting> lines;
    std::vector<Sighting> passages;
    std::unordered_set<std::uint64_t> texts;
    std::vector<std::uint32_t> numbers;
    Article room;
    for (const std::uint32_t i : source.sample) {
        const std::string_view text = looked_at(articles.read(i, room).text);
        if (trimmed(text).empty() || !texts.insert(boilerplate_hash(Part::line, text)).second)
            continue; // the same text twice is one article
        const auto number = static_cast<std::uint32_t>(numbers.size());
        if (is_flattened(text))
            see_passages(text, number, source.source, passages);
        else
            see_lines(text, number, source.source, lines);
        numbers.push_back(i);
    }
    learn_from(std::move(lines), articles, numbers, source, Seen::lines, learned);
    learn_from(std::move(passages), articles, numbers, source, Seen::passages, learned);
}

void learn_headlines(const Articles& articles, const SourceArticles& source,
                     const LearnedHashes& learned,
                     const std::function<std::string_view(const Article&)>& title_of,
                     std::vector<std::uint64_t>& headlines) {
    Article room;
    for (const std::uint32_t i : source.articles) {
        const std::string_view title = title_of(articles[i]);
        const std::string_view text =
            title.empty() ? looked_at(articles.read(i, room).text) : std::string_view{};
        if (title.empty() && is_flattened(text)) {
            const std::vector<std::uint64_t> passages =
                opening_passages(text, {learned, source.source, {}});
            headlines.insert(headlines.end(), passages.begin(), passages.end());
            continue;
        }
        std::vector<std::string> keys;
        if (title.empty())
            keys = opening_keys(text, {learned, source.source, {}});
        else if (std::string key = headline_key(title); !key.empty())
            keys.push_back(std::move(key));
        for (const std::string& key : keys)
            headlines.push_back(boilerplate_hash(Part::headline, key, source.source));
        if (source.flattened && !title.empty())
            for (const Shingle& shingle :
                 find_passages(title, source.source, Part::title_passage).all)
                headlines.push_back(shingle.hash);
    }
}

} // namespace fabula::detail
