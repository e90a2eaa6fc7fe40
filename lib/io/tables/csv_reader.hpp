// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

namespace fabula::detail {

/// Reads a table row by row as RFC 4180 has it: cells with delimiters, line breaks or quotes in
/// them are in quotes, and a quote in quotes is doubled. Rows may have any number of cells. What
/// other tools write is read too, where it cannot be anything else:
///
/// - rows that end with CR alone, where the first one does;
/// - quotes in quotes behind a backslash (Spark, R's write.table), from the first that has no other
///   reading on;
/// - \t, \n, \r and \\ between tabs for what they stand for (jq's @tsv, Miller, PostgreSQL), and
/// line
///   breaks and tabs behind a backslash, while there was no quote.
class CsvReader {
public:
    /// Of a row longer than `most` bytes only the beginning is held.
    CsvReader(std::istream& in, char delimiter, std::uint64_t most);

    /// Goes to the next row that is not blank; false at the end, or where nothing can be read.
    bool next();

    [[nodiscard]] std::vector<std::string>& cells() noexcept { return cells_; }
    /// Of the row's beginning, counted from 1.
    [[nodiscard]] std::size_t line() const noexcept { return row_line_; }
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    /// Whether the table ended within quotes.
    [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }

private:
    bool peek(char& c);
    void add(char c);
    [[nodiscard]] bool ends_row(char c);
    [[nodiscard]] bool take_escape(char c);
    [[nodiscard]] bool closes_quotes();

    std::istream& in_;
    char delimiter_;
    std::uint64_t most_;
    std::string block_;
    std::size_t at_{};
    std::size_t end_{};
    std::size_t line_{1};
    std::size_t row_line_{};
    std::uint64_t bytes_{};
    bool is_cut_{};
    bool had_quotes_{};
    bool has_backslashes_{}; ///< before quotes in quotes
    enum class Ends { unknown, line_feeds, carriage_returns };
    Ends ends_{Ends::unknown};
    std::vector<std::string> cells_;
};

} // namespace fabula::detail
