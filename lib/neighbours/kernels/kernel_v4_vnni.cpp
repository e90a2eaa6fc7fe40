// SPDX-License-Identifier: Apache-2.0
#include "neighbours/kernels/kernel_source.hpp"

#include <immintrin.h>

namespace fabula::detail {
namespace {

/// AVX-512 VNNI: four products a lane at once, summed in int32.
struct VnniSet {
    static constexpr unsigned lanes = 16;
    static constexpr unsigned vectors = 2;
    static constexpr unsigned rows = 6;
    static constexpr unsigned group = 4;
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
        return _mm512_dpbusd_epi32(sum, panel, row);
    }
    static V start(int32_t value) { return _mm512_set1_epi32(value); }
    static void keep(V& sum) { __asm__("" : "+v"(sum)); }
    static V same(int16_t value) { return _mm512_set1_epi32(value); }
    static V load(const int16_t* values) {
        return _mm512_cvtepi16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(values)));
    }
    static void store(int16_t* to, V v) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_cvtepi32_epi16(v));
    }
    static V half(V a) { return _mm512_srai_epi32(a, 1); }
    // A sum past the ends of int16 decides as the end itself does: |half(sum)| <= 16384.
    static V plus(V a, V b) { return _mm512_add_epi32(a, b); }
    static V least(V a, V b) { return _mm512_min_epi32(a, b); }
    static V most(V a, V b) { return _mm512_max_epi32(a, b); }
    static V greater(V a, V b) { return _mm512_movm_epi32(_mm512_cmpgt_epi32_mask(a, b)); }
    static V either(V a, V b) { return _mm512_or_si512(a, b); }
    static bool any(V a) { return _mm512_test_epi64_mask(a, a) != 0; }
    static uint64_t bits(const V (&parts)[vectors]) {
        return uint64_t{_mm512_movepi32_mask(parts[0])} | uint64_t{_mm512_movepi32_mask(parts[1])}
                                                              << lanes;
    }
};

} // namespace

const Kernels v4_vnni_kernels = kernels_with<VnniSet>(dot_in_order);

} // namespace fabula::detail
