#include "CICU.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "SimplificationTable.h"

/// Whether a letter belongs to a script that writes without blanks. Script extensions count, so that the prolonged sound
/// mark of kana and the like, which no single script owns, are with the scripts that use them. Hangul has blanks, but
/// its words take endings that a searcher leaves out, so its syllables are units as well.
static bool is_unspaced(UChar32 c) {
  static const UScriptCode scripts[] = {
    USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO, USCRIPT_HANGUL,
    USCRIPT_THAI, USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR,
  };
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return true;
  for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
    if (uscript_hasScript(c, scripts[i])) return true;
  }
  return false;
}

int32_t cicu_character_class(uint32_t character) {
  UChar32 c = (UChar32)character;
  if (c == 0x200B || u_isUWhiteSpace(c)) return CICU_CLASS_BLANK;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CICU_CLASS_IGNORABLE;
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
      return CICU_CLASS_BLANK;
    case U_DECIMAL_DIGIT_NUMBER:
      return CICU_CLASS_DIGIT;
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
      return is_unspaced(c) ? CICU_CLASS_UNSPACED : CICU_CLASS_LETTER;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CICU_CLASS_MARK;
    case U_ENCLOSING_MARK:
      return CICU_CLASS_IGNORABLE;
    case U_OTHER_SYMBOL:
      if (u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR)) return CICU_CLASS_REGIONAL_INDICATOR;
      if (cicu_is_han(character)) return CICU_CLASS_UNSPACED;  // radicals
      // The older symbols below U+2600 (arrows, ©) are punctuation unless they are shown as pictures by themselves.
      if (u_hasBinaryProperty(c, UCHAR_EMOJI) && (c >= 0x2600 || u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION))) {
        return CICU_CLASS_EMOJI;
      }
      return CICU_CLASS_SEPARATOR;
    case U_MODIFIER_SYMBOL:
      return cicu_is_emoji_modifier(character) ? CICU_CLASS_EMOJI : CICU_CLASS_SEPARATOR;
    default:
      return CICU_CLASS_SEPARATOR;
  }
}

bool cicu_is_emoji_modifier(uint32_t character) {
  return u_hasBinaryProperty((UChar32)character, UCHAR_EMOJI_MODIFIER);
}

bool cicu_is_han(uint32_t character) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript((UChar32)character, &status) == USCRIPT_HAN;
}

#define SIMPLIFICATION_COUNT ((int32_t)(sizeof simplifications / sizeof simplifications[0]))

uint32_t cicu_simplified(uint32_t character) {
  int32_t low = 0, high = SIMPLIFICATION_COUNT;
  while (low < high) {
    int32_t middle = (low + high) / 2;
    if (simplifications[middle][0] < character) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < SIMPLIFICATION_COUNT && simplifications[low][0] == character ? simplifications[low][1] : character;
}

int32_t cicu_simplification_count(void) { return SIMPLIFICATION_COUNT; }

uint32_t cicu_simplification_source(int32_t index) { return simplifications[index][0]; }

const char *cicu_simplification_icu_version(void) { return SIMPLIFICATION_ICU_VERSION; }
