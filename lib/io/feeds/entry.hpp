// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/collect/collector.hpp"
#include "io/fields/record.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fabula::detail {

/// One entry of a feed while it is read: its fields come from elements whose meaning a standard has
/// fixed, so that nobody needs to be told their names.
class Entries {
public:
    Entries(Collector& collector, std::string file, std::string id_prefix);

    /// Of all entries that say none of their own.
    std::string language;
    std::string source;

    void begin(std::size_t line);
    /// Of the values of a field, the one of the lowest rank counts that is not empty.
    void add(Field field, std::uint8_t rank, std::string_view value);
    /// Hands the entry over.
    void end();
    /// It is no article: a picture, a package.
    void pass_over(const std::string& what);

private:
    Collector& collector_;
    std::string file_;
    std::string id_prefix_;
    Values values_;
    std::size_t line_{};
    std::size_t count_{};
};

} // namespace fabula::detail
