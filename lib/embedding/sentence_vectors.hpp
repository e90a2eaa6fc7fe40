// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "embedding/word_vectors.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/embedding.hpp>

#include <cstddef>
#include <map>

namespace fabula::detail {

/// Sentences of a body that are compared with those of another.
inline constexpr std::size_t compared_sentences = 100;

/// Embeds the sentences of one article after another. Their words come again and again, in one
/// article and in the next, and are looked up once; what is remembered changes no bit of a result.
/// Not for concurrent calls.
///
/// Memory: that of `WordVectors` for at most 16,384 words, 9 MiB with 128 dimensions; while it
/// embeds an article, for the words of its sentences as well.
class SentenceVectors {
public:
    explicit SentenceVectors(const ModelData& model, const EmbedOptions& options = {})
        : model_(model), word_weight_(options.word_weight) {}

    /// The vectors of its title and of the first sentences of its body, `most` of them. The article
    /// must have been analysed with `Sentences::find`.
    [[nodiscard]] SentenceEmbeddings of(const AnalyzedArticle& analyzed, const Article& article,
                                        std::size_t most = compared_sentences);

private:
    [[nodiscard]] WordVectors& words_of(int language);
    void forget_many();

    const ModelData& model_;
    double word_weight_;
    std::map<int, WordVectors> words_; ///< by language
};

} // namespace fabula::detail
