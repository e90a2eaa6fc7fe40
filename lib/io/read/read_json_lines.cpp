// SPDX-License-Identifier: Apache-2.0
#include "io/message.hpp"
#include "io/read/json_line.hpp"
#include "io/read/read.hpp"

#include <cerrno>
#include <cstdint>
#include <istream>
#include <limits>
#include <string>
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

/// Most bytes of a line: a character of the text may take six (\u0041), and there are other fields.
std::uint64_t most_line_bytes(std::size_t max_text_bytes) {
    constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
    constexpr std::uint64_t times = 8;
    constexpr std::uint64_t more = std::uint64_t{1} << 20U;
    if (max_text_bytes == 0 || max_text_bytes > (any - more) / times)
        return any;
    return times * max_text_bytes + more;
}

/// Lines of any length, of which a bounded part is ever in memory.
class LineInput {
public:
    LineInput(std::istream& in, std::uint64_t most) : in_(in), most_(most) {}

    /// Reads the next line without its break; false at the end or where nothing can be read. Of
    /// one that is too long, only the beginning is there.
    bool next(std::string& line) {
        if (line.capacity() > kept_room)
            std::string().swap(line);
        line.clear();
        bytes_ = 0;
        if (!in_.good())
            return false;
        for (bool goes_on = true; goes_on;) {
            in_.getline(block_.data(), static_cast<std::streamsize>(block_.size()));
            if (in_.bad())
                return false;
            const bool has_break = in_.good();
            const auto count = static_cast<std::size_t>(in_.gcount()) - (has_break ? 1 : 0);
            goes_on = !has_break && !in_.eof();
            if (goes_on)
                in_.clear(); // the block was full
            else if (!has_break && bytes_ + count == 0)
                return false;
            if (bytes_ <= most_)
                line.append(block_.data(), count);
            bytes_ += count;
        }
        return true;
    }

    /// Of the line that was read last.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_too_long() const noexcept { return bytes_ > most_; }

private:
    std::istream& in_;
    std::uint64_t most_;
    std::uint64_t bytes_{};
    std::string block_ = std::string(std::size_t{64} << 10U, ' ');
};

} // namespace

void read_json_lines(std::istream& in, const std::string& name, const std::string& id_prefix,
                     Collector& collector, bool may_be_left) {
    const ReadOptions& options = collector.options();
    const std::uint64_t most = most_line_bytes(options.max_text_bytes);
    LineInput lines{in, most};
    JsonLineReader reader;
    JsonLine parsed;
    std::string line;
    errno = 0;
    std::uint64_t next = 0; // byte
    for (std::size_t number = 1; lines.next(line); ++number) {
        Collector::LinePlace place{next, line.size()};
        next += lines.bytes() + 1;
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
        if (lines.is_too_long()) {
            collector.fault(Errc::bad_input,
                            {name, number, 0,
                             "this line has " + std::to_string(lines.bytes()) +
                                 " bytes, more than " + std::to_string(most) +
                                 " (eight times max-text-bytes and 1 MiB); cut it, or raise that"});
            continue;
        }
        if (is_blank(line))
            continue;
        if (auto fault =
                reader.read(line, {options.gold_stories, options.max_text_bytes}, parsed)) {
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
