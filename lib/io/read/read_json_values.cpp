// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_line.hpp"
#include "io/json/json_splitter.hpp"
#include "io/message.hpp"
#include "io/read/read.hpp"

#include <fabula/text.hpp>

#include <cerrno>
#include <cstdint>
#include <istream>
#include <string>
#include <utility>

namespace fabula::detail {

void read_json_values(std::istream& in, JsonShape shape, const Input& input, Collector& collector) {
    const std::uint64_t most = most_object_bytes(collector.options().max_text_bytes);
    JsonSplitter values{in, shape, most};
    JsonLineReader reader{collector.names()};
    Record record;
    errno = 0;
    while (values.next()) {
        const BadLine place{input.name, values.line(), values.column(), {}};
        const auto fault = [&](std::string reason) {
            collector.fault(Errc::bad_input,
                            {place.file, place.line, place.column, std::move(reason)});
        };
        if (values.bytes() > most) {
            fault(too_long("this object", values.bytes(), most));
            continue;
        }
        if (values.is_cut()) {
            fault("the file ends in the middle of this object");
            continue;
        }
        const Collector::LinePlace left{values.offset(), values.json().size()};
        if (const auto wrong = reader.read(values.json(), collector.record_options(), record)) {
            // The column is one of the object; where that is but a line of its own, of the file
            // too.
            fault(values.json().starts_with('{') ? wrong->reason
                                                 : "an article is expected here, as a JSON object "
                                                   "in braces");
            continue;
        }
        if (record.article.language.empty() && record.unknown_language.empty())
            record.article.language = values.feed_language();
        if (record.article.source.empty())
            record.article.source = host_of(values.feed_address());
        const std::string id = values.key().empty() ? "article-" + std::to_string(values.count())
                                                    : repair_utf8(values.key());
        collector.add(std::move(record), input.id_prefix + id, input.name, values.line(),
                      input.may_be_left ? std::optional(left) : std::nullopt);
    }
    if (in.bad())
        throw Error{Errc::unreadable,
                    input.name + ": could not be read to its end" + system_reason(errno)};
    if (values.is_cut())
        collector.fault(Errc::bad_input,
                        {input.name, 0, 0,
                         "the file ends in the middle of a list; it is cut, or its "
                         "brackets are not paired"});
}

} // namespace fabula::detail
