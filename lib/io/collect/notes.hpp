// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/input.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fabula::detail {

/// Counts what was odd and cost no article, with the first place of each kind.
class Notes {
public:
    /// `detail` is what of that kind it is: of a field, "text" and the name; else what stood there.
    void add(ReadNote::Kind kind, const std::string& detail, const BadLine& place);

    /// In the order of the kinds, sentences written.
    [[nodiscard]] std::vector<ReadNote> take() const;

private:
    struct Count {
        std::size_t count{};
        std::string first; ///< place
        std::string detail;
    };
    std::map<std::pair<ReadNote::Kind, std::string>, Count> counts_;
};

} // namespace fabula::detail
