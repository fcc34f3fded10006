"""What a word is: the text is cut here, once, so that all engines index exactly the same."""
import itertools
import re
from dataclasses import dataclass

# Han characters that SQLite's tokenizer, which knows Unicode 6.1, takes for letters too; later ones would split its words.
HAN = "\u3400-\u4db5\u4e00-\u9fcc"
# A word of a passage or of a query, in any of the languages.
WORD = re.compile(f"[a-z0-9]+|[{HAN}]+")


@dataclass(frozen=True)
class Language:
    name: str
    stretch: re.Pattern
    # Documents without headings of their own have their beginning for a title, which would be indexed twice.
    has_titles: bool
    unit: str
    suffix: str  # of a result's name

    def words(self, text):
        """Letters and digits as lower-case words; Han characters as overlapping pairs, one that stands alone by itself."""
        found = []
        for stretch in self.stretch.findall(text.lower()):
            if len(stretch) < 3 or stretch.isascii():
                found.append(stretch)
            else:
                found += map("".join, zip(stretch, stretch[1:]))
        return found


ENGLISH = Language("English", re.compile("[a-z0-9]+"), True, "words", "")
CHINESE = Language("Chinese", WORD, False, "words, Han characters in overlapping pairs", "-zh")
LANGUAGES = {"en": ENGLISH, "zh": CHINESE}


def guess(texts):
    """Chinese where the first thousand texts have more Han characters than Latin letters."""
    text = " ".join(itertools.islice(texts, 1000))
    han, latin = (sum(map(len, re.findall(f"[{characters}]+", text))) for characters in (HAN, "A-Za-z"))
    return CHINESE if han > latin else ENGLISH


def ascii_word(word):
    """A word of [a-z0-9] for any word, never the same for two: for engines that know no other letters."""
    return word if word.isascii() and not word.startswith("zz") else "zz" + word.encode().hex()
