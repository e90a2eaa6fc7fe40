// SPDX-License-Identifier: Apache-2.0
#include "io/feeds/feeds.hpp"

#include "io/feeds/feed_handlers.hpp"

namespace fabula::detail {

bool is_feed(std::string_view root) {
    return root == "rss" || root == "rdf" || root == "feed" || root == "entry" ||
           root == "newsmessage" || root == "newsitem" || root == "nitf";
}

bool read_feed(std::istream& in, std::string_view root, const FeedFile& file,
               Collector& collector) {
    Entries entries{collector, file.name, file.id_prefix};
    const std::size_t most = collector.options().max_text_bytes;
    const auto read = [&](XmlHandler& handler) { return parse_xml(in, file.is_utf8, handler); };
    std::string damage;
    if (!is_feed(root)) {
        RecordHandler handler{entries, collector.names(), most};
        damage = read(handler);
        if (handler.count() == 0)
            return false;
    } else if (root.starts_with("n")) {
        NewsmlHandler handler{entries, most};
        damage = read(handler);
    } else {
        FeedHandler handler{entries, most};
        damage = read(handler);
    }
    if (!damage.empty())
        collector.fault(Errc::bad_input, {file.name, 0, 0, damage});
    return true;
}

} // namespace fabula::detail
