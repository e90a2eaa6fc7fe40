// SPDX-License-Identifier: Apache-2.0
#include "pair_report.hpp"

#include "text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace program {
namespace {

constexpr int digits = 4;

/// Nothing where the clustering did not score the pair.
std::optional<float> scored(std::span<const fabula::Edge> edges, const ArticlePair& pair) {
    const auto ends = std::minmax(pair.first, pair.second);
    const auto found =
        std::lower_bound(edges.begin(), edges.end(), ends, [](const auto& edge, const auto& at) {
            return std::pair<std::size_t, std::size_t>{edge.first, edge.second} <
                   std::pair<std::size_t, std::size_t>{at};
        });
    if (found == edges.end() || found->first != ends.first || found->second != ends.second)
        return std::nullopt;
    return found->probability;
}

} // namespace

PairMeasurement measure_pairs(const PairSet& set, const fabula::StoryPartitions& all,
                              double min_probability, std::span<const fabula::Article> articles,
                              const std::function<fabula::Comparer()>& make_comparer) {
    const std::vector<std::uint32_t>& labels = all.partitions.front().labels;
    std::optional<fabula::Comparer> comparer;
    std::vector<fabula::LabelledPair> pairs;
    pairs.reserve(set.pairs.size());
    for (const ArticlePair& pair : set.pairs) {
        std::optional<float> probability = scored(all.scored, pair);
        if (!probability) {
            if (!comparer)
                comparer.emplace(make_comparer());
            // As coarse as those of the clustering, so that equal ones are ties.
            probability = static_cast<float>(
                comparer->compare(articles[pair.first], articles[pair.second]).probability);
        }
        pairs.push_back({static_cast<double>(*probability),
                         labels[pair.first] == labels[pair.second], pair.same_story});
    }
    std::vector<std::uint32_t> stories = labels;
    std::sort(stories.begin(), stories.end());
    stories.erase(std::unique(stories.begin(), stories.end()), stories.end());
    return {min_probability, articles.size(), stories.size(), fabula::evaluate_pairs(pairs),
            set.passed_over};
}

void write_pair_table(std::ostream& out, const PairMeasurement& measurement) {
    const auto line = [&](const char* name, const std::string& value) {
        out << padded(name, 24) << value << '\n';
    };
    const fabula::PairQuality& quality = measurement.quality;
    const fabula::PrecisionRecall& figures = quality.same_cluster;
    line("articles", std::to_string(measurement.articles));
    line("stories", std::to_string(measurement.stories));
    line("labelled pairs",
         std::to_string(quality.same_story_pairs + quality.different_story_pairs));
    line("  of one story", std::to_string(quality.same_story_pairs));
    line("  of different stories", std::to_string(quality.different_story_pairs));
    line("pairs passed over", std::to_string(measurement.passed_over));
    line("min-probability", decimals(measurement.min_probability, digits));
    out << '\n' << padded("", 24) << "precision  recall  F1\n";
    line("in one story", decimals(figures.precision, digits) + "     " +
                             decimals(figures.recall, digits) + "  " +
                             decimals(figures.f1, digits));
    out << '\n';
    line("AUC of the probability", decimals(quality.auc, digits));
}

void write_pair_json(std::ostream& out, const PairMeasurement& measurement) {
    const fabula::PairQuality& quality = measurement.quality;
    const nlohmann::ordered_json json{
        {"min_probability", measurement.min_probability},
        {"articles", measurement.articles},
        {"stories", measurement.stories},
        {"pairs", quality.same_story_pairs + quality.different_story_pairs},
        {"same_story_pairs", quality.same_story_pairs},
        {"different_story_pairs", quality.different_story_pairs},
        {"passed_over_pairs", measurement.passed_over},
        {"same_cluster",
         {{"precision", quality.same_cluster.precision},
          {"recall", quality.same_cluster.recall},
          {"f1", quality.same_cluster.f1}}},
        {"auc", quality.auc}};
    out << json.dump() << '\n';
}

} // namespace program
