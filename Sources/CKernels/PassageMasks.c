#include "CKernels.h"
#include "Dispatch.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Ranges whose masks are brought together before it is asked whether one holds anything: a line of the processor's cache.
#define AT_ONCE 4

INLINE uint32_t common_masks(const uint64_t *const *masks, uint32_t terms, uint32_t count, uint32_t *ranges,
                             uint64_t *out) {
  uint32_t found = 0;
  uint32_t range = 0;
  for (; range + AT_ONCE <= count; range += AT_ONCE) {
    uint64_t common[2 * AT_ONCE];
    uint64_t any = 0;
    for (uint32_t i = 0; i < 2 * AT_ONCE; i++) common[i] = masks[0][2 * range + i];
    for (uint32_t term = 1; term < terms; term++) {
      for (uint32_t i = 0; i < 2 * AT_ONCE; i++) common[i] &= masks[term][2 * range + i];
    }
    for (uint32_t i = 0; i < 2 * AT_ONCE; i++) any |= common[i];
    // Of rare words most stretches hold nothing in common.
    if (!any) continue;
    for (uint32_t i = 0; i < AT_ONCE; i++) {
      ranges[found] = range + i;
      out[2 * found] = common[2 * i];
      out[2 * found + 1] = common[2 * i + 1];
      found += (common[2 * i] | common[2 * i + 1]) != 0;
    }
  }
  for (; range < count; range++) {
    uint64_t low = masks[0][2 * range], high = masks[0][2 * range + 1];
    for (uint32_t term = 1; term < terms; term++) {
      low &= masks[term][2 * range];
      high &= masks[term][2 * range + 1];
    }
    ranges[found] = range;
    out[2 * found] = low;
    out[2 * found + 1] = high;
    found += (low | high) != 0;
  }
  return found;
}

DISPATCH(suo_, common_masks, uint32_t,
         (const uint64_t *const *masks, uint32_t terms, uint32_t count, uint32_t *ranges, uint64_t *out),
         (masks, terms, count, ranges, out))

INLINE uint64_t count_any(const uint64_t *const *masks, uint32_t sets, const uint64_t *others, uint32_t words) {
  uint64_t sum = 0;
  for (uint32_t word = 0; word < words; word++) {
    uint64_t any = others[word];
    for (uint32_t set = 0; set < sets; set++) any |= masks[set][word];
    sum += (uint64_t)__builtin_popcountll(any);
  }
  return sum;
}

uint64_t suo_count_any_portable(const uint64_t *const *masks, uint32_t sets, const uint64_t *others, uint32_t words) {
  return count_any(masks, sets, others, words);
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static uint64_t count_any_popcnt(const uint64_t *const *masks, uint32_t sets,
                                                                   const uint64_t *others, uint32_t words) {
  return count_any(masks, sets, others, words);
}

__attribute__((target("popcnt,avx512f,avx512vpopcntdq"))) static uint64_t count_any_avx512(
    const uint64_t *const *masks, uint32_t sets, const uint64_t *others, uint32_t words) {
  __m512i sums = _mm512_setzero_si512();
  uint32_t word = 0;
  for (; word + 8 <= words; word += 8) {
    __m512i any = _mm512_loadu_si512(others + word);
    for (uint32_t set = 0; set < sets; set++) any = _mm512_or_si512(any, _mm512_loadu_si512(masks[set] + word));
    sums = _mm512_add_epi64(sums, _mm512_popcnt_epi64(any));
  }
  uint64_t sum = (uint64_t)_mm512_reduce_add_epi64(sums);
  for (; word < words; word++) {
    uint64_t any = others[word];
    for (uint32_t set = 0; set < sets; set++) any |= masks[set][word];
    sum += (uint64_t)__builtin_popcountll(any);
  }
  return sum;
}

uint64_t suo_count_any(const uint64_t *const *masks, uint32_t sets, const uint64_t *others, uint32_t words) {
  if (__builtin_cpu_supports("avx512vpopcntdq")) return count_any_avx512(masks, sets, others, words);
  if (__builtin_cpu_supports("popcnt")) return count_any_popcnt(masks, sets, others, words);
  return suo_count_any_portable(masks, sets, others, words);
}
#else
uint64_t suo_count_any(const uint64_t *const *masks, uint32_t sets, const uint64_t *others, uint32_t words) {
  return suo_count_any_portable(masks, sets, others, words);
}
#endif

static inline uint32_t ranks(uint64_t mask, uint64_t chosen, uint32_t first, uint32_t *out) {
  uint32_t count = 0;
  for (; chosen; chosen &= chosen - 1) {
    const uint64_t below = (chosen & -chosen) - 1;
    out[count++] = first + (uint32_t)__builtin_popcountll(mask & below);
  }
  return count;
}

void suo_ranks_portable(const uint64_t mask[2], const uint64_t chosen[2], uint32_t first, uint32_t *out) {
  out += ranks(mask[0], chosen[0], first, out);
  ranks(mask[1], chosen[1], first + (uint32_t)__builtin_popcountll(mask[0]), out);
}

#if defined(__x86_64__)
// The chosen bits among those of the mask, packed, are the ranks.
__attribute__((target("bmi,bmi2,popcnt"))) static inline uint32_t ranks_packed(uint64_t mask, uint64_t chosen,
                                                                             uint32_t first, uint32_t *out) {
  uint32_t count = 0;
  for (uint64_t packed = _pext_u64(chosen, mask); packed; packed &= packed - 1) {
    out[count++] = first + (uint32_t)__builtin_ctzll(packed);
  }
  return count;
}

__attribute__((target("bmi,bmi2,popcnt"))) static void ranks_bmi2(const uint64_t mask[2], const uint64_t chosen[2],
                                                                uint32_t first, uint32_t *out) {
  out += ranks_packed(mask[0], chosen[0], first, out);
  ranks_packed(mask[1], chosen[1], first + (uint32_t)__builtin_popcountll(mask[0]), out);
}

void suo_ranks(const uint64_t mask[2], const uint64_t chosen[2], uint32_t first, uint32_t *out) {
  if (__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
    ranks_bmi2(mask, chosen, first, out);
  } else {
    suo_ranks_portable(mask, chosen, first, out);
  }
}
#else
void suo_ranks(const uint64_t mask[2], const uint64_t chosen[2], uint32_t first, uint32_t *out) {
  suo_ranks_portable(mask, chosen, first, out);
}
#endif
