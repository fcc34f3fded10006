#include "CICU.h"

#include <unicode/uchar.h>
#include <unicode/utypes.h>
#include <unicode/uversion.h>

_Static_assert(CICU_VERSION_CAPACITY >= U_MAX_VERSION_STRING_LENGTH, "a version text has to fit");

const char *cicu_status_name(int32_t status) { return u_errorName((UErrorCode)status); }

void cicu_icu_version(char *version) {
  UVersionInfo numbers;
  u_getVersion(numbers);
  u_versionToString(numbers, version);
}

void cicu_unicode_version(char *version) {
  UVersionInfo numbers;
  u_getUnicodeVersion(numbers);
  u_versionToString(numbers, version);
}
