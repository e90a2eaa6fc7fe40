// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fabula::detail {

/// The text of a field that is an object or a list, as producers nest it: {"name": "BBC"},
/// {"rendered": "<p>..."}, {"$date": "2026-03-04T07:40:00Z"}, [{"value": "..."}], ["first
/// paragraph", "second paragraph"], ["the only value"].
class NestedText {
public:
    [[nodiscard]] static bool is_looked_into(NamedField as) { return as.field != story; }

    void begin(NamedField as, bool is_list);

    // What comes in it, piece by piece.
    void key(std::string_view name);
    void string(std::string_view text);
    void number(std::string_view digits);
    void other() {
        if (depth_ == 0)
            ++values_;
    }
    void open();
    void close() { --depth_; }

    /// Empty where there is none. Of a list under a field's own name all is said or nothing: one
    /// value, or the paragraphs of a text; a column of values is no article.
    [[nodiscard]] std::string_view text() const noexcept {
        const bool is_column = is_list_ && rank_of_name_ == 0 && field_ != detail::text;
        return is_column && values_ > 1 ? std::string_view{} : text_;
    }

    /// A list of nothing but null, as R writes what is missing.
    [[nodiscard]] bool is_nothing() const noexcept { return is_list_ && values_ == 0; }

private:
    static constexpr std::size_t last = 100;

    Field field_{field_count};
    std::uint8_t rank_of_name_{};
    bool is_list_{};
    std::size_t depth_{};
    std::size_t values_{};        ///< of the list, so far
    std::size_t rank_{last};      ///< of the key that `text_` is of
    std::size_t next_rank_{last}; ///< of the key that was read last
    std::string text_;
};

} // namespace fabula::detail
