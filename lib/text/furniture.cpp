// SPDX-License-Identifier: Apache-2.0
#include "text/furniture.hpp"

#include "text/furniture_lines.hpp"

#include <unicode/utf8.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace fabula::detail {

namespace {

constexpr std::size_t most_headlines = 5; ///< below one heading
constexpr double least_kept = 0.4;        ///< share of the letters that has to be left
constexpr double most_recurring = 0.5;    ///< of an article's letters, or it is a copy
constexpr std::size_t least_articles = 3;
constexpr double least_share = 0.2;
constexpr std::size_t longest_learned = 200; ///< code points of a line
constexpr std::size_t opening_letters = 200; ///< code points of an article's beginning
/// Lines of one article that are learned from; a whole book is not furniture.
constexpr std::size_t most_lines = 1000;
/// Short lines whose numbers change stay the same line: "Updated 14:05", "12 comments".
constexpr std::size_t widest_with_numbers = 60;

enum class Part : std::uint64_t { source, line, ending, longest, opening };

std::uint64_t hash(Part part, std::string_view bytes, std::uint64_t seed = 0) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(),
                                seed * 8 + static_cast<std::uint64_t>(part));
}

std::uint64_t source_hash(std::string_view source) {
    return hash(Part::source, line_key(source));
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 4 * count));
    std::int32_t at = 0;
    for (std::size_t i = 0; i < count && at < length; ++i)
        U8_FWD_1(text.data(), at, length);
    return text.substr(0, static_cast<std::size_t>(at));
}

/// The key by which a line is learned; empty for lines that cannot be.
std::string learned_key(std::string_view line) {
    if (line.size() > 4 * longest_learned ||
        first_code_points(line, longest_learned).size() < line.size())
        return {};
    std::string key = line_key(line);
    if (key.size() > widest_with_numbers)
        return key;
    std::string out;
    for (const char c : key) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit || out.empty() || out.back() != '0')
            out.push_back(digit ? '0' : c);
    }
    return out == "0" || out == ":" ? std::string{} : out;
}

bool contains(std::span<const std::uint64_t> sorted, std::uint64_t value) {
    return std::binary_search(sorted.begin(), sorted.end(), value);
}

/// How many of `different` articles make a line furniture.
std::size_t needed_articles(std::size_t different) {
    return std::max(least_articles, static_cast<std::size_t>(
                                        std::ceil(least_share * static_cast<double>(different))));
}

// Titles

struct Division {
    std::string_view head;
    std::string_view ending;
    bool bar{};
};

/// Cuts a title at its last " - ", " – ", " — ", " | ", " · ", " • " or " :: "; the ending is
/// empty where there is none.
Division divide_title(std::string_view title) {
    constexpr std::string_view separators[] = {" - ", " – ", " — ", " | ", " · ", " • ", " :: "};
    Division last{title, {}, false};
    std::size_t best = 0;
    for (const std::string_view separator : separators) {
        const std::size_t at = title.rfind(separator);
        if (at == std::string_view::npos || at < best || at == 0)
            continue;
        best = at;
        last = {title.substr(0, at), title.substr(at + separator.size()), separator == " | "};
    }
    while (last.head.ends_with(' '))
        last.head.remove_suffix(1);
    return last;
}

std::vector<std::string_view> words_of(std::string_view key) {
    std::vector<std::string_view> words;
    while (!key.empty()) {
        const std::size_t end = std::min(key.find_first_of(" :"), key.size());
        if (end > 0)
            words.push_back(key.substr(0, end));
        key.remove_prefix(std::min(end + 1, key.size()));
    }
    return words;
}

std::string compact(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words)
        out += word;
    return out;
}

/// Whether the ending of a title is the name behind a source such as "www.theguardian.com".
bool resembles_source(std::string_view ending_key, std::string_view source) {
    constexpr std::size_t most_words = 5;
    constexpr std::size_t telling = 4; ///< letters of a name that is found inside another one
    const std::vector<std::string_view> ending_words = words_of(ending_key);
    if (ending_words.empty() || ending_words.size() > most_words)
        return false;
    const std::string ending = compact(ending_words);
    const std::string source_key = line_key(source);
    std::vector<std::string_view> labels = words_of(source_key);
    if (ending == compact(labels))
        return true;
    if (source.find('.') != std::string_view::npos && labels.size() > 1)
        labels.pop_back(); // the top-level domain
    for (const std::string_view label : labels) {
        if (label == "www" || label == "com" || label == "co")
            continue;
        if (label == ending || (ending_words.size() <= 3 && ending_words.front() == label))
            return true;
        if (label.size() >= telling && 2 * label.size() >= ending.size() &&
            ending.find(label) != std::string::npos)
            return true;
        if (ending.size() >= telling && 2 * ending.size() >= label.size() &&
            label.find(ending) != std::string_view::npos)
            return true;
    }
    return false;
}

