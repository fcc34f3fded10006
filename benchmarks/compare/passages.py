"""The text that every engine indexes: passages of lower-case words with one blank between them."""
import bisect
import gzip
import itertools
import json
import random

PASSAGE_WORDS = 120


def records(path):
    """Titles and texts of a JSON lines file, plain or gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                title, text = record.get("title", ""), record["text"]
                if not (isinstance(title, str) and isinstance(text, str)):
                    raise TypeError("another type")
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise SystemExit(
                    f"{path}:{number}: expected a JSON object with a `text` and perhaps a `title`, both texts"
                    f" ({type(error).__name__}: {error})"
                ) from error
            yield title, text


def from_json_lines(path, language):
    """Cuts the texts of a JSON lines file into passages of at most 120 words."""
    for title, text in records(path):
        words = language.words(f"{title} {text}" if language.has_titles else text)
        for start in range(0, len(words), PASSAGE_WORDS):
            yield " ".join(words[start : start + PASSAGE_WORDS])


def from_zipf(count, seed, vocabulary=150_000):
    """Draws passages of 40 to 120 words; the word of rank r has a weight of 1 / (r + 2.7), as Mandelbrot gives it."""
    generator = random.Random(seed)
    cumulative = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(vocabulary)))
    for _ in range(count):
        length = generator.randint(40, PASSAGE_WORDS)
        yield " ".join(
            f"w{bisect.bisect(cumulative, generator.random() * cumulative[-1])}" for _ in range(length)
        )


def write(passages, folder):
    """Writes passages as JSON lines, with ids counted from 0, and as bare lines. Returns how many."""
    count = 0
    with (
        open(folder / "passages.jsonl", "w", encoding="utf-8") as records,
        open(folder / "passages.txt", "w", encoding="utf-8") as lines,
    ):
        for passage in passages:
            records.write(json.dumps({"id": str(count), "text": passage}, ensure_ascii=False) + "\n")
            lines.write(passage + "\n")
            count += 1
    if count == 0:
        raise SystemExit("the text has no words: nothing to compare")
    return count
