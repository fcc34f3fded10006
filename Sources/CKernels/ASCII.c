#include "CKernels.h"

#include <string.h>

static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

static uint64_t eight(const uint8_t *text) {
  uint64_t bytes;
  memcpy(&bytes, text, 8);
  return bytes;
}

// Brings the highest bits of eight bytes together.
static uint64_t gathered(uint64_t bytes) { return ((bytes >> 7) * 0x0102040810204080) >> 56; }

uint32_t suo_ascii_letters_portable(const uint8_t *text, uint64_t *letters, uint64_t *joints) {
  uint64_t letter = 0, joint = 0, other = 0;
  for (uint32_t i = 0; i < 8; i++) {
    const uint64_t bytes = eight(text + 8 * i);
    // Sums of seven bits do not carry from byte to byte; their highest bits tell what is at least the first number of a range
    // and above the last one.
    const uint64_t plain = bytes & ~highs, lower = plain | ones * 0x20;
    const uint64_t digit = (plain + ones * (0x80 - 0x30)) & ~(plain + ones * (0x7F - 0x39));
    const uint64_t apostrophe = ~((plain ^ ones * 0x27) + ones * 0x7F);
    letter |= gathered((lower + ones * (0x80 - 0x61)) & ~(lower + ones * (0x7F - 0x7A)) & ~bytes & highs) << (8 * i);
    joint |= gathered((digit | apostrophe) & ~bytes & highs) << (8 * i);
    other |= gathered(bytes & highs) << (8 * i);
  }
  *letters = letter;
  *joints = joint;
  return other ? (uint32_t)__builtin_ctzll(other) : 64;
}

uint64_t suo_ascii_words_portable(const uint8_t *text, uint8_t blank, uint8_t *out, uint32_t *others) {
  uint64_t words = 0, all = 0;
  for (uint32_t i = 0; i < 8; i++) {
    const uint64_t bytes = eight(text + 8 * i), plain = bytes & ~highs;
    all |= bytes & highs;
    const uint64_t inWord = (plain + ones * 0x5F) & ((plain ^ ones * 0x7F) + ones * 0x7F) & ~bytes & highs;
    const uint64_t whole = (inWord >> 7) * 0xFF, kept = (bytes & whole) | (ones * blank & ~whole);
    memcpy(out + 8 * i, &kept, 8);
    words |= gathered(inWord) << (8 * i);
  }
  *others |= all != 0;
  return words;
}

#if defined(__x86_64__)
#include <immintrin.h>

// Comparisons are signed: whatever is not ASCII is below everything.
__attribute__((target("avx2"))) static uint32_t letters_avx2(const uint8_t *text, uint64_t *letters,
                                                             uint64_t *joints) {
  uint64_t letter = 0, joint = 0, other = 0;
  for (uint32_t i = 0; i < 2; i++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + 32 * i));
    const __m256i lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
    const __m256i isLetter = _mm256_and_si256(_mm256_cmpgt_epi8(lower, _mm256_set1_epi8(0x60)),
                                              _mm256_cmpgt_epi8(_mm256_set1_epi8(0x7B), lower));
    const __m256i isDigit = _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(0x2F)),
                                             _mm256_cmpgt_epi8(_mm256_set1_epi8(0x3A), bytes));
    const __m256i isJoint = _mm256_or_si256(isDigit, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x27)));
    letter |= (uint64_t)(uint32_t)_mm256_movemask_epi8(isLetter) << (32 * i);
    joint |= (uint64_t)(uint32_t)_mm256_movemask_epi8(isJoint) << (32 * i);
    other |= (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes) << (32 * i);
  }
  *letters = letter;
  *joints = joint;
  return other ? (uint32_t)__builtin_ctzll(other) : 64;
}

__attribute__((target("avx2"))) static uint64_t words_avx2(const uint8_t *text, uint8_t blank, uint8_t *out,
                                                           uint32_t *others) {
  uint64_t words = 0;
  uint32_t all = 0;
  for (uint32_t i = 0; i < 2; i++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + 32 * i));
    const __m256i isWord = _mm256_andnot_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)),
                                               _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(0x20)));
    _mm256_storeu_si256((__m256i *)(out + 32 * i),
                        _mm256_blendv_epi8(_mm256_set1_epi8((char)blank), bytes, isWord));
    words |= (uint64_t)(uint32_t)_mm256_movemask_epi8(isWord) << (32 * i);
    all |= (uint32_t)_mm256_movemask_epi8(bytes);
  }
  *others |= all != 0;
  return words;
}

uint32_t suo_ascii_letters(const uint8_t *text, uint64_t *letters, uint64_t *joints) {
  if (__builtin_cpu_supports("avx2")) return letters_avx2(text, letters, joints);
  return suo_ascii_letters_portable(text, letters, joints);
}

uint64_t suo_ascii_words(const uint8_t *text, uint8_t blank, uint8_t *out, uint32_t *others) {
  if (__builtin_cpu_supports("avx2")) return words_avx2(text, blank, out, others);
  return suo_ascii_words_portable(text, blank, out, others);
}
#else
uint32_t suo_ascii_letters(const uint8_t *text, uint64_t *letters, uint64_t *joints) {
  return suo_ascii_letters_portable(text, letters, joints);
}

uint64_t suo_ascii_words(const uint8_t *text, uint8_t blank, uint8_t *out, uint32_t *others) {
  return suo_ascii_words_portable(text, blank, out, others);
}
#endif
