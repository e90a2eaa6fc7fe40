// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report_view.hpp"

#include <fabula/scoring.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// Characters of a text that a report shows at most.
inline constexpr std::size_t longest_text = 20'000;

/// What the contributions of all pairs are called, each once.
class ContributionWords {
public:
    /// The number of its words in the table.
    [[nodiscard]] std::size_t number(const Contribution& contribution);
    [[nodiscard]] std::string json() const;

private:
    std::vector<std::string> words_;
};

/// What the page shows of two articles side by side, as a JSON object; places in the texts are of
/// JavaScript strings.
[[nodiscard]] std::string explained_pair(const ReportView& view, const ReportPair& pair,
                                         const Comparison& comparison, ContributionWords& words);

/// A text as a JSON string, cut where it is too long.
[[nodiscard]] std::string shown_text(const Article& article);

} // namespace fabula::detail
