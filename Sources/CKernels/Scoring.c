#include "CKernels.h"
#include "Dispatch.h"

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
// passages are replaced by the last one, add the sum of nothing. The sums are added to one by one; what comes before is done in
// vectors.
#define ACCUMULATE(SATURATION, PLACES, ADD)                                                          \
  const words last = (words) {0} + documents[count - 1];                                              \
  const words lane = {0, 1, 2, 3, 4, 5, 6, 7};                                                       \
  for (uint32_t i = 0; i < count; i += 8) {                                                          \
    words passages;                                                                                  \
    memcpy(&passages, documents + i, sizeof passages);                                               \
    const words belong = (words)(lane < (words) {0} + (count - i));                                   \
    passages = (passages & belong) | (last & ~belong);                                               \
    floats saturation;                                                                               \
    SATURATION                                                                                       \
    const floats scores = weight - gained / (1.0f + saturation);                                     \
    const words nothing = (words) {0} + 0x80000000u;                                                  \
    const floats added = (floats)(((words)scores & belong) | (nothing & ~belong));                   \
    passages = (passages - base) & (PLACES - 1);                                                     \
    for (int j = 0; j < 8; j++) ADD;                                                                 \
  }

// Norms are looked up one by one.
#define FREQUENCY_TIMES_NORM(NORM)                                                           \
  words times;                                                                               \
  memcpy(&times, frequencies + i, sizeof times);                                             \
  floats norms;                                                                              \
  for (int j = 0; j < 8; j++) {                                                              \
    const uint32_t passage = passages[j];                                                    \
    norms[j] = NORM;                                                                         \
  }                                                                                          \
  saturation = __builtin_convertvector((signed_words)times, floats) * norms;

INLINE uint32_t add_marked(uint32_t place, double score, double *restrict sums, uint64_t *restrict marks,
                           uint32_t *restrict places, uint32_t marked) {
  const uint64_t word = marks[place / 64], bit = 1ull << (place & 63), nothing = 1ull << 63;
  const uint64_t known = -(uint64_t)((word & bit) != 0);
  uint64_t before;
  memcpy(&before, sums + place, sizeof before);
  // What stands at a place without a mark means nothing; whether it has one cannot be guessed.
  before = (before & known) | (nothing & ~known);
  double sum;
  memcpy(&sum, &before, sizeof sum);
  sums[place] = sum + score;
  marks[place / 64] = word | bit;
  places[marked] = place;
  return marked + 1 + (uint32_t)known;
}

#define ACCUMULATOR(NAME, TYPE, NORM)                                                                      \
  INLINE void NAME(                                                                                        \
      const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,            \
      const TYPE *restrict lengths, const float *restrict values, float weight, float gained,              \
      uint32_t base, double *restrict sums) {                                                              \
    (void)lengths;                                                                                         \
    ACCUMULATE(FREQUENCY_TIMES_NORM(NORM), SUO_BLOCK_SIZE, sums[passages[j]] += (double)added[j])          \
  }                                                                                                        \
  INLINE uint32_t NAME##_marked(                                                                           \
      const uint32_t *restrict documents, const uint32_t *restrict frequencies, uint32_t count,            \
      const TYPE *restrict lengths, const float *restrict values, float weight, float gained,              \
      uint32_t base, double *restrict sums, uint64_t *restrict marks, uint32_t *restrict places,           \
      uint32_t marked) {                                                                                   \
    (void)lengths;                                                                                         \
    ACCUMULATE(FREQUENCY_TIMES_NORM(NORM), SUO_WINDOW_SIZE,                                                \
               marked = add_marked(passages[j], (double)added[j], sums, marks, places, marked))            \
    return marked;                                                                                         \
  }

ACCUMULATOR(accumulate_8, uint8_t, values[lengths[passage]])
ACCUMULATOR(accumulate_16, uint16_t, values[lengths[passage]])
ACCUMULATOR(accumulate_direct, void, values[passage])

INLINE void accumulate(const uint32_t *documents, const uint32_t *frequencies, uint32_t count, const void *lengths,
                       uint32_t width, const float *values, float weight, float gained, uint32_t base, double *sums) {
  if (width == 1) {
    accumulate_8(documents, frequencies, count, lengths, values, weight, gained, base, sums);
  } else if (width == 2) {
    accumulate_16(documents, frequencies, count, lengths, values, weight, gained, base, sums);
  } else {
    accumulate_direct(documents, frequencies, count, lengths, values, weight, gained, base, sums);
  }
}

