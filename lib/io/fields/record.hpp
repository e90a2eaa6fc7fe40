// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/dates.hpp"
#include "io/fields/field_names.hpp"

#include <fabula/article.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fabula::detail {

/// One field as it stands in the input, before we know whether it may be of that type.
struct Value {
    enum class Kind : std::uint8_t { absent, string, number, other };
    static constexpr std::uint8_t last_rank = 255;

    Kind kind{Kind::absent};
    std::uint8_t rank{last_rank}; ///< of the name that it goes by; `last_rank` = no name was there
    std::string text;             ///< of a string or number; else what it is, as in "a list"
    std::string name;             ///< that it goes by, where it is not its own

    /// Whether a value of another name (or, for the last one counts, of the same) is to be taken.
    [[nodiscard]] bool gives_way_to(std::uint8_t other_rank, bool other_is_empty) const noexcept {
        const bool is_empty = kind == Kind::absent || (kind == Kind::string && text.empty());
        if (is_empty != other_is_empty && rank != other_rank)
            return is_empty;
        return other_rank <= rank;
    }
};

using Values = std::array<Value, field_count>;

/// Puts a value in its place, unless one that goes before it is there.
void offer(Values& values, NamedField as, std::string_view name, Value::Kind kind,
           std::string_view value);

/// Takes note that a name is there and holds nothing.
void offer_nothing(Values& values, NamedField as);

/// One article of the input, and what was odd about it.
struct Record {
    Article article;              ///< `id` is empty where none is given
    std::string story;            ///< the gold label; empty where there is none
    bool repaired{};              ///< something in it was no legal character
    bool has_story{};             ///< there is a field `story`, whatever stands in it
    bool id_is_given{};           ///< there is an id that is not empty
    DateReading date;             ///< of what is in `written_date`
    std::string written_date;     ///< empty where there is none
    std::string unknown_language; ///< what is no language; empty where there is nothing odd
    std::array<std::string, field_count> names; ///< that fields go by, where not by their own
};

/// Why something is no article.
struct RecordFault {
    std::optional<Field>
        field;          ///< whose value is at fault; none: that there is neither text nor title
    std::string reason; ///< a sentence
};

/// What is asked of a record.
struct RecordOptions {
    bool with_story{false};       ///< whether the field `story` counts
    bool only_text{false};        ///< nothing but `Article::text` is needed
    bool strict{false};           ///< as `ReadOptions::strict`
    std::size_t max_text_bytes{}; ///< as `ReadOptions::max_text_bytes`; 0 = no limit
};

/// Makes an article of the values, which are used up. `values` are legal UTF-8.
[[nodiscard]] std::optional<RecordFault> make_record(Values& values, const RecordOptions& options,
                                                     Record& record);

/// The host of an address ("https://www.example.org/news/1" → "example.org"); empty where it has
/// none.
[[nodiscard]] std::string host_of(std::string_view address);

} // namespace fabula::detail
