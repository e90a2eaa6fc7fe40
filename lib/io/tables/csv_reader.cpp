// SPDX-License-Identifier: Apache-2.0
#include "io/tables/csv_reader.hpp"

#include "io/bytes/append_within.hpp"

#include <algorithm>
#include <string_view>

namespace fabula::detail {

CsvReader::CsvReader(std::istream& in, char delimiter, std::uint64_t most)
    : in_(in), delimiter_(delimiter), most_(most), block_(std::size_t{64} << 10U, ' ') {}

/// The next byte, which stays.
bool CsvReader::peek(char& c) {
    if (at_ == end_) {
        if (!in_.good())
            return false;
        in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
        at_ = 0;
        end_ = in_.bad() ? 0 : static_cast<std::size_t>(in_.gcount());
        if (end_ == 0)
            return false;
    }
    c = block_[at_];
    return true;
}

void CsvReader::add(char c) {
    if (++bytes_ <= most_)
        append_within(cells_.back(), {&c, 1}, most_);
}

/// Behind a byte outside of quotes; passes the LF of a CR LF.
bool CsvReader::ends_row(char c) {
    char next = '\0';
    if (c == '\n') {
        ends_ = ends_ == Ends::unknown ? Ends::line_feeds : ends_;
        return ends_ == Ends::line_feeds;
    }
    if (c != '\r')
        return false;
    if (ends_ != Ends::carriage_returns && peek(next) && next == '\n') {
        ends_ = ends_ == Ends::unknown ? Ends::line_feeds : ends_;
        ++at_;
        return true;
    }
    ends_ = ends_ == Ends::unknown ? Ends::carriage_returns : ends_;
    return ends_ == Ends::carriage_returns;
}

/// Behind a byte outside of quotes: reads "\n" and its like.
bool CsvReader::take_escape(char c) {
    char next = '\0';
    if (c != '\\' || delimiter_ != '\t' || had_quotes_ || !peek(next))
        return false;
    constexpr std::string_view letters = "tnr\\\t\n\r\"";
    constexpr std::string_view stand_for = "\t\n\r\\\t\n\r\"";
    const std::size_t which = letters.find(next);
    if (which == std::string_view::npos)
        return false;
    ++at_;
    line_ += next == '\n' ? 1 : 0;
    add(stand_for[which]);
    return true;
}

/// Behind a quote in quotes that no other follows.
bool CsvReader::closes_quotes() {
    std::string& cell = cells_.back();
    char next = '\0';
    const bool behind_backslash = cell.ends_with('\\') && !cell.ends_with("\\\\");
    if (!behind_backslash)
        return true;
    const bool may_end = !peek(next) || next == delimiter_ || next == '\n' || next == '\r';
    has_backslashes_ = has_backslashes_ || !may_end;
    if (!has_backslashes_)
        return true;
    cell.back() = '"';
    return false;
}

bool CsvReader::next() {
    char c = '\0';
    is_cut_ = false;
    while (peek(c) && (c == '\r' || (c == '\n' && ends_ != Ends::carriage_returns))) {
        line_ += c == '\n' || ends_ == Ends::carriage_returns ? 1 : 0;
        ++at_;
    }
    if (!peek(c))
        return false;
    cells_.assign(1, {});
    bytes_ = 0;
    row_line_ = line_;
    bool in_quotes = false;
    bool is_new_cell = true;
    while (peek(c)) {
        if (in_quotes && c != '"') { // all up to the next quote
            const std::string_view rest{block_.data() + at_, end_ - at_};
            const std::string_view part = rest.substr(0, rest.find('"'));
            line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
            if (bytes_ <= most_)
                append_within(cells_.back(), part, most_);
            bytes_ += part.size();
            at_ += part.size();
            continue;
        }
        ++at_;
        if (in_quotes) {
            const bool is_doubled = peek(c) && c == '"';
            // Behind a backslash of such a table, the first one is a quote and the second ends.
            if (is_doubled && !(has_backslashes_ && cells_.back().ends_with('\\'))) {
                ++at_;
                add(c);
            } else {
                in_quotes = !closes_quotes();
            }
        } else if (c == '"' && is_new_cell) {
            in_quotes = true;
            had_quotes_ = true;
            is_new_cell = false;
        } else if (c == delimiter_) {
            // A row has thousands of cells at most; more of them are no table.
            constexpr std::size_t most_cells = 10'000;
            if (++bytes_ <= most_ && cells_.size() < most_cells)
                cells_.emplace_back();
            is_new_cell = true;
        } else if (ends_row(c)) {
            ++line_;
            break;
        } else {
            if (!take_escape(c))
                add(c);
            is_new_cell = false;
        }
    }
    is_cut_ = in_quotes;
    return true;
}

} // namespace fabula::detail
