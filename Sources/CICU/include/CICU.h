#pragma once

// A narrow interface over ICU. Handles are opaque and belong to one thread; text is UTF-16 in memory order or single code
// points; every failure is a `status` other than 0, whose name `cicu_status_name` gives.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// ICU's own name of a status, such as `U_FILE_ACCESS_ERROR`; lives for ever.
const char *_Nonnull cicu_status_name(int32_t status);

/// Room for a version text, its terminating zero included.
#define CICU_VERSION_CAPACITY 20
/// Writes the version of the ICU that the process runs with, such as `72.1`.
void cicu_icu_version(char *_Nonnull version);
/// Writes the version of Unicode that this ICU implements, such as `15.0`.
void cicu_unicode_version(char *_Nonnull version);

// Characters

/// What a code point is for the division of text into units.
enum {
  /// Punctuation, symbols, unassigned and private code points.
  CICU_CLASS_SEPARATOR = 0,
  /// White_Space, control characters and the zero-width space.
  CICU_CLASS_BLANK = 1,
  /// A letter of a script that puts blanks between its words.
  CICU_CLASS_LETTER = 2,
  /// A decimal digit of any script.
  CICU_CLASS_DIGIT = 3,
  /// A character of a script that writes words without blanks, or of Hangul: each is a unit of its own.
  CICU_CLASS_UNSPACED = 4,
  /// A combining mark: part of the unit that it follows.
  CICU_CLASS_MARK = 5,
  /// The first character of an emoji sequence.
  CICU_CLASS_EMOJI = 6,
  /// A regional indicator; two of them are a flag.
  CICU_CLASS_REGIONAL_INDICATOR = 7,
  /// Invisible, as the soft hyphen is, or an enclosing mark: left out without separating anything.
  CICU_CLASS_IGNORABLE = 8,
};
/// The class of a code point, one of `CICU_CLASS_*`.
int32_t cicu_character_class(uint32_t character);
/// Whether the code point is a skin tone (Emoji_Modifier).
bool cicu_is_emoji_modifier(uint32_t character);
/// Whether the code point is written in the Han script.
bool cicu_is_han(uint32_t character);

/// The simplified form of one traditional Han character, or the character itself. From a table, so that it costs no
/// start-up time; the table holds what ICU's transliterator `Traditional-Simplified` makes of single characters.
uint32_t cicu_simplified(uint32_t character);
/// How many pairs the table of `cicu_simplified` has.
int32_t cicu_simplification_count(void);
/// The traditional character of a pair; `index` is at least 0 and below the count.
uint32_t cicu_simplification_source(int32_t index);
/// The ICU version that the table was made with.
const char *_Nonnull cicu_simplification_icu_version(void);

// Folding

/// A normalizer with its working memory.
typedef struct cicu_folder cicu_folder;
cicu_folder *_Nullable cicu_folder_open(int32_t *_Nonnull status);
void cicu_folder_close(cicu_folder *_Nullable folder);
/// The most UTF-16 units that `cicu_fold` takes at once.
#define CICU_FOLD_INPUT_LIMIT 64
/// The most code points that `cicu_fold` gives.
#define CICU_FOLD_OUTPUT_LIMIT 4096
/// Folds one normalization segment: NFKC_Casefold, then Latin and Greek letters lose their combining marks, and the forms
/// of the apostrophe and of the hyphen become the ASCII ones. Returns the number of code points written, which may be 0,
/// or -1 with a status.
int32_t cicu_fold(
  cicu_folder *_Nonnull folder, const uint16_t *_Nonnull text, int32_t length, uint32_t *_Nonnull characters,
  int32_t *_Nonnull status);
/// Whether normalization (NFKC_Casefold) never joins or reorders this code point with what stands before it.
bool cicu_begins_segment(const cicu_folder *_Nonnull folder, uint32_t character);

// Words

/// ICU's word break iterator for the root locale, with its dictionaries.
typedef struct cicu_word_breaker cicu_word_breaker;
cicu_word_breaker *_Nullable cicu_word_breaker_open(int32_t *_Nonnull status);
void cicu_word_breaker_close(cicu_word_breaker *_Nullable breaker);
/// Writes the end of every segment of `text`, in UTF-16 units, and whether the segment is a word (holds a letter, a digit
/// or an ideograph) rather than punctuation or blanks. Both arrays have room for `length` entries. Returns the number of
/// segments, or -1 with a status.
int32_t cicu_word_breaks(
  cicu_word_breaker *_Nonnull breaker, const uint16_t *_Nonnull text, int32_t length, int32_t *_Nonnull ends,
  uint8_t *_Nonnull is_word, int32_t *_Nonnull status);

// Transliteration

typedef struct cicu_transliterator cicu_transliterator;
/// Opens a transliterator by its ICU identifier. This takes tens of milliseconds.
cicu_transliterator *_Nullable cicu_transliterator_open(const char *_Nonnull identifier, int32_t *_Nonnull status);
void cicu_transliterator_close(cicu_transliterator *_Nullable transliterator);
/// Transliterates `text`; returns the length of the result in UTF-16 units, or -1 with a status. The result has to fit
/// into `capacity` units.
int32_t cicu_transliterate(
  const cicu_transliterator *_Nonnull transliterator, const uint16_t *_Nonnull text, int32_t length,
  uint16_t *_Nonnull result, int32_t capacity, int32_t *_Nonnull status);

// Encodings

typedef struct cicu_converter cicu_converter;
/// Opens a converter from the named encoding; malformed bytes stop it.
cicu_converter *_Nullable cicu_converter_open(const char *_Nonnull encoding, int32_t *_Nonnull status);
void cicu_converter_close(cicu_converter *_Nullable converter);
/// Converts bytes to UTF-16 until either side is full. `offsets` gets for every unit written the index in `bytes` of the
/// character that it came from, or -1 where that character began in an earlier call. `consumed` gets the bytes taken.
/// Returns the number of units written. A status other than 0 says that the bytes before `consumed` end in a malformed
/// sequence of `malformed` bytes.
int32_t cicu_convert(
  cicu_converter *_Nonnull converter, const uint8_t *_Nonnull bytes, int32_t length, bool is_last,
  uint16_t *_Nonnull text, int32_t capacity, int32_t *_Nonnull offsets, int32_t *_Nonnull consumed,
  int32_t *_Nonnull malformed, int32_t *_Nonnull status);

#ifdef __cplusplus
}
#endif
