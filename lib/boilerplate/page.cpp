// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/page.hpp"

#include "base/runs.hpp"
#include "boilerplate/datelines.hpp"
#include "boilerplate/keys.hpp"
#include "boilerplate/learning.hpp"
#include "boilerplate/lines.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <optional>

namespace fabula::detail {

namespace {

constexpr std::size_t most_headlines = 5; ///< below one heading
constexpr std::size_t widest_above = 60;  ///< of lines above the article taken for boilerplate
constexpr std::size_t widest_above_no_title = 50; ///< as one of them may be the headline
constexpr std::size_t widest_below = 160;
constexpr std::size_t widest_headline = 240;
constexpr std::size_t least_headline = 15;     ///< width
constexpr std::size_t most_label_words = 6;    ///< before a headline: "Read also: …"
constexpr std::size_t longest_candidate = 800; ///< bytes: no learned line is longer
constexpr std::size_t compared = 48;           ///< bytes of a headline's key

struct Line {
    std::size_t part; ///< its number among the page's parts
    std::string_view words;
    bool prose{};
    bool opens{};                     ///< could begin an article
    std::optional<std::string> key{}; ///< `line_key`, once it was asked for
};

/// Wide enough for a whole statement; a sentence may be shorter, and a dateline begins an article
/// whatever follows it.
bool can_open(std::string_view line, bool prose) {
    if (prose || is_statement(line))
        return true;
    const std::size_t dateline = dateline_length(line);
    return dateline > 0 && dateline < line.size();
}

/// "World | Business | Sport | Weather": at least four short entries on one line.
bool is_menu(std::string_view line) {
    constexpr std::size_t widest_entry = 30;
    constexpr std::size_t least_entries = 4;
    for (const std::string_view bar : {" | ", " · ", " > ", " » ", " • ", " / ", "｜"}) {
        std::size_t entries = 1;
        std::string_view rest = line;
        for (std::size_t at = find_separator(rest, bar);
             at != std::string_view::npos && line_width(rest.substr(0, at)) <= widest_entry;
             at = find_separator(rest, bar)) {
            ++entries;
            rest.remove_prefix(at + bar.size());
        }
        if (entries >= least_entries && line_width(rest) <= widest_entry)
            return true;
    }
    return false;
}

std::string_view without_dateline(std::string_view line) {
    line = line.substr(0, signature_begin(line));
    return trimmed(line.substr(dateline_length(line)));
}

/// Where what closes an article begins on its last line: the agency's signature, or a last sentence
/// that is one or a phrase of boilerplate. `line.size()` where there is nothing such.
std::size_t tail_begin(std::string_view line) {
    if (const std::size_t at = signature_begin(line); at < line.size())
        return at;
    const std::size_t at = last_sentence_begin(line);
    const std::string_view last = line.substr(at);
    return signature_begin(last) == 0 || classify_line(last) != LineKind::own_words ? at
                                                                                    : line.size();
}

/// Whether there is as much as a short sentence between a dateline's end and a signature.
bool leaves_enough(std::string_view text, std::size_t begin, std::size_t end) {
    constexpr std::size_t least_width = 30;
    return end > begin && line_width(text.substr(begin, end - begin)) >= least_width;
}

class Page {
public:
    Page(std::string_view text, const LearnedBoilerplate& learned)
        : text_(text), learned_(learned) {
        for (const ByteRange range : split_lines(text)) {
            const std::string_view words =
                trimmed(text.substr(range.begin, range.end - range.begin));
            if (words.empty() && !parts.empty()) { // goes with the line before it
                parts.back().range.end = range.end;
                continue;
            }
            parts.push_back({range});
            if (words.empty())
                continue;
            const bool prose = is_prose(words);
            lines_.push_back({parts.size() - 1, words, prose, can_open(words, prose), {}});
        }
    }

