#!/usr/bin/env python3
"""Compare suo's scores with those of bm25s, an independent implementation of BM25, on the same tokens.

    bm25s_scores.py SUO CORPUS.jsonl TOPICS [--queries N] [--k1 X --b Y]

CORPUS has `_id` or `id`, `title` and `text` on each line, TOPICS `_id` and `text`. Every text is cut by `suo analyze`;
its scored tokens go to bm25s, with a token's kind in front. Each hit of `suo search --topics` must have bm25s's score to
1e-5 of its value. Needs bm25s and numpy from PyPI.
"""
import argparse
import json
import subprocess
import sys
import tempfile

import bm25s
import numpy


def tokens(suo, text):
    """The scored tokens of a text, each with its kind."""
    if not text.strip():
        return []
    output = subprocess.run([suo, "analyze", "--json", "-"], input=text.encode(), capture_output=True, check=True)
    return [
        f"{token['kind']} {token['token']}"
        for token in json.loads(output.stdout)["tokens"]
        if "scored" in token["roles"]
    ]


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suo")
    parser.add_argument("corpus")
    parser.add_argument("topics")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--k1", type=float, default=1.2)
    parser.add_argument("--b", type=float, default=0.75)
    arguments = parser.parse_args()

    corpus = records(arguments.corpus)
    identifiers = [str(record.get("_id", record.get("id"))) for record in corpus]
    texts = [
        tokens(arguments.suo, record.get("title", "")) + tokens(arguments.suo, record["text"]) for record in corpus
    ]
    vocabulary = {}
    numbered = [[vocabulary.setdefault(token, len(vocabulary)) for token in text] for text in texts]
    judge = bm25s.BM25(method="lucene", k1=arguments.k1, b=arguments.b)
    judge.index((numbered, vocabulary), show_progress=False)

    topics = records(arguments.topics)[: arguments.queries]
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/index"
        subprocess.run([arguments.suo, "index", arguments.corpus, "--index", index], check=True, capture_output=True)
        with open(folder + "/topics.jsonl", "w", encoding="utf-8") as output:
            output.writelines(json.dumps(topic, ensure_ascii=False) + "\n" for topic in topics)
        run = subprocess.run(
            [arguments.suo, "search", "--index", index, "--topics", folder + "/topics.jsonl", "-k", "1000", "--trec", "suo",
             "--k1", str(arguments.k1), "--b", str(arguments.b)],
            check=True, capture_output=True, text=True).stdout

    hits = {}
    for line in run.splitlines():
        topic, _, document, _, score, _ = line.split()
        hits.setdefault(topic, {})[document] = float(score)
    compared, worst, differing = 0, 0.0, 0
    for topic in topics:
        # As in suo, every word of the query is cut by itself.
        query = [vocabulary[token] for word in topic["text"].split() for token in tokens(arguments.suo, word)
                 if token in vocabulary]
        scores = judge.get_scores_from_ids(query) if query else numpy.zeros(len(corpus))
        found = hits.get(str(topic["_id"]), {})
        for identifier, score in zip(identifiers, scores):
            if identifier in found:
                error = abs(found[identifier] - score) / max(abs(score), 1e-9)
                worst = max(worst, error)
                compared += 1
                differing += error > 1e-5
    print(f"{len(topics)} queries, {compared} scores compared, largest relative difference {worst:.2e}, {differing} above 1e-5")
    return 1 if differing or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
