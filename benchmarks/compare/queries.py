"""The queries: a tag and, in Suo's query language, plain words (any of them), `+a +b` (all) or `"a b"` (a phrase)."""
import random
from dataclasses import dataclass

from .passages import WORD


@dataclass(frozen=True)
class Query:
    tag: str
    kind: str  # "any", "all" or "phrase"
    words: tuple

    @property
    def text(self):
        if self.kind == "phrase":
            return '"' + " ".join(self.words) + '"'
        return " ".join("+" + word if self.kind == "all" else word for word in self.words)


def parse(line, place):
    tag, tab, text = line.partition("\t")
    text = text.strip()
    parts = text.strip('"').split() if text.startswith('"') else text.split()
    words = tuple(part.removeprefix("+") for part in parts)
    if not tab or not words or not all(WORD.fullmatch(word) for word in words):
        raise SystemExit(f'{place}: expected a tag, a tab and words of [a-z0-9], as in `a b`, `+a +b` or `"a b"`')
    kind = "phrase" if text.startswith('"') else "all" if all(part.startswith("+") for part in parts) else "any"
    return Query(tag, kind, words)


def read(path, passages):
    """Reads queries; those with a word that no passage has are left out, since engines treat them differently."""
    with open(path, encoding="utf-8") as lines:
        queries = [parse(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    with open(passages, encoding="utf-8") as lines:
        vocabulary = {word for line in lines for word in line.split()}
    return [query for query in queries if vocabulary.issuperset(query.words)]


def drawn(passages, seed, each=100):
    """Draws queries from passages at random: neighbouring words, so that all of them have a match."""
    generator = random.Random(seed)
    with open(passages, encoding="utf-8") as lines:
        texts = [words for words in (line.split() for line in lines) if len(words) >= 12]
    if not texts:
        raise SystemExit("no passage has 12 words or more: give queries with --queries")
    queries = []
    for _ in range(each):
        words = generator.choice(texts)
        count = generator.randint(2, 3)
        start = generator.randrange(len(words) - count)
        chosen = tuple(words[start : start + count])
        start = generator.randrange(len(words) - 10)
        queries += [
            Query("union", "any", chosen),
            Query("intersection", "all", chosen),
            Query("phrase", "phrase", chosen),
            Query("long_union", "any", tuple(words[start : start + generator.randint(6, 10)])),
            Query("term", "any", (generator.choice(words),)),
        ]
    return queries


def write(queries, path):
    with open(path, "w") as lines:
        lines.writelines(f"{query.tag}\t{query.text}\n" for query in queries)
