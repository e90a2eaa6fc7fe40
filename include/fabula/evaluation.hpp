// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>
#include <fabula/neighbours.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fabula::inline v0 {

/// Precision, recall and their harmonic mean (0 where both are 0), each in [0, 1].
struct PrecisionRecall {
    double precision{};
    double recall{};
    double f1{};
};

/// How well predicted clusters meet the gold ones. All figures in [0, 1] but `adjusted_rand_index`,
/// which is in [-0.5, 1]. Higher is better; the same partition gives 1 everywhere.
struct ClusteringQuality {
    /// Bagga and Baldwin 1998. An article's precision is the part of its predicted cluster, itself
    /// included, that is of its gold cluster; its recall is the other way round. Means over
    /// articles; f1 is of these means.
    PrecisionRecall bcubed;
    /// Over pairs of articles in one cluster. Precision is 1 where no pair is predicted, recall 1
    /// where no pair is gold.
    PrecisionRecall pairwise;
    double adjusted_rand_index{}; ///< Hubert and Arabie 1985; 0 on average for random clusters
    double homogeneity{};  ///< Rosenberg and Hirschberg 2007: 1 − H(gold | predicted) / H(gold)
    double completeness{}; ///< 1 − H(predicted | gold) / H(predicted)
    double v_measure{};    ///< harmonic mean of the two
    /// Of the gold pairs in two different languages, the part that shares a predicted cluster;
    /// 1 where there are none. Languages differ where their tags do: "zh" is not "zh-Hant".
    double cross_language_recall{};
    std::size_t articles{};
    std::size_t predicted_clusters{};
    std::size_t gold_clusters{};
    std::size_t largest_predicted{}; ///< articles in the largest predicted cluster
    std::size_t largest_gold{};
    /// BCubed over the articles of one language, each against the whole partition.
    std::map<std::string, PrecisionRecall> by_language;
    std::map<std::string, std::size_t> articles_by_language;
};

/// Compares two partitions of the same articles, given as labels (any numbers; equal = together).
/// `languages` is empty or has one tag an article. No figure depends on the order of the articles
/// or on the names of the clusters, bit by bit. Time O(n log n), memory O(n). \throws
/// Error(bad_input) where the sizes differ. An empty input gives all figures 1 and all counts 0.
[[nodiscard]] FABULA_EXPORT ClusteringQuality
evaluate_clustering(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> gold,
                    std::span<const std::string> languages = {});

/// The pairs of articles of which one is in either language.
struct LanguagePairQuality {
    std::string first; ///< at most `second`; the same for pairs within one language
    std::string second;
    std::size_t gold_pairs{};      ///< in one gold cluster
    std::size_t predicted_pairs{}; ///< in one predicted cluster
    std::size_t correct_pairs{};   ///< in both
    /// As `ClusteringQuality::pairwise`: precision = correct / predicted, recall = correct / gold.
    PrecisionRecall pairwise;
};

/// Precision and recall over pairs of articles, by their two languages. Has every pair of languages
/// that meets in a gold or a predicted cluster, sorted by (first, second); the counts sum to those
/// of all pairs. Takes one language an article. Time and memory grow with the number of articles
/// and with clusters × (languages in the cluster)², not with the number of pairs of articles.
/// \throws Error(bad_input) where the sizes differ
[[nodiscard]] FABULA_EXPORT std::vector<LanguagePairQuality>
evaluate_language_pairs(std::span<const std::uint32_t> predicted,
                        std::span<const std::uint32_t> gold,
                        std::span<const std::string> languages);

/// Articles of one gold cluster in one predicted cluster where they should not be: apart from the
/// rest of their gold cluster, or among articles of others.
struct Confusion {
    std::uint32_t gold{};      ///< label of the gold cluster
    std::uint32_t predicted{}; ///< label of the predicted cluster
    std::size_t articles{};    ///< of `gold` in `predicted`
    /// Missed: of `gold`, but elsewhere. False: in `predicted`, but not of `gold`.
    std::size_t others{};
    /// The pair that shows it, one of `articles` and one of `others`: the most probable one, or the
    /// first article of either side (missed: of the largest part) where none was scored.
    std::size_t article{};
    std::size_t other{};
    std::optional<double> probability; ///< of this pair; empty where no such pair was scored

    /// Pairs of articles that are wrong for it.
    [[nodiscard]] std::size_t pairs() const { return articles * others; }
};

