#!/usr/bin/env python3
"""Ranks test collections in several ways and prints a table of the results and of what the differences are worth.

    rank.py SUO COLLECTIONS [NAME ...] [--switches] [--runs DIR]

COLLECTIONS is a folder with a folder for each collection: corpus.jsonl, queries.jsonl, qrels.tsv. Without names, all
collections in it that have these files are taken. With --switches, the default is compared with the default and one switch
more instead.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

# What is compared: name, analyzer, options of the search. The best of the plain ones is what the default has to beat, and
# the default what feedback has to.
PLAIN = [
    ("bigrams", "cjk-bigram", ["--plain"]),
    ("ICU words", "standard", ["--plain"]),
    ("english", "english", ["--plain"]),
    ("bilingual, plain", "bilingual", ["--plain"]),
]
DEFAULT = ("default", "bilingual", [])
FEEDBACK = ("feedback", "bilingual", ["--feedback"])
ALL = PLAIN + [DEFAULT, FEEDBACK]
# Switches that are off by default: name, options of the index, options of the search.
SWITCHES = [
    ("--proximity 0.1", [], ["--proximity", "0.1"]),
    ("--proximity 0.2", [], ["--proximity", "0.2"]),
    ("--coverage 0.1", [], ["--coverage", "0.1"]),
    ("--coverage 0.2", [], ["--coverage", "0.2"]),
    ("--heading-weight 1", ["--heading-weight", "1"], []),
    ("--heading-weight 2", ["--heading-weight", "2"], []),
]
FILES = ["corpus.jsonl", "queries.jsonl", "qrels.tsv"]


def command(words, output=None):
    """Runs a command; its messages go on, and records that it skips are no failure."""
    with open(output, "wb") if output else tempfile.TemporaryFile() as target:
        ended = subprocess.run(words, stdout=target, check=False)
        if ended.returncode not in (0, 3):
            raise SystemExit(f"{' '.join(map(str, words))}: ended with {ended.returncode}")


def run_all(program, collection, folder):
    """Makes all runs of a collection; gives their files by name, in order."""
    runs = {}
    indexed = set()
    for name, analyzer, options in ALL:
        index = folder / f"{analyzer}.index"
        if analyzer not in indexed:
            source = collection / "corpus.jsonl"
            command([program, "index", source, "--index", index, "--analyzer", analyzer, "--quiet"])
            indexed.add(analyzer)
        run = folder / (name.replace(", ", "-") + ".run")
        topics = collection / "queries.jsonl"
        command([program, "search", "--index", index, "--topics", topics, "-k", "1000", *options], run)
        runs[name] = run
    return runs


def run_switches(program, collection, folder):
    """Makes the run of the default and one for each switch; gives their files by name, in order."""
    runs = {}
    indexes = {}
    for name, indexing, searching in [("default", [], [])] + SWITCHES:
        index = indexes.get(tuple(indexing))
        if index is None:
            index = indexes[tuple(indexing)] = folder / f"switch-{len(indexes)}.index"
            command([program, "index", collection / "corpus.jsonl", "--index", index, "--quiet", *indexing])
        runs[name] = folder / (name.strip("-").replace(" ", "-") + ".run")
        topics = collection / "queries.jsonl"
        # As many as nDCG@10 needs, with room for documents of several passages.
        command([program, "search", "--index", index, "--topics", topics, "-k", "100", *searching], runs[name])
    return runs


def print_switches(program, chosen, runs_folder):
    """Prints what each switch makes of each collection, and the p-value beside it."""
    print("| nDCG@10 | default | " + " | ".join(f"{name} | p" for name, _, _ in SWITCHES) + " |")
    print("|---|" + "---:|" * (2 * len(SWITCHES) + 1))
    for collection in chosen:
        folder = runs_folder / collection.name
        folder.mkdir(parents=True, exist_ok=True)
        runs = run_switches(program, collection, folder)
        means, compared = measures(program, collection, list(runs.values()))
        cells = [f"{means[0]:.4f}"]
        for mean, comparison in zip(means[1:], compared):
            cells += [f"{mean:.4f}", f"{comparison['p']:.4f}"]
        print(f"| {collection.name} | " + " | ".join(cells) + " |")
        sys.stdout.flush()


def measures(program, collection, files):
    """The means of nDCG@10 of the runs, and the comparisons of the first with each other one."""
    words = [program, "eval", collection / "qrels.tsv", *files, "--json"]
    answer = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
    means = [run["measures"]["nDCG@10"] for run in answer["runs"]]
    return means, answer.get("comparisons", [])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("suo", help="the program")
    parser.add_argument("collections", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--runs", type=pathlib.Path, help="where to keep the runs; otherwise they are thrown away")
    parser.add_argument("--switches", action="store_true", help="compare the switches that are off by default")
    options = parser.parse_args()
    found = [path for path in sorted(options.collections.iterdir()) if all((path / f).is_file() for f in FILES)]
    chosen = [path for path in found if not options.names or path.name in options.names]
    if not chosen:
        raise SystemExit(f"{options.collections}: expected folders with {', '.join(FILES)}, found none")
    if options.switches:
        with tempfile.TemporaryDirectory() as temporary:
            print_switches(options.suo, chosen, options.runs or pathlib.Path(temporary))
        return
    names = [name for name, _, _ in ALL]
    comparison = " | default − best plain | p | wins, losses | feedback − default | p | wins, losses |"
    print("| nDCG@10 | " + " | ".join(names) + comparison)
    print("|---|" + "---:|" * (len(names) + 6))
    with tempfile.TemporaryDirectory() as temporary:
        for collection in chosen:
            folder = (options.runs or pathlib.Path(temporary)) / collection.name
            folder.mkdir(parents=True, exist_ok=True)
            runs = run_all(options.suo, collection, folder)
            means, _ = measures(options.suo, collection, list(runs.values()))
            by_name = dict(zip(names, means))
            best = max((name for name, _, _ in PLAIN), key=by_name.get)
            cells = [f"{by_name[name]:.4f}" for name in names]
            for first, second in [(best, DEFAULT[0]), (DEFAULT[0], FEEDBACK[0])]:
                _, compared = measures(options.suo, collection, [runs[first], runs[second]])
                found = compared[0]
                cells += [f"{found['difference']:+.4f}", f"{found['p']:.4f}", f"{found['wins']}, {found['losses']}"]
            print(f"| {collection.name} | " + " | ".join(cells) + " |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
