#include "Eighths.h"
#include "RangeEighths.h"

// The bounds of a passage's terms are added up in bytes, in parts of the bound that is wanted, every one rounded up: a passage that
// may reach it has so many parts.
#define WANTED 254

// What a term can add in each eighth, in parts.
INLINE uint64_t parts_of(shorts bounds, uint16_t scale) {
  const words product = __builtin_convertvector(bounds, words) * scale;
  const shorts parts = (__builtin_convertvector(product >> 16, shorts) + 1) & (shorts)(bounds != 0);
  const bytes narrow = __builtin_convertvector(__builtin_elementwise_min(parts, (shorts){0} + 255), bytes);
  uint64_t result;
  memcpy(&result, &narrow, sizeof result);
  return result;
}

// Makes a version of the kernel of a type that holds the sums of a range, and of what is done with them.
#define KEEP_REACHING(NAME, SUMS, BEGIN, ADD, TAKE)                                                                  \
  void NAME(const suo_bounded_terms *terms, const suo_set *sets, uint32_t range, uint16_t least, uint64_t alive[2]) { \
    static const uint64_t everywhere[2] = {~0ull, ~0ull};                                                            \
    /* Below it the scale would not fit, and hardly a passage would be told from others. */                          \
    if (least <= WANTED) return;                                                                                     \
    const uint16_t scale = (uint16_t)((WANTED * 65536u + least - 1) / least);                                        \
    SUMS sums;                                                                                                       \
    BEGIN(&sums);                                                                                                    \
    for (uint32_t i = 0; i < terms->count; i++) {                                                                    \
      const uint64_t *held = sets[terms->frequent[i]].held;                                                          \
      const uint16_t own = (uint16_t)((((uint32_t)terms->frequent_scales[i] * scale) >> 16) + 1);                    \
      const uint64_t parts = parts_of(widened(terms->peaks[i] + range) * 257, own);                                  \
      ADD(&sums, held ? held + 2 * (size_t)range : everywhere, parts);                                               \
    }                                                                                                                \
    for (uint32_t link = terms->heads[range]; link; link = terms->links[link].next) {                                \
      shorts occupied;                                                                                               \
      const shorts bounds = eighths(&entry_of(terms, link)->eighths, bound_of(terms, link), &occupied);              \
      ADD(&sums, everywhere, parts_of(bounds, scale));                                                               \
    }                                                                                                                \
    TAKE(&sums, alive);                                                                                              \
  }

typedef struct {
  uint8_t values[SUO_BLOCK_SIZE];
} byte_sums;

INLINE void begin(byte_sums *sums) { memset(sums, 0, sizeof *sums); }

INLINE void add(byte_sums *sums, const uint64_t *held, uint64_t parts) {
  for (uint32_t eighth = 0; eighth < 8; eighth++) {
    const uint32_t part = (uint32_t)(parts >> (8 * eighth)) & 255;
    for (uint32_t left = held_in(held, eighth); left; left &= left - 1) {
      uint8_t *sum = sums->values + EIGHTH * eighth + __builtin_ctz(left);
      *sum = (uint8_t)(*sum + part < 255 ? *sum + part : 255);
    }
  }
}

INLINE void take(const byte_sums *sums, uint64_t alive[2]) {
  for (uint32_t word = 0; word < 2; word++) {
    uint64_t found = 0;
    for (uint32_t i = 0; i < 64; i++) found |= (uint64_t)(sums->values[64 * word + i] >= WANTED) << i;
    alive[word] &= found;
  }
}

KEEP_REACHING(suo_keep_reaching_portable, byte_sums, begin, add, take)

#if defined(__x86_64__)
typedef struct {
  __m256i values[4];
} byte_sums_avx2;

AVX2 INLINE void begin_avx2(byte_sums_avx2 *sums) {
  for (int i = 0; i < 4; i++) sums->values[i] = _mm256_setzero_si256();
}

