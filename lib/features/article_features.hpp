// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/byte_stream.hpp"
#include "base/scratch_memory.hpp"
#include "features/corpus.hpp"
#include "features/lexical_features.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/features.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fabula::detail {

/// What `ArticleFeatures` hold.
struct FeatureData {
    std::uint64_t space{}; ///< see `feature_space`
    bool has_own_vector{}; ///< of another encoder
    std::string id;
    std::string source;
    EmbeddingOutcome outcome;
    std::pmr::vector<float> vector;
    LexicalFeatures lexical;
    std::uint64_t identity{}; ///< see `article_identity`

    [[nodiscard]] static const FeatureData& of(const ArticleFeatures& features) noexcept {
        return *features.data_;
    }
    [[nodiscard]] static ArticleFeatures wrap(std::shared_ptr<const FeatureData> data) {
        return ArticleFeatures(std::move(data));
    }
};

/// What features can be compared with: a hash of the model, of the forms of words and of how
/// features are made, so that two of one space mean the same.
[[nodiscard]] std::uint64_t feature_space(const ModelData& model);

/// What the bytes of features, and of what is summed up from them, begin with: what they are, four
/// letters, the version of their layout, and the space.
struct ByteHeader {
    std::uint32_t magic{};
    std::uint16_t version{};

    void put(ByteWriter& out, std::uint64_t space) const;
    /// The space, which is the model's. \throws Error(damaged_data, other_model)
    [[nodiscard]] std::uint64_t get(ByteReader& in, const Model& model) const;
};

/// \throws Error(other_model) where the features are not of this space, or not all with vectors of
/// one encoder and dimension
void require_one_space(std::span<const ArticleFeatures> features, const Model& model);

/// The features of some articles, in their order, and what of each text is not boilerplate, see
/// `AnalyzedArticle::content`.
struct ExtractedFeatures {
    std::vector<ArticleFeatures> features;
    std::vector<std::vector<ByteRange>> contents;
};

/// As the public function, without what this `boilerplate` removes. `vectors`: of another encoder,
/// checked; null = the model's.
[[nodiscard]] ExtractedFeatures extract_features(const Model& model, const Articles& articles,
                                                 const BoilerplateFilter& boilerplate,
                                                 Pool<TextAnalyzer>& analyzers, unsigned threads,
                                                 const EmbeddingMatrix* vectors = nullptr);

/// The features as a corpus, `features[order[0]]`, `features[order[1]]`, …; for `scratch` see
/// `Corpus`. Its `contents` are empty.
[[nodiscard]] Corpus corpus_of(std::span<const ArticleFeatures> features,
                               std::span<const std::size_t> order,
                               ScratchMemory* scratch = nullptr);

/// The same features in this memory, which lives as long as they do.
[[nodiscard]] ArticleFeatures in_scratch(const ArticleFeatures& features,
                                         const std::shared_ptr<ScratchMemory>& memory);

/// What of an article is in its features, without title and text.
[[nodiscard]] Article article_of(const ArticleFeatures& features);

} // namespace fabula::detail
