#include "CICU.h"

#include <unicode/ubrk.h>

cicu_word_breaker *cicu_word_breaker_open(int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  // The empty name is the root locale; a null name would be the user's.
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
  *status = U_SUCCESS(error) ? 0 : error;
  return U_SUCCESS(error) ? (cicu_word_breaker *)iterator : NULL;
}

void cicu_word_breaker_close(cicu_word_breaker *breaker) {
  if (breaker != NULL) ubrk_close((UBreakIterator *)breaker);
}

int32_t cicu_word_breaks(
  cicu_word_breaker *breaker, const uint16_t *text, int32_t length, int32_t *ends, uint8_t *is_word,
  int32_t *status) {
  UBreakIterator *iterator = (UBreakIterator *)breaker;
  UErrorCode error = U_ZERO_ERROR;
  ubrk_setText(iterator, text, length, &error);
  *status = U_SUCCESS(error) ? 0 : error;
  if (U_FAILURE(error)) return -1;
  int32_t count = 0;
  for (int32_t end = ubrk_next(iterator); end != UBRK_DONE && count < length; end = ubrk_next(iterator)) {
    ends[count] = end;
    is_word[count] = ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT;
    count++;
  }
  return count;
}
