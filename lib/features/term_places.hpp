// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "features/lexical_features.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace fabula::detail {

/// The terms of one article, laid out to be compared with those of many others: what
/// `for_each_common_term` does, in less than half the time.
///
/// Keys are hashes, so that their first bits say of nearly each term of the other article that it
/// is none of these. Those that may be are noted without a branch, which the processor would guess
/// wrongly, and looked up afterwards. 24 KiB, which stay in the first cache.
class TermPlaces {
public:
    /// Sorted by key, each key once; they must outlive this, and their keys must not change.
    void assign(std::span<const WeightedTerm> terms) {
        terms_ = terms;
        may_be_.fill(0);
        places_.fill(0);
        for (std::size_t i = terms.size(); i-- > 0;) {
            may_be_[first_bits<may_be_bits>(terms[i])] = 1;
            places_[first_bits<place_bits>(terms[i])] =
                static_cast<std::uint16_t>(std::min(i, std::size_t{last_place}));
        }
    }

    /// Calls visit(x, y) for the terms with the same key, x of these and y of the others, in the
    /// order of keys. `others` are sorted as these are. Only keys are read.
    template <class Visitor>
    void for_each_common_term(std::span<const WeightedTerm> others, Visitor&& visit) const {
        std::array<std::uint8_t, 64> noted;
        std::size_t at = 0;
        for (std::size_t begin = 0; begin < others.size(); begin += noted.size()) {
            const auto some = others.subspan(begin, std::min(noted.size(), others.size() - begin));
            std::size_t count = 0;
            for (std::size_t i = 0; i < some.size(); ++i) {
                noted[count] = static_cast<std::uint8_t>(i);
                count += may_be_[first_bits<may_be_bits>(some[i])];
            }
            for (std::size_t i = 0; i < count; ++i)
                meet(some[noted[i]], at, visit);
        }
    }

private:
    static constexpr std::uint32_t may_be_bits = 14;
    static constexpr std::uint32_t place_bits = 12;
    static constexpr std::uint16_t last_place = std::numeric_limits<std::uint16_t>::max();

    template <std::uint32_t bits>
    static std::size_t first_bits(const WeightedTerm& term) {
        return term.key >> (32 - bits);
    }

    /// `at` is where the search for an earlier term ended, and then where that for this one does.
    template <class Visitor>
    void meet(const WeightedTerm& other, std::size_t& at, Visitor& visit) const {
        at = std::max<std::size_t>(at, places_[first_bits<place_bits>(other)]);
        while (at < terms_.size() && terms_[at].key < other.key)
            ++at;
        if (at < terms_.size() && terms_[at].key == other.key)
            visit(terms_[at], other);
    }

    std::span<const WeightedTerm> terms_;
    /// 1 where there is a term whose key begins with these bits.
    std::array<std::uint8_t, std::size_t{1} << may_be_bits> may_be_{};
    /// Where the first such term stands, or before that.
    std::array<std::uint16_t, std::size_t{1} << place_bits> places_{};
};

} // namespace fabula::detail
