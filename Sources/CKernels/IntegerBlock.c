#include "CKernels.h"
#include "Dispatch.h"

#include <stddef.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Vector extensions of the compiler: one source becomes SSE2 on x86-64 and NEON on arm64.
typedef uint32_t lanes __attribute__((vector_size(16)));

static inline lanes load(const uint8_t *from) {
  lanes value;
  memcpy(&value, from, sizeof value);
  return value;
}

static inline void store(uint32_t *to, lanes value) { memcpy(to, &value, sizeof value); }

void suo_pack_128(const uint32_t *in, uint32_t bits, uint8_t *out) {
  if (bits == 0) return;
  lanes word = {0, 0, 0, 0};
  uint32_t used = 0;
  for (int row = 0; row < 32; row++) {
    lanes value;
    memcpy(&value, in + 4 * row, sizeof value);
    word |= value << used;
    used += bits;
    if (used >= 32) {
      memcpy(out, &word, sizeof word);
      out += 16;
      used -= 32;
      // The part of the value that did not fit begins the next word.
      word = used == 0 ? (lanes){0, 0, 0, 0} : value >> (bits - used);
    }
  }
}

// One row of four integers; the width is a constant, so every shift and branch is decided at compile time.
#define ROW(BITS, R, CONSUME)                                                                   \
  {                                                                                             \
    enum { bit = (BITS) * (R), word = bit / 32, shift = bit % 32 };                             \
    lanes value = load(in + 16 * word) >> shift;                                                \
    if (shift + (BITS) > 32) value |= load(in + 16 * (word + (shift + (BITS) > 32))) << ((32 - shift) & 31); \
    if ((BITS) < 32) value &= mask;                                                             \
    CONSUME(R)                                                                                  \
  }

#define ROWS(BITS, CONSUME)                                                                      \
  ROW(BITS, 0, CONSUME) ROW(BITS, 1, CONSUME) ROW(BITS, 2, CONSUME) ROW(BITS, 3, CONSUME)        \
  ROW(BITS, 4, CONSUME) ROW(BITS, 5, CONSUME) ROW(BITS, 6, CONSUME) ROW(BITS, 7, CONSUME)        \
  ROW(BITS, 8, CONSUME) ROW(BITS, 9, CONSUME) ROW(BITS, 10, CONSUME) ROW(BITS, 11, CONSUME)      \
  ROW(BITS, 12, CONSUME) ROW(BITS, 13, CONSUME) ROW(BITS, 14, CONSUME) ROW(BITS, 15, CONSUME)    \
  ROW(BITS, 16, CONSUME) ROW(BITS, 17, CONSUME) ROW(BITS, 18, CONSUME) ROW(BITS, 19, CONSUME)    \
  ROW(BITS, 20, CONSUME) ROW(BITS, 21, CONSUME) ROW(BITS, 22, CONSUME) ROW(BITS, 23, CONSUME)    \
  ROW(BITS, 24, CONSUME) ROW(BITS, 25, CONSUME) ROW(BITS, 26, CONSUME) ROW(BITS, 27, CONSUME)    \
  ROW(BITS, 28, CONSUME) ROW(BITS, 29, CONSUME) ROW(BITS, 30, CONSUME) ROW(BITS, 31, CONSUME)

#define PLAIN(R) store(out + 4 * (R), value + plus);

// A prefix sum inside the register, then the last number of the row before is added to all four.
#define ASCENDING(R)                                                                            \
  value += one;                                                                                 \
  value += __builtin_shufflevector(value, zero, 4, 0, 1, 2);                                    \
  value += __builtin_shufflevector(value, zero, 4, 4, 0, 1);                                    \
  store(out + 4 * (R), value + previous);                                                       \
  previous += __builtin_shufflevector(value, value, 3, 3, 3, 3);

#define UNPACK(BITS)                                                                            \
  INLINE void unpack_##BITS(const uint8_t *in, lanes plus, uint32_t *out) {                     \
    const lanes mask = (lanes){0, 0, 0, 0} + (uint32_t)((1ull << (BITS)) - 1);                  \
    (void)mask;                                                                                 \
    ROWS(BITS, PLAIN)                                                                           \
  }                                                                                             \
  INLINE void ascend_##BITS(const uint8_t *in, uint32_t base, uint32_t *out) {                  \
    const lanes mask = (lanes){0, 0, 0, 0} + (uint32_t)((1ull << (BITS)) - 1);                  \
    const lanes zero = {0, 0, 0, 0}, one = {1, 1, 1, 1};                                        \
    lanes previous = zero + base;                                                               \
    (void)mask;                                                                                 \
    ROWS(BITS, ASCENDING)                                                                       \
  }

