#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// A fused multiply-add rounds once where two operations round twice: scores would depend on the processor.
#pragma STDC FP_CONTRACT OFF

// Vector extensions of the compiler: one source becomes SSE2 or AVX2 on x86-64 and NEON on arm64.
typedef uint32_t words __attribute__((vector_size(32)));
typedef int32_t signed_words __attribute__((vector_size(32)));
typedef float floats __attribute__((vector_size(32)));

// Eight postings at a time, in one loop whatever their number: the last eight may be fewer, and the others of them, whose
// passages are replaced by the last one, add the sum of nothing. Norms are looked up one by one, and the sums added to one by
// one; what lies between is done in vectors.
#define ACCUMULATE(NORM)                                                                             \
  const words last = (words){0} + documents[count - 1];                                              \
  const words lane = {0, 1, 2, 3, 4, 5, 6, 7};                                                       \
  for (uint32_t i = 0; i < count; i += 8) {                                                          \
    words passages, times;                                                                           \
    memcpy(&passages, documents + i, sizeof passages);                                               \
    memcpy(&times, frequencies + i, sizeof times);                                                   \
    passages = __builtin_elementwise_min(passages, last);                                            \
    floats norms;                                                                                    \
    for (int j = 0; j < 8; j++) {                                                                    \
      const uint32_t passage = passages[j];                                                          \
      norms[j] = NORM;                                                                               \
    }                                                                                                \
    const floats scores =                                                                            \
        weight - gained / (1.0f + __builtin_convertvector((signed_words)times, floats) * norms);     \
    const words belong = (words)(lane < (words){0} + (count - i));                                   \
    const words nothing = (words){0} + 0x80000000u;                                                  \
    const floats added = (floats)(((words)scores & belong) | (nothing & ~belong));                   \
    passages = (passages - base) & (SUO_BLOCK_SIZE - 1);                                             \
    for (int j = 0; j < 8; j++) sums[passages[j]] += (double)added[j];                               \
  }

#define ACCUMULATOR(NAME, TYPE, NORM)                                                                      \
  static inline __attribute__((always_inline)) void NAME(                                                  \
      const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,            \
      const TYPE *restrict lengths, const float *restrict values, float weight, float gained,              \
      uint32_t base, double *restrict sums) {                                                              \
    (void)lengths;                                                                                         \
    ACCUMULATE(NORM)                                                                                       \
  }

ACCUMULATOR(accumulate_8, uint8_t, values[lengths[passage]])
ACCUMULATOR(accumulate_16, uint16_t, values[lengths[passage]])
ACCUMULATOR(accumulate_direct, void, values[passage])

#define CHOOSE                                                                                      \
  if (width == 1) {                                                                                 \
    accumulate_8(documents, frequencies, count, lengths, values, weight, gained, base, sums);       \
  } else if (width == 2) {                                                                          \
    accumulate_16(documents, frequencies, count, lengths, values, weight, gained, base, sums);      \
  } else {                                                                                          \
    accumulate_direct(documents, frequencies, count, lengths, values, weight, gained, base, sums);  \
  }

void suo_accumulate_portable(const uint32_t *documents, const uint32_t *frequencies, uint32_t count,
                             const void *lengths, uint32_t width, const float *values, float weight, float gained,
                             uint32_t base, double *sums) {
  CHOOSE
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void accumulate_avx2(const uint32_t *documents, const uint32_t *frequencies,
                                                            uint32_t count, const void *lengths, uint32_t width,
                                                            const float *values, float weight, float gained,
                                                            uint32_t base, double *sums) {
  CHOOSE
}
#endif

void suo_accumulate(const uint32_t *documents, const uint32_t *frequencies, uint32_t count, const void *lengths,
                    uint32_t width, const float *values, float weight, float gained, uint32_t base, double *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    accumulate_avx2(documents, frequencies, count, lengths, width, values, weight, gained, base, sums);
    return;
  }
#endif
  suo_accumulate_portable(documents, frequencies, count, lengths, width, values, weight, gained, base, sums);
}

void suo_passage_mask(const uint32_t *documents, uint32_t count, uint32_t base, uint64_t mask[2]) {
  uint64_t low = 0, high = 0;
  // No branch on where a passage lies: the loop ends once, and nothing else can be guessed wrong.
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t place = documents[i] - base;
    const uint64_t bit = 1ull << (place & 63), upper = -(uint64_t)(place >> 6 & 1);
    low |= bit & ~upper;
    high |= bit & upper;
  }
  mask[0] = low;
  mask[1] = high;
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
