// SPDX-License-Identifier: Apache-2.0
#include "neighbours/kernels/kernel_source.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace fabula::detail {
namespace {

#if defined(__SSE2__)

/// Every x86-64 has these. Products are of int16 and wrap around, as their sums do.
struct Sse2Set {
    static constexpr unsigned lanes = 8;
    static constexpr unsigned vectors = 2;
    static constexpr unsigned rows = 2;
    static constexpr unsigned group = 2;
    using V = __m128i;
    struct Panel {
        __m128i first, second; ///< of the two dimensions, in int16
    };
    struct Row {
        __m128i first, second;
    };

    static Panel load_panel(const uint8_t* bytes) {
        const __m128i both = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
        return {_mm_and_si128(both, _mm_set1_epi16(0xFF)), _mm_srli_epi16(both, 8)};
    }
    static Row broadcast(const int8_t* bytes) {
        return {_mm_set1_epi16(bytes[0]), _mm_set1_epi16(bytes[1])};
    }
    static V add_product(V sum, const Panel& panel, const Row& row) {
        return _mm_add_epi16(sum, _mm_add_epi16(_mm_mullo_epi16(panel.first, row.first),
                                                _mm_mullo_epi16(panel.second, row.second)));
    }
    static V start(int32_t value) { return _mm_set1_epi16(static_cast<int16_t>(value)); }
    static void keep(V& sum) { __asm__("" : "+x"(sum)); }
    static V same(int16_t value) { return _mm_set1_epi16(value); }
    static V load(const int16_t* values) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(values));
    }
    static void store(int16_t* to, V v) { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), v); }
    static V half(V a) { return _mm_srai_epi16(a, 1); }
    static V plus(V a, V b) { return _mm_adds_epi16(a, b); }
    static V least(V a, V b) { return _mm_min_epi16(a, b); }
    static V most(V a, V b) { return _mm_max_epi16(a, b); }
    static V greater(V a, V b) { return _mm_cmpgt_epi16(a, b); }
    static V either(V a, V b) { return _mm_or_si128(a, b); }
    static bool any(V a) { return _mm_movemask_epi8(a) != 0; }
    static uint64_t bits(const V (&parts)[vectors]) {
        return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(parts[0], parts[1])));
    }
};
using BaselineSet = Sse2Set;

#else
using BaselineSet = PlainSet<false>;
#endif

} // namespace

const Kernels baseline_kernels = kernels_with<BaselineSet>(dot_in_order);

} // namespace fabula::detail
