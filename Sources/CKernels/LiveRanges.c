#include "RangeEighths.h"

// What a frequent term can add in each eighth: 255ths times 257 are 65,535ths, of which rounding takes less than 1.
INLINE shorts peaks(const uint64_t *parts, uint16_t scale) {
  const words product = __builtin_convertvector(widened(parts) * 257, words) * scale;
  return __builtin_convertvector(product >> 16, shorts);
}

uint32_t suo_live_ranges(const suo_bounded_terms *terms, const suo_set *sets, uint32_t *ranges, uint32_t count,
                         uint16_t least, uint8_t *live) {
  // A term that does not occur is given what rounding may take too: that is less than telling who occurs would cost.
  const uint16_t bar = (uint16_t)(least > terms->all ? least - terms->all : 0);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t range = ranges[i];
    shorts sums = {0}, occupied;
    for (uint32_t term = 0; term < terms->count; term++) {
      sums = __builtin_elementwise_add_sat(sums, peaks(terms->peaks[term] + range, terms->frequent_scales[term]));
    }
    for (uint32_t link = terms->heads[range]; link; link = terms->links[link].next) {
      const shorts own = eighths(&entry_of(terms, link)->eighths, bound_of(terms, link), &occupied);
      sums = __builtin_elementwise_add_sat(sums, own);
    }
    const uint32_t found = bits((shorts)(sums >= bar));
    // Whether a range is live cannot be guessed, so what is not wanted is overwritten by the next one.
    ranges[kept] = range;
    live[kept] = (uint8_t)found;
    kept += found != 0;
  }
  for (uint32_t term = 0; term < terms->count; term++) {
    const uint64_t *held = sets[terms->frequent[term]].held;
    for (uint32_t i = 0; held && i < kept; i++) __builtin_prefetch(held + 2 * (size_t)ranges[i]);
  }
  return kept;
}

typedef uint8_t many __attribute__((vector_size(32)));
typedef uint64_t pieces __attribute__((vector_size(32)));

// Leaves of each piece its greatest byte.
INLINE void keep_greatest(pieces *value) {
  *value = (pieces)__builtin_elementwise_max((many)*value, (many)(*value >> 32));
  *value = (pieces)__builtin_elementwise_max((many)*value, (many)(*value >> 16));
  *value = (pieces)__builtin_elementwise_max((many)*value, (many)(*value >> 8)) & 255;
}

INLINE void put_postings(const suo_range_entry *entry, uint64_t *postings) {
  memcpy(postings, (const uint8_t *)entry + sizeof(uint64_t), sizeof *postings);
}

uint32_t suo_active_terms(const suo_bounded_terms *terms, uint32_t range, uint32_t live, uint64_t *active,
                          uint64_t *postings) {
  // A byte of ones for every bit that is set.
  const uint64_t apart = ((uint64_t)live * 0x0101010101010101) & 0x8040201008040201;
  const uint64_t mask = (((apart + 0x7F7F7F7F7F7F7F7F) >> 7) & 0x0101010101010101) * 255;
  uint32_t found = 0;
  for (uint32_t start = 0; start < terms->count; start += 4) {
    // Four terms at once; the last ones may be fewer.
    const uint32_t here = terms->count - start < 4 ? terms->count - start : 4;
    pieces value = {0};
    for (uint32_t lane = 0; lane < here; lane++) value[lane] = terms->peaks[start + lane][range];
    value &= mask;
    keep_greatest(&value);
    for (uint32_t lane = 0; lane < here; lane++) {
      const uint64_t most = ((value[lane] * 257 * terms->frequent_scales[start + lane]) >> 16) + 1;
      active[found] = most << 32 | terms->frequent[start + lane];
      found += value[lane] != 0;
    }
  }
  for (uint32_t i = 0; i < found; i++) {
    const uint32_t term = (uint32_t)active[i];
    put_postings((const suo_range_entry *)terms->entries[term] + range, postings + term);
  }
  for (uint32_t link = terms->heads[range]; link; link = terms->links[link].next) {
    const uint32_t term = terms->links[link].term;
    pieces value = {entry_of(terms, link)->eighths & mask};
    keep_greatest(&value);
    active[found] = ((value[0] * bound_of(terms, link)) / 255 + 1) << 32 | term;
    put_postings(entry_of(terms, link), postings + term);
    found += value[0] != 0;
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
      __builtin_prefetch(sets[term].frequencies + first + ((postings[term] >> 32) & 0xFFFF) - 1);
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
