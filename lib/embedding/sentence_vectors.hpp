// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "embedding/word_vectors.hpp"
#include "model/model_data.hpp"

#include <fabula/embedding.hpp>

#include <map>

namespace fabula::detail {

/// Embeds the sentences of one article after another. Their words come again and again, in one
/// article and in the next, and are looked up once; what is remembered changes no bit of a result.
/// Not for concurrent calls.
///
/// Memory: that of `WordVectors` for at most 16,384 words and those of one article, 9 MiB with 128
/// dimensions.
class SentenceVectors {
public:
    explicit SentenceVectors(const ModelData& model, const EmbedOptions& options = {})
        : model_(model), word_weight_(options.word_weight) {}

    /// The vectors of its sentences, the title first. The article must have been analysed with
    /// `Sentences::find`.
    [[nodiscard]] SentenceEmbeddings of(const AnalyzedArticle& analyzed, const Article& article);

private:
    [[nodiscard]] WordVectors& words_of(int language);

    const ModelData& model_;
    double word_weight_;
    std::map<int, WordVectors> words_; ///< by language
};

} // namespace fabula::detail
