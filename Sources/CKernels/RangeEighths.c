#include "RangeEighths.h"

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
