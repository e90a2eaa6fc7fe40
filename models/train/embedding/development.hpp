// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corpus.hpp"
#include "embedding_file.hpp"

#include <string>

namespace fabula::training {

/// P@1 of translations between the pivot and each other language, both directions, and the mean of
/// them over the languages: the part of the texts whose nearest text of the other side, by cosine,
/// is of their own group. Text vectors are plain sums of word vectors less the language's mean,
/// which is estimated on the texts themselves: a figure to follow a training with, not the one that
/// users meet.
[[nodiscard]] double retrieval_precision(const TrainedEmbedding& embedding, const Corpus& parallel,
                                         const std::string& pivot);

} // namespace fabula::training
