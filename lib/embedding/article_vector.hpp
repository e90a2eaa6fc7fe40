// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedding/analyzed_article.hpp"
#include "model/lookup/model_data.hpp"

#include <fabula/embedding.hpp>

#include <span>

namespace fabula::detail {

/// The vector of an analysed article; sets its status and its number of words.
void article_vector(AnalyzedArticle& analyzed, const Article& article, const ModelData& model,
                    const EmbedOptions& options, std::span<float> out);

} // namespace fabula::detail
