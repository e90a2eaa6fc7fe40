// SPDX-License-Identifier: Apache-2.0
#include "reference/near_duplicates.hpp"

#include "base/time_window.hpp"
#include "near_duplicates/near_duplicates.hpp"

namespace fabula::test {

std::vector<std::uint32_t>
find_near_duplicates_naive(std::span<const detail::LexicalFeatures> lexical,
                           std::chrono::seconds time_window) {
    std::vector<std::uint32_t> representatives(lexical.size());
    for (std::uint32_t i = 0; i < lexical.size(); ++i) {
        representatives[i] = i;
        double most = 0;
        for (std::uint32_t j = 0; j < i; ++j) {
            if (representatives[j] != j ||
                !detail::within_window(lexical[j].published, lexical[i].published, time_window))
                continue;
            if (const double likeness = detail::near_duplicate_similarity(lexical[j], lexical[i]);
                likeness > most) {
                most = likeness;
                representatives[i] = j;
            }
        }
    }
    return representatives;
}

} // namespace fabula::test