#define EACH_WIDTH(DO)                                                                          \
  DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14)      \
  DO(15) DO(16) DO(17) DO(18) DO(19) DO(20) DO(21) DO(22) DO(23) DO(24) DO(25) DO(26) DO(27)    \
  DO(28) DO(29) DO(30) DO(31) DO(32)

EACH_WIDTH(UNPACK)

#define PLAIN_CASE(BITS) case BITS: unpack_##BITS(in, plus, out); return;
#define ASCENDING_CASE(BITS) case BITS: ascend_##BITS(in, base, out); return;

INLINE void unpack(const uint8_t *in, uint32_t bits, uint32_t add, uint32_t *out) {
  const lanes plus = (lanes){0, 0, 0, 0} + add;
  switch (bits) {
    EACH_WIDTH(PLAIN_CASE)
    default:
      for (uint32_t i = 0; i < SUO_BLOCK_SIZE; i++) out[i] = add;
      return;
  }
}

INLINE void unpack_ascending(const uint8_t *in, uint32_t bits, uint32_t base, uint32_t *out) {
  switch (bits) {
    EACH_WIDTH(ASCENDING_CASE)
    default:
      for (uint32_t i = 0; i < SUO_BLOCK_SIZE; i++) out[i] = base + 1 + i;
      return;
  }
}

