// SPDX-License-Identifier: Apache-2.0
#include "io/tables/table_form.hpp"

#include "io/tables/csv_reader.hpp"

#include <sstream>
#include <string>
#include <utility>

namespace fabula::detail {
namespace {

TableForm form_with(char delimiter, std::string_view start, const FieldNames& names) {
    constexpr std::size_t most = std::size_t{64} << 10U;
    std::istringstream in{std::string(start.substr(0, most))};
    CsvReader rows{in, delimiter, most};
    TableForm form;
    if (!rows.next() || rows.is_cut())
        return form;
    form.delimiter = delimiter;
    form.columns = rows.cells().size();
    for (const std::string& cell : rows.cells()) {
        const Field field = names.find(cell).field;
        form.known_columns += field != field_count ? 1 : 0;
        form.has_text = form.has_text || field == text || field == title;
    }
    return form;
}

} // namespace

TableForm table_form(std::string_view start, const FieldNames& names) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (start.starts_with(byte_order_mark))
        start.remove_prefix(byte_order_mark.size());
    if (start.starts_with('|'))
        return {}; // a table of Markdown, which is part of a text
    if (start.starts_with("sep=") && start.size() > 5) {
        const std::size_t line_end = start.find('\n');
        if (line_end != std::string_view::npos)
            return form_with(start[4], start.substr(line_end + 1), names);
    }
    TableForm best;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const TableForm form = form_with(delimiter, start, names);
        if (std::pair(form.known_columns, form.columns) >
            std::pair(best.known_columns, best.columns))
            best = form;
    }
    return best;
}

} // namespace fabula::detail
