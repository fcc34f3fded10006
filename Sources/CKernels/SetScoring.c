#include "Eighths.h"

// A fused multiply-add rounds once where two operations round twice: scores would depend on the processor.
#pragma STDC FP_CONTRACT OFF

// Brings the term to `place` that can add most of those from there on. Few are ever needed, so they are not sorted.
INLINE void take_strongest(uint64_t *active, uint32_t place, uint32_t count) {
  uint64_t best = active[place];
  uint32_t best_place = place;
  for (uint32_t other = place + 1; other < count; other++) {
    best_place = active[other] > best ? other : best_place;
    best = active[other] > best ? active[other] : best;
  }
  active[best_place] = active[place];
  active[place] = best;
}

// Makes a version of the kernel of a type that holds the norms of an eighth, one that holds its sums, and of what is done with
// them.
#define SCORE_SETS(NAME, NORMS, FIND_NORMS, SUMS, LOAD, ADD, REACHING, STORE)                              \
  void NAME(const suo_set_query *query, uint64_t *active, uint32_t count, uint32_t range, float threshold, \
            float scale, double *sums, uint64_t alive[2]) {                                                \
    uint64_t total = 0;                                                                                    \
    for (uint32_t i = 0; i < count; i++) total += active[i] >> 32;                                         \
    uint32_t taken = 0;                                                                                    \
    for (uint32_t eighth = 0; eighth < 8; eighth++) {                                                      \
      const uint32_t before = held_in(alive, eighth);                                                      \
      if (!before) continue;                                                                               \
      uint32_t now = before;                                                                               \
      NORMS norms;                                                                                         \
      FIND_NORMS(&query->norms, SUO_BLOCK_SIZE * range + EIGHTH * eighth, &norms);                         \
      SUMS sum;                                                                                            \
      LOAD(sums + EIGHTH * eighth, &sum);                                                                  \
      uint64_t left = total;                                                                               \
      for (uint32_t i = 0; i < count; i++) {                                                               \
        if (i == taken) take_strongest(active, taken++, count);                                            \
        const uint32_t term = (uint32_t)active[i];                                                         \
        const suo_set *set = query->sets + term;                                                           \
        const uint64_t *held = set->held + 2 * (size_t)range;                                              \
        const uint8_t *frequencies = set->frequencies + (uint32_t)query->postings[term];                   \
        ADD(&sum, held_in(held, eighth), frequencies + held_before(held, eighth), &norms, set->weight,     \
            set->gained);                                                                                  \
        left -= active[i] >> 32;                                                                           \
        const float least = threshold - (float)left * scale;                                               \
        if (!(least > 0)) continue;                                                                        \
        now &= REACHING(&sum, (double)least);                                                              \
        if (!now) break;                                                                                   \
      }                                                                                                    \
      alive[eighth / 4] &= ~((uint64_t)(before & ~now) << (EIGHTH * (eighth % 4)));                        \
      if (now) STORE(sums + EIGHTH * eighth, &sum);                                                        \
    }                                                                                                      \
  }

typedef struct {
  double values[EIGHTH];
} eighth_sums;

INLINE void load(const double *sums, eighth_sums *sum) { memcpy(sum, sums, sizeof *sum); }

INLINE void add(eighth_sums *sum, uint32_t held, const uint8_t *frequencies, const eighth_norms *norms, float weight,
                float gained) {
  for (; held; held &= held - 1) {
    const uint32_t place = (uint32_t)__builtin_ctz(held);
    const float saturation = (float)*frequencies++ * norms->values[place];
    sum->values[place] += (double)(weight - gained / (1.0f + saturation));
  }
}

INLINE uint32_t reaching(const eighth_sums *sum, double least) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < EIGHTH; i++) found |= (uint32_t)(sum->values[i] >= least) << i;
  return found;
}

INLINE void store(double *sums, const eighth_sums *sum) { memcpy(sums, sum, sizeof *sum); }

SCORE_SETS(suo_score_sets_portable, eighth_norms, find_norms, eighth_sums, load, add, reaching, store)

#if defined(__x86_64__)
// Scores stay in the places of their passages, so that nothing is scattered; who does not hold the term gets the score of
// nothing.
typedef struct {
  __m256d values[4];
} sums_avx2;

AVX2 INLINE void load_avx2(const double *sums, sums_avx2 *sum) {
  for (int i = 0; i < 4; i++) sum->values[i] = _mm256_loadu_pd(sums + 4 * i);
}

AVX2 INLINE __m256 scores_avx2(uint32_t held, const uint8_t *frequencies, __m256 norms, float weight, float gained) {
  const uint64_t lanes = lanes_avx2(held);
  const __m256i frequency = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)spread_avx2(lanes, frequencies)));
  const __m256 belong = _mm256_castsi256_ps(_mm256_cvtepi8_epi32(_mm_cvtsi64_si128((long long)lanes)));
  const __m256 saturation = _mm256_mul_ps(_mm256_cvtepi32_ps(frequency), norms);
  const __m256 lost = _mm256_div_ps(_mm256_set1_ps(gained), _mm256_add_ps(_mm256_set1_ps(1), saturation));
  return _mm256_blendv_ps(_mm256_set1_ps(-0.0f), _mm256_sub_ps(_mm256_set1_ps(weight), lost), belong);
}

