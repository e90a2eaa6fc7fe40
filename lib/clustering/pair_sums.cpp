// SPDX-License-Identifier: Apache-2.0
#include "clustering/pair_sums.hpp"

#include <algorithm>

namespace fabula::detail {
namespace {

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::uint64_t>(std::min(a, b)) << 32U | std::max(a, b);
}

/// The finaliser of MurmurHash3, so that neighbouring numbers spread.
std::uint64_t mix(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    value ^= value >> 33U;
    return value;
}

} // namespace

std::size_t PairSums::home(std::uint64_t key) const {
    // The upper half of the product: as even as a remainder, and no division.
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(static_cast<Wide>(mix(key)) * places_.size() >> 64U);
}

void PairSums::prefetch(std::uint32_t a, std::uint32_t b) const {
    __builtin_prefetch(&places_[home(key_of(a, b))]);
}

std::size_t PairSums::locate(std::uint64_t key) const {
    std::size_t place = home(key);
    while (places_[place].key != 0 && places_[place].key != key)
        place = next(place);
    return place;
}

const std::int64_t* PairSums::find(std::uint32_t a, std::uint32_t b) const {
    const Place& place = places_[locate(key_of(a, b))];
    return place.key == 0 ? nullptr : &place.sum;
}

PairSums::Change PairSums::add(std::uint32_t a, std::uint32_t b, std::int64_t amount) {
    const std::uint64_t key = key_of(a, b);
    Place& place = places_[locate(key)];
    Change change;
    if (place.key == key)
        change.before = place.sum;
    place.key = key;
    place.sum += amount;
    change.after = place.sum;
    return change;
}

std::optional<std::int64_t> PairSums::take(std::uint32_t a, std::uint32_t b) {
    std::size_t hole = locate(key_of(a, b));
    if (places_[hole].key == 0)
        return std::nullopt;
    const std::int64_t sum = places_[hole].sum;
    // Close the hole: a later entry of the run moves into it unless its home lies after the hole.
    for (std::size_t place = next(hole); places_[place].key != 0; place = next(place)) {
        const std::size_t size = places_.size();
        const std::size_t home_of_place = home(places_[place].key);
        const std::size_t from_home =
            place >= home_of_place ? place - home_of_place : place + size - home_of_place;
        const std::size_t from_hole = place >= hole ? place - hole : place + size - hole;
        if (from_home >= from_hole) {
            places_[hole] = places_[place];
            hole = place;
        }
    }
    places_[hole] = {};
    return sum;
}

} // namespace fabula::detail
