#!/usr/bin/env python3
"""Compare the scores of `suo search --like` with those of the programs themselves, on the same tokens.

    foreign_scores.py SUO CORPUS.jsonl TOPICS [--queries N] [--like SYSTEM]…

CORPUS has `_id` or `id`, `title` and `text` on each line; TOPICS are JSON lines with `_id` and `text`, or TSV. Every text
is cut by `suo analyze`; its scored tokens, numbered, are the words that the other program indexes. Each hit of `suo search
--topics` must have that program's score to 1e-5 of its value. Needs numpy, bm25s, tantivy and pyterrier-pisa from PyPI, as
far as their systems are asked for. FTS5 is the one in Python's sqlite3; Lucene needs Java 11 or later, and its jars are
looked for in /usr/share/java or in the folder that LUCENE_JARS names.
"""
import argparse
import collections
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

DEEP = 100_000


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
        if path.endswith(".tsv"):
            return [dict(zip(("_id", "text"), line.rstrip("\n").split("\t", 1))) for line in lines if "\t" in line]
        return [json.loads(line) for line in lines if line.strip()]


def by_bm25s(method, **parameters):
    def scores(texts, queries):
        import bm25s

        judge = bm25s.BM25(method=method, **parameters)
        vocabulary = {}
        numbered = [[vocabulary.setdefault(token, len(vocabulary)) for token in text] for text in texts]
        judge.index((numbered, vocabulary), show_progress=False)
        holding = [set(text) for text in texts]
        for query in queries:
            query = [token for token in query if token in vocabulary]
            found = judge.get_scores_from_ids([vocabulary[token] for token in query]) if query else []
            lacking = [0.0] * len(found)
            if method in ("bm25l", "bm25+"):
                # bm25s gives a score to the words that a text lacks; in the papers it is the sum over those that it holds.
                constants = {token: float(judge.nonoccurrence_array[vocabulary[token]]) for token in query}
                lacking = [
                    sum(constants[token] for token in query if token not in holding[number])
                    for number in range(len(found))]
            yield {number: (float(score), lacking[number]) for number, score in enumerate(found)}

    return scores


def by_tantivy(texts, queries):
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("number", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    # One thread and one commit make one segment, with the statistics of all texts.
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=" ".join(text), number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    for query in queries:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", token)) for token in query]
        hits = searcher.search(tantivy.Query.boolean_query(terms), DEEP).hits if terms else []
        yield {searcher.doc(address)["number"][0]: (score, 0) for score, address in hits}


def by_fts5(texts, queries):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
    database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", ((n, " ".join(t)) for n, t in enumerate(texts)))
    for query in queries:
        rows = database.execute(
            "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ?", (" OR ".join(query),)) if query else []
        yield {number: (score, 0) for number, score in rows}


def by_lucene(k1, b):
    def scores(texts, queries):
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "LuceneScores.java")
        jars = os.environ.get("LUCENE_JARS", "/usr/share/java")
        paths = [os.path.join(jars, name) for name in sorted(os.listdir(jars)) if name.startswith("lucene-")]
        lines = [f"{k1} {b}", str(len(texts))] + [" ".join(words) for words in texts + queries]
        output = subprocess.run(
            ["java", "-cp", os.pathsep.join(paths), source], input="\n".join(lines) + "\n", check=True,
            capture_output=True, text=True).stdout
        for line in output.splitlines():
            pairs = (pair.split(":") for pair in line.split())
            yield {int(number): (float(score), 0) for number, score in pairs}

    return scores


def by_pisa(texts, queries):
    import pandas
    import pyterrier_pisa

    with tempfile.TemporaryDirectory() as folder:
        index = pyterrier_pisa.PisaIndex(
            folder + "/index", text_field="text", stemmer="none", stops="none", threads=1)
        index.index([{"docno": str(number), "text": " ".join(text)} for number, text in enumerate(texts)])
        ranker = index.bm25(k1=0.9, b=0.4, num_results=len(texts), threads=1, query_algorithm="ranked_or",
            query_weighted=True, toks_scale=1)
        for query in queries:
            weights = {token: float(count) for token, count in collections.Counter(query).items()}
            rows = ranker(pandas.DataFrame([{"qid": "1", "query_toks": weights, "query": ""}])) if query else None
            yield {} if rows is None else {int(row.docno): (row.score, 0) for row in rows.itertuples()}


# Each gives for every query the scores of the texts, and what in them is no score of Suo's.
SYSTEMS = {
    # As in Lucene but with exact lengths.
    "bm25": by_bm25s("lucene", k1=1.2, b=0.75),
    "lucene": by_lucene(1.2, 0.75),
    "anserini": by_lucene(0.9, 0.4),
    "atire": by_bm25s("atire"),
    "bm25l": by_bm25s("bm25l"),
    "bm25+": by_bm25s("bm25+"),
    "tantivy": by_tantivy,
    "fts5": by_fts5,
    "pisa": by_pisa,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suo")
    parser.add_argument("corpus")
    parser.add_argument("topics")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--like", action="append", choices=SYSTEMS)
    arguments = parser.parse_args()

    corpus = records(arguments.corpus)
    identifiers = [str(record.get("_id", record.get("id"))) for record in corpus]
    vocabulary = {}

    def words(token_list):
        return [f"t{vocabulary.setdefault(token, len(vocabulary))}" for token in token_list]

    texts = [
        words(tokens(arguments.suo, record.get("title", "")) + tokens(arguments.suo, record["text"]))
        for record in corpus
    ]
    topics = records(arguments.topics)[: arguments.queries]
    # As in suo, every word of the query is cut by itself.
    queries = [
        words(token for word in topic["text"].split() for token in tokens(arguments.suo, word) if token in vocabulary)
        for topic in topics
    ]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/index"
        subprocess.run([arguments.suo, "index", arguments.corpus, "--index", index], check=True, capture_output=True)
        with open(folder + "/topics.jsonl", "w", encoding="utf-8") as output:
            output.writelines(json.dumps(topic, ensure_ascii=False) + "\n" for topic in topics)
        for system in arguments.like or SYSTEMS:
            run = subprocess.run(
                [arguments.suo, "search", "--index", index, "--topics", folder + "/topics.jsonl", "-k", "1000",
                 "--like", system], check=True, capture_output=True, text=True).stdout
            hits = collections.defaultdict(dict)
            for line in run.splitlines():
                topic, _, document, _, score, _ = line.split()
                hits[topic][document] = float(score)
            compared, worst, differing = 0, 0.0, 0
            for topic, scores in zip(topics, quietly(SYSTEMS[system], texts, queries)):
                found = hits[str(topic["_id"])]
                for number, (score, lacking) in scores.items():
                    if identifiers[number] in found:
                        error = abs(found[identifiers[number]] + lacking - score) / max(abs(score), 1e-9)
                        worst = max(worst, error)
                        compared += 1
                        differing += error > 1e-5
            print(f"{system}: {len(topics)} queries, {compared} scores compared, largest relative difference {worst:.2e}, "
                  f"{differing} above 1e-5", flush=True)
            failed = failed or differing > 0 or not compared
    return 1 if failed else 0


def quietly(system, texts, queries):
    """The answers of a system, whose reports of progress go nowhere."""
    sys.stdout.flush()
    kept = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        return list(system(texts, queries))
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)


if __name__ == "__main__":
    sys.exit(main())
