// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/input.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// The fields of an article that are read; `field_count` stands for any other.
enum Field : std::size_t { id, title, text, language, source, published, story, field_count };

inline constexpr std::array<std::string_view, field_count> field_names{
    "id", "title", "text", "language", "source", "published", "story"};

/// What a name of the input stands for.
struct NamedField {
    Field field{field_count};
    std::uint8_t
        rank{}; ///< of the names of this field the lowest that is there counts; 0 = its own
};

/// By which names fields go: the usual ones (see `read_json_lines`), or what the user said.
class FieldNames {
public:
    /// \throws Error(bad_option) where a field is none, or one name is given to two
    explicit FieldNames(std::span<const FieldName> chosen = {});

    [[nodiscard]] NamedField find(std::string_view name) const noexcept;

    /// Whether the same names stand for the same.
    bool operator==(const FieldNames& other) const;

private:
    struct Slot {
        std::string_view key; ///< empty: free
        NamedField stands_for;
    };
    static constexpr std::size_t slot_count = 512;

    void add(std::string_view key, NamedField stands_for);

    std::array<Slot, slot_count> slots_{};
    std::array<bool, field_count> is_chosen_{};
    std::vector<FieldName> chosen_;
    std::vector<Field> chosen_fields_;
};

} // namespace fabula::detail
