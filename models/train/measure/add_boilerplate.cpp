// SPDX-License-Identifier: Apache-2.0
#include "add_boilerplate.hpp"

#include "boilerplate/lines.hpp"
#include "outlets.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <string>

namespace fabula::training {

namespace {

using Headlines = std::vector<std::pair<std::string, std::string>>; ///< id, headline; sorted

std::vector<std::string_view> split(std::string_view list, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = list.find(separator);
        parts.push_back(list.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        list.remove_prefix(end + 1);
    }
}

std::string_view language_part(std::string_view tag) {
    const std::string_view language = tag.substr(0, tag.find('-'));
    return language == "no" || language == "nn" ? "nb" : language;
}

/// Draws that depend on an article's id and on how many were drawn before.
class Draw {
public:
    explicit Draw(const std::string& id) : seed_(XXH3_64bits(id.data(), id.size())) {}

    std::size_t below(std::size_t count) {
        ++drawn_;
        return static_cast<std::size_t>(XXH3_64bits_withSeed(&drawn_, sizeof drawn_, seed_) %
                                        count);
    }

    std::string_view one_of(std::string_view alternatives, char separator = '|') {
        const std::vector<std::string_view> all = split(alternatives, separator);
        return all[below(all.size())];
    }

    bool chance(std::size_t percent) { return below(100) < percent; }

private:
    std::uint64_t seed_;
    std::uint64_t drawn_{};
};

std::vector<const Outlet*> outlets_of(std::string_view language) {
    std::vector<const Outlet*> found;
    for (const auto outlets : {latin_outlets(), other_outlets()})
        for (const Outlet& outlet : outlets)
            if (outlet.language == language)
                found.push_back(&outlet);
    return found;
}

const Outlet& outlet_of(const Article& article) {
    std::vector<const Outlet*> found = outlets_of(language_part(article.language));
    if (found.empty())
        found = outlets_of("*");
    return *found[Draw("outlet of " + article.id).below(found.size())];
}

/// What other pages print to point at an article.
std::string headline_of(const Article& article) {
    constexpr std::size_t longest = 200; // bytes
    if (!article.title.empty())
        return article.title;
    std::string_view line = detail::trimmed(article.text);
    const std::vector<ByteRange> lines = detail::split_lines(line);
    if (lines.empty())
        return {};
    line = detail::trimmed(line.substr(0, lines.front().end));
    if (line.size() <= longest)
        return std::string(line);
    return std::string(line.substr(0, line.rfind(' ', longest))) + "…";
}

class Page {
public:
    Page(const Article& article, const Outlet& outlet, const Headlines& headlines, Layout layout)
        : article_(article), outlet_(outlet), headlines_(headlines), draw_(article.id),
          separator_(layout == Layout::lines ? "\n" : " ") {}

    DecoratedArticle print() {
        top();
        body();
        bottom();
        out_.article.id = article_.id;
        out_.article.title = article_.title;
        if (!article_.title.empty())
            out_.article.title += outlet_.ending;
        out_.article.text = std::move(text_);
        out_.article.language = article_.language;
        out_.article.published = article_.published;
        out_.article.source = outlet_.domain;
        return std::move(out_);
    }

private:
    void top() {
        if (draw_.chance(30)) { // bars of navigation are often on one line
            std::string bar;
            for (const std::string_view entry : split(draw_.one_of(outlet_.navigation), ';'))
                bar.append(bar.empty() ? "" : " | ").append(entry);
            line(bar);
        } else {
            lines(draw_.one_of(outlet_.navigation));
        }
        if (draw_.chance(30))
            lines(outlet_.cookies);
        if (draw_.chance(80))
            line(filled(draw_.one_of(outlet_.dates)));
        if (draw_.chance(80))
            line(filled(draw_.one_of(outlet_.bylines)));
        if (draw_.chance(60))
            line(filled(draw_.one_of(outlet_.credits)));
    }

