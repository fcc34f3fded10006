"""The queries: a tag and, in Suo's query language, plain words (any of them), `+a +b` (all) or `"a b"` (a phrase)."""
import random
from array import array
from dataclasses import dataclass

from .language import WORD

# As many of a class as there are at most in the English queries.
EACH, TERMS = 200, 50


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
        raise SystemExit(
            f"{place}: expected a tag, a tab and words of [a-z0-9] or of Han characters, as in `a b`, `+a +b` or"
            f' `"a b"`, found {line.strip()!r}'
        )
    kind = "phrase" if text.startswith('"') else "all" if all(part.startswith("+") for part in parts) else "any"
    return Query(tag, kind, words)


def occurring(words, passages):
    """Those of the words that some passage has."""
    words, found = set(words), set()
    with open(passages, encoding="utf-8") as lines:
        for line in lines:
            found.update(words.intersection(line.split()))
    return found


def read(path, passages):
    """Reads queries; those with a word that no passage has are left out, since engines treat them differently."""
    with open(path, encoding="utf-8") as lines:
        queries = [parse(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    vocabulary = occurring((word for query in queries for word in query.words), passages)
    return [query for query in queries if vocabulary.issuperset(query.words)]


def stretches(words):
    """All runs of two to five neighbouring words."""
    return {tuple(words[start : start + size]) for size in range(2, 6) for start in range(len(words) - size + 1)}


def occurring_stretches(wanted, passages):
    """Those of the stretches that stand in some passage as they are."""
    beginnings, found = {stretch[:2] for stretch in wanted}, set()
    with open(passages, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            for start, pair in enumerate(zip(words, words[1:])):
                if pair in beginnings:
                    following = (tuple(words[start : start + size]) for size in range(2, 6))
                    found.update(wanted.intersection(following))
    return found


def from_questions(path, passages, language, seed):
    """Makes queries of the questions of a file, one a line, in an order that the seed determines.

    The words of a question, each once and without those that no passage has, are a union, a long one from eight words on.
    A stretch of two to five of its words that stands in some passage is an intersection and a phrase: its length is drawn
    first, since there are more short ones, and none is taken twice. One of the words is a query by itself.
    """
    generator = random.Random(seed)
    with open(path, encoding="utf-8") as lines:
        questions = [language.words(line) for line in lines]
    generator.shuffle(questions)
    vocabulary = occurring((word for question in questions for word in question), passages)
    places = occurring_stretches(set().union(*map(stretches, questions)), passages)
    places = {stretch for stretch in places if len(set(stretch)) == len(stretch)}
    queries = []
    for question in questions:
        words = tuple(word for word in dict.fromkeys(question) if word in vocabulary)
        if len(words) > 1:
            queries.append(Query("long_union" if len(words) >= 8 else "union", "any", words))
        found = sorted(stretches(question) & places)
        if found:
            size = generator.choice(sorted({len(stretch) for stretch in found}))
            chosen = generator.choice([stretch for stretch in found if len(stretch) == size])
            places.remove(chosen)
            queries += [Query("intersection", "all", chosen), Query("phrase", "phrase", chosen)]
        if words:
            queries.append(Query("term", "any", (generator.choice(words),)))
    if not queries:
        raise SystemExit(f"{path}: expected questions, one a line, with words of the text; found none")
    return [
        query
        for tag in ("union", "intersection", "phrase", "long_union", "term")
        for query in [query for query in queries if query.tag == tag][: TERMS if tag == "term" else EACH]
    ]


def drawn(passages, seed, each=100):
    """Draws queries from passages at random: neighbouring words, so that all of them have a match."""
    generator = random.Random(seed)
    places, place = array("Q"), 0
    with open(passages, "rb") as lines:
        for line in lines:
            if line.count(b" ") >= 11:
                places.append(place)
            place += len(line)
    if not places:
        raise SystemExit("no passage has 12 words or more: give queries with --queries")
    queries = []
    with open(passages, "rb") as lines:
        for _ in range(each):
            lines.seek(generator.choice(places))
            words = lines.readline().decode().split()
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
    with open(path, "w", encoding="utf-8") as lines:
        lines.writelines(f"{query.tag}\t{query.text}\n" for query in queries)
