// SPDX-License-Identifier: Apache-2.0
#include "io/json/json_line.hpp"
#include "io/message.hpp"
#include "io/read/read.hpp"
#include "io/tables/csv_reader.hpp"

#include <fabula/text.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <istream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fabula::detail {
namespace {

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most_shown = 12;
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == most_shown)
            return list + ", …";
        list += (i == 0 ? "\"" : ", \"") + shortened(names[i], 30) + '"';
    }
    return list;
}

/// ="2026-03-04", as tools write what spreadsheets are to leave as it is.
void take_formula_off(std::string& cell) {
    if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"'))
        cell = cell.substr(2, cell.size() - 3);
}

/// What databases and programs for statistics write where there is nothing.
bool is_nothing(std::string_view cell) {
    constexpr std::array<std::string_view, 11> known{"\\N", "NULL", "null", "NA",   "N/A", "<NA>",
                                                     "NaN", "nan",  "NaT",  "None", "nil"};
    constexpr std::size_t longest = 4;
    return cell.empty() ||
           (cell.size() <= longest && std::find(known.begin(), known.end(), cell) != known.end());
}

/// The names of the columns; the line "sep=;" of spreadsheets before them is passed over.
std::vector<std::string> read_header(CsvReader& rows) {
    while (rows.next()) {
        std::vector<std::string> header = std::move(rows.cells());
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (header.front().starts_with(byte_order_mark))
            header.front().erase(0, byte_order_mark.size());
        // Behind a byte order mark, the first name is still in its quotes.
        if (header.front().size() >= 2 && header.front().front() == '"' &&
            header.front().back() == '"')
            header.front() = header.front().substr(1, header.front().size() - 2);
        if (rows.line() == 1 && header.front().starts_with("sep="))
            continue;
        for (std::string& name : header) {
            take_formula_off(name);
            name = repair_utf8(name);
        }
        return header;
    }
    return {};
}

} // namespace

void read_table(std::istream& in, char delimiter, const Input& input, Collector& collector) {
    const std::uint64_t most = most_object_bytes(collector.options().max_text_bytes);
    CsvReader rows{in, delimiter, most};
    errno = 0;
    std::vector<std::string> header = read_header(rows);
    bool is_first = true;
    std::vector<NamedField> columns;
    bool has_text = false;
    for (const std::string& name : header) {
        columns.push_back(collector.names().find(name));
        has_text = has_text || columns.back().field == text || columns.back().field == title;
    }
    if (!has_text && input.in_folder)
        return collector.note(ReadNote::Kind::passed_over, {}, {input.name, 0, 0, {}});
    if (!has_text && !header.empty())
        throw Error{Errc::bad_input, input.name +
                                         ":1: this table has no column \"text\" and no column "
                                         "\"title\"; it has " +
                                         listed(header) +
                                         "; say which of them is the text: --field text=NAME"};
    while (rows.next()) {
        const auto fault = [&](std::string reason) {
            collector.fault(Errc::bad_input, {input.name, rows.line(), 0, std::move(reason)});
        };
        std::vector<std::string>& cells = rows.cells();
        if (rows.bytes() > most) {
            fault(too_long("this row", rows.bytes(), most));
            continue;
        }
        if (rows.is_cut()) {
            fault("a quote of this row is never closed; a quote in quotes must be doubled");
            continue;
        }
        // R leaves the name of its first column out, the one of the rows' own names.
        if (is_first && cells.size() == columns.size() + 1) {
            columns.insert(columns.begin(), NamedField{});
            header.insert(header.begin(), std::string{});
        }
        is_first = false;
        if (cells.size() > columns.size()) {
            fault("this row has " + std::to_string(cells.size()) + " cells, but there are " +
                  std::to_string(columns.size()) +
                  " columns; a cell with a delimiter or a line break in it must be in quotes");
            continue;
        }
        Values values;
        Record record;
        bool repaired = false;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (columns[i].field == field_count)
                continue;
            take_formula_off(cells[i]);
            if (is_nothing(cells[i]))
                continue;
            std::size_t replaced = 0;
            const std::string cell = repair_utf8(cells[i], &replaced);
            repaired = repaired || replaced > 0;
            offer(values, columns[i], header[i], Value::Kind::string, cell);
        }
        if (values[text].kind == Value::Kind::absent && values[title].kind == Value::Kind::absent)
            values[text].kind = Value::Kind::string; // a cell is there, and empty
        if (auto wrong = make_record(values, collector.record_options(), record)) {
            fault(std::move(wrong->reason));
            continue;
        }
        record.repaired = repaired;
        collector.add(std::move(record), input.id_prefix + "line-" + std::to_string(rows.line()),
                      input.name, rows.line());
    }
    if (in.bad())
        throw Error{Errc::unreadable,
                    input.name + ": could not be read to its end" + system_reason(errno)};
}

} // namespace fabula::detail
