// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/unknown_words.hpp"

#include <algorithm>

namespace fabula::detail {

float* UnknownWords::take_place(std::uint64_t hash) {
    const std::size_t place = place_of(hash);
    if (states_[place] == State::free)
        rows_[place] = taken_++;
    hashes_[place] = hash;
    states_[place] = State::unknown;
    float* const values = values_.get() + rows_[place] * dimension_;
    std::fill_n(values, dimension_, 0.0F);
    return values;
}

} // namespace fabula::detail
