#include "CKernels.h"

#include <string.h>

// A fused multiply-add rounds once where two operations round twice: scores would depend on the processor.
#pragma STDC FP_CONTRACT OFF

typedef float floats __attribute__((vector_size(16)));
typedef int32_t flags __attribute__((vector_size(16)));

uint32_t suo_collect_reaching(const float *sums, uint32_t count, float least, uint32_t *out) {
  const floats bar = {least, least, least, least};
  uint32_t found = 0;
  for (uint32_t start = 0; start < count; start += 16) {
    floats a, b, c, d;
    memcpy(&a, sums + start, 16);
    memcpy(&b, sums + start + 4, 16);
    memcpy(&c, sums + start + 8, 16);
    memcpy(&d, sums + start + 12, 16);
    const flags any = (a >= bar) | (b >= bar) | (c >= bar) | (d >= bar);
    uint64_t halves[2];
    memcpy(halves, &any, 16);
    // Most sixteens hold nothing, so the common path ends here.
    if ((halves[0] | halves[1]) == 0) continue;
    for (uint32_t index = start; index < start + 16; index++) {
      out[found] = index;
      found += sums[index] >= least;
    }
  }
  return found;
}

void suo_score(const uint32_t *restrict frequencies, const float *restrict norms, uint32_t count, float weight,
               float *restrict out) {
  for (uint32_t i = 0; i < count; i++) {
    out[i] = weight - weight / (1.0f + (float)(int32_t)frequencies[i] * norms[i]);
  }
}
