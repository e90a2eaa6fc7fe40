// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace fabula::training {

/// An invented news site: what it prints around its articles.
///
/// Alternatives are separated by '|', one of them is drawn for an article; ';' separates lines.
/// Marks in braces stand for what changes from article to article: {day}, {month}, {hour},
/// {minute}, {number}, {author}, {city}, and {headline}, the headline of another article.
struct Outlet {
    std::string_view language; ///< "*": of articles in languages without an outlet of their own
    std::string_view domain;
    std::string_view ending; ///< of titles
    std::string_view navigation;
    std::string_view months; ///< twelve, separated by ';'
    std::string_view dates;
    std::string_view authors;
    std::string_view bylines;
    std::string_view cities;
    std::string_view datelines;
    std::string_view credits;
    std::string_view read_also;
    std::string_view pitches;
    std::string_view shares;
    std::string_view comments;
    std::string_view related; ///< heading
    std::string_view cookies;
    std::string_view signatures;
    std::string_view footers;
};

/// Of the languages written in Latin letters.
[[nodiscard]] std::span<const Outlet> latin_outlets() noexcept;

/// Of all others.
[[nodiscard]] std::span<const Outlet> other_outlets() noexcept;

} // namespace fabula::training
