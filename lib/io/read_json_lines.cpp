// SPDX-License-Identifier: Apache-2.0
#include "io/json_line.hpp"
#include "io/message.hpp"
#include "io/read.hpp"

#include <cerrno>
#include <istream>
#include <string_view>

namespace fabula::detail {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// What a file is that cannot be JSON Lines, by its first bytes; empty where it may be.
std::string_view foreign_format(std::string_view start) {
    using namespace std::string_view_literals;
    struct Format {
        std::string_view magic;
        std::string_view sentence;
    };
    static constexpr Format formats[] = {
        {"\xFF\xFE"sv, "this is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
        {"\xFE\xFF"sv, "this is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
        {"\x1F\x8B"sv, "this is compressed by gzip; pipe it in through zcat"},
        {"\xFD\x37zXZ\0"sv, "this is compressed by xz; pipe it in through xzcat"},
        {"\x28\xB5\x2F\xFD"sv, "this is compressed by zstd; pipe it in through zstdcat"},
        {"BZh"sv, "this is compressed by bzip2; pipe it in through bzcat"},
        {"PK\x03\x04"sv, "this is a zip archive; unpack it first"},
    };
    for (const Format& format : formats) {
        if (start.starts_with(format.magic))
            return format.sentence;
    }
    return {};
}

} // namespace

void read_json_lines(std::istream& in, const std::string& name, const std::string& id_prefix,
                     Collector& collector, bool may_be_left) {
    JsonLineReader reader;
    JsonLine parsed;
    std::string line;
    errno = 0;
    std::uint64_t next = 0; // byte
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        Collector::LinePlace place{next, line.size()};
        next += line.size() + 1;
        // At any line, because files with a mark are often glued together.
        if (line.starts_with(byte_order_mark)) {
            line.erase(0, byte_order_mark.size());
            place.offset += byte_order_mark.size();
            place.bytes -= byte_order_mark.size();
        }
        if (number == 1) {
            const std::string_view sentence = foreign_format(line);
            if (!sentence.empty()) // every line would be a fault, so this is never skipped
                throw Error{Errc::bad_input, name + ": " + std::string{sentence}};
        }
        if (is_blank(line))
            continue;
        if (auto fault = reader.read(line, collector.options().gold_stories, parsed)) {
            collector.fault(Errc::bad_input,
                            {name, number, fault->column, std::move(fault->reason)});
            continue;
        }
        if (!parsed.id_is_given)
            parsed.article.id = id_prefix + "line-" + std::to_string(number);
        if (parsed.repaired)
            collector.count_repaired();
        collector.add(std::move(parsed.article), std::move(parsed.story), name, number,
                      may_be_left ? std::optional(place) : std::nullopt);
    }
    if (in.bad())
        throw Error{Errc::unreadable,
                    name + ": could not be read to its end" + system_reason(errno)};
}

} // namespace fabula::detail

namespace fabula::inline v0 {

ArticleSet read_json_lines(std::istream& in, const std::string& name, const ReadOptions& options) {
    detail::Collector collector{options};
    detail::read_json_lines(in, name, {}, collector);
    return collector.take();
}

} // namespace fabula::inline v0
