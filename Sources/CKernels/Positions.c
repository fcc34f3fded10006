#include "CKernels.h"

uint32_t suo_pairs_portable(const uint16_t *lead, uint32_t lead_count, const uint16_t *other, uint32_t other_count,
                            int32_t distance) {
  uint32_t found = 0, next = 0;
  for (uint32_t i = 0; i < lead_count; i++) {
    const int32_t wanted = lead[i] + distance;
    while (next < other_count && other[next] < wanted) next++;
    found += next < other_count && other[next] == wanted;
  }
  return found;
}

#if defined(__x86_64__)
#include <immintrin.h>

// Most passages hold a word a few times: all of its positions are compared at once, without a branch that could be guessed
// wrong.
__attribute__((target("avx2"))) static uint32_t pairs_avx2(const uint16_t *lead, uint32_t lead_count,
                                                           const uint16_t *other, uint32_t other_count,
                                                           int32_t distance) {
  const uint32_t left = other_count % 16;
  const uint32_t last = left ? (1u << (2 * left)) - 1 : ~0u;
  uint32_t found = 0;
  for (uint32_t i = 0; i < lead_count; i++) {
    const int32_t place = lead[i] + distance;
    const __m256i wanted = _mm256_set1_epi16((int16_t)place);
    uint32_t equal = 0;
    uint32_t start = 0;
    for (; start + 16 < other_count; start += 16) {
      equal |= (uint32_t)_mm256_movemask_epi8(
          _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)(other + start)), wanted));
    }
    equal |= last & (uint32_t)_mm256_movemask_epi8(
                        _mm256_cmpeq_epi16(_mm256_loadu_si256((const __m256i *)(other + start)), wanted));
    found += (equal != 0) & (place == (uint16_t)place);
  }
  return found;
}

uint32_t suo_pairs(const uint16_t *lead, uint32_t lead_count, const uint16_t *other, uint32_t other_count,
                   int32_t distance) {
  if (__builtin_cpu_supports("avx2")) return pairs_avx2(lead, lead_count, other, other_count, distance);
  return suo_pairs_portable(lead, lead_count, other, other_count, distance);
}
#else
uint32_t suo_pairs(const uint16_t *lead, uint32_t lead_count, const uint16_t *other, uint32_t other_count,
                   int32_t distance) {
  return suo_pairs_portable(lead, lead_count, other, other_count, distance);
}
#endif

void suo_fetch(const void *bytes, size_t count) {
  for (size_t line = 0; line < count; line += 64) __builtin_prefetch((const uint8_t *)bytes + line);
}
