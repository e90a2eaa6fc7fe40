// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/collect/collector.hpp"

#include <istream>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Whether XML with this root element is read: RSS ("rss"), RSS 1.0 ("rdf"), Atom ("feed",
/// "entry"), NewsML-G2 ("newsmessage", "newsitem").
[[nodiscard]] bool is_feed(std::string_view root);

/// Reads one of them. Messages name `file`.
void read_feed(std::istream& in, std::string_view root, const std::string& file,
               const std::string& id_prefix, Collector& collector);

} // namespace fabula::detail
