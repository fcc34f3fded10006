#include "CKernels.h"

#include <string.h>

void suo_mark(const uint32_t *restrict documents, uint32_t count, uint32_t base, uint8_t *restrict marks) {
  for (uint32_t i = 0; i < count; i++) marks[documents[i] - base] = 1;
}

uint32_t suo_take_marks(uint8_t *marks, uint32_t count) {
  uint32_t sum = 0;
  for (uint32_t start = 0; start < count; start += 64) {
    uint64_t eights[8];
    memcpy(eights, marks + start, sizeof eights);
    uint64_t all = 0;
    for (int i = 0; i < 8; i++) all += eights[i];
    // Eight sums of at most 8, side by side.
    sum += (uint32_t)((all * 0x0101010101010101u) >> 56);
  }
  memset(marks, 0, count);
  return sum;
}
