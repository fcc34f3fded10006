#include "CKernels.h"
#include "Dispatch.h"

#include <string.h>

// Written for the compiler's vectoriser: no branches, no aliases, counts that are multiples of 32.

INLINE void bounds_start(uint16_t *restrict bounds, const uint16_t *restrict codes, uint16_t weight, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    bounds[i] = (uint16_t)(part + (codes[i] != 0));
  }
}

INLINE void bounds_add(uint16_t *restrict bounds, const uint16_t *restrict codes, uint16_t weight, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    // Written so that the compiler stays with 16 bits and multiplies them in one instruction.
    const uint16_t ones = (uint16_t)-(codes[i] != 0);
    bounds[i] = (uint16_t)((uint16_t)(bounds[i] + part) - ones);
  }
}

INLINE uint32_t bounds_collect(const uint16_t *bounds, uint32_t count, uint16_t least, uint32_t *out) {
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

DISPATCH(suo_, bounds_start, void, (uint16_t *bounds, const uint16_t *codes, uint16_t weight, uint32_t count),
         (bounds, codes, weight, count))
DISPATCH(suo_, bounds_add, void, (uint16_t *bounds, const uint16_t *codes, uint16_t weight, uint32_t count),
         (bounds, codes, weight, count))
DISPATCH(suo_, bounds_collect, uint32_t, (const uint16_t *bounds, uint32_t count, uint16_t least, uint32_t *out),
         (bounds, count, least, out))

INLINE void bounds_greatest(const uint16_t *restrict bounds, uint32_t count, uint16_t *restrict out) {
  for (uint32_t start = 0; start < count; start += 32) {
    uint16_t greatest = 0;
    for (uint32_t i = 0; i < 32; i++) greatest = bounds[start + i] > greatest ? bounds[start + i] : greatest;
    out[start / 32] = greatest;
  }
}

DISPATCH(suo_, bounds_greatest, void, (const uint16_t *bounds, uint32_t count, uint16_t *out), (bounds, count, out))

void suo_bounds_add_few(uint16_t *restrict bounds, const uint32_t *restrict occupied, const void *restrict entries,
                        uint32_t count, uint16_t weight, uint32_t term, uint32_t first, uint32_t *restrict heads,
                        suo_range_link *restrict links) {
  const suo_range_entry *all = entries;
  for (uint32_t place = 0; place < count; place++) {
    const uint32_t range = occupied[place];
    const uint16_t part = (uint16_t)(((uint32_t)all[place].code * weight) >> 16);
    bounds[range] = (uint16_t)(bounds[range] + part + 1);
    links[first + place] = (suo_range_link){heads[range], term};
    heads[range] = first + place;
  }
}
