// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/features.hpp>
#include <fabula/text.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fabula::detail {

/// An article of a stream, and what has been made of it.
struct HeldArticle {
    Article article; ///< its text only where `has_text`
    ArticleFeatures features;
    bool has_text{};
    std::vector<ByteRange> content{}; ///< what of the text the features are of; empty = all
    std::size_t title_bytes{};        ///< what of the title they are of
    std::chrono::sys_seconds time{};  ///< what its age counts from
    std::uint32_t row{};              ///< in the `LiveCorpus`
    std::optional<std::string> first_sentence{}; ///< once it was asked for
    std::optional<std::string>
        text_to_keep{}; ///< where it is not kept here, but elsewhere: until it was

    [[nodiscard]] std::uint64_t identity() const;
};

/// The articles of a window, each with a number that stays while it is there.
class WindowArticles {
public:
    using Number = std::uint32_t;

    [[nodiscard]] std::size_t size() const { return by_id_.size(); }
    [[nodiscard]] HeldArticle& operator[](Number number) { return *held_[number]; }
    [[nodiscard]] const HeldArticle& operator[](Number number) const { return *held_[number]; }

    [[nodiscard]] std::optional<Number> find(const std::string& id) const;
    /// No article of that id may be there.
    Number add(HeldArticle held);
    /// Another article with the id of that one.
    void replace(Number number, HeldArticle held);
    /// Takes one out; what is known of it stays readable until `forget_withdrawn`.
    void withdraw(Number number);
    void forget_withdrawn();

    /// Those whose time is before this one.
    [[nodiscard]] std::vector<Number> before(std::chrono::sys_seconds time) const;
    /// All, ascending.
    [[nodiscard]] std::vector<Number> all() const;
    [[nodiscard]] bool contains(Number number) const { return is_in_[number] != 0; }

    /// The canonical order: by date, those without one first, then by id.
    [[nodiscard]] bool is_before(Number a, Number b) const;

private:
    std::vector<std::optional<HeldArticle>> held_;
    std::vector<char> is_in_; ///< and not withdrawn
    std::vector<Number> free_;
    std::vector<Number> withdrawn_;
    std::unordered_map<std::string, Number> by_id_;
    std::set<std::pair<std::chrono::sys_seconds, Number>> by_time_;
};

} // namespace fabula::detail
