/// The few inner loops that Swift cannot express.
#ifndef SUO_CKERNELS_H
#define SUO_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Declares a kernel of which there are versions for several kinds of processors, chosen from when it is called, and, with
/// `_portable` behind its name, the one without the instructions that not every processor has. All give the same bits.
#define SUO_KERNEL(RESULT, NAME, ...) \
  RESULT NAME(__VA_ARGS__);           \
  RESULT NAME##_portable(__VA_ARGS__)

/// Integers in a block.
#define SUO_BLOCK_SIZE 128

/// Bytes that a block of 128 integers of `bits` bits takes: 16 for each bit.
static inline uint32_t suo_packed_bytes(uint32_t bits) { return 16u * bits; }

/// Packs 128 integers, each below 2^bits, into 16 * bits bytes.
///
/// The layout is vertical in four lanes of 32 bits: integer i lies in lane i % 4, and each lane is a stream of
/// little-endian 32-bit words, so that one 128-bit load serves four integers.
void suo_pack_128(const uint32_t *in, uint32_t bits, uint8_t *out);

/// Unpacks a patched block of 128 integers: their width in bits u8, how many exceptions u8, the packed integers, and for each
/// exception its index u8 and the bits above the width as a variable-length integer. Adds `add` to each; reads nothing
/// beyond `count` bytes.
///
/// Returns the bytes of the block, or 0 where they are not one.
SUO_KERNEL(size_t, suo_patched_128, const uint8_t *in, size_t count, uint32_t add, uint32_t *out);
/// Unpacks a patched block of gaps and turns them into ascending numbers: out[i] = out[i - 1] + 1 + gap[i], with out[-1] =
/// base. `widest` gets how many bits the widest gap may have.
///
/// The arithmetic wraps at 2^32; the caller compares the last number with the one that it expects.
SUO_KERNEL(size_t, suo_patched_128_ascending, const uint8_t *in, size_t count, uint32_t base, uint32_t *out,
           uint32_t *widest);
/// The same with AVX2 and no more; returns 0, too, where the processor has not even that.
size_t suo_patched_128_ascending_avx2(const uint8_t *in, size_t count, uint32_t base, uint32_t *out,
                                      uint32_t *widest);

/// The sum of integers.
SUO_KERNEL(uint64_t, suo_sum, const uint32_t *values, uint32_t count);

/// Upper bounds of scores by range of passages, in 65,536ths of a unit: a term's code is 0 where it does not occur, and its
/// weighted part is rounded up, so that a sum is never below what it bounds. `count` is a multiple of 32; sums must stay
/// below 65,536.
///
/// Begins with one term: bounds[i] = codes[i] * weight / 65536, rounded up.
SUO_KERNEL(void, suo_bounds_start, uint16_t *bounds, const uint16_t *codes, uint16_t weight, uint32_t count);
/// Adds a term that may occur.
SUO_KERNEL(void, suo_bounds_add, uint16_t *bounds, const uint16_t *codes, uint16_t weight, uint32_t count);
/// Writes the greatest of every 32 bounds.
SUO_KERNEL(void, suo_bounds_greatest, const uint16_t *bounds, uint32_t count, uint16_t *out);
/// Writes the indices of all bounds that reach `least`, ascending, and returns how many there are; `out` has room for all.
SUO_KERNEL(uint32_t, suo_bounds_collect, const uint16_t *bounds, uint32_t count, uint16_t least, uint32_t *out);

/// Sets marks[documents[i] - base] to 1.
void suo_mark(const uint32_t *documents, uint32_t count, uint32_t base, uint8_t *marks);
/// Counts the marks, each 0 or 1, and sets them to 0. `count` is a multiple of 64.
uint32_t suo_take_marks(uint8_t *marks, uint32_t count);

