// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/export.hpp>
#include <fabula/features.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fabula::detail {
struct StatisticsData;
}

namespace fabula::inline v0 {

/// What is ordinary in a collection: how many stories there are, the mean and the second moments of
/// their vectors, in how many stories each term occurs. What stands out from it speaks for one
/// story.
///
/// A sum of whole numbers over buckets, one for each day (UTC) and one for articles without a time:
/// parts of a collection that are added, taken away or merged in any order, on any machine, give
/// the same as the whole, bit for bit. Each article counts by its document weight, about 1 / n for
/// each of n reports of one story and 0 for a near-duplicate; which weights those are only the
/// whole collection knows, see `StoryClusterer::document_weights`.
///
/// Memory: for each bucket 8 bytes × dimension² for the moments and some 50 bytes a distinct term.
/// `const` calls are safe from any thread.
class FABULA_EXPORT CollectionStatistics {
public:
    /// Of no article.
    explicit CollectionStatistics(const Model& model);
    ~CollectionStatistics();
    CollectionStatistics(const CollectionStatistics& other);
    CollectionStatistics(CollectionStatistics&&) noexcept;
    CollectionStatistics& operator=(const CollectionStatistics& other);
    CollectionStatistics& operator=(CollectionStatistics&&) noexcept;

    /// Adds an article. `document_weight` is in [0, 1], kept as a whole number of 1/16,384; 0 adds
    /// nothing. There is room for 67 million stories.
    /// \throws Error(other_model) where the features are of another model, or have a vector of
    /// another encoder than those added before; Error(bad_input) where the weight is out of range
    /// or there are more stories than that
    void add(const ArticleFeatures& features, double document_weight = 1);
    /// Takes away an article that was added with the same weight.
    /// \throws the same; Error(bad_input) where it was not, as far as can be told. Nothing changes
    /// then.
    void subtract(const ArticleFeatures& features, double document_weight = 1);

    /// Adds all of another collection's articles. \throws Error(other_model, bad_input)
    void merge(const CollectionStatistics& part);
    /// Takes away articles that are in this. \throws as the other `subtract`
    void subtract(const CollectionStatistics& part);

    /// Those of the days from `first` to `last` alone, both included, and of the undated articles.
    [[nodiscard]] CollectionStatistics between(std::chrono::sys_days first,
                                               std::chrono::sys_days last) const;

    [[nodiscard]] std::size_t articles() const noexcept; ///< that were added with a weight above 0
    [[nodiscard]] double stories() const noexcept;       ///< the sum of their weights

    /// Versioned and sealed with a checksum, the same for the same sums on every machine.
    [[nodiscard]] std::string to_bytes() const;
    /// \throws Error(damaged_data, other_model), see `ArticleFeatures::from_bytes`
    [[nodiscard]] static CollectionStatistics from_bytes(const Model& model,
                                                         std::string_view bytes);

    friend FABULA_EXPORT bool operator==(const CollectionStatistics& a,
                                         const CollectionStatistics& b);

private:
    friend struct detail::StatisticsData;
    std::unique_ptr<detail::StatisticsData> data_;
};

} // namespace fabula::inline v0