AVX2 INLINE void add_avx2(byte_sums_avx2 *sums, const uint64_t *held, uint64_t parts) {
  // Every byte gets the eight bits that it belongs to, and looks at its own.
  const __m256i spread = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
  const __m256i own = _mm256_set1_epi64x((long long)0x8040201008040201);
  const __m256i all = _mm256_set1_epi64x((long long)parts);
  const __m256i first = _mm256_setr_epi64x(0, 0, 0x0101010101010101, 0x0101010101010101);
  for (int i = 0; i < 4; i++) {
    const __m256i bits = _mm256_set1_epi32((int)(held[i / 2] >> (32 * (i % 2))));
    const __m256i here = _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(bits, spread), own), own);
    const __m256i part = _mm256_shuffle_epi8(all, _mm256_add_epi8(first, _mm256_set1_epi8((char)(2 * i))));
    sums->values[i] = _mm256_adds_epu8(sums->values[i], _mm256_and_si256(here, part));
  }
}

AVX2 INLINE void take_avx2(const byte_sums_avx2 *sums, uint64_t alive[2]) {
  const __m256i bar = _mm256_set1_epi8((char)WANTED);
  for (int i = 0; i < 4; i += 2) {
    uint64_t found = 0;
    for (int half = 0; half < 2; half++) {
      const __m256i value = sums->values[i + half];
      const __m256i reached = _mm256_cmpeq_epi8(_mm256_max_epu8(value, bar), value);
      found |= (uint64_t)(uint32_t)_mm256_movemask_epi8(reached) << (32 * half);
    }
    alive[i / 2] &= found;
  }
}

AVX2 static KEEP_REACHING(keep_reaching_avx2, byte_sums_avx2, begin_avx2, add_avx2, take_avx2)

typedef struct {
  __m512i low, high;
} byte_sums_avx512;

AVX512 INLINE void begin_avx512(byte_sums_avx512 *sums) { sums->low = sums->high = _mm512_setzero_si512(); }

AVX512 INLINE void add_avx512(byte_sums_avx512 *sums, const uint64_t *held, uint64_t parts) {
  const __m512i all = _mm512_set1_epi64((long long)parts);
  const __m512i first = _mm512_setr_epi64(0, 0, 0x0101010101010101, 0x0101010101010101, 0x0202020202020202,
                                          0x0202020202020202, 0x0303030303030303, 0x0303030303030303);
  const __m512i second = _mm512_add_epi8(first, _mm512_set1_epi8(4));
  sums->low = _mm512_mask_adds_epu8(sums->low, held[0], sums->low, _mm512_shuffle_epi8(all, first));
  sums->high = _mm512_mask_adds_epu8(sums->high, held[1], sums->high, _mm512_shuffle_epi8(all, second));
}

AVX512 INLINE void take_avx512(const byte_sums_avx512 *sums, uint64_t alive[2]) {
  const __m512i bar = _mm512_set1_epi8((char)WANTED);
  alive[0] &= _mm512_cmpge_epu8_mask(sums->low, bar);
  alive[1] &= _mm512_cmpge_epu8_mask(sums->high, bar);
}

AVX512 static KEEP_REACHING(keep_reaching_avx512, byte_sums_avx512, begin_avx512, add_avx512, take_avx512)
#endif

void suo_keep_reaching_avx2(const suo_bounded_terms *terms, const suo_set *sets, uint32_t range, uint16_t least,
                            uint64_t alive[2]) {
#if defined(__x86_64__)
  if (has_avx2()) {
    keep_reaching_avx2(terms, sets, range, least, alive);
    return;
  }
#endif
  suo_keep_reaching_portable(terms, sets, range, least, alive);
}

void suo_keep_reaching(const suo_bounded_terms *terms, const suo_set *sets, uint32_t range, uint16_t least,
                       uint64_t alive[2]) {
#if defined(__x86_64__)
  if (has_avx512()) {
    keep_reaching_avx512(terms, sets, range, least, alive);
    return;
  }
#endif
  suo_keep_reaching_avx2(terms, sets, range, least, alive);
}