/// What is known of a term in one range.
typedef struct {
  uint64_t eighths;
  uint32_t first;
  uint16_t count, code;
} suo_range_entry;
/// Codes of the greatest scores of weight 1 in the eighths of a range, below 0 where the term does not occur: of the greatest of
/// them, as a number of 65,535ths, rounded up after `margin` has been added; and in bytes what part of that each eighth reaches, in
/// 255ths rounded up, and what part of 1. Bytes of eighths without the term are 0. At least one eighth has it.
void suo_eighth_codes(const float scores[8], float margin, uint16_t *code, uint64_t *parts, uint64_t *peaks);
/// One of the rare terms that occur in a range: its number, and the link of the next one, 0 after the last.
typedef struct {
  uint32_t next, term;
} suo_range_link;
/// Adds a rare term to the bounds of the ranges where it occurs, `count` of them, each with an entry, and puts it first among
/// those that are linked there: `heads` has by range the first link or 0. Its links are those from `first` on, in the order
/// of its entries.
void suo_bounds_add_few(uint16_t *bounds, const uint32_t *occupied, const void *entries, uint32_t count, uint16_t weight,
                        uint32_t term, uint32_t first, uint32_t *heads, suo_range_link *links);
/// The set of passages that hold a term, two words of bits for each range of 128, and how often each of them does, readable for
/// 16 bytes from each of them on. A passage scores weight - gained / (1 + frequency * norm).
typedef struct {
  const uint64_t *held;
  const uint8_t *frequencies;
  float weight, gained;
} suo_set;
/// The terms of a query with their bounds. Of those that are frequent, `count`, in the order in which they stand here: the
/// greatest scores of weight 1 by range, a byte in 255ths for each eighth, rounded up, 0 where the term does not occur; the
/// numbers of the terms; and what makes bounds of scores. The others by number: entries of the ranges where they occur, what makes
/// bounds of codes, and first links; with links and heads as `suo_bounds_add_few` writes them. The entries of a frequent term are
/// by range.
typedef struct {
  const uint64_t *const *peaks;
  const uint32_t *frequent;
  const uint16_t *frequent_scales;
  const void *const *entries;
  const uint16_t *scales;
  const uint32_t *firsts, *heads;
  const suo_range_link *links;
  uint32_t count, all;
} suo_bounded_terms;
/// Keeps of the ranges those with eighths that may hold a passage of at least `least`, writes these eighths to `live`, as bits,
/// and returns how many ranges are kept. A bound is a scale times a score or code, and `all` terms are as many as may add what
/// rounding takes from each. Fetches what `suo_keep_reaching` will look at.
uint32_t suo_live_ranges(const suo_bounded_terms *terms, const suo_set *sets, uint32_t *ranges, uint32_t count,
                         uint16_t least, uint8_t *live);
/// Takes from the passages of a range that are alive those whose own terms have bounds that do not add up to `least`. Any passage of
/// an eighth may hold a term that is rare there or whose set is not kept.
SUO_KERNEL(void, suo_keep_reaching, const suo_bounded_terms *terms, const suo_set *sets, uint32_t range, uint16_t least,
           uint64_t alive[2]);
/// The same with AVX2 and no more.
void suo_keep_reaching_avx2(const suo_bounded_terms *terms, const suo_set *sets, uint32_t range, uint16_t least,
                            uint64_t alive[2]);
/// Takes the terms that occur in the live eighths of a range: writes for each the greatest of its bounds there, above 32 bits with
/// its number; and by number the first posting of the range (the lower 32 bits) and how many there are (the next 16). Returns how
/// many terms there are; there is room for all.
uint32_t suo_active_terms(const suo_bounded_terms *terms, uint32_t range, uint32_t live, uint64_t *active,
                          uint64_t *postings);
/// Fetches what terms are read from in a range, all at once, so that who reads one after the other waits once: its set, or where
/// `held` is null the block in which its postings begin. `active` and `postings` are as `suo_active_terms` writes them;
/// `ends`, by term, say where blocks of 128 postings end among the bytes at `payloads`, u32 each.
void suo_fetch_postings(const uint64_t *active, uint32_t count, const uint64_t *postings, uint32_t range,
                        const suo_set *sets, const void *const *ends, const void *const *payloads);
