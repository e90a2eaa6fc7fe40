// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"
#include "io/pages/html_page.hpp"
#include "io/read/read.hpp"

#include <fabula/text.hpp>

#include <cerrno>
#include <istream>
#include <string>
#include <utility>

namespace fabula::detail {

void read_page(std::istream& in, const Input& input, Collector& collector) {
    std::string page;
    if (!read_whole(in, input, collector, page))
        return;
    Record record;
    bool repaired = false;
    page = page_to_utf8(std::move(page), repaired);
    if (auto wrong = page_record(page, collector.record_options(), record)) {
        collector.fault(Errc::bad_input, {input.name, 0, 0, std::move(wrong->reason)});
        return;
    }
    record.repaired = repaired;
    collector.add(std::move(record), repair_utf8(input.article_id), input.name, 0);
}

} // namespace fabula::detail
