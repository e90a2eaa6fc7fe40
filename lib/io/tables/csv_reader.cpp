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

bool CsvReader::next() {
    char c = '\0';
    is_cut_ = false;
    while (peek(c) && (c == '\n' || c == '\r')) {
        line_ += c == '\n' ? 1 : 0;
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
            if (peek(c) && c == '"') {
                ++at_;
                add(c);
            } else {
                in_quotes = false;
            }
        } else if (c == '"' && is_new_cell) {
            in_quotes = true;
            is_new_cell = false;
        } else if (c == delimiter_) {
            // A row has thousands of cells at most; more of them are no table.
            constexpr std::size_t most_cells = 10'000;
            if (++bytes_ <= most_ && cells_.size() < most_cells)
                cells_.emplace_back();
            is_new_cell = true;
        } else if (c == '\n') {
            ++line_;
            break;
        } else {
            const char here = c;
            if (here != '\r' || (peek(c) && c != '\n'))
                add(here);
            is_new_cell = false;
        }
    }
    is_cut_ = in_quotes;
    return true;
}

} // namespace fabula::detail
