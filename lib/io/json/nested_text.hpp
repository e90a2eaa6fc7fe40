// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/fields/field_names.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace fabula::detail {

/// The text of a field that is an object or a list, as producers nest it: {"name": "BBC"},
/// {"rendered": "<p>..."}, [{"value": "..."}], ["first paragraph", "second paragraph"].
class NestedText {
public:
    /// Whether a field is looked into; one that goes by its own name only where it is an object.
    [[nodiscard]] static bool is_looked_into(NamedField as, bool is_list) {
        return as.field != id && as.field != story && as.field != published &&
               (as.rank > 0 || (!is_list && as.field != language));
    }

    void begin(NamedField as, bool is_list);

    // What comes in it, piece by piece.
    void key(std::string_view name);
    void string(std::string_view text);
    void other() {
        if (depth_ == 0)
            ++values_;
    }
    void open();
    void close() { --depth_; }

    /// Empty where there is none.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    static constexpr std::size_t last = 100;

    Field field_{field_count};
    bool is_list_{};
    std::size_t depth_{};
    std::size_t values_{};        ///< of the list, so far
    std::size_t rank_{last};      ///< of the key that `text_` is of
    std::size_t next_rank_{last}; ///< of the key that was read last
    std::string text_;
};

} // namespace fabula::detail