/// Which eighths of a range may hold a passage of at least `least`, as bits: `bounds` are those of the terms in the range, and
/// byte `i` of a term's `parts` the part of it, in 255ths rounded up, that eighth `i` reaches, or 0 where the term does not
/// occur there.
///
/// The sum over terms all of which must occur:
uint32_t suo_eighths_all(const uint64_t *parts, const uint16_t *bounds, uint32_t count, uint16_t least);
/// The least of terms all of which must occur:
uint32_t suo_eighths_least(const uint64_t *parts, const uint16_t *bounds, uint32_t count, uint16_t least);

/// Scores up to 128 postings, at least one, and adds them to sums:
/// sums[documents[i] - base] += weight - gained / (1 + frequencies[i] * norm), in single precision.
///
/// The norm of a passage is `values` at its length, which has `width` bytes, or at the passage itself where that is 0.
/// `documents` and `frequencies` are readable up to the next multiple of 8 postings. Passages ascend. Places are taken
/// modulo 128, so that nothing outside the 128 sums is written whatever the passages are.
SUO_KERNEL(void, suo_accumulate, const uint32_t *documents, const uint32_t *frequencies, uint32_t count,
           const void *lengths, uint32_t width, const float *values, float weight, float gained, uint32_t base,
           double *sums);

/// Passages of a window in which sums are marked.
#define SUO_WINDOW_SIZE 65536
/// Scores postings as `suo_accumulate` does, of a window of passages that begins at `base`; a sum counts only where the bit of
/// its place is set in `marks`, and otherwise begins with the sum of nothing. Places that are marked now are written to `places`
/// behind the first `marked`, with room for one more; returns how many there are then.
SUO_KERNEL(uint32_t, suo_accumulate_marked, const uint32_t *documents, const uint32_t *frequencies, uint32_t count,
           const void *lengths, uint32_t width, const float *values, float weight, float gained, uint32_t base,
           double *sums, uint64_t *marks, uint32_t *places, uint32_t marked);
/// The same for postings whose frequencies have been multiplied by the norms of their passages before.
SUO_KERNEL(uint32_t, suo_accumulate_saturated, const uint32_t *documents, const float *saturations, uint32_t count,
           float weight, float gained, uint32_t base, double *sums, uint64_t *marks, uint32_t *places,
           uint32_t marked);
/// Takes the marks of places away, keeps of the places those whose sums reach `least`, and returns how many those are.
uint32_t suo_take_marked(uint32_t *places, uint32_t count, const double *sums, uint64_t *marks, float least);

/// What norms are looked up by, as in `suo_accumulate`, of so many passages.
typedef struct {
  const void *lengths;
  const float *values;
  uint32_t width, passages;
} suo_norm_source;
/// What the terms of a query are scored by: their sets and, as `suo_active_terms` writes them, their postings in a range.
typedef struct {
  const suo_set *sets;
  const uint64_t *postings;
  suo_norm_source norms;
} suo_set_query;
/// Adds the scores of terms to the sums of those passages of a range that are alive, and takes from `alive` those that cannot
/// reach `threshold`, where that is above 0. What each of the `count` terms can add, times `scale`, stands in the upper half
/// of `active`, its number below; they are brought into an order, the strongest first. The sums of passages that are not alive
/// afterwards mean nothing.
SUO_KERNEL(void, suo_score_sets, const suo_set_query *query, uint64_t *active, uint32_t count, uint32_t range,
           float threshold, float scale, double *sums, uint64_t alive[2]);
/// The same with AVX2 and no more.
void suo_score_sets_avx2(const suo_set_query *query, uint64_t *active, uint32_t count, uint32_t range, float threshold,
                         float scale, double *sums, uint64_t alive[2]);

/// Sets the bits of passages of the range of 128 that begins at `base`.
void suo_passage_mask(const uint32_t *documents, uint32_t count, uint32_t base, uint64_t mask[2]);

