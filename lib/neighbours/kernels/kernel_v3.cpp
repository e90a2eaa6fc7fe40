// SPDX-License-Identifier: Apache-2.0
#include "neighbours/kernels/kernel_source.hpp"

#include <immintrin.h>

namespace fabula::detail {
namespace {

/// AVX2. vpmaddubsw stops at the ends of int16, which two products of a row that keeps the rule of
/// `Int8Scale` never reach.
struct Avx2Set {
    static constexpr unsigned lanes = 16;
    static constexpr unsigned vectors = 2;
    static constexpr unsigned rows = 4;
    static constexpr unsigned group = 2;
    using V = __m256i;
    using Panel = __m256i;
    using Row = __m256i;

    static Panel load_panel(const uint8_t* bytes) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
    }
    static Row broadcast(const int8_t* bytes) {
        int32_t value;
        __builtin_memcpy(&value, bytes, sizeof value);
        return _mm256_set1_epi32(value);
    }
    static V add_product(V sum, Panel panel, Row row) {
        return _mm256_add_epi16(sum, _mm256_maddubs_epi16(panel, row));
    }
    static V start(int32_t value) { return _mm256_set1_epi16(static_cast<int16_t>(value)); }
    static void keep(V& sum) { __asm__("" : "+x"(sum)); }
    static V same(int16_t value) { return _mm256_set1_epi16(value); }
    static V load(const int16_t* values) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
    }
    static void store(int16_t* to, V v) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), v); }
    static V half(V a) { return _mm256_srai_epi16(a, 1); }
    static V plus(V a, V b) { return _mm256_adds_epi16(a, b); }
    static V least(V a, V b) { return _mm256_min_epi16(a, b); }
    static V most(V a, V b) { return _mm256_max_epi16(a, b); }
    static V greater(V a, V b) { return _mm256_cmpgt_epi16(a, b); }
    static V either(V a, V b) { return _mm256_or_si256(a, b); }
    static bool any(V a) { return _mm256_testz_si256(a, a) == 0; }
    static uint64_t bits(const V (&parts)[vectors]) {
        // Packing works within halves: quarters 0, 2, 1, 3.
        const __m256i packed = _mm256_packs_epi16(parts[0], parts[1]);
        return static_cast<uint32_t>(
            _mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, 0b11'01'10'00)));
    }
};

} // namespace

const Kernels v3_kernels = kernels_with<Avx2Set>(dot_in_order);

} // namespace fabula::detail
