// SPDX-License-Identifier: Apache-2.0
#include "features/minhash_sketch.hpp"

#include "model/lookup/subwords.hpp"

#include <algorithm>
#include <bit>

namespace fabula::detail {

bool operator==(const MinHashSketch& a, const MinHashSketch& b) noexcept {
    return std::ranges::equal(a.values(), b.values());
}

static_assert(std::endian::native == std::endian::little, "sketches are of bytes in this order");

std::uint32_t shingle_hash(std::span<const std::uint64_t> word_hashes) {
    return static_cast<std::uint32_t>(XXH3_64bits(word_hashes.data(), word_hashes.size_bytes()));
}

void MinHashSketch::add(std::span<const Token> words) {
    if (words.empty())
        return;
    std::array<std::uint64_t, shingle_words> run{};
    std::size_t held = 0;
    for (const Token& word : words) {
        if (held == shingle_words) {
            std::move(run.begin() + 1, run.end(), run.begin());
            --held;
        }
        run[held++] = word.hash;
        if (held == shingle_words)
            add(shingle_hash(run));
    }
    if (held < shingle_words)
        add(shingle_hash({run.data(), held}));
}

void MinHashSketch::add(std::uint32_t value) {
    auto end = values_.begin() + count_;
    if (is_full() && value >= values_.back())
        return;
    const auto at = std::lower_bound(values_.begin(), end, value);
    if (at != end && *at == value)
        return;
    if (is_full())
        --end; // the largest goes
    else
        ++count_;
    std::move_backward(at, end, end + 1);
    *at = value;
}

double resemblance(const MinHashSketch& a, const MinHashSketch& b) {
    const auto x = a.values();
    const auto y = b.values();
    if (x.empty() || y.empty())
        return 0;
    // The smallest values of the union are a random sample of it.
    std::size_t shared = 0;
    std::size_t seen = 0;
    for (std::size_t i = 0, j = 0; seen < MinHashSketch::size && (i < x.size() || j < y.size());
         ++seen) {
        if (j == y.size() || (i < x.size() && x[i] < y[j])) {
            ++i;
        } else if (i == x.size() || y[j] < x[i]) {
            ++j;
        } else {
            ++shared;
            ++i;
            ++j;
        }
    }
    return static_cast<double>(shared) / static_cast<double>(seen);
}

double containment(const MinHashSketch& a, const MinHashSketch& b) {
    const auto x = a.values();
    const auto y = b.values();
    if (x.empty() || y.empty())
        return 0;
    // Of the values of `a` that `b` would hold if it had them, the part that it holds.
    std::size_t shared = 0;
    std::size_t seen = 0;
    std::size_t j = 0;
    for (const std::uint32_t value : x) {
        if (b.is_full() && value > y.back())
            break;
        ++seen;
        while (j < y.size() && y[j] < value)
            ++j;
        shared += j < y.size() && y[j] == value ? 1U : 0U;
    }
    if (seen < std::min(x.size(), MinHashSketch::size / 8))
        return 0;
    return static_cast<double>(shared) / static_cast<double>(seen);
}

} // namespace fabula::detail