/// Brings sets of passages together, two words of bits for each range of 128: writes the ranges in which all `terms` have
/// passages in common, ascending, and these passages, and returns how many ranges there are. There is room for one more than
/// `count` ranges, of which each set has masks.
SUO_KERNEL(uint32_t, suo_common_masks, const uint64_t *const *masks, uint32_t terms, uint32_t count, uint32_t *ranges,
           uint64_t *out);
/// How many passages are in any of several sets, or among `others`, all of so many words.
SUO_KERNEL(uint64_t, suo_count_any, const uint64_t *const *masks, uint32_t sets, const uint64_t *others,
           uint32_t words);
/// Writes for each passage chosen from a set `first` and how many of the set are before it.
SUO_KERNEL(void, suo_ranks, const uint64_t mask[2], const uint64_t chosen[2], uint32_t first, uint32_t *out);

/// Fetches bytes that will be read soon.
void suo_fetch(const void *bytes, size_t count);

/// How many positions of `lead` have one of `other`, at least one, at a distance from them; both ascend, and the second is
/// readable up to the next multiple of 16 positions.
SUO_KERNEL(uint32_t, suo_pairs, const uint16_t *lead, uint32_t lead_count, const uint16_t *other, uint32_t other_count,
           int32_t distance);

/// Sets the bits of those of the sums from `first` to `end`, multiples of 8 up to 128, that reach `least`; where that is not
/// above 0, of those that are not -0, the sum of nothing.
SUO_KERNEL(void, suo_reaching, const double *sums, uint32_t first, uint32_t end, double least, uint64_t mask[2]);

/// Bytes of a text that are looked at together.
#define SUO_ASCII_SIZE 64
/// Sorts 64 bytes of a text: sets the bits of the letters of ASCII, and of its digits and apostrophes. Returns how many bytes
/// there are before the first that is not ASCII, which has no bit.
SUO_KERNEL(uint32_t, suo_ascii_letters, const uint8_t *text, uint64_t *letters, uint64_t *joints);
/// Copies 64 bytes of a text, `blank` in the place of all but the printable characters of ASCII, and returns the bits of these;
/// `others` becomes 1 where a byte is not ASCII.
SUO_KERNEL(uint64_t, suo_ascii_words, const uint8_t *text, uint8_t blank, uint8_t *out, uint32_t *others);

/// Numbers in a latent vector.
#define SUO_LATENT_WIDTH 64

/// Adds weights[i] * vector to row places[i], for every i in order.
SUO_KERNEL(void, suo_latent_scatter, float *rows, const uint32_t *places, const float *weights, uint32_t count,
           const float *vector);
/// Adds weights[i] * row places[i] to a vector, for every i in order.
SUO_KERNEL(void, suo_latent_gather, float *vector, const float *rows, const uint32_t *places, const float *weights,
           uint32_t count);
/// out = vector * matrix, of which only the upper triangle is read, in eighths of a row.
SUO_KERNEL(void, suo_latent_multiply, float *out, const float *vector, const float *matrix);
/// Adds left[i] * right[j] to sums[i][j] in the upper triangle, and in some places below its diagonal.
SUO_KERNEL(void, suo_latent_add_products, float *sums, const float *left, const float *right);
/// Adds weight * bytes to a vector.
SUO_KERNEL(void, suo_latent_add_bytes, float *vector, const int8_t *bytes, float weight);
/// Adds bytes brought to a length to a vector; nothing where all bytes are 0.
SUO_KERNEL(void, suo_latent_add_direction, float *vector, const int8_t *bytes, float length);
/// 1 divided by the length of each row of bytes, or 0 where all of its bytes are 0. Fetches all rows before it reads one.
SUO_KERNEL(void, suo_latent_inverse_lengths, float *inverses, const int8_t *const *rows, uint32_t count);
/// The products of a vector with rows of bytes, each times its weight.
SUO_KERNEL(void, suo_latent_products, float *products, const float *vector, const int8_t *const *rows,
           const float *weights, uint32_t count);

#endif
