#include "CKernels.h"
#include "Dispatch.h"

#include <math.h>
#include <string.h>

// A fused multiply-add rounds once where two operations round twice: vectors would depend on the processor.
#pragma STDC FP_CONTRACT OFF

#define WIDTH SUO_LATENT_WIDTH

// Eight lanes are one register of AVX2, two of SSE and NEON; each lane is computed alike in all of them.
#define LANES 8
#define GROUPS (WIDTH / LANES)
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));
typedef int8_t narrow __attribute__((vector_size(LANES)));

INLINE void load(lanes *into, const float *from) {
  memcpy(into, from, sizeof(lanes));
}

INLINE void store(float *into, const lanes *from) {
  memcpy(into, from, sizeof(lanes));
}

INLINE void load_bytes(lanes *into, const int8_t *from) {
  narrow bytes;
  memcpy(&bytes, from, sizeof bytes);
  *into = __builtin_convertvector(bytes, lanes);
}

INLINE void scatter(float *restrict rows, const uint32_t *restrict places, const float *restrict weights,
                    uint32_t count, const float *restrict vector) {
  lanes parts[GROUPS];
  for (int g = 0; g < GROUPS; g++) load(parts + g, vector + g * LANES);
  for (uint32_t i = 0; i < count; i++) {
    float *row = rows + (size_t)places[i] * WIDTH;
    const float weight = weights[i];
    for (int g = 0; g < GROUPS; g++) {
      lanes sum;
      load(&sum, row + g * LANES);
      sum += parts[g] * weight;
      store(row + g * LANES, &sum);
    }
  }
}

INLINE void gather(float *restrict vector, const float *restrict rows, const uint32_t *restrict places,
                   const float *restrict weights, uint32_t count) {
  lanes sums[GROUPS];
  for (int g = 0; g < GROUPS; g++) load(sums + g, vector + g * LANES);
  for (uint32_t i = 0; i < count; i++) {
    const float *row = rows + (size_t)places[i] * WIDTH;
    const float weight = weights[i];
    for (int g = 0; g < GROUPS; g++) {
      lanes part;
      load(&part, row + g * LANES);
      sums[g] += part * weight;
    }
  }
  for (int g = 0; g < GROUPS; g++) store(vector + g * LANES, sums + g);
}

INLINE void multiply(float *restrict out, const float *restrict vector, const float *restrict matrix) {
  lanes sums[GROUPS];
  memset(sums, 0, sizeof sums);
  for (int i = 0; i < WIDTH; i++) {
    const float *row = matrix + i * WIDTH;
    const float weight = vector[i];
    // The matrix is upper triangular: what lies before its diagonal is 0.
    for (int g = i / LANES; g < GROUPS; g++) {
      lanes part;
      load(&part, row + g * LANES);
      sums[g] += part * weight;
    }
  }
  for (int g = 0; g < GROUPS; g++) store(out + g * LANES, sums + g);
}

INLINE void add_products(float *restrict sums, const float *restrict left, const float *restrict right) {
  for (int i = 0; i < WIDTH; i++) {
    float *row = sums + i * WIDTH;
    const float weight = left[i];
    for (int g = i / LANES; g < GROUPS; g++) {
      lanes sum, part;
      load(&sum, row + g * LANES);
      load(&part, right + g * LANES);
      sum += part * weight;
      store(row + g * LANES, &sum);
    }
  }
}

INLINE void add_bytes(float *restrict vector, const int8_t *restrict bytes, float weight) {
  for (int g = 0; g < GROUPS; g++) {
    lanes sum, part;
    load(&sum, vector + g * LANES);
    load_bytes(&part, bytes + g * LANES);
    sum += part * weight;
    store(vector + g * LANES, &sum);
  }
}

INLINE void add_direction(float *restrict vector, const int8_t *restrict bytes, float length) {
  lanes squares;
  memset(&squares, 0, sizeof squares);
  for (int g = 0; g < GROUPS; g++) {
    lanes part;
    load_bytes(&part, bytes + g * LANES);
    squares += part * part;
  }
  float square = 0;
  for (int i = 0; i < LANES; i++) square += squares[i];
  if (square > 0) add_bytes(vector, bytes, length / sqrtf(square));
}

INLINE void inverse_lengths(float *restrict inverses, const int8_t *const *restrict rows, uint32_t count) {
  // Rows lie far apart: ask for all of them at once, then wait once.
  for (uint32_t i = 0; i < count; i++) {
    __builtin_prefetch(rows[i]);
    __builtin_prefetch(rows[i] + WIDTH - 1);
  }
  for (uint32_t i = 0; i < count; i++) {
    lanes squares;
    memset(&squares, 0, sizeof squares);
    for (int g = 0; g < GROUPS; g++) {
      lanes part;
      load_bytes(&part, rows[i] + g * LANES);
      // Whole numbers below 2^24, so these sums are exact.
      squares += part * part;
    }
    float square = 0;
    for (int lane = 0; lane < LANES; lane++) square += squares[lane];
    inverses[i] = square > 0 ? 1 / sqrtf(square) : 0;
  }
}

INLINE void products(float *restrict out, const float *restrict vector, const int8_t *const *restrict rows,
                     const float *restrict weights, uint32_t count) {
  lanes left[GROUPS];
  for (int g = 0; g < GROUPS; g++) load(left + g, vector + g * LANES);
  for (uint32_t i = 0; i < count; i++) {
    lanes sums;
    memset(&sums, 0, sizeof sums);
    for (int g = 0; g < GROUPS; g++) {
      lanes right;
      load_bytes(&right, rows[i] + g * LANES);
      sums += left[g] * right;
    }
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) sum += sums[lane];
    out[i] = sum * weights[i];
  }
}

DISPATCH(suo_latent_, scatter, void,
         (float *rows, const uint32_t *places, const float *weights, uint32_t count, const float *vector),
         (rows, places, weights, count, vector))
DISPATCH(suo_latent_, gather, void,
         (float *vector, const float *rows, const uint32_t *places, const float *weights, uint32_t count),
         (vector, rows, places, weights, count))
DISPATCH(suo_latent_, multiply, void, (float *out, const float *vector, const float *matrix), (out, vector, matrix))
DISPATCH(suo_latent_, add_products, void, (float *sums, const float *left, const float *right), (sums, left, right))
DISPATCH(suo_latent_, add_bytes, void, (float *vector, const int8_t *bytes, float weight), (vector, bytes, weight))
DISPATCH(suo_latent_, add_direction, void, (float *vector, const int8_t *bytes, float length), (vector, bytes, length))
DISPATCH(suo_latent_, inverse_lengths, void, (float *inverses, const int8_t *const *rows, uint32_t count),
         (inverses, rows, count))
DISPATCH(suo_latent_, products, void,
         (float *out, const float *vector, const int8_t *const *rows, const float *weights, uint32_t count),
         (out, vector, rows, weights, count))
