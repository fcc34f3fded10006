"""Builds every engine's index from the same words, asks them the same queries in turn, and stores what came out."""
import argparse
import datetime
import itertools
import pathlib
import shlex
import sys
import time

from . import machine, plots, report
from .building import build, scaling
from .collection import collections
from .engine import Suo, rivals
from .language import LANGUAGES
from .measurement import agreement, alternate

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
ENGINES = ("tantivy", "lucene", "pisa", "pisa-quantised", "sqlite", "bm25s")
COMMANDS = ("TOP_10", "TOP_100", "TOP_1000", "TOP_100_COUNT", "COUNT")
NOTES = """\
- suo: one process per command and turn, parsing included; `--no-store`, so no texts are kept by any engine. What a search
  has found out about a term (bounds, which passages hold it, the postings of rare ones, positions) is kept for the next
  one, in twice as much memory as the index takes, at least 128 MiB, as in all programs that search more than once; results are
  not.
- tantivy: queries are built before the clock starts; a call of its Python binding is in the time.
- lucene: queries are built before the clock starts; no query cache; 0.7 s of each turn go first, to warm up. It counts
  the passages of one term by reading a number from its dictionary.
- pisa: the fastest of its algorithms for each query, found beforehand; a call of its Python module is in the time.
- pisa, quantised: the same with scores computed when building and rounded to 8 bits, so that only small integers are
  added up; asked for the ten best only.
- sqlite: FTS5 with `ORDER BY rank LIMIT 10`; it scores all matches, so that other limits take it as long. To it
  a phrase is a term with a frequency of its own, so the scores of phrases differ.
- Building: the seconds and the memory of the whole process that builds, with its language's run-time; the fastest of
  several turns, for engines that take more than 10 s of the first alone; all but lucene, suo and pisa take the passages
  one by one from Python.
- bm25s: scores computed ahead when building, so only a sum is left to do; unions and terms only.
- A passage's length is kept in a byte by tantivy and lucene, exactly by the others; tantivy, pisa and sqlite leave
  k1 + 1 in the formula, which is divided out below; pisa and sqlite have an inverse document frequency without the
  1 that keeps it positive, so that their scores differ, and terms in more than half of the passages count nothing."""

