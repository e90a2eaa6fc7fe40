// SPDX-License-Identifier: Apache-2.0
#include "io/bytes/append_within.hpp"
#include "io/json/json_line.hpp"
#include "io/message.hpp"
#include "io/read/content_kind.hpp"
#include "io/read/read.hpp"

#include <cerrno>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace fabula::detail {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
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
                append_within(line, {block_.data(), count}, most_);
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

void read_json_lines(std::istream& in, const Input& input, Collector& collector) {
    const std::string& name = input.name;
    const ReadOptions& options = collector.options();
    const std::uint64_t most = most_object_bytes(options.max_text_bytes);
    LineInput lines{in, most};
    JsonLineReader reader{collector.names()};
    Record parsed;
    std::string line;
    errno = 0;
    std::uint64_t next = 0; // byte
    for (std::size_t number = options.first_line; lines.next(line); ++number) {
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
                            {name, number, 0, too_long("this line", lines.bytes(), most)});
            continue;
        }
        if (is_blank(line))
            continue;
        if (auto fault = reader.read(line, collector.record_options(), parsed)) {
            collector.fault(Errc::bad_input,
                            {name, number, fault->column, std::move(fault->reason)});
            continue;
        }
        collector.add(std::move(parsed), input.id_prefix + "line-" + std::to_string(number), name,
                      number, input.may_be_left ? std::optional(place) : std::nullopt);
    }
    if (in.bad())
        throw Error{Errc::unreadable,
                    name + ": could not be read to its end" + system_reason(errno)};
}

} // namespace fabula::detail

namespace fabula::inline v0 {

ArticleSet read_json_lines(std::istream& in, const std::string& name, const ReadOptions& options) {
    detail::Collector collector{options};
    detail::read_json_lines(in, {name, {}, {}, {}, false}, collector);
    return collector.take();
}

} // namespace fabula::inline v0
