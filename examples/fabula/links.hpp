// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/links.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace program {

/// A correction by an editor: a line such as {"must_link": ["a1", "b7"]}.
struct LinkLine {
    std::string kind; ///< "must_link", "cannot_link" or "unlink"
    fabula::ArticleLinks::Pair pair;
};

/// Empty where the line is something else. \throws fabula::Error(bad_input) that names the place
/// where it is a link of no two ids
[[nodiscard]] std::optional<LinkLine> link_of(const std::string& line, const std::string& name,
                                              std::size_t number);

/// A file of such lines, of which a later one takes back, or changes, what an earlier one said.
/// \throws fabula::Error(file_not_found, unreadable, bad_input)
[[nodiscard]] fabula::ArticleLinks read_links(const std::string& file);

} // namespace program
