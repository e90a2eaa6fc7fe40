// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/collect/collector.hpp"

#include <istream>
#include <string>
#include <string_view>

namespace fabula::detail {

/// Whether XML with this root element is one of news: RSS ("rss"), RSS 1.0 ("rdf"), Atom ("feed",
/// "entry"), NewsML-G2 ("newsmessage", "newsitem"), NITF ("nitf").
[[nodiscard]] bool is_feed(std::string_view root);

/// Where it is from.
struct FeedFile {
    std::string name; ///< in messages
    std::string id_prefix;
    bool is_utf8{}; ///< whatever it says of its encoding
};

/// Reads one of them, or of any other root the records in it; false where it holds none of those.
[[nodiscard]] bool read_feed(std::istream& in, std::string_view root, const FeedFile& file,
                             Collector& collector);

} // namespace fabula::detail