    void body() {
        std::vector<std::string_view> paragraphs;
        for (const ByteRange range : detail::split_lines(article_.text)) {
            const std::string_view paragraph = detail::trimmed(
                std::string_view(article_.text).substr(range.begin, range.end - range.begin));
            if (!paragraph.empty())
                paragraphs.push_back(paragraph);
        }
        begin_line();
        text_ += filled(draw_.one_of(outlet_.datelines));
        const std::string signature = filled(draw_.one_of(outlet_.signatures));
        for (std::size_t i = 0; i < paragraphs.size(); ++i) {
            if (i > 0)
                begin_line();
            const std::size_t begin = text_.size();
            text_ += paragraphs[i];
            out_.own.push_back({begin, text_.size()});
            if (i + 1 == paragraphs.size() && !signature.empty() && draw_.chance(50))
                text_.append(" ").append(signature);
            else if (i + 1 == paragraphs.size())
                line(signature);
            if (i == 1)
                line(filled(draw_.one_of(outlet_.read_also)));
            if (i == 3 && draw_.chance(60))
                lines(draw_.one_of(outlet_.pitches));
        }
    }

    void bottom() {
        if (draw_.chance(90))
            lines(outlet_.shares);
        if (draw_.chance(50))
            lines(draw_.one_of(outlet_.pitches));
        if (draw_.chance(70))
            lines(outlet_.comments);
        if (draw_.chance(80)) {
            line(draw_.one_of(outlet_.related));
            for (std::size_t left = 3 + draw_.below(3); left > 0; --left)
                line(other_headline());
        }
        if (draw_.chance(30))
            lines(outlet_.cookies);
        lines(outlet_.footers);
    }

    void begin_line() {
        if (!text_.empty())
            text_ += separator_;
    }

    void line(std::string_view words) {
        if (words.empty())
            return;
        begin_line();
        text_ += words;
    }

    void lines(std::string_view list) {
        for (const std::string_view one : split(list, ';'))
            line(filled(one));
    }

    std::string other_headline() {
        const auto& [id, headline] = headlines_[draw_.below(headlines_.size())];
        return id == article_.id ? std::string{} : headline;
    }

    std::string value(std::string_view mark) {
        const auto two_digits = [](std::size_t number) {
            return (number < 10 ? "0" : "") + std::to_string(number);
        };
        if (mark == "day")
            return std::to_string(1 + draw_.below(28));
        if (mark == "month")
            return std::string(draw_.one_of(outlet_.months, ';'));
        if (mark == "hour")
            return two_digits(draw_.below(24));
        if (mark == "minute")
            return two_digits(draw_.below(60));
        if (mark == "number")
            return std::to_string(2 + draw_.below(90));
        if (mark == "author")
            return std::string(draw_.one_of(outlet_.authors));
        if (mark == "city")
            return std::string(draw_.one_of(outlet_.cities));
        return other_headline();
    }

    std::string filled(std::string_view pattern) {
        std::string out;
        while (!pattern.empty()) {
            const std::size_t begin = std::min(pattern.find('{'), pattern.size());
            out += pattern.substr(0, begin);
            pattern.remove_prefix(begin);
            if (pattern.empty())
                break;
            const std::size_t end = pattern.find('}');
            out += value(pattern.substr(1, end - 1));
            pattern.remove_prefix(end + 1);
        }
        return out;
    }

    const Article& article_;
    const Outlet& outlet_;
    const Headlines& headlines_;
    Draw draw_;
    std::string_view separator_;
    std::string text_;
    DecoratedArticle out_;
};

} // namespace

std::vector<DecoratedArticle> add_boilerplate(std::span<const Article> articles, Layout layout) {
    std::map<std::string_view, Headlines> headlines; // by domain
    for (const Article& article : articles)
        headlines[outlet_of(article).domain].emplace_back(article.id, headline_of(article));
    for (auto& [domain, list] : headlines)
        std::sort(list.begin(), list.end());
    std::vector<DecoratedArticle> out;
    out.reserve(articles.size());
    for (const Article& article : articles) {
        const Outlet& outlet = outlet_of(article);
        out.push_back(Page(article, outlet, headlines[outlet.domain], layout).print());
    }
    return out;
}

} // namespace fabula::training
