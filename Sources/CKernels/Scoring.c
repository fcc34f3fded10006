#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// A fused multiply-add rounds once where two operations round twice: scores would depend on the processor.
#pragma STDC FP_CONTRACT OFF

void suo_score(const uint32_t *restrict frequencies, const float *restrict norms, uint32_t count, float weight,
               float gained, float *restrict out) {
  for (uint32_t i = 0; i < count; i++) {
    out[i] = weight - gained / (1.0f + (float)(int32_t)frequencies[i] * norms[i]);
  }
}

// The norms by length are looked up one by one, and the sums added to one by one; what lies between is done in vectors.
#define ACCUMULATE(INDEX)                                                                        \
  float norms[SUO_BLOCK_SIZE], scores[SUO_BLOCK_SIZE];                                           \
  for (uint32_t i = 0; i < count; i++) norms[i] = values[INDEX];                                 \
  suo_score(frequencies, norms, count, weight, gained, scores);                                  \
  for (uint32_t i = 0; i < count; i++) sums[(documents[i] - base) & (SUO_BLOCK_SIZE - 1)] += (double)scores[i];

void suo_accumulate_8(const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,
                      const uint8_t *restrict lengths, const float *restrict values, float weight, float gained,
                      uint32_t base, double *restrict sums) {
  ACCUMULATE(lengths[documents[i]])
}

void suo_accumulate_16(const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,
                       const uint16_t *restrict lengths, const float *restrict values, float weight, float gained,
                       uint32_t base, double *restrict sums) {
  ACCUMULATE(lengths[documents[i]])
}

void suo_accumulate(const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,
                    const float *restrict values, float weight, float gained, uint32_t base, double *restrict sums) {
  ACCUMULATE(documents[i])
}

void suo_reaching_portable(const double *sums, uint32_t first, uint32_t end, double least, uint64_t mask[2]) {
  mask[0] = mask[1] = 0;
  for (uint32_t i = first; i < end; i++) mask[i / 64] |= (uint64_t)(sums[i] >= least) << (i % 64);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void reaching_avx2(const double *sums, uint32_t first, uint32_t end,
                                                          double least, uint64_t mask[2]) {
  const __m256d bar = _mm256_set1_pd(least);
  for (uint32_t i = first; i < end; i += 8) {
    const __m256d low = _mm256_cmp_pd(_mm256_loadu_pd(sums + i), bar, _CMP_GE_OQ);
    const __m256d high = _mm256_cmp_pd(_mm256_loadu_pd(sums + i + 4), bar, _CMP_GE_OQ);
    mask[i / 64] |= (uint64_t)(_mm256_movemask_pd(low) | _mm256_movemask_pd(high) << 4) << (i % 64);
  }
}
#endif

void suo_reaching(const double *sums, uint32_t first, uint32_t end, double least, uint64_t mask[2]) {
  mask[0] = mask[1] = 0;
  if (!(least > 0)) {
    for (uint32_t i = first; i < end; i++) {
      uint64_t sum;
      memcpy(&sum, sums + i, sizeof sum);
      mask[i / 64] |= (uint64_t)(sum != 1ull << 63) << (i % 64);
    }
    return;
  }
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    reaching_avx2(sums, first, end, least, mask);
    return;
  }
#endif
  suo_reaching_portable(sums, first, end, least, mask);
}
