// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contrastive.hpp"
#include "corpus.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace fabula::training {

struct PairOptions {
    std::size_t pairs_per_group{30}; ///< at most, each epoch
    /// How many times a source's groups are drawn each epoch, by file name; 1 where not named.
    /// A fraction draws that part of the groups.
    std::map<std::string, double> source_weights;
    /// This language stands on the second side of a pair wherever it takes part, so that the
    /// negatives of that side are of one language.
    std::string pivot{"en"};
};

/// The batches of one epoch, in random order: random pairs of two lines of a group. A batch holds
/// either pairs of sentences or pairs of dictionary entries, because a
/// negative of the other kind teaches nothing, and of one language on the first side, because a
/// negative in another language is told apart too easily.
[[nodiscard]] std::vector<std::vector<TextPair>> draw_batches(const Corpus& corpus,
                                                              const PairOptions& options,
                                                              std::size_t batch,
                                                              std::mt19937_64& random);

} // namespace fabula::training
