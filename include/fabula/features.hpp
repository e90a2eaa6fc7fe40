// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/boilerplate.hpp>
#include <fabula/embedding.hpp>
#include <fabula/export.hpp>
#include <fabula/model.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {
struct FeatureData;
}

namespace fabula::inline v0 {

/// All that scoring and clustering need of one article, without its text: the unit vector, terms,
/// names, numbers, dates, a MinHash sketch, the language, the time, the length. A pure function of
/// the article and the model, whatever other articles there are: of the text, boilerplate is left
/// out by the fixed rules, and by what recurs in a collection only where that is given.
///
/// 1 to 4 KB for a usual article, less for a headline, and 16 KB at most, beside id and source: of
/// a text of more than 1,024 distinct terms those that weigh most are kept. Cheap to copy (copies
/// share the content), immutable, safe to use from any number of threads.
class FABULA_EXPORT ArticleFeatures {
public:
    /// The features as bytes: versioned, sealed with a checksum, the same on every machine.
    [[nodiscard]] std::string to_bytes() const;

    /// Reads back what `to_bytes` wrote, bit for bit. Any bytes may be given.
    /// \throws Error(damaged_data) where they were cut short or altered, or are of something else;
    /// Error(other_model) where another model, or another version of this library, made them:
    /// extract the features again
    [[nodiscard]] static ArticleFeatures from_bytes(const Model& model, std::string_view bytes);

    [[nodiscard]] const std::string& id() const noexcept;     ///< `Article::id`
    [[nodiscard]] const std::string& source() const noexcept; ///< `Article::source`
    [[nodiscard]] std::optional<std::chrono::sys_seconds> published() const noexcept;
    [[nodiscard]] const EmbeddingOutcome& outcome() const noexcept;
    /// Of unit length, or zero where the status is not `ok`.
    [[nodiscard]] std::span<const float> vector() const noexcept;

    /// Whether their bytes are the same.
    friend FABULA_EXPORT bool operator==(const ArticleFeatures& a, const ArticleFeatures& b);

private:
    friend struct detail::FeatureData;
    explicit ArticleFeatures(std::shared_ptr<const detail::FeatureData> data)
        : data_(std::move(data)) {}

    std::shared_ptr<const detail::FeatureData> data_;
};

[[nodiscard]] FABULA_EXPORT ArticleFeatures extract_features(const Model& model,
                                                             const Article& article);

/// Those of many articles, in their order. `threads`: 0 = one a usable core; the result does not
/// depend on it.
[[nodiscard]] FABULA_EXPORT std::vector<ArticleFeatures>
extract_features(const Model& model, std::span<const Article> articles, unsigned threads = 0);

/// The same without what was learned to recur. Where it was learned from all of a collection, its
/// features have the stories of its articles.
[[nodiscard]] FABULA_EXPORT std::vector<ArticleFeatures>
extract_features(const Model& model, std::span<const Article> articles,
                 const Boilerplate& boilerplate, unsigned threads = 0);

/// By the fixed rules alone, with vectors of another encoder, one row an article, in the place of
/// the model's, see `StoryClusterer::cluster`. Features that are used together have vectors of one
/// encoder.
/// \throws Error(bad_input) where rows or values do not match, or one is not finite
[[nodiscard]] FABULA_EXPORT std::vector<ArticleFeatures>
extract_features(const Model& model, std::span<const Article> articles,
                 const EmbeddingMatrix& vectors, unsigned threads = 0);

} // namespace fabula::inline v0
