#include "CKernels.h"
#include "Dispatch.h"

#include <string.h>

// Written for the compiler's vectoriser: no branches, no aliases, counts that are multiples of 32.

static inline __attribute__((always_inline)) void bounds_start(uint16_t *restrict bounds,
                                                               const uint16_t *restrict codes, uint16_t weight,
                                                               uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    bounds[i] = (uint16_t)(part + (codes[i] != 0));
  }
}

static inline __attribute__((always_inline)) void bounds_add(uint16_t *restrict bounds,
                                                             const uint16_t *restrict codes, uint16_t weight,
                                                             uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint16_t part = (uint16_t)(((uint32_t)codes[i] * weight) >> 16);
    // Written so that the compiler stays with 16 bits and multiplies them in one instruction.
    const uint16_t ones = (uint16_t)-(codes[i] != 0);
    bounds[i] = (uint16_t)((uint16_t)(bounds[i] + part) - ones);
  }
}

static inline __attribute__((always_inline)) uint32_t bounds_collect(const uint16_t *bounds, uint32_t count, uint16_t least, uint32_t *out) {
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

static inline __attribute__((always_inline)) void bounds_greatest(const uint16_t *restrict bounds, uint32_t count,
                                                                  uint16_t *restrict out) {
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

static inline uint32_t take(const suo_range_entry *entry, uint32_t term, uint16_t scale, uint32_t found,
                            uint16_t *bounds, uint64_t *parts, uint32_t *terms, uint64_t *postings) {
  uint64_t known[2];
  memcpy(known, entry, sizeof known);
  const uint32_t code = (uint32_t)(known[1] >> 48);
  bounds[found] = (uint16_t)(((code * scale) >> 16) + 1);
  parts[found] = known[0];
  terms[found] = term;
  postings[term] = known[1];
  return found + (code != 0);
}

uint32_t suo_range_terms(const uint32_t *frequent, uint32_t count, const void *const *entries, const uint16_t *scales,
                         const uint32_t *firsts, const uint32_t *heads, const suo_range_link *links, uint32_t range,
                         uint32_t next, uint16_t *bounds, uint64_t *parts, uint32_t *terms, uint64_t *postings) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t term = frequent[i];
    const suo_range_entry *all = entries[term];
    __builtin_prefetch(all + next);
    // Whether a term occurs cannot be guessed, so what is not wanted is overwritten by the next one.
    found = take(all + range, term, scales[term], found, bounds, parts, terms, postings);
  }
  for (uint32_t link = heads[range]; link; link = links[link].next) {
    const uint32_t term = links[link].term;
    const suo_range_entry *all = entries[term];
    found = take(all + (link - firsts[term]), term, scales[term], found, bounds, parts, terms, postings);
  }
  return found;
}

// Vector extensions of the compiler: one source becomes SSE2 on x86-64 and NEON on arm64.
typedef uint8_t bytes __attribute__((vector_size(8)));
typedef uint16_t shorts __attribute__((vector_size(16)));
typedef uint32_t words __attribute__((vector_size(32)));
typedef uint8_t many __attribute__((vector_size(32)));
typedef uint64_t pieces __attribute__((vector_size(32)));

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

uint32_t suo_live_terms(const uint16_t *bounds, const uint64_t *parts, const uint32_t *terms, uint32_t count,
                        uint32_t live, uint64_t *out) {
  // A byte of ones for every bit that is set.
  const uint64_t apart = ((uint64_t)live * 0x0101010101010101) & 0x8040201008040201;
  const uint64_t mask = (((apart + 0x7F7F7F7F7F7F7F7F) >> 7) & 0x0101010101010101) * 255;
  uint32_t found = 0;
  for (uint32_t start = 0; start < count; start += 4) {
    pieces value = {0};
    // Four terms at once; the last ones may be fewer.
    memcpy(&value, parts + start, (count - start < 4 ? count - start : 4) * sizeof *parts);
    value &= mask;
    value = (pieces)__builtin_elementwise_max((many)value, (many)(value >> 32));
    value = (pieces)__builtin_elementwise_max((many)value, (many)(value >> 16));
    value = (pieces)__builtin_elementwise_max((many)value, (many)(value >> 8)) & 255;
    for (uint32_t lane = 0; lane < 4 && start + lane < count; lane++) {
      out[found] = (value[lane] * bounds[start + lane]) << 32 | terms[start + lane];
      found += value[lane] != 0;
    }
  }
  return found;
}

void suo_fetch_postings(const uint64_t *active, uint32_t count, const uint64_t *postings, uint32_t range,
                        const suo_set *sets, const void *const *ends, const void *const *payloads) {
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t term = (uint32_t)active[i], first = (uint32_t)postings[term];
    if (sets[term].held) {
      __builtin_prefetch(sets[term].held + 2 * (size_t)range);
      __builtin_prefetch(sets[term].frequencies + first);
      continue;
    }
    const uint32_t block = first / SUO_BLOCK_SIZE;
    uint32_t start = 0;
    if (block > 0) memcpy(&start, (const uint8_t *)ends[term] + 4 * (size_t)(block - 1), sizeof start);
    const uint8_t *bytes = (const uint8_t *)payloads[term] + start;
    __builtin_prefetch(bytes);
    __builtin_prefetch(bytes + 64);
    __builtin_prefetch(bytes + 128);
  }
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
