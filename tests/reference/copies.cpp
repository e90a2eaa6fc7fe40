// SPDX-License-Identifier: Apache-2.0
#include "reference/copies.hpp"

#include "base/time_window.hpp"
#include "near_duplicates/near_duplicates.hpp"

namespace fabula::test {

std::vector<std::uint32_t> copy_leaders_naive(std::span<const detail::ArticleEvidence> evidence,
                                              std::chrono::seconds time_window) {
    std::vector<std::uint32_t> leaders(evidence.size());
    for (std::uint32_t i = 0; i < evidence.size(); ++i) {
        leaders[i] = i;
        double most = 0;
        for (std::uint32_t j = 0; j < i; ++j) {
            if (leaders[j] != j ||
                !detail::within_window(evidence[j].published, evidence[i].published, time_window))
                continue;
            if (const double likeness = detail::copy_likeness(evidence[j], evidence[i]);
                likeness > most) {
                most = likeness;
                leaders[i] = j;
            }
        }
    }
    return leaders;
}

} // namespace fabula::test
