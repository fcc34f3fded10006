"""One engine in a process of its own, so that its memory is its own and nothing of it runs while another is timed.

    python -m compare.worker ENGINE build PASSAGES INDEX
    python -m compare.worker ENGINE serve INDEX

`serve` reads lines of a command, the number of repetitions, a limit in seconds, a file of queries and a file for the
answers, with tabs between them, and says `done` or `unsupported` for each. An answer is a line per query: microseconds
and a count or, for HITS, `passage:score` pairs. Lucene.java speaks the same.
"""
import importlib
import sys
import time

from .queries import parse


def measure(actions, repeat, limit):
    """The fewest microseconds of each action over `repeat` rounds, or over as many as begin before `limit` seconds."""
    best = [float("inf")] * len(actions)
    counts = [0] * len(actions)
    begin = time.perf_counter()
    for round_number in range(repeat):
        if round_number and time.perf_counter() - begin > limit:
            break
        for place, action in enumerate(actions):
            start = time.perf_counter_ns()
            counts[place] = action()
            best[place] = min(best[place], (time.perf_counter_ns() - start) / 1000)
    return best, counts


def answer(searcher, command, repeat, limit, queries):
    if command == "HITS":
        hits = [searcher.hits(query) for query in queries]
        if any(found is None for found in hits):
            return None
        return ["\t".join(f"{passage}:{score!r}" for passage, score in found) for found in hits]
    actions = [searcher.action(command, query) for query in queries]
    if any(action is None for action in actions):
        return None
    return [f"{time}\t{count}" for time, count in zip(*measure(actions, repeat, limit))]


def serve(engine, index):
    searcher = engine.Searcher(index)
    print("ready", engine.version(), flush=True)
    for line in sys.stdin:
        command, repeat, limit, source, target = line.rstrip("\n").split("\t")
        with open(source, encoding="utf-8") as lines:
            queries = [parse(text.rstrip("\n"), source) for text in lines]
        answers = answer(searcher, command, int(repeat), float(limit), queries)
        if answers is None:
            print("unsupported", flush=True)
            continue
        with open(target, "w") as lines:
            lines.writelines(text + "\n" for text in answers)
        print("done", flush=True)


if __name__ == "__main__":
    chosen = importlib.import_module(f"compare.engines.{sys.argv[1]}_engine")
    if sys.argv[2] == "build":
        chosen.build(sys.argv[3], sys.argv[4])
    else:
        serve(chosen, sys.argv[3])
