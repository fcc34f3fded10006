"""bm25s, which computes all scores ahead and adds up whole columns: no phrases, no conjunctions."""
import pathlib
import pickle
from array import array
from importlib.metadata import version as package_version

import bm25s
import numpy


def version():
    return package_version("bm25s")


def build(passages, index):
    vocabulary = {}
    with open(passages, encoding="utf-8") as lines:
        # Arrays take a few bytes a word, lists of objects many more.
        texts = [array("I", (vocabulary.setdefault(word, len(vocabulary)) for word in line.split())) for line in lines]
    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    engine.index((texts, vocabulary), show_progress=False)
    engine.save(str(pathlib.Path(index) / "scores"))
    with open(pathlib.Path(index) / "vocabulary.pickle", "wb") as file:
        pickle.dump(vocabulary, file)


class Searcher:
    def __init__(self, index):
        self.engine = bm25s.BM25.load(str(pathlib.Path(index) / "scores"))
        with open(pathlib.Path(index) / "vocabulary.pickle", "rb") as file:
            self.vocabulary = pickle.load(file)

    def scores(self, query):
        return self.engine.get_scores_from_ids([self.vocabulary[word] for word in query.words])

    def best(self, query, limit):
        scores = self.scores(query)
        limit = min(limit, len(scores))
        best = numpy.argpartition(scores, len(scores) - limit)[len(scores) - limit :]
        best = best[scores[best] > 0]
        return best[numpy.argsort(-scores[best], kind="stable")], scores

    def action(self, command, query):
        if query.kind != "any" or "COUNT" in command:
            return None
        limit = int(command.split("_")[1])
        return lambda: len(self.best(query, limit)[0])

    def hits(self, query):
        if query.kind != "any":
            return None
        best, scores = self.best(query, 10)
        return [(int(passage), float(scores[passage])) for passage in best]