/// "Headline | World news": a bar hardly ever belongs to a sentence.
bool is_short_part_behind_bar(const Division& parts, std::string_view ending_key) {
    constexpr std::size_t most_words = 3;
    constexpr std::size_t widest = 30;
    constexpr std::size_t least_head = 20;
    const std::size_t head = count_letters(parts.head);
    return parts.bar && words_of(ending_key).size() <= most_words &&
           line_width(parts.ending) <= widest && head >= least_head &&
           head >= 2 * count_letters(parts.ending);
}

// Learning

/// What is remembered of one line while its source is learned.
struct Sighting {
    std::uint64_t line;    ///< hash
    std::uint32_t article; ///< index among the source's articles
    std::uint32_t bytes : 31;
    std::uint32_t learnable : 1;

    friend bool operator<(const Sighting& a, const Sighting& b) {
        return a.line != b.line ? a.line < b.line : a.article < b.article;
    }
};

struct Telling {
    std::uint64_t longest; ///< hash of the longest line: what copies of a report share
    std::uint64_t whole;   ///< hash of the text
    std::uint64_t opening; ///< hash of the first letters
    const Article* article;
};

Telling describe(const Article& article) {
    std::string_view longest;
    const std::string_view text = article.text;
    for (const ByteRange line : split_lines(text)) {
        const std::string_view words = trimmed(text.substr(line.begin, line.end - line.begin));
        if (words.size() > longest.size())
            longest = words;
    }
    return {hash(Part::longest, longest), hash(Part::line, text),
            hash(Part::opening, line_key(first_code_points(trimmed(text), opening_letters))),
            &article};
}

std::vector<Sighting> see_lines(std::span<const Telling> tellings, std::uint64_t source) {
    std::vector<Sighting> seen;
    for (std::size_t i = 0; i < tellings.size(); ++i) {
        const std::string_view text = tellings[i].article->text;
        const std::size_t begin = seen.size();
        for (const ByteRange range : split_lines(text)) {
            const std::string_view line =
                trimmed(text.substr(range.begin, range.end - range.begin));
            if (line.empty())
                continue;
            if (seen.size() - begin == most_lines)
                break;
            const std::string key = learned_key(line);
            seen.push_back(
                {key.empty() ? hash(Part::longest, line, source) : hash(Part::line, key, source),
                 static_cast<std::uint32_t>(i),
                 static_cast<std::uint32_t>(std::min<std::size_t>(line.size(), 1U << 20)) &
                     0x7FFFFFFFU,
                 key.empty() ? 0U : 1U});
        }
    }
    std::sort(seen.begin(), seen.end());
    const auto same = [](const Sighting& a, const Sighting& b) {
        return a.line == b.line && a.article == b.article;
    };
    seen.erase(std::unique(seen.begin(), seen.end(), same), seen.end());
    return seen;
}

template <class Visit>
void for_each_line(std::span<const Sighting> seen, Visit visit) {
    for (std::size_t begin = 0; begin < seen.size();) {
        std::size_t end = begin;
        while (end < seen.size() && seen[end].line == seen[begin].line)
            ++end;
        visit(seen.subspan(begin, end - begin));
        begin = end;
    }
}

/// Appends the hashes of the lines that recur in a source's articles.
void learn_lines(std::vector<Telling> tellings, std::uint64_t source,
                 std::vector<std::uint64_t>& learned) {
    // One telling stands for all its copies.
    std::sort(tellings.begin(), tellings.end(), [](const Telling& a, const Telling& b) {
        return a.longest != b.longest ? a.longest < b.longest : a.whole < b.whole;
    });
    tellings.erase(
        std::unique(tellings.begin(), tellings.end(),
                    [](const Telling& a, const Telling& b) { return a.longest == b.longest; }),
        tellings.end());
    const std::size_t needed = needed_articles(tellings.size());
    if (tellings.size() < needed)
        return;
    const std::vector<Sighting> seen = see_lines(tellings, source);

    std::vector<double> bytes(tellings.size());
    std::vector<double> recurring(tellings.size());
    for_each_line(seen, [&](std::span<const Sighting> line) {
        for (const Sighting& one : line) {
            bytes[one.article] += one.bytes;
            if (line.size() >= least_articles)
                recurring[one.article] += one.bytes;
        }
    });
    std::vector<std::uint64_t> openings;
    for_each_line(seen, [&](std::span<const Sighting> line) {
        if (line.front().learnable == 0 || line.size() < needed)
            return;
        openings.clear();
        for (const Sighting& one : line)
            if (recurring[one.article] <= most_recurring * bytes[one.article])
                openings.push_back(tellings[one.article].opening);
        std::sort(openings.begin(), openings.end());
        openings.erase(std::unique(openings.begin(), openings.end()), openings.end());
        if (openings.size() >= needed)
            learned.push_back(line.front().line);
    });
}