    /// By phrases and by learned lines.
    void classify_single_lines() {
        std::size_t headlines = 0; // how many may still follow the heading above
        for (Line& line : lines_) {
            Reason& reason = parts[line.part].reason;
            const LineKind kind = classify_line(line.words);
            if (recurs(line)) {
                reason = Reason::learned;
                headlines = kind == LineKind::heading ? most_headlines : 0;
            } else if (kind == LineKind::heading) {
                reason = Reason::phrase;
                headlines = most_headlines;
            } else if (kind == LineKind::boilerplate || signature_begin(line.words) == 0 ||
                       is_menu(line.words)) {
                reason = Reason::phrase;
            } else if (headlines > 0 && looks_like_headline(line.words)) {
                reason = Reason::phrase;
                --headlines;
            } else {
                headlines = 0;
            }
        }
    }

    /// The first line that is not boilerplate and long enough to begin an article.
    [[nodiscard]] const Line* opening() const {
        for (const Line& line : lines_)
            if (parts[line.part].reason == Reason::none && line.opens)
                return &line;
        return nullptr;
    }

    /// The last line that is not boilerplate.
    [[nodiscard]] const Line* ending() const {
        const auto found = std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& line) {
            return parts[line.part].reason == Reason::none;
        });
        return found == lines_.rend() ? nullptr : &*found;
    }

    /// Headlines of other articles, alone or behind a few words.
    void find_headlines() {
        if (learned_.hashes.empty())
            return;
        // Where lists of the latest headlines made an opening recur, it is known as a headline too.
        for (const Line& line : lines_) {
            Reason& reason = parts[line.part].reason;
            if (!line.opens || reason == Reason::phrase)
                continue;
            const std::string key = reason == Reason::learned
                                        ? headline_key(without_dateline(line.words))
                                        : std::string{};
            if (!key.empty() && knows(Part::headline, key))
                reason = Reason::none;
            if (reason == Reason::none)
                break;
        }
        const Line* const first = opening();
        const std::string own = headline_key(learned_.title);
        for (Line& line : lines_) {
            Reason& reason = parts[line.part].reason;
            if (reason != Reason::learned && &line != first && is_headline(line, own))
                reason = Reason::learned;
        }
    }

    /// Lines that are boilerplate because of where they stand.
    void classify_by_place() {
        const auto is_learned = [&](const Line& line) {
            return parts[line.part].reason == Reason::learned;
        };
        const Line* const opened = opening();
        if (opened == nullptr)
            return;
        const auto first = lines_.begin() + (opened - lines_.data());
        const auto last =
            std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& line) {
                return &line == opened || (line.prose && parts[line.part].reason == Reason::none);
            }).base();
        if (std::find_if(lines_.begin(), first, is_learned) != first)
            for (auto line = lines_.begin(); line != first; ++line)
                drop_narrow(*line, learned_.title.empty() ? widest_above_no_title : widest_above);
        auto below = std::find_if(last, lines_.end(), is_learned);
        if (below == lines_.end())
            return;
        if (below - last == 1 &&
            looks_like_headline(
                last->words)) // one line between the article and the boilerplate: who else wrote
            drop_narrow(*last, widest_above);
        for (; below != lines_.end(); ++below)
            drop_narrow(*below, widest_below);
    }

    /// Datelines and signatures are parts of lines.
    std::vector<PagePart> cut() && {
        std::vector<PagePart> out;
        const Line* const first = opening();
        const Line* const last = ending();
        std::size_t next = 0;
        for (const Line& line : lines_) {
            for (; next < line.part; ++next)
                out.push_back(parts[next]);
            next = line.part + 1;
            const ByteRange range = parts[line.part].range;
            const auto begin = static_cast<std::size_t>(line.words.data() - text_.data());
            std::size_t from = range.begin;
            std::size_t to = range.end;
            if (const std::size_t length = &line == first ? dateline_length(line.words) : 0;
                length > 0 && length < line.words.size())
                from = begin + length;
            if (&line == last)
                if (const std::size_t at = tail_begin(line.words);
                    at < line.words.size() &&
                    leaves_enough(text_, std::max(from, begin), begin + at))
                    to = begin + at;
            if (from > range.begin)
                out.push_back({{range.begin, from}, Reason::phrase});
            if (from < to)
                out.push_back({{from, to}, parts[line.part].reason});
            if (to < range.end)
                out.push_back({{to, range.end}, Reason::phrase});
        }
        for (; next < parts.size(); ++next)
            out.push_back(parts[next]);
        return out;
    }

    std::vector<PagePart> parts;

