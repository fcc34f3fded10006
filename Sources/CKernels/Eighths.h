/// Sixteen passages of a range at a time: which of them hold a term, how often each does, and their norms, for the least processor
/// of the platform and, on x86-64, for those with AVX2 and AVX-512.
#ifndef SUO_EIGHTHS_H
#define SUO_EIGHTHS_H

#include "CKernels.h"
#include "Dispatch.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Passages that are taken at once: an eighth of a range.
#define EIGHTH 16

// The passages of an eighth of a range that hold a term.
INLINE uint32_t held_in(const uint64_t *held, uint32_t eighth) {
  return (uint32_t)(held[eighth / 4] >> (EIGHTH * (eighth % 4))) & 0xFFFF;
}

// How many passages of the eighths before hold it.
INLINE uint32_t held_before(const uint64_t *held, uint32_t eighth) {
  const uint64_t below = (1ull << (EIGHTH * (eighth % 4))) - 1, all = -(uint64_t)(eighth >= 4);
  return (uint32_t)__builtin_popcountll(held[0] & (all | below)) + (uint32_t)__builtin_popcountll(held[1] & below & all);
}

// How many passages of an eighth exist: the last ones of a segment need not fill one, and a range may have eighths behind them.
INLINE uint32_t existing(const suo_norm_source *source, uint32_t first) {
  const uint32_t left = first < source->passages ? source->passages - first : 0;
  return left < EIGHTH ? left : EIGHTH;
}

typedef struct {
  float values[EIGHTH];
} eighth_norms;

// Those of passages that do not exist are left as they are.
INLINE void find_norms(const suo_norm_source *source, uint32_t first, eighth_norms *norms) {
  for (uint32_t i = 0; i < existing(source, first); i++) {
    uint32_t length = first + i;
    if (source->width == 1) length = ((const uint8_t *)source->lengths)[length];
    if (source->width == 2) {
      uint16_t value;
      memcpy(&value, (const uint8_t *)source->lengths + 2 * (size_t)length, sizeof value);
      length = value;
    }
    norms->values[i] = source->values[length];
  }
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")))

INLINE int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }
INLINE int has_avx512(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi2");
}

typedef struct {
  __m256 low, high;
} norms_avx2;

AVX2 INLINE __m256 gather_avx2(const suo_norm_source *source, uint32_t first) {
  if (source->width == 0) return _mm256_loadu_ps(source->values + first);
  const uint8_t *lengths = (const uint8_t *)source->lengths + (size_t)first * source->width;
  const __m256i length = source->width == 1 ? _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)lengths))
                                            : _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)lengths));
  return _mm256_i32gather_ps(source->values, length, sizeof(float));
}

AVX2 INLINE void find_norms_avx2(const suo_norm_source *source, uint32_t first, norms_avx2 *norms) {
  if (existing(source, first) == EIGHTH) {
    norms->low = gather_avx2(source, first);
    norms->high = gather_avx2(source, first + EIGHTH / 2);
  } else {
    eighth_norms some = {{0}};
    find_norms(source, first, &some);
    norms->low = _mm256_loadu_ps(some.values);
    norms->high = _mm256_loadu_ps(some.values + EIGHTH / 2);
  }
}

AVX512 INLINE void find_norms_avx512(const suo_norm_source *source, uint32_t first, __m512 *norms) {
  // What is masked out is not touched.
  const __mmask16 exist = (__mmask16)((1u << existing(source, first)) - 1);
  if (source->width == 0) {
    *norms = _mm512_maskz_loadu_ps(exist, source->values + first);
  } else {
    const uint8_t *lengths = (const uint8_t *)source->lengths + (size_t)first * source->width;
    const __m512i length = source->width == 1 ? _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(exist, lengths))
                                              : _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(exist, lengths));
    *norms = _mm512_i32gather_ps(length, source->values, sizeof(float));
  }
}

// A byte of ones for each of eight passages that hold a term.
AVX2 INLINE uint64_t lanes_avx2(uint32_t held) { return _pdep_u64(held, 0x0101010101010101) * 255; }

// The frequencies in the lanes of eight passages; the others are 0.
AVX2 INLINE uint64_t spread_avx2(uint64_t lanes, const uint8_t *frequencies) {
  uint64_t packed;
  memcpy(&packed, frequencies, sizeof packed);
  return _pdep_u64(packed, lanes);
}

// The same of sixteen passages.
AVX512 INLINE __m128i spread_avx512(uint32_t held, const uint8_t *frequencies) {
  return _mm_maskz_expand_epi8((__mmask16)held, _mm_loadu_si128((const __m128i *)frequencies));
}
#endif
#endif
