// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace bench {

/// Repeated measurements of one thing.
class Samples {
public:
    void add(double value) { values_.push_back(value); }
    [[nodiscard]] bool empty() const { return values_.empty(); }
    [[nodiscard]] double median() const;
    [[nodiscard]] double least() const;
    [[nodiscard]] double most() const;
    [[nodiscard]] const std::vector<double>& values() const { return values_; }

private:
    std::vector<double> values_;
};

/// How many times as much `a` is as `b`: of those that were measured one after the other, pair by
/// pair, so that a machine that slows down slows both. "2.41 (2.30–2.55)": median, least and most.
[[nodiscard]] std::string ratio(const Samples& a, const Samples& b);

/// With as many digits as matter: "0.0123", "1.23", "123".
[[nodiscard]] std::string number(double value);
[[nodiscard]] std::string fixed(double value, int digits);

/// A table in Markdown, with columns as wide as what is in them.
class Table {
public:
    explicit Table(std::vector<std::string> heads) : rows_{std::move(heads)} {}
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] std::string markdown() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

} // namespace bench
