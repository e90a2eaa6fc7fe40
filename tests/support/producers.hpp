// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/io.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Articles as the usual producers write them, for the project: what they document, with invented
/// outlets.
namespace fabula::test {

/// What a form can carry; the rest of an article is lost on the way.
struct Carries {
    bool id{true}; ///< otherwise "article-N"
    bool text{true};
    bool language{true};
    bool source{true};
    bool published{true};
    bool day_only{false}; ///< of the time that it is published
};

/// A file of one producer's kind, under a name that says what it is.
struct Producer {
    std::string file;
    Carries carries;
    std::function<std::string(std::span<const Article>)> write;
};

namespace producer_detail {

using Json = nlohmann::json;

inline std::string time_of(const Article& article) {
    return article.published ? format_time(*article.published) : std::string{};
}

inline void set(Json& json, const char* name, const std::string& value) {
    if (!value.empty())
        json[name] = value;
}

/// "&", "<", ">" and quotes as references.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    return out;
}

/// Paragraphs and lines as elements.
inline std::string as_html(std::string_view text) {
    std::string html = "<p>";
    const std::string whole = escaped(text);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (whole.compare(i, 2, "\n\n") == 0) {
            html += "</p>\n<p>";
            ++i;
        } else if (whole[i] == '\n') {
            html += "<br/>";
        } else {
            html += whole[i];
        }
    }
    return html + "</p>";
}

inline std::string element(const std::string& name, const std::string& value) {
    if (value.empty())
        return {};
    const std::string end = name.substr(0, name.find(' '));
    return "<" + name + ">" + value + "</" + end + ">\n";
}

/// "Wed, 04 Mar 2026 07:40:00 GMT"
inline std::string mail_time(const Article& article) {
    if (!article.published)
        return {};
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string iso = time_of(article);
    const auto day = std::chrono::floor<std::chrono::days>(*article.published);
    return std::string(days[std::chrono::weekday{day}.c_encoding()]) + ", " + iso.substr(8, 2) +
           " " + months[std::stoul(iso.substr(5, 2)) - 1] + " " + iso.substr(0, 4) + " " +
           iso.substr(11, 8) + " GMT";
}

inline std::string cell(const std::string& value, char delimiter) {
    std::string out;
    for (const char c : value)
        out += c == '"' ? "\"\"" : std::string(1, c);
    const bool quoted = value.find_first_of(std::string("\"\r\n") + delimiter) != std::string::npos;
    return quoted ? '"' + out + '"' : out;
}

inline std::string table(std::span<const Article> articles, char delimiter,
                         const std::vector<std::string>& header) {
    std::string out;
    for (const std::string& name : header)
        out += (out.empty() ? "" : std::string(1, delimiter)) + name;
    out += "\r\n";
    for (const Article& a : articles) {
        std::string row;
        for (const std::string& value : {a.id, a.title, a.text, a.language, a.source, time_of(a)})
            row += (row.empty() ? "" : std::string(1, delimiter)) + cell(value, delimiter);
        out += row + "\r\n";
    }
    return out;
}

using Fill = std::function<Json(const Article&)>;

inline Json all(std::span<const Article> articles, const Fill& fill) {
    Json list = Json::array();
    for (const Article& article : articles)
        list.push_back(fill(article));
    return list;
}

inline std::string lines(std::span<const Article> articles, const Fill& fill) {
    std::string out;
    for (const Article& article : articles)
        out += fill(article).dump() + '\n';
    return out;
}

} // namespace producer_detail

/// JSON Lines of the project's own names, without what is not carried.
inline std::string own_lines(std::span<const Article> articles, const Carries& carries) {
    using namespace producer_detail;
    std::size_t number = 0;
    return lines(articles, [&](const Article& a) {
        ++number;
        Json json{{"id", carries.id ? a.id : "article-" + std::to_string(number)},
                  {"title", a.title},
                  {"text", carries.text ? a.text : ""}};
        if (carries.language)
            set(json, "language", a.language);
        if (carries.source)
            set(json, "source", a.source);
        if (carries.published)
            set(json, "published", time_of(a).substr(0, carries.day_only ? 10 : 20));
        return json;
    });
}

} // namespace fabula::test
