// SPDX-License-Identifier: Apache-2.0
#include "evaluation/contingency.hpp"

#include "base/runs.hpp"

#include <algorithm>
#include <tuple>

namespace fabula::detail {
namespace {

/// Label → its rank among the labels that occur.
class Ranks {
public:
    explicit Ranks(std::span<const std::uint32_t> labels) : labels_(labels.begin(), labels.end()) {
        sort_unique(labels_);
    }
    [[nodiscard]] std::size_t size() const { return labels_.size(); }
    [[nodiscard]] std::uint32_t operator[](std::uint32_t label) const {
        const auto found = std::lower_bound(labels_.begin(), labels_.end(), label);
        return static_cast<std::uint32_t>(found - labels_.begin());
    }

private:
    std::vector<std::uint32_t> labels_;
};

} // namespace

Contingency count(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> gold,
                  std::span<const std::uint32_t> languages) {
    const Ranks predicted_ranks(predicted);
    const Ranks gold_ranks(gold);
    Contingency table;
    table.predicted_sizes.resize(predicted_ranks.size());
    table.gold_sizes.resize(gold_ranks.size());

    std::vector<Cell> articles;
    articles.reserve(predicted.size());
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        articles.push_back({predicted_ranks[predicted[i]], gold_ranks[gold[i]], languages[i], 1});
        ++table.predicted_sizes[articles.back().predicted];
        ++table.gold_sizes[articles.back().gold];
    }
    const auto place = [](const Cell& cell) {
        return std::tie(cell.predicted, cell.gold, cell.language);
    };
    std::sort(articles.begin(), articles.end(),
              [&](const Cell& a, const Cell& b) { return place(a) < place(b); });
    for (const Cell& article : articles) {
        if (table.cells.empty() || place(table.cells.back()) != place(article))
            table.cells.push_back(article);
        else
            ++table.cells.back().articles;
    }
    return table;
}

} // namespace fabula::detail
