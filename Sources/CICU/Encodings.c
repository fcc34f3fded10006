#include "CICU.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

cicu_converter *cicu_converter_open(const char *encoding, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(encoding, &error);
  if (U_SUCCESS(error)) ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
  *status = U_SUCCESS(error) ? 0 : error;
  if (U_SUCCESS(error)) return (cicu_converter *)converter;
  if (converter != NULL) ucnv_close(converter);
  return NULL;
}

void cicu_converter_close(cicu_converter *converter) {
  if (converter != NULL) ucnv_close((UConverter *)converter);
}

int32_t cicu_convert(
  cicu_converter *converter, const uint8_t *bytes, int32_t length, bool is_last, uint16_t *text, int32_t capacity,
  int32_t *offsets, int32_t *consumed, int32_t *malformed, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  const char *source = (const char *)bytes;
  UChar *target = text;
  ucnv_toUnicode(
    (UConverter *)converter, &target, text + capacity, &source, source + length, offsets, is_last, &error);
  *consumed = (int32_t)(source - (const char *)bytes);
  *malformed = 0;
  if (error == U_BUFFER_OVERFLOW_ERROR) error = U_ZERO_ERROR;  // the caller comes back with room
  if (U_FAILURE(error)) {
    char invalid[32];
    int8_t count = sizeof invalid;
    UErrorCode second = U_ZERO_ERROR;
    ucnv_getInvalidChars((UConverter *)converter, invalid, &count, &second);
    *malformed = U_SUCCESS(second) ? count : 0;
  }
  *status = U_SUCCESS(error) ? 0 : error;
  return (int32_t)(target - text);
}
