/// The few inner loops that Swift cannot express: packing and unpacking of blocks of 128 integers.
#ifndef SUO_CKERNELS_H
#define SUO_CKERNELS_H

#include <stdint.h>

/// Integers in a block.
#define SUO_BLOCK_SIZE 128

/// Bytes that a block of 128 integers of `bits` bits takes: 16 for each bit.
static inline uint32_t suo_packed_bytes(uint32_t bits) { return 16u * bits; }

/// Packs 128 integers, each below 2^bits, into 16 * bits bytes.
///
/// The layout is vertical in four lanes of 32 bits: integer i lies in lane i % 4, and each lane is a stream of
/// little-endian 32-bit words, so that one 128-bit load serves four integers.
void suo_pack_128(const uint32_t *in, uint32_t bits, uint8_t *out);

/// Unpacks 128 integers of `bits` bits (0 to 32); reads exactly 16 * bits bytes.
void suo_unpack_128(const uint8_t *in, uint32_t bits, uint32_t *out);

/// Unpacks 128 gaps and turns them into ascending numbers: out[i] = out[i - 1] + 1 + gap[i], with out[-1] = base.
///
/// The arithmetic wraps at 2^32; the caller compares the last number with the one that it expects.
void suo_unpack_128_ascending(const uint8_t *in, uint32_t bits, uint32_t base, uint32_t *out);

/// Writes the indices of all sums that reach `least` to `out`, ascending, and returns how many there are.
///
/// `count` is a multiple of 16; `out` has room for `count` indices.
uint32_t suo_collect_reaching(const float *sums, uint32_t count, float least, uint32_t *out);

/// Scores postings: out[i] = weight - weight / (1 + frequencies[i] * norms[i]).
void suo_score(const uint32_t *frequencies, const float *norms, uint32_t count, float weight, float *out);

#endif
