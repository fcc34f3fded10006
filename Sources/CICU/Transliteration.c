#include "CICU.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

cicu_transliterator *cicu_transliterator_open(const char *identifier, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UChar name[128];
  int32_t length = 0;
  u_strFromUTF8(name, 128, &length, identifier, -1, &error);
  UTransliterator *transliterator = utrans_openU(name, length, UTRANS_FORWARD, NULL, 0, NULL, &error);
  *status = U_SUCCESS(error) ? 0 : error;
  return U_SUCCESS(error) ? (cicu_transliterator *)transliterator : NULL;
}

void cicu_transliterator_close(cicu_transliterator *transliterator) {
  if (transliterator != NULL) utrans_close((UTransliterator *)transliterator);
}

int32_t cicu_transliterate(
  const cicu_transliterator *transliterator, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity,
  int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  if (length > capacity) error = U_BUFFER_OVERFLOW_ERROR;
  if (U_SUCCESS(error)) {
    memcpy(result, text, (size_t)length * sizeof *text);
    int32_t limit = length;
    utrans_transUChars((const UTransliterator *)transliterator, result, &length, capacity, 0, &limit, &error);
  }
  *status = U_SUCCESS(error) ? 0 : error;
  return U_SUCCESS(error) ? length : -1;
}
