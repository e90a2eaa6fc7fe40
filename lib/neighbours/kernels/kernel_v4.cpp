// SPDX-License-Identifier: Apache-2.0
#include "neighbours/kernels/kernel_source.hpp"

#include <immintrin.h>

namespace fabula::detail {
namespace {

/// AVX-512 with its byte and word instructions; otherwise as AVX2.
struct Avx512Set {
    static constexpr unsigned lanes = 32;
    static constexpr unsigned vectors = 2;
    static constexpr unsigned rows = 6;
    static constexpr unsigned group = 2;
    using V = __m512i;
    using Panel = __m512i;
    using Row = __m512i;

    static Panel load_panel(const uint8_t* bytes) { return _mm512_loadu_si512(bytes); }
    static Row broadcast(const int8_t* bytes) {
        int32_t value;
        __builtin_memcpy(&value, bytes, sizeof value);
        return _mm512_set1_epi32(value);
    }
    static V add_product(V sum, Panel panel, Row row) {
        return _mm512_add_epi16(sum, _mm512_maddubs_epi16(panel, row));
    }
    static V start(int32_t value) { return _mm512_set1_epi16(static_cast<int16_t>(value)); }
    static void keep(V& sum) { __asm__("" : "+v"(sum)); }
    static V same(int16_t value) { return _mm512_set1_epi16(value); }
    static V load(const int16_t* values) { return _mm512_loadu_si512(values); }
    static void store(int16_t* to, V v) { _mm512_storeu_si512(to, v); }
    static V half(V a) { return _mm512_srai_epi16(a, 1); }
    static V plus(V a, V b) { return _mm512_adds_epi16(a, b); }
    static V least(V a, V b) { return _mm512_min_epi16(a, b); }
    static V most(V a, V b) { return _mm512_max_epi16(a, b); }
    static V greater(V a, V b) { return _mm512_movm_epi16(_mm512_cmpgt_epi16_mask(a, b)); }
    static V either(V a, V b) { return _mm512_or_si512(a, b); }
    static bool any(V a) { return _mm512_test_epi64_mask(a, a) != 0; }
    static uint64_t bits(const V (&parts)[vectors]) {
        return uint64_t{_mm512_movepi16_mask(parts[0])} | uint64_t{_mm512_movepi16_mask(parts[1])}
                                                              << lanes;
    }
};

} // namespace

const Kernels v4_kernels = kernels_with<Avx512Set>(dot_in_order);

} // namespace fabula::detail
