/// Bounds of the eight eighths of a range side by side.
#ifndef SUO_RANGE_EIGHTHS_H
#define SUO_RANGE_EIGHTHS_H

#include "CKernels.h"
#include "Dispatch.h"

#include <string.h>

// Vector extensions of the compiler: one source becomes SSE2 on x86-64 and NEON on arm64.
typedef uint8_t bytes __attribute__((vector_size(8)));
typedef uint16_t shorts __attribute__((vector_size(16)));
typedef uint32_t words __attribute__((vector_size(32)));
typedef _Bool flags __attribute__((ext_vector_type(8)));

INLINE shorts widened(const uint64_t *parts) {
  bytes part;
  memcpy(&part, parts, sizeof part);
  return __builtin_convertvector(part, shorts);
}

// The parts are 255ths and the product is divided by 256: what that leaves out is below bound / 256.
INLINE shorts eighths(const uint64_t *parts, uint16_t bound, shorts *occupied) {
  const shorts wide = widened(parts);
  const words product = __builtin_convertvector(wide << 8, words) * bound;
  *occupied = (shorts)(wide != 0);
  return (__builtin_convertvector(product >> 16, shorts) + (uint16_t)((bound >> 8) + 1)) & *occupied;
}

// A bit for each lane that is not 0.
INLINE uint32_t bits(shorts lanes) {
  const flags found = __builtin_convertvector(lanes != 0, flags);
  uint8_t mask;
  memcpy(&mask, &found, sizeof mask);
  return mask;
}

// What is known of a rare term in the range where a link leads to it, and its bound there.
INLINE const suo_range_entry *entry_of(const suo_bounded_terms *terms, uint32_t link) {
  const uint32_t term = terms->links[link].term;
  return (const suo_range_entry *)terms->entries[term] + (link - terms->firsts[term]);
}

INLINE uint16_t bound_of(const suo_bounded_terms *terms, uint32_t link) {
  return (uint16_t)((((uint32_t)entry_of(terms, link)->code * terms->scales[terms->links[link].term]) >> 16) + 1);
}
#endif
