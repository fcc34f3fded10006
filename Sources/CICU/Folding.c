#include "CICU.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/// No code point grows more than 18-fold by NFKC, and decomposing the result at most doubles its UTF-16 units twice.
#define WORKING_CAPACITY 8192

struct cicu_folder {
  const UNormalizer2 *casefold;   // NFKC_Casefold
  const UNormalizer2 *decompose;  // NFD
  const UNormalizer2 *compose;    // NFC
  UChar folded[WORKING_CAPACITY];
  UChar decomposed[WORKING_CAPACITY];
};

cicu_folder *cicu_folder_open(int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&error);
  const UNormalizer2 *decompose = unorm2_getNFDInstance(&error);
  const UNormalizer2 *compose = unorm2_getNFCInstance(&error);
  cicu_folder *folder = NULL;
  if (U_SUCCESS(error)) {
    folder = malloc(sizeof *folder);
    if (folder == NULL) error = U_MEMORY_ALLOCATION_ERROR;
  }
  *status = U_SUCCESS(error) ? 0 : error;
  if (folder == NULL) return NULL;
  folder->casefold = casefold;
  folder->decompose = decompose;
  folder->compose = compose;
  return folder;
}

void cicu_folder_close(cicu_folder *folder) { free(folder); }

bool cicu_begins_segment(const cicu_folder *folder, uint32_t character) {
  return unorm2_hasBoundaryBefore(folder->casefold, (UChar32)character);
}

/// Removes the nonspacing marks after Latin and Greek letters from decomposed text; returns the new length.
static int32_t remove_accents(UChar *text, int32_t length) {
  bool accents_go = false;
  int32_t read = 0, write = 0;
  while (read < length) {
    int32_t start = read;
    UChar32 c;
    U16_NEXT(text, read, length, c);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (accents_go) continue;
    } else {
      UErrorCode error = U_ZERO_ERROR;
      UScriptCode script = uscript_getScript(c, &error);
      accents_go = script == USCRIPT_LATIN || script == USCRIPT_GREEK;
    }
    for (int32_t i = start; i < read; i++) text[write++] = text[i];
  }
  return write;
}

static uint32_t plain_punctuation(UChar32 c) {
  switch (c) {
    case 0x02BC:  // modifier letter apostrophe
    case 0x2018:
    case 0x2019:
    case 0x201B:
      return '\'';
    case 0x2010:  // hyphen; the non-breaking one (U+2011) becomes it by NFKC
    case 0x2013:  // en dash
      return '-';
    default:
      return (uint32_t)c;
  }
}

int32_t cicu_fold(
  cicu_folder *folder, const uint16_t *text, int32_t length, uint32_t *characters, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UChar *result = folder->folded;
  int32_t count = unorm2_normalize(folder->casefold, text, length, result, WORKING_CAPACITY, &error);
  bool has_accents = false;
  for (int32_t i = 0; U_SUCCESS(error) && i < count; i++) {
    // Below U+0590 only Latin, Greek and Cyrillic decompose; Greek Extended and Latin Extended Additional lie above.
    has_accents |= (result[i] >= 0xC0 && result[i] < 0x400) || (result[i] >= 0x1E00 && result[i] < 0x2000)
                   || (u_charType(result[i]) == U_NON_SPACING_MARK);
  }
  if (has_accents) {
    int32_t decomposed = unorm2_normalize(
      folder->decompose, result, count, folder->decomposed, WORKING_CAPACITY, &error);
    if (U_SUCCESS(error)) {
      decomposed = remove_accents(folder->decomposed, decomposed);
      count = unorm2_normalize(folder->compose, folder->decomposed, decomposed, result, WORKING_CAPACITY, &error);
    }
  }
  *status = U_SUCCESS(error) ? 0 : error;
  if (U_FAILURE(error)) return -1;
  int32_t written = 0;
  for (int32_t i = 0; i < count && written < CICU_FOLD_OUTPUT_LIMIT;) {
    UChar32 c;
    U16_NEXT(result, i, count, c);
    characters[written++] = plain_punctuation(c);
  }
  return written;
}
