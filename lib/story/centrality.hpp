// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "story/collection_view.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fabula::detail {

/// How near each report of a story is to what all of them say.
///
/// Every member has a weight: members of one source share the weight of one report, and so do
/// near-duplicates of one text, whoever published them. The centre is the weighted mean direction
/// of the vectors.
class Centrality {
public:
    /// `members` are canonical positions, ascending; at least one.
    Centrality(const CollectionView& collection, std::span<const std::uint32_t> members);

    /// One a member, in (0, 1]; their sum is between 1 and the number of members.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }

    /// Mean cosine of the members to their unweighted mean direction, [0, 1]; 1 without vectors.
    [[nodiscard]] double cohesion() const noexcept { return cohesion_; }

    /// The most central of the members that `may_be` accepts (all of them by default); where there
    /// are such, only among those fit to stand for others: with a vector, in a language that is
    /// with_text reliably, and half to twice as many words as the median report. Ties to the
    /// earlier. `members.size()` where `may_be` accepts none.
    [[nodiscard]] std::size_t
    most_central(const std::function<bool(std::size_t)>& may_be = {}) const;

    /// Whether a member is as fit as another and so nearly as central that other things decide.
    [[nodiscard]] bool is_close(std::size_t member, std::size_t other) const;

private:
    void weigh(const CollectionView& collection, std::span<const std::uint32_t> members);
    void measure(const CollectionView& collection, std::span<const std::uint32_t> members);
    void rank_fitness(const CollectionView& collection, std::span<const std::uint32_t> members);

    std::vector<double> weights_;
    std::vector<double> cosines_; ///< with the centre; -1 without a vector
    std::vector<int> unfit_for_;  ///< how many reasons speak against it, weighed; 0 = none
    double cohesion_{1};
};

} // namespace fabula::detail