private:
    [[nodiscard]] bool knows(Part part, std::string_view key) const {
        return learned_.hashes.contains(boilerplate_hash(part, key, learned_.source));
    }

    [[nodiscard]] static const std::string& key_of(Line& line) {
        if (!line.key)
            line.key = line_key(line.words);
        return *line.key;
    }

    [[nodiscard]] bool recurs(Line& line) const {
        if (learned_.hashes.empty())
            return false;
        const std::string key =
            may_be_learned(line.words) ? learned_key(line.words, key_of(line)) : std::string{};
        return learned_.hashes.contains(hash_of_line(line.words, key, learned_.source));
    }

    [[nodiscard]] bool is_headline(Line& line, const std::string& own) const {
        if (line.words.size() > longest_candidate || line_width(line.words) > widest_headline)
            return false;
        std::string_view rest = key_of(line);
        for (std::size_t skipped = 0; skipped <= most_label_words; ++skipped) {
            const std::string_view shown = first_bytes(rest, compared);
            if (shown != own && knows(Part::headline, shown))
                return true;
            const std::size_t end = rest.find_first_of(" :");
            if (end == std::string_view::npos)
                return false;
            rest.remove_prefix(std::min(rest.find_first_not_of(" :", end), rest.size()));
        }
        return false;
    }

    void drop_narrow(const Line& line, std::size_t widest) {
        Reason& reason = parts[line.part].reason;
        if (reason == Reason::none && line_width(line.words) <= widest)
            reason = Reason::place;
    }

    std::string_view text_;
    const LearnedBoilerplate& learned_;
    std::vector<Line> lines_;
};

} // namespace

std::vector<PagePart> classify_lines(std::string_view text, const LearnedBoilerplate& learned) {
    Page page(text, learned);
    page.classify_single_lines();
    page.find_headlines();
    page.classify_by_place();
    return std::move(page).cut();
}

std::vector<std::string> opening_keys(std::string_view text, const LearnedBoilerplate& learned) {
    constexpr std::size_t longest_place = 80; // bytes before a divider
    Page page(text, learned);
    page.classify_single_lines();
    const Line* const line = page.opening();
    if (line == nullptr)
        return {};
    const std::string_view words = without_dateline(line->words);
    std::vector<std::string> keys;
    const auto add = [&](std::string_view from) {
        if (std::string key = headline_key(from); !key.empty())
            keys.push_back(std::move(key));
    };
    std::vector<std::string_view> starts{words};
    if (const std::size_t length = possible_dateline_length(words); length > 0)
        starts.push_back(words.substr(length));
    for (const std::string_view divider : {": ", ") ", "】", "）"}) {
        const std::size_t at = words.substr(0, longest_place).find(divider);
        if (at != std::string_view::npos)
            starts.push_back(words.substr(at + divider.size()));
    }
    for (const std::string_view start : starts) {
        add(start);
        add(start.substr(0, last_sentence_begin(start)));
    }
    sort_unique(keys);
    return keys;
}

std::string headline_key(std::string_view headline) {
    // What is compared of the key comes from no more than this.
    const std::string_view shown = headline.substr(0, longest_candidate);
    if (line_width(shown) < least_headline)
        return {};
    const std::string key = line_key(shown);
    return std::string(first_bytes(key, compared));
}

} // namespace fabula::detail
