#include "CKernels.h"

#include <string.h>

// Written for the compiler's vectoriser: no branches, no aliases, counts that are multiples of 32.

void suo_bounds_start(uint16_t *restrict bounds, const uint16_t *restrict codes, uint16_t weight, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    bounds[i] = (uint16_t)(part + (codes[i] != 0));
  }
}

void suo_bounds_add(uint16_t *restrict bounds, const uint16_t *restrict codes, uint16_t weight, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    bounds[i] = (uint16_t)(bounds[i] + part + (codes[i] != 0));
  }
}

void suo_bounds_add_both(uint16_t *restrict bounds, const uint16_t *restrict codes, uint16_t weight, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    const uint16_t both = (uint16_t)-((codes[i] != 0) & (bounds[i] != 0));
    bounds[i] = (uint16_t)(bounds[i] + part + 1) & both;
  }
}

void suo_bounds_least(uint16_t *restrict bounds, const uint16_t *restrict codes, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) bounds[i] = bounds[i] < codes[i] ? bounds[i] : codes[i];
}

uint32_t suo_bounds_collect(const uint16_t *bounds, uint32_t count, uint16_t least, uint32_t *out) {
  uint32_t found = 0;
  for (uint32_t start = 0; start < count; start += 32) {
    uint16_t any = 0;
    for (uint32_t i = 0; i < 32; i++) any |= (uint16_t)-(bounds[start + i] >= least);
    // Most stretches hold nothing, so the common path ends here.
    if (!any) continue;
    for (uint32_t i = start; i < start + 32; i++) {
      out[found] = i;
      found += bounds[i] >= least;
    }
  }
  return found;
}

// Vector extensions of the compiler: one source becomes SSE2 on x86-64 and NEON on arm64.
typedef uint8_t bytes __attribute__((vector_size(8)));
typedef uint16_t shorts __attribute__((vector_size(16)));
typedef uint32_t words __attribute__((vector_size(32)));

// The parts are 255ths and the product is divided by 256: what that leaves out is below bound / 256.
static inline shorts eighths(const uint64_t *parts, uint16_t bound, shorts *occupied) {
  bytes part;
  memcpy(&part, parts, sizeof part);
  const shorts wide = __builtin_convertvector(part, shorts);
  const words product = __builtin_convertvector(wide << 8, words) * bound;
  *occupied = (shorts)(wide != 0);
  return (__builtin_convertvector(product >> 16, shorts) + (uint16_t)((bound >> 8) + 1)) & *occupied;
}

static inline uint32_t bits(shorts lanes) {
  uint32_t mask = 0;
  for (int lane = 0; lane < 8; lane++) mask |= (uint32_t)(lanes[lane] & 1) << lane;
  return mask;
}

uint32_t suo_eighths_sum(const uint64_t *parts, const uint16_t *bounds, uint32_t count, uint16_t least) {
  shorts sums = {0}, occupied;
  for (uint32_t term = 0; term < count; term++) {
    sums = __builtin_elementwise_add_sat(sums, eighths(parts + term, bounds[term], &occupied));
  }
  return bits((shorts)(sums >= least));
}

uint32_t suo_eighths_all(const uint64_t *parts, const uint16_t *bounds, uint32_t count, uint16_t least) {
  shorts sums = {0}, all = ~(shorts){0}, occupied;
  for (uint32_t term = 0; term < count; term++) {
    sums = __builtin_elementwise_add_sat(sums, eighths(parts + term, bounds[term], &occupied));
    all &= occupied;
  }
  return bits((shorts)(sums >= least) & all);
}

uint32_t suo_eighths_least(const uint64_t *parts, const uint16_t *bounds, uint32_t count, uint16_t least) {
  shorts all = ~(shorts){0}, occupied;
  for (uint32_t term = 0; term < count; term++) {
    const shorts reached = (shorts)(eighths(parts + term, bounds[term], &occupied) >= least);
    all &= occupied & reached;
  }
  return bits(all);
}
