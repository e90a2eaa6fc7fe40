// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/input.hpp>

#include <nanobind/nanobind.h>
#include <string>

namespace binding {

namespace nb = nanobind;

/// Articles that are held by the library. Immutable.
struct Articles {
    fabula::ArticleSet set;

    /// An article, as `fabula.Article` has its fields: times in seconds since 1970, or None.
    [[nodiscard]] nb::tuple at(std::size_t i) const;

    /// From tuples of that form.
    [[nodiscard]] static Articles of_tuples(const nb::list& rows);
    /// From an iterator over bytes, JSON Lines in pieces of any length.
    [[nodiscard]] static Articles of_lines(nb::object pieces, const fabula::ReadOptions& options);
    [[nodiscard]] static Articles of_files(const std::vector<std::string>& inputs,
                                           const fabula::ReadOptions& options);
};

/// A string of legal UTF-8 or none: half a surrogate pair becomes U+FFFD, as from JSON.
[[nodiscard]] std::string to_utf8(nb::handle text);
/// What the library wrote.
[[nodiscard]] nb::str to_str(std::string_view utf8);

} // namespace binding