static void ascend_portable(uint32_t base, uint32_t *values) {
  const lanes zero = {0, 0, 0, 0}, one = {1, 1, 1, 1};
  lanes previous = zero + base;
  for (int row = 0; row < 32; row++) {
    uint32_t *const out = values;
    lanes value = load((const uint8_t *)(values + 4 * row));
    ASCENDING(row)
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void ascend_avx2(uint32_t base, uint32_t *values) {
  const __m256i one = _mm256_set1_epi32(1), third = _mm256_set1_epi32(3), last = _mm256_set1_epi32(7);
  __m256i previous = _mm256_set1_epi32((int)base);
#pragma clang loop unroll(full)
  for (int row = 0; row < 16; row++) {
    __m256i value = _mm256_add_epi32(_mm256_loadu_si256((const __m256i *)(values + 8 * row)), one);
    // A prefix sum in each half, then the last number of the lower half is added to the upper one.
    value = _mm256_add_epi32(value, _mm256_slli_si256(value, 4));
    value = _mm256_add_epi32(value, _mm256_slli_si256(value, 8));
    const __m256i lower = _mm256_permutevar8x32_epi32(value, third);
    value = _mm256_add_epi32(value, _mm256_blend_epi32(_mm256_setzero_si256(), lower, 0xF0));
    _mm256_storeu_si256((__m256i *)(values + 8 * row), _mm256_add_epi32(value, previous));
    // One addition is all that a row waits for of the row before.
    previous = _mm256_add_epi32(previous, _mm256_permutevar8x32_epi32(value, last));
  }
}

__attribute__((target("avx512f,avx512bw"))) static void ascend_avx512(uint32_t base, uint32_t *values) {
  const __m512i one = _mm512_set1_epi32(1), last = _mm512_set1_epi32(15);
  const __m512i before = _mm512_setr_epi32(0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11);
  const __m512i earlier = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7);
  __m512i previous = _mm512_set1_epi32((int)base);
#pragma clang loop unroll(full)
  for (int row = 0; row < 8; row++) {
    __m512i value = _mm512_add_epi32(_mm512_loadu_si512(values + 16 * row), one);
    // A prefix sum in each quarter, then the last numbers of the quarters before are added, first of one and then of two.
    value = _mm512_add_epi32(value, _mm512_bslli_epi128(value, 4));
    value = _mm512_add_epi32(value, _mm512_bslli_epi128(value, 8));
    value = _mm512_add_epi32(value, _mm512_maskz_permutexvar_epi32(0xFFF0, before, value));
    value = _mm512_add_epi32(value, _mm512_maskz_permutexvar_epi32(0xFF00, earlier, value));
    _mm512_storeu_si512(values + 16 * row, _mm512_add_epi32(value, previous));
    previous = _mm512_add_epi32(previous, _mm512_permutexvar_epi32(last, value));
  }
}

static int has_avx512(void) { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"); }
#endif

// Adds the high bits of the exceptions that follow the packed bytes, and gathers the bits of what they become.
INLINE size_t patch(const uint8_t *in, size_t count, uint32_t bits, uint32_t *out, uint32_t *gathered) {
  size_t offset = 2 + (size_t)suo_packed_bytes(bits);
  for (uint32_t left = in[1]; left > 0; left--) {
    if (offset >= count) return 0;
    const uint32_t index = in[offset++];
    uint64_t high = 0;
    for (uint32_t shift = 0;; shift += 7) {
      // Five bytes hold more than 32 bits.
      if (offset >= count || shift >= 35) return 0;
      const uint64_t byte = in[offset++];
      high |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if (index >= SUO_BLOCK_SIZE) return 0;
    out[index] += (uint32_t)(high << bits);
    *gathered |= out[index];
  }
  return offset;
}

INLINE int is_patched_block(const uint8_t *in, size_t count) {
  return count >= 2 && in[0] <= 32 && in[1] <= SUO_BLOCK_SIZE && 2 + (size_t)suo_packed_bytes(in[0]) <= count;
}

INLINE size_t patched(const uint8_t *in, size_t count, uint32_t add, uint32_t *out) {
  if (!is_patched_block(in, count)) return 0;
  unpack(in + 2, in[0], add, out);
  uint32_t gathered = 0;
  return patch(in, count, in[0], out, &gathered);
}

#define PATCHED_ASCENDING(ASCEND)                                            \
  if (!is_patched_block(in, count)) return 0;                                \
  const uint32_t bits = in[0];                                               \
  *widest = bits;                                                            \
  if (in[1] == 0) {                                                          \
    unpack_ascending(in + 2, bits, base, out);                               \
    return 2 + suo_packed_bytes(bits);                                       \
  }                                                                          \
  unpack(in + 2, bits, 0, out);                                              \
  uint32_t gathered = 0;                                                     \
  const size_t used = patch(in, count, bits, out, &gathered);                \
  if (used == 0) return 0;                                                   \
  const uint32_t reached = gathered ? 32 - (uint32_t)__builtin_clz(gathered) : 0; \
  *widest = reached > bits ? reached : bits;                                 \
  ASCEND(base, out);                                                         \
  return used;

size_t suo_patched_128_portable(const uint8_t *in, size_t count, uint32_t add, uint32_t *out) {
  return patched(in, count, add, out);
}

size_t suo_patched_128_ascending_portable(const uint8_t *in, size_t count, uint32_t base, uint32_t *out,
                                          uint32_t *widest) {
  PATCHED_ASCENDING(ascend_portable)
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static size_t patched_avx2(const uint8_t *in, size_t count, uint32_t add,
                                                           uint32_t *out) {
  return patched(in, count, add, out);
}

__attribute__((target("avx2"))) static size_t patched_ascending_avx2(const uint8_t *in, size_t count, uint32_t base,
                                                                     uint32_t *out, uint32_t *widest) {
  PATCHED_ASCENDING(ascend_avx2)
}

__attribute__((target("avx512f,avx512bw"))) static size_t patched_ascending_avx512(const uint8_t *in, size_t count,
                                                                                   uint32_t base, uint32_t *out,
                                                                                   uint32_t *widest) {
  PATCHED_ASCENDING(ascend_avx512)
}
#endif

size_t suo_patched_128(const uint8_t *in, size_t count, uint32_t add, uint32_t *out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return patched_avx2(in, count, add, out);
#endif
  return suo_patched_128_portable(in, count, add, out);
}

size_t suo_patched_128_ascending(const uint8_t *in, size_t count, uint32_t base, uint32_t *out, uint32_t *widest) {
#if defined(__x86_64__)
  if (has_avx512()) return patched_ascending_avx512(in, count, base, out, widest);
  if (__builtin_cpu_supports("avx2")) return patched_ascending_avx2(in, count, base, out, widest);
#endif
  return suo_patched_128_ascending_portable(in, count, base, out, widest);
}

size_t suo_patched_128_ascending_avx2(const uint8_t *in, size_t count, uint32_t base, uint32_t *out,
                                      uint32_t *widest) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return patched_ascending_avx2(in, count, base, out, widest);
#endif
  (void)in, (void)count, (void)base, (void)out, (void)widest;
  return 0;
}

INLINE uint64_t sum(const uint32_t *values, uint32_t count) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += values[i];
  return sum;
}

DISPATCH(suo_, sum, uint64_t, (const uint32_t *values, uint32_t count), (values, count))
