// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bench {
namespace {

double median_of(std::vector<double> values) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Letters rather than bytes.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) >> 6U) != 2;
    }));
}

} // namespace

double Samples::median() const {
    return median_of(values_);
}

double Samples::least() const {
    return values_.empty() ? 0 : *std::min_element(values_.begin(), values_.end());
}

double Samples::most() const {
    return values_.empty() ? 0 : *std::max_element(values_.begin(), values_.end());
}

std::string ratio(const Samples& a, const Samples& b) {
    Samples ratios;
    for (std::size_t i = 0; i < std::min(a.values().size(), b.values().size()); ++i)
        if (b.values()[i] > 0)
            ratios.add(a.values()[i] / b.values()[i]);
    if (ratios.empty())
        return "–";
    std::string text = number(ratios.median());
    if (ratios.values().size() > 1)
        text += " (" + number(ratios.least()) + "–" + number(ratios.most()) + ")";
    return text;
}

std::string fixed(double value, int digits) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
    return buffer;
}

std::string number(double value) {
    const double size = std::abs(value);
    return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.995 ? 2 : size >= 0.1 ? 3 : 4);
}

std::string Table::markdown() const {
    std::vector<std::size_t> widths(rows_.front().size(), 3);
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    std::string text;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string cell = i < rows_[r].size() ? rows_[r][i] : "";
            text += "| " + cell + std::string(widths[i] - width(cell) + 1, ' ');
        }
        text += "|\n";
        if (r > 0)
            continue;
        for (const std::size_t wide : widths)
            text += "|" + std::string(wide + 2, '-');
        text += "|\n";
    }
    return text;
}

} // namespace bench