/// What went wrong, the worst first.
struct Confusions {
    /// Articles of one story that were not put together. Worst is the lowest probability of even
    /// the nearest pair, before all where none was scored.
    std::vector<Confusion> missed;
    /// Articles of different stories that were put together. Worst is the highest probability.
    std::vector<Confusion> falsely_joined;
};

/// Groups all errors of a partition into confusions, so that a list of them names each mistake
/// once, however many pairs of articles it spoils. Where a gold cluster is spread over several
/// predicted ones, each part but the largest is a missed one; where a predicted cluster holds
/// several gold ones, each part but the largest is a false one (of equal parts, the one with the
/// earliest article stays).
///
/// The worst of each broken cluster come first, then the second of each, and so on, so that the
/// first few are of different stories; ties go to more pairs, then to the earlier article. `scored`
/// gives the probabilities: edges over the same articles, in any order. O((n + edges) log n) time,
/// O(n) memory. \throws Error(bad_input) where the sizes differ or an edge names no article.
[[nodiscard]] FABULA_EXPORT Confusions find_confusions(std::span<const std::uint32_t> predicted,
                                                       std::span<const std::uint32_t> gold,
                                                       std::span<const Edge> scored);

/// One pair of articles: what was said of it, and what is true.
struct ScoredPair {
    double probability{}; ///< that both tell the same story, [0, 1]
    bool same_story{};
    double weight{1}; ///< how much the pair counts; finite, 0 or more
};

/// The pairs whose probability lies in [`from`, `to`); in the last bin also those of 1.
struct CalibrationBin {
    double from{};
    double to{};
    std::size_t pairs{};
    double weight{};           ///< sum of the weights
    double mean_probability{}; ///< weighted, as is the next; both 0 where the weight is 0
    double same_story{};       ///< the part that truly is the same story
};

/// Whether of the pairs said to be 70 % likely some 70 % are the same story.
struct Calibration {
    std::vector<CalibrationBin> bins; ///< of equal width, ascending
    std::size_t pairs{};
    /// The mean distance between `mean_probability` and `same_story` over bins, each counted by its
    /// weight (Naeini et al. 2015, Guo et al. 2017). In [0, 1]; 0 is best, and where the weight of
    /// all is 0. It depends on which pairs are scored: easy ones make it small.
    double expected_calibration_error{};
};

/// Counts pairs by tenths of their probability, or by as many bins as asked.
///
/// With each weight 1, all pairs count the same, so a story of n articles counts as n² does. To
/// have stories count by their articles, give a pair the weight 2 / (a + b), where a and b are the
/// numbers of articles in the gold stories of its two sides: 1 / n within a story of n.
///
/// No figure depends on the order of the pairs, bit by bit. O(n log n) time, and memory for a
/// copy of them.
/// \throws Error(bad_option) where `bins` is 0; Error(bad_input) where a probability or a weight is
/// out of range.
[[nodiscard]] FABULA_EXPORT Calibration calibrate(std::span<const ScoredPair> pairs,
                                                  std::size_t bins = 10);

/// A labelled pair of articles: what a clustering makes of it, and what is true.
struct LabelledPair {
    double probability{}; ///< that both tell the same story, [0, 1]
    bool same_cluster{};  ///< both were put into one cluster
    bool same_story{};    ///< the label
};

/// How well a clustering meets labels of single pairs, where no whole stories are labelled.
struct PairQuality {
    std::size_t same_story_pairs{}; ///< as labelled; all others are of different stories
    std::size_t different_story_pairs{};
    /// Of pairs in one cluster. Precision is 1 where there are none, recall 1 where none is
    /// labelled as of one story.
    PrecisionRecall same_cluster;
    /// Area under the ROC curve: how often a pair of one story has a higher probability than a pair
    /// of different stories, ties counted half (Hanley and McNeil 1982). In [0, 1]: 1 where a bound
    /// tells them all apart, 0.5 for chance and where all pairs have one label.
    double auc{};
};

/// No figure depends on the order of the pairs, bit by bit; a pair that comes twice counts twice.
/// O(n log n) time, and memory for a copy of them. \throws Error(bad_input) where a probability is
/// out of range
[[nodiscard]] FABULA_EXPORT PairQuality evaluate_pairs(std::span<const LabelledPair> pairs);

} // namespace fabula::inline v0