/// Appends the hashes of the endings that recur in a source's titles.
void learn_endings(std::span<const Article* const> articles, std::uint64_t source,
                   std::vector<std::uint64_t>& learned) {
    using Ending = std::pair<std::uint64_t, std::uint64_t>; // of the ending, of what stands before
    std::vector<std::uint64_t> titles;
    std::vector<Ending> endings;
    for (const Article* article : articles) {
        if (article->title.empty())
            continue;
        titles.push_back(hash(Part::longest, line_key(article->title)));
        const Division parts = divide_title(article->title);
        const std::string key = line_key(parts.ending);
        if (!key.empty())
            endings.emplace_back(hash(Part::ending, key, source),
                                 hash(Part::longest, line_key(parts.head)));
    }
    std::sort(titles.begin(), titles.end());
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    const std::size_t needed = needed_articles(titles.size());
    std::sort(endings.begin(), endings.end());
    endings.erase(std::unique(endings.begin(), endings.end()), endings.end());
    for (std::size_t begin = 0; begin < endings.size();) {
        std::size_t end = begin;
        while (end < endings.size() && endings[end].first == endings[begin].first)
            ++end;
        if (end - begin >= needed)
            learned.push_back(endings[begin].first);
        begin = end;
    }
}

} // namespace

FurnitureFilter FurnitureFilter::learn(std::span<const Article> articles) {
    using Member = std::pair<std::uint64_t, const Article*>;
    std::vector<Member> members;
    for (const Article& article : articles)
        if (!article.source.empty())
            members.emplace_back(source_hash(article.source), &article);
    std::sort(members.begin(), members.end(),
              [](const Member& a, const Member& b) { return a.first < b.first; });

    FurnitureFilter filter;
    std::vector<const Article*> of_source;
    for (std::size_t begin = 0; begin < members.size();) {
        const std::uint64_t source = members[begin].first;
        of_source.clear();
        for (; begin < members.size() && members[begin].first == source; ++begin)
            of_source.push_back(members[begin].second);
        if (of_source.size() < least_articles)
            continue;
        std::vector<Telling> tellings;
        for (const Article* article : of_source)
            if (!trimmed(article->text).empty())
                tellings.push_back(describe(*article));
        const std::size_t before = filter.learned_.size();
        learn_lines(std::move(tellings), source, filter.learned_);
        learn_endings(of_source, source, filter.learned_);
        if (filter.learned_.size() > before)
            filter.learned_.push_back(source);
    }
    std::sort(filter.learned_.begin(), filter.learned_.end());
    filter.learned_.erase(std::unique(filter.learned_.begin(), filter.learned_.end()),
                          filter.learned_.end());
    return filter;
}

std::vector<ByteRange> FurnitureFilter::content(std::string_view text,
                                                std::string_view source) const {
    if (text.empty())
        return {};
    const std::uint64_t source_id = learned_.empty() || source.empty() ? 0 : source_hash(source);
    const bool use_learned = contains(learned_, source_id);
    std::vector<ByteRange> kept;
    std::vector<ByteRange> dropped;
    bool dropping = false;
    std::size_t headlines = 0; // how many may still follow the heading above
    for (const ByteRange range : split_lines(text)) {
        const std::string_view line = trimmed(text.substr(range.begin, range.end - range.begin));
        if (!line.empty()) { // an empty line goes with the line before it
            const LineKind kind = classify_line(line);
            const auto is_learned = [&] {
                const std::string key = use_learned ? learned_key(line) : std::string{};
                return !key.empty() && contains(learned_, hash(Part::line, key, source_id));
            };
            if (kind == LineKind::heading) {
                headlines = most_headlines;
                dropping = true;
            } else if (kind == LineKind::furniture || is_learned()) {
                dropping = true;
            } else if (headlines > 0 && looks_like_headline(line)) {
                --headlines;
                dropping = true;
            } else {
                headlines = 0;
                dropping = false;
            }
        }
        std::vector<ByteRange>& runs = dropping ? dropped : kept;
        if (!runs.empty() && runs.back().end == range.begin)
            runs.back().end = range.end;
        else
            runs.push_back(range);
    }
    if (dropped.empty())
        return kept;
    const auto letters = [&](std::span<const ByteRange> runs) {
        std::size_t count = 0;
        for (const ByteRange run : runs)
            count += count_letters(text.substr(run.begin, run.end - run.begin));
        return static_cast<double>(count);
    };
    const double own = letters(kept);
    if (own == 0 || own < least_kept * (own + letters(dropped)))
        return {{0, text.size()}};
    return kept;
}

std::string_view FurnitureFilter::title(std::string_view title, std::string_view source) const {
    constexpr int most_parts = 3;
    const auto all = static_cast<double>(count_letters(title));
    for (int i = 0; i < most_parts; ++i) {
        const Division parts = divide_title(title);
        const std::string key = line_key(parts.ending);
        if (key.empty())
            break;
        const auto is_learned = [&] {
            return !source.empty() && !learned_.empty() &&
                   contains(learned_, hash(Part::ending, key, source_hash(source)));
        };
        if (!is_publisher_name(key) && !resembles_source(key, source) &&
            !is_short_part_behind_bar(parts, key) && !is_learned())
            break;
        const auto left = static_cast<double>(count_letters(parts.head));
        if (left == 0 || left < least_kept * all)
            break;
        title = parts.head;
    }
    return title;
}

} // namespace fabula::detail
