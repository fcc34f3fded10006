"""What is compared on: a text and queries for it."""
import pathlib
from dataclasses import dataclass

from . import language, passages, queries

SEED = 20260101


@dataclass(frozen=True)
class Collection:
    text: pathlib.Path | None  # none: generated passages
    count: int  # of generated passages
    queries: pathlib.Path | None  # none: drawn from the passages
    language: language.Language | None  # none: guessed from the text

    def prepare(self, work):
        """Writes the passages, and returns the queries, a description of both, and what to add to the result's name."""
        lines, cut, unit, suffix = work / "passages.txt", None, language.ENGLISH.unit, "-zipf"
        if self.text:
            cut = self.language or language.guess(text for _, text in passages.records(self.text))
            source, unit, suffix = passages.from_json_lines(self.text, cut), cut.unit, cut.suffix
        else:
            source = passages.from_zipf(self.count, SEED)
        count = passages.write(source, work)
        if self.queries is None:
            asked = queries.drawn(lines, SEED)
        elif self.queries.suffix == ".txt":
            asked = queries.from_questions(self.queries, lines, cut or language.ENGLISH, SEED)
        else:
            asked = queries.read(self.queries, lines)
        if not asked:
            raise SystemExit(f"{self.queries}: no query has only words of the text")
        text = self.text.name if self.text else f"generated words, Zipf's distribution, seed {SEED}"
        if self.queries is None:
            origin = f"drawn from the text, seed {SEED}"
        else:
            origin = self.queries.name + (f", seed {SEED}" if self.queries.suffix == ".txt" else "")
        limit = passages.PASSAGE_WORDS
        return asked, f"{count:,} passages of at most {limit} {unit} ({text}); {len(asked)} queries ({origin})", suffix


def collections(options, data):
    """What the options name; without them the English and the Chinese text of the folder, or else generated words."""
    known = {
        data / "scale" / "en-docs.jsonl.gz": data / "queries" / "en-docs.tsv",
        data / "scale" / "zh-docs.jsonl.gz": data / "queries" / "zh-miracl-dev.txt",
    }
    known = {text: asked for text, asked in known.items() if text.exists() and asked.exists()}
    cut = language.LANGUAGES.get(options.language)
    if options.zipf is not None or (options.text is None and not known):
        return [Collection(None, options.zipf or 50_000, options.queries, cut)]
    if options.text is not None:
        asked = options.queries or next((known[text] for text in known if text.samefile(options.text)), None)
        return [Collection(options.text, 0, asked, cut)]
    if options.queries is not None:
        text = next(iter(known))
        return [Collection(text, 0, options.queries, cut)]
    return [Collection(text, 0, asked, cut) for text, asked in known.items()]