DISPATCH(suo_, accumulate, void,
         (const uint32_t *documents, const uint32_t *frequencies, uint32_t count, const void *lengths, uint32_t width,
          const float *values, float weight, float gained, uint32_t base, double *sums),
         (documents, frequencies, count, lengths, width, values, weight, gained, base, sums))

INLINE uint32_t accumulate_marked(const uint32_t *documents, const uint32_t *frequencies, uint32_t count,
                                  const void *lengths, uint32_t width, const float *values, float weight, float gained,
                                  uint32_t base, double *sums, uint64_t *marks, uint32_t *places, uint32_t marked) {
  if (width == 1) {
    return accumulate_8_marked(documents, frequencies, count, lengths, values, weight, gained, base, sums, marks,
                               places, marked);
  }
  if (width == 2) {
    return accumulate_16_marked(documents, frequencies, count, lengths, values, weight, gained, base, sums, marks,
                                places, marked);
  }
  return accumulate_direct_marked(documents, frequencies, count, lengths, values, weight, gained, base, sums, marks,
                                  places, marked);
}

DISPATCH(suo_, accumulate_marked, uint32_t,
         (const uint32_t *documents, const uint32_t *frequencies, uint32_t count, const void *lengths, uint32_t width,
          const float *values, float weight, float gained, uint32_t base, double *sums, uint64_t *marks,
          uint32_t *places, uint32_t marked),
         (documents, frequencies, count, lengths, width, values, weight, gained, base, sums, marks, places, marked))

INLINE uint32_t accumulate_saturated(const uint32_t *restrict documents, const float *restrict saturations,
                                     uint32_t count, float weight, float gained, uint32_t base, double *restrict sums,
                                     uint64_t *restrict marks, uint32_t *restrict places, uint32_t marked) {
  ACCUMULATE(memcpy(&saturation, saturations + i, sizeof saturation);, SUO_WINDOW_SIZE,
             marked = add_marked(passages[j], (double)added[j], sums, marks, places, marked))
  return marked;
}

DISPATCH(suo_, accumulate_saturated, uint32_t,
         (const uint32_t *documents, const float *saturations, uint32_t count, float weight, float gained, uint32_t base,
          double *sums, uint64_t *marks, uint32_t *places, uint32_t marked),
         (documents, saturations, count, weight, gained, base, sums, marks, places, marked))

uint32_t suo_take_marked(uint32_t *places, uint32_t count, const double *sums, uint64_t *marks, float least) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t place = places[i];
    marks[place / 64] = 0;
    places[kept] = place;
    kept += (float)sums[place] >= least;
  }
  return kept;
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
  for (uint32_t i = first; i < end; i++) {
    uint64_t sum;
    memcpy(&sum, sums + i, sizeof sum);
    const int reaches = least > 0 ? sums[i] >= least : sum != 1ull << 63;
    mask[i / 64] |= (uint64_t)reaches << (i % 64);
  }
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

/// The sums of something, whatever they are.
__attribute__((target("avx2"))) static void added_avx2(const double *sums, uint32_t first, uint32_t end,
                                                       uint64_t mask[2]) {
  const __m256i nothing = _mm256_castpd_si256(_mm256_set1_pd(-0.0));
  for (uint32_t i = first; i < end; i += 8) {
    const __m256i low = _mm256_cmpeq_epi64(_mm256_loadu_si256((const __m256i *)(sums + i)), nothing);
    const __m256i high = _mm256_cmpeq_epi64(_mm256_loadu_si256((const __m256i *)(sums + i + 4)), nothing);
    const int none = _mm256_movemask_pd(_mm256_castsi256_pd(low)) | _mm256_movemask_pd(_mm256_castsi256_pd(high)) << 4;
    mask[i / 64] |= (uint64_t)(~none & 255) << (i % 64);
  }
}
#endif

void suo_reaching(const double *sums, uint32_t first, uint32_t end, double least, uint64_t mask[2]) {
  mask[0] = mask[1] = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    if (least > 0) {
      reaching_avx2(sums, first, end, least, mask);
    } else {
      added_avx2(sums, first, end, mask);
    }
    return;
  }
#endif
  suo_reaching_portable(sums, first, end, least, mask);
}