AVX2 INLINE void add_avx2(sums_avx2 *sum, uint32_t held, const uint8_t *frequencies, const norms_avx2 *norms,
                          float weight, float gained) {
  const __m256 low = scores_avx2(held & 255, frequencies, norms->low, weight, gained);
  const uint8_t *others = frequencies + __builtin_popcount(held & 255);
  const __m256 high = scores_avx2(held >> 8, others, norms->high, weight, gained);
  sum->values[0] = _mm256_add_pd(sum->values[0], _mm256_cvtps_pd(_mm256_castps256_ps128(low)));
  sum->values[1] = _mm256_add_pd(sum->values[1], _mm256_cvtps_pd(_mm256_extractf128_ps(low, 1)));
  sum->values[2] = _mm256_add_pd(sum->values[2], _mm256_cvtps_pd(_mm256_castps256_ps128(high)));
  sum->values[3] = _mm256_add_pd(sum->values[3], _mm256_cvtps_pd(_mm256_extractf128_ps(high, 1)));
}

AVX2 INLINE uint32_t reaching_avx2(const sums_avx2 *sum, double least) {
  const __m256d bar = _mm256_set1_pd(least);
  uint32_t found = 0;
  for (int i = 0; i < 4; i++) {
    found |= (uint32_t)_mm256_movemask_pd(_mm256_cmp_pd(sum->values[i], bar, _CMP_GE_OQ)) << (4 * i);
  }
  return found;
}

AVX2 INLINE void store_avx2(double *sums, const sums_avx2 *sum) {
  for (int i = 0; i < 4; i++) _mm256_storeu_pd(sums + 4 * i, sum->values[i]);
}

AVX2 static SCORE_SETS(score_sets_avx2, norms_avx2, find_norms_avx2, sums_avx2, load_avx2, add_avx2, reaching_avx2, store_avx2)

typedef struct {
  __m512d low, high;
} sums_avx512;

AVX512 INLINE void load_avx512(const double *sums, sums_avx512 *sum) {
  sum->low = _mm512_loadu_pd(sums);
  sum->high = _mm512_loadu_pd(sums + 8);
}

AVX512 INLINE void add_avx512(sums_avx512 *sum, uint32_t held, const uint8_t *frequencies, const __m512 *norms,
                              float weight, float gained) {
  const __m512i frequency = _mm512_cvtepu8_epi32(spread_avx512(held, frequencies));
  const __m512 saturation = _mm512_mul_ps(_mm512_cvtepi32_ps(frequency), *norms);
  const __m512 lost = _mm512_div_ps(_mm512_set1_ps(gained), _mm512_add_ps(_mm512_set1_ps(1), saturation));
  const __m512 scores = _mm512_sub_ps(_mm512_set1_ps(weight), lost);
  const __m256 high = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(scores), 1));
  sum->low = _mm512_mask_add_pd(sum->low, (__mmask8)held, sum->low, _mm512_cvtps_pd(_mm512_castps512_ps256(scores)));
  sum->high = _mm512_mask_add_pd(sum->high, (__mmask8)(held >> 8), sum->high, _mm512_cvtps_pd(high));
}

AVX512 INLINE uint32_t reaching_avx512(const sums_avx512 *sum, double least) {
  const __m512d bar = _mm512_set1_pd(least);
  return (uint32_t)_mm512_cmp_pd_mask(sum->low, bar, _CMP_GE_OQ) |
         (uint32_t)_mm512_cmp_pd_mask(sum->high, bar, _CMP_GE_OQ) << 8;
}

AVX512 INLINE void store_avx512(double *sums, const sums_avx512 *sum) {
  _mm512_storeu_pd(sums, sum->low);
  _mm512_storeu_pd(sums + 8, sum->high);
}

AVX512 static SCORE_SETS(score_sets_avx512, __m512, find_norms_avx512, sums_avx512, load_avx512, add_avx512, reaching_avx512,
                  store_avx512)
#endif

void suo_score_sets_avx2(const suo_set_query *query, uint64_t *active, uint32_t count, uint32_t range, float threshold,
                         float scale, double *sums, uint64_t alive[2]) {
#if defined(__x86_64__)
  if (has_avx2()) {
    score_sets_avx2(query, active, count, range, threshold, scale, sums, alive);
    return;
  }
#endif
  suo_score_sets_portable(query, active, count, range, threshold, scale, sums, alive);
}

void suo_score_sets(const suo_set_query *query, uint64_t *active, uint32_t count, uint32_t range, float threshold,
                    float scale, double *sums, uint64_t alive[2]) {
#if defined(__x86_64__)
  if (has_avx512()) {
    score_sets_avx512(query, active, count, range, threshold, scale, sums, alive);
    return;
  }
#endif
  suo_score_sets_avx2(query, active, count, range, threshold, scale, sums, alive);
}
