import random
import re
import unittest

from compare.language import CHINESE, ENGLISH, WORD, ascii_word, guess


def slow_words(text):
    """Character by character: runs of one class, those of Han characters in pairs."""
    runs, last = [], None
    for character in text.lower():
        kind = "latin" if re.match("[a-z0-9]", character) else "han" if "一" <= character <= "龥" else None
        if kind and kind == last:
            runs[-1][1].append(character)
        elif kind:
            runs.append((kind, [character]))
        last = kind
    words = []
    for kind, run in runs:
        if kind == "han" and len(run) > 1:
            words += [run[place] + run[place + 1] for place in range(len(run) - 1)]
        else:
            words.append("".join(run))
    return words


class LanguageTests(unittest.TestCase):
    def test_words_are_those_of_a_slow_scan(self):
        generator = random.Random(7)
        for _ in range(2000):
            text = "".join(generator.choice("aB3é 、，。二战是什么时候") for _ in range(generator.randrange(30)))
            words = CHINESE.words(text)
            self.assertEqual(words, slow_words(text), text)
            self.assertTrue(all(WORD.fullmatch(word) for word in words), text)

    def test_examples(self):
        self.assertEqual(CHINESE.words("IT之家 8 月，XeSS二"), ["it", "之家", "8", "月", "xess", "二"])
        self.assertEqual(ENGLISH.words("The patient's IT之家"), ["the", "patient", "s", "it"])

    def test_symbols_between_han_blocks_are_no_words(self):
        self.assertEqual(CHINESE.words("中䷀国"), ["中", "国"])

    def test_the_language_is_that_of_most_letters(self):
        self.assertIs(guess(iter(["二战是什么时候 API"])), CHINESE)
        self.assertIs(guess(iter(["The Second World War", "二战"])), ENGLISH)
        self.assertIs(guess(iter([])), ENGLISH)

    def test_ascii_words_are_never_the_same_for_two(self):
        words = ["a", "zz", "zza", "zz7a7a", "二战", "战是", "zz" + "二战".encode().hex(), "二"]
        written = [ascii_word(word) for word in words]
        self.assertEqual(len(set(written)), len(words))
        self.assertTrue(all(re.fullmatch("[a-z0-9]+", word) for word in written))
        self.assertEqual(ascii_word("sleep2"), "sleep2")
