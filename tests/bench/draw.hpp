// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace bench {

/// One number from two, well mixed (the finaliser of splitmix64): seeds for what is drawn out of
/// order.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = a + 0x9E3779B97F4A7C15U * (b + 1);
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// Random draws that are the same on every machine: the standard leaves the algorithms of its
/// distributions to each library.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    /// In [0, 1).
    double unit() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

    /// In [0, n), for n > 0.
    std::size_t below(std::size_t n) {
        return std::min(n - 1, static_cast<std::size_t>(unit() * static_cast<double>(n)));
    }

    /// In [low, high].
    std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }

    bool chance(double probability) { return unit() < probability; }

    /// Mean 0, deviation 1, within 6: a sum of twelve uniform numbers is normal enough.
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += unit();
        return sum;
    }

    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::mt19937_64 engine_;
};

/// Positions with given weights.
class Weights {
public:
    void add(double weight) { sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight); }

    /// `n` positions of weight 1 / (position + 1)^exponent.
    [[nodiscard]] static Weights zipf(std::size_t n, double exponent);

    [[nodiscard]] std::size_t size() const { return sums_.size(); }

    /// There must be a position.
    [[nodiscard]] std::size_t pick(Draw& draw) const {
        const double at = draw.unit() * sums_.back();
        const auto found = std::upper_bound(sums_.begin(), sums_.end(), at);
        return std::min(sums_.size() - 1, static_cast<std::size_t>(found - sums_.begin()));
    }

private:
    std::vector<double> sums_;
};

} // namespace bench