THREADS = """\
Threads: our builds in further turns, with one thread, with two, and two of one thread at once, on indexes of their own. The last
column tells how many times the work of one thread is done in its time; the row of two builds at once tells how much of that the
machine has to give."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def options():
    parser = argparse.ArgumentParser(prog="benchmarks/compare/run", description=__doc__)
    parser.add_argument("suo", type=pathlib.Path, help="the built program")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--text", type=pathlib.Path, help="JSON lines with `title` and `text`, plain or .gz")
    source.add_argument("--zipf", type=int, metavar="N", help="generate N passages of words with Zipf's distribution")
    parser.add_argument("--queries", type=pathlib.Path, help="a tag, a tab and a query a line; .txt: a question a line")
    parser.add_argument("--language", choices=LANGUAGES, help="what words are cut by; else the text tells")
    parser.add_argument("--engines", default=",".join(ENGINES), help="the others, with commas between them")
    parser.add_argument("--commands", default=",".join(COMMANDS), help="the same for what is asked")
    parser.add_argument("--builds", type=int, default=3, help="how often all engines build in turn (3)")
    parser.add_argument("--thread-builds", type=int, default=8, help="turns of suo with one thread and with two (8)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all engines take turns (3)")
    parser.add_argument("--repeat", type=int, default=30, help="repetitions in each turn (30)")
    parser.add_argument("--limit", type=float, default=0.6, help="seconds after which others begin no repetition (0.6)")
    parser.add_argument("--name", help="the result's name in benchmarks/results; else the day")
    parser.add_argument("--note", default="", help="a sentence about the circumstances, stored with the result")
    chosen = parser.parse_args()
    chosen.engines, chosen.commands = chosen.engines.split(","), chosen.commands.split(",")
    for given, known in ((chosen.engines, ENGINES), (chosen.commands, COMMANDS)):
        for name in given:
            if name not in known:
                parser.error(f"{name} is not one of {', '.join(known)}")
    for path in (chosen.suo, chosen.text, chosen.queries):
        if path and not path.is_file():
            parser.error(f"{path} is not a file")
    for name in ("zipf", "builds", "rounds", "repeat"):
        if getattr(chosen, name) is not None and getattr(chosen, name) < 1:
            parser.error(f"--{name} is at least 1")
    return chosen


def compare(engines, classes, ours):
    """Best passages beside ours; a difference of an engine that computes the same exactly is an error."""
    found, wrong = {}, []
    for tag, asked in classes.items():
        expected = ours.hits(asked)
        for engine in engines[1:]:
            theirs = engine.hits(asked)
            if theirs is None:
                continue
            result = found[engine.name, tag] = agreement(expected, theirs)
            if engine.exact and result.same != result.queries:
                wrong.append(f"{engine.name}, {tag}: {result.queries - result.same} of {result.queries} queries differ")
    return found, wrong


def timings(engines, classes, chosen):
    """The times by command and class, and whose counts differ from ours."""
    found, wrong = {}, []
    for command, (tag, group) in itertools.product(chosen.commands, classes.items()):
        say(f"timing {command} {tag}")
        found[command, tag], counts = alternate(engines, command, group, chosen.rounds, chosen.repeat, chosen.limit)
        for name in counts:
            if counts[name] != counts[engines[0].name]:
                differing = sum(a != b for a, b in zip(counts[name], counts[engines[0].name]))
                wrong.append(f"{name}, {command} {tag}: the counts of {differing} queries differ")
    return found, wrong


def run(collection, chosen):
    """Compares on one collection, prints and stores the result; returns what should not be."""
    begin = time.monotonic()
    work = ROOT / "benchmarks" / "work" / "compare"
    work.mkdir(parents=True, exist_ok=True)
    say("preparing the text")
    asked, description, suffix = collection.prepare(work)
    classes = {tag: [query for query in asked if query.tag == tag] for tag in dict.fromkeys(q.tag for q in asked)}
    others, missing = rivals(work, chosen.engines)
    ours = Suo(chosen.suo, work)
    with open(work / "log.txt", "w") as log:
        builds = build([ours, *others], missing, chosen.builds, log, say)
        if ours.name in missing:
            raise SystemExit(f"suo: {missing[ours.name]}")
        engines = [engine for engine in [ours, *others] if engine.name in builds]
        threads = scaling(ours, chosen.thread_builds, log, say) if chosen.thread_builds else {}
        load = machine.load()
        say("comparing scores")
        agreements, wrong = compare(engines, classes, ours)
        times, miscounted = timings(engines, classes, chosen)
        wrong += miscounted
        for engine in engines:
            engine.close()

    name = (chosen.name or datetime.date.today().isoformat()) + suffix
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    command = shlex.join(["benchmarks/compare/run", "SUO", *sys.argv[2:]])
    approximate = [engine.name for engine in engines if engine.approximate]
    rounded = report.ratios(times, ours.name, approximate)
    parts = [
        f"# Comparison of {name}",
        f"- text: {description}\n- machine: {machine.description()}; load before the timing {load:.1f}\n- versions: "
        + "; ".join(f"{engine.name} {engine.version}" for engine in engines)
        + f"; Python {sys.version.split()[0]}\n- command: `{command}`\n- one thread, unless two are named; the fastest of {chosen.builds} turns of building; each of {chosen.rounds} turns up"
        f" to {chosen.repeat} repetitions of all queries of a class, for engines other than suo none begun after"
        f" {chosen.limit:g} s; the fewest microseconds of each query count\n- BM25 with k1 = 1.2, b = 0.75\n"
        f"- {time.monotonic() - begin:.0f} s in all"
        + (f"\n- {chosen.note}" if chosen.note else "")
        + "".join(f"\n- left out: {absent}, {reason}" for absent, reason in missing.items()),
        f"![Mean time for a query, by command and class]({name}-latency.svg)",
        "## Queries",
        "The mean of an engine divided by ours; above 1, suo is faster. What an engine does not answer is empty.",
        report.ratios(times, ours.name, [engine.name for engine in engines[1:] if not engine.approximate]),
        *(["The same for an engine whose rounded scores give another ranking:", rounded] if approximate else []),
        "In full:",
        report.timings(times, ours.name),
        "## Building",
        f"![Time, memory and size of building]({name}-building.svg)",
        report.builds(builds, [engine.name for engine in engines if not engine.has_positions]),
        *([THREADS, report.threads(threads, ours.name)] if threads else []),
        "## Agreement with suo",
        "Scores are the same when each of the best ten differs by at most 1e-4 of its value, rank by rank. The"
        " overlap is below 1 also where passages tie, since of equal scores any may be taken.",
        report.agreements(agreements, approximate),
        "What differs from what is expected: " + ("; ".join(wrong) + "." if wrong else "nothing."),
        "## What is in the times",
        NOTES,
    ]
    text = "\n\n".join(parts) + "\n"
    (results / f"{name}.md").write_text(text, encoding="utf-8")
    subtitle = description.split(";")[0] + ", one thread"
    plots.latency(times, results / f"{name}-latency", subtitle)
    plots.building(builds, results / f"{name}-building", subtitle)
    print(text)
    say(f"stored in benchmarks/results/{name}.md")
    return wrong


def main():
    chosen = options()
    wrong = [line for collection in collections(chosen, DATA) for line in run(collection, chosen)]
    return 1 if any(line.startswith("bm25s") for line in wrong) else 0


sys.exit(main())
