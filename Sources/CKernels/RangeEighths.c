#include "RangeEighths.h"

typedef float floats __attribute__((vector_size(32)));
typedef int32_t numbers __attribute__((vector_size(32)));

// Rounded up; all are below 2^24, so that every whole number among them is one in single precision too.
INLINE void round_up(const floats *values, numbers *out) {
  const numbers below = __builtin_convertvector(*values, numbers);
  *out = below - (numbers)(__builtin_convertvector(below, floats) < *values);
}

INLINE void put_bytes(const floats *values, uint64_t *out) {
  numbers whole;
  round_up(values, &whole);
  const bytes narrow = __builtin_convertvector(whole, bytes);
  memcpy(out, &narrow, sizeof *out);
}

void suo_eighth_codes(const float scores[8], float margin, uint16_t *code, uint64_t *parts, uint64_t *peaks) {
  floats score;
  memcpy(&score, scores, sizeof score);
  const numbers occurs = (numbers)(score >= 0);
  const floats exact = (score + margin) * 65535.0f;
  // The greatest code is that of 1.
  const numbers fits = (numbers)(exact < 65535.0f);
  numbers codes;
  round_up(&exact, &codes);
  codes = ((codes & fits) | (65535 & ~fits)) & occurs;
  int32_t greatest = 0;
  for (int eighth = 0; eighth < 8; eighth++) greatest = codes[eighth] > greatest ? codes[eighth] : greatest;
  *code = (uint16_t)greatest;
  // Quotients differ from whole numbers by more than rounding takes: by 1 / 65,535 at least, up to 255.
  const floats of_greatest = __builtin_convertvector(codes * 255, floats) / (float)greatest;
  const floats of_one = __builtin_convertvector(codes, floats) / 257.0f;
  put_bytes(&of_greatest, parts);
  put_bytes(&of_one, peaks);
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
