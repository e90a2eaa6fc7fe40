// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/feeds.hpp"

#include "io/feeds/feed_handlers.hpp"

namespace fabula::detail {

bool is_feed(std::string_view root) {
    return root == "rss" || root == "rdf" || root == "feed" || root == "entry" ||
           root == "newsmessage" || root == "newsitem";
}

void read_feed(std::istream& in, std::string_view root, const std::string& file,
               const std::string& id_prefix, Collector& collector) {
    Entries entries{collector, file, id_prefix};
    const std::size_t most = collector.options().max_text_bytes;
    std::string damage;
    if (root.starts_with("news")) {
        NewsmlHandler handler{entries, most};
        damage = parse_xml(in, handler);
    } else {
        FeedHandler handler{entries, most};
        damage = parse_xml(in, handler);
    }
    if (!damage.empty())
        collector.fault(Errc::bad_input, {file, 0, 0, damage});
}

} // namespace fabula::detail
