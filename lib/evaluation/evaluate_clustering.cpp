// SPDX-License-Identifier: Apache-2.0
#include "base/portable_math.hpp"
#include "base/runs.hpp"
#include "evaluation/contingency.hpp"

#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>

#include <algorithm>

namespace fabula::inline v0 {
namespace {

using detail::Cell;
using detail::Contingency;
using detail::FractionSum;
using detail::share;

double harmonic_mean(double a, double b) {
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

PrecisionRecall precision_recall(double precision, double recall) {
    return {precision, recall, harmonic_mean(precision, recall)};
}

std::uint64_t pairs(std::uint64_t articles) {
    return articles < 2 ? 0 : articles * (articles - 1) / 2;
}

std::uint64_t pairs(const std::vector<std::uint64_t>& sizes) {
    std::uint64_t sum = 0;
    for (const std::uint64_t size : sizes)
        sum += pairs(size);
    return sum;
}

/// BCubed sums over some of the articles.
struct BCubedSums {
    FractionSum precision;
    FractionSum recall;
    std::uint64_t articles{};

    /// `members` articles, each of which shares both clusters with `shared` articles.
    void add(std::uint64_t members, std::uint64_t shared, std::uint64_t predicted_size,
             std::uint64_t gold_size) {
        precision.add(members * shared, predicted_size);
        recall.add(members * shared, gold_size);
        articles += members;
    }
    [[nodiscard]] PrecisionRecall result() const {
        const auto n = static_cast<double>(articles);
        return precision_recall(precision.value() / n, recall.value() / n);
    }
};

/// Hubert and Arabie 1985, from the pairs in both partitions, in each of them, and in all.
double adjusted_rand_index(std::uint64_t both, std::uint64_t predicted, std::uint64_t gold,
                           std::uint64_t all) {
    if (both == predicted && both == gold)
        return 1; // the same partition, also where chance could do no other (0 / 0 in the formula)
    const double expected =
        static_cast<double>(predicted) * static_cast<double>(gold) / static_cast<double>(all);
    const double most = (static_cast<double>(predicted) + static_cast<double>(gold)) / 2;
    return (static_cast<double>(both) - expected) / (most - expected);
}

/// Σ size × ln(size), equal sizes taken together so that their order does not matter.
class SizeLogSizeSum {
public:
    void add(std::uint64_t size) { counts_[size] += size; }
    [[nodiscard]] double value() const {
        double sum = 0;
        for (const auto& [size, articles] : counts_)
            sum += static_cast<double>(articles) * detail::portable_log(static_cast<double>(size));
        return sum;
    }

private:
    std::map<std::uint64_t, std::uint64_t> counts_;
};

double size_log_size(const std::vector<std::uint64_t>& sizes) {
    SizeLogSizeSum sum;
    for (const std::uint64_t size : sizes)
        sum.add(size);
    return sum.value();
}

/// 1 − H(wanted | given) / H(wanted), from sums of size × ln(size); 1 where there is but one
/// cluster.
double explained(double both, double given, double wanted, double articles) {
    const double entropy = articles * detail::portable_log(articles) - wanted; // × articles
    return entropy > 0 ? std::clamp(1 - (given - both) / entropy, 0.0, 1.0) : 1;
}

std::uint64_t largest(const std::vector<std::uint64_t>& sizes) {
    return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

/// Pairs of one gold cluster in two languages.
std::uint64_t cross_language_pairs(std::span<const std::uint32_t> gold,
                                   std::span<const std::uint32_t> languages) {
    const std::vector<std::uint32_t> all_together(gold.size(), 0);
    const Contingency table = detail::count(all_together, gold, languages);
    std::uint64_t result = pairs(table.gold_sizes);
    for (const Cell& cell : table.cells)
        result -= pairs(cell.articles);
    return result;
}

ClusteringQuality perfect() {
    ClusteringQuality quality;
    quality.bcubed = quality.pairwise = {1, 1, 1};
    quality.adjusted_rand_index = quality.homogeneity = quality.completeness = quality.v_measure =
        quality.cross_language_recall = 1;
    return quality;
}

} // namespace

ClusteringQuality evaluate_clustering(std::span<const std::uint32_t> predicted,
                                      std::span<const std::uint32_t> gold,
                                      std::span<const std::string> languages) {
    if (predicted.size() != gold.size())
        throw Error(Errc::bad_input, std::to_string(predicted.size()) + " predicted labels and " +
                                         std::to_string(gold.size()) +
                                         " gold labels; give one of each an article");
    if (!languages.empty() && languages.size() != predicted.size())
        throw Error(Errc::bad_input, std::to_string(languages.size()) + " languages and " +
                                         std::to_string(predicted.size()) +
                                         " labels; give one language an article, or none");
    ClusteringQuality quality = perfect();
    if (predicted.empty())
        return quality;

    for (const std::string& language : languages)
        ++quality.articles_by_language[language];
    std::vector<std::string> tags;
    std::map<std::string, std::uint32_t> number_of_tag;
    for (const auto& [tag, articles] : quality.articles_by_language) {
        number_of_tag[tag] = static_cast<std::uint32_t>(tags.size());
        tags.push_back(tag);
    }
    std::vector<std::uint32_t> language_numbers(predicted.size(), 0);
    for (std::size_t i = 0; i < languages.size(); ++i)
        language_numbers[i] = number_of_tag[languages[i]];

    const Contingency table = detail::count(predicted, gold, language_numbers);
    BCubedSums bcubed;
    std::vector<BCubedSums> bcubed_by_language(tags.size());
    SizeLogSizeSum both_log;
    std::uint64_t both_pairs = 0;
    std::uint64_t cross_pairs = 0; // in two languages, together in both partitions
    detail::for_each_run(table.cells, &Cell::clusters, [&](std::span<const Cell> cells) {
        std::uint64_t shared = 0;
        std::uint64_t within_language = 0;
        for (const Cell& cell : cells) {
            shared += cell.articles;
            within_language += pairs(cell.articles);
        }
        const std::uint64_t predicted_size = table.predicted_sizes[cells.front().predicted];
        const std::uint64_t gold_size = table.gold_sizes[cells.front().gold];
        bcubed.add(shared, shared, predicted_size, gold_size);
        if (!tags.empty())
            for (const Cell& cell : cells)
                bcubed_by_language[cell.language].add(cell.articles, shared, predicted_size,
                                                      gold_size);
        both_log.add(shared);
        both_pairs += pairs(shared);
        cross_pairs += pairs(shared) - within_language;
    });

    const std::uint64_t predicted_pairs = pairs(table.predicted_sizes);
    const std::uint64_t gold_pairs = pairs(table.gold_sizes);
    quality.bcubed = bcubed.result();
    quality.pairwise =
        precision_recall(share(both_pairs, predicted_pairs), share(both_pairs, gold_pairs));
    quality.adjusted_rand_index =
        adjusted_rand_index(both_pairs, predicted_pairs, gold_pairs, pairs(predicted.size()));
    const auto articles = static_cast<double>(predicted.size());
    const double predicted_log = size_log_size(table.predicted_sizes);
    const double gold_log = size_log_size(table.gold_sizes);
    quality.homogeneity = explained(both_log.value(), predicted_log, gold_log, articles);
    quality.completeness = explained(both_log.value(), gold_log, predicted_log, articles);
    quality.v_measure = harmonic_mean(quality.homogeneity, quality.completeness);
    quality.cross_language_recall =
        share(cross_pairs, cross_language_pairs(gold, language_numbers));
    quality.articles = predicted.size();
    quality.predicted_clusters = table.predicted_sizes.size();
    quality.gold_clusters = table.gold_sizes.size();
    quality.largest_predicted = largest(table.predicted_sizes);
    quality.largest_gold = largest(table.gold_sizes);
    for (std::size_t i = 0; i < tags.size(); ++i)
        quality.by_language[tags[i]] = bcubed_by_language[i].result();
    return quality;
}

} // namespace fabula::inline v0
