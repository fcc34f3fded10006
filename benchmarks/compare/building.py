"""Lets the engines build in turn."""
import concurrent.futures

from .engine import Failure

TWO_THREADS = "suo, two threads"
SIDE_BY_SIDE = "suo, two builds at once"
LONG_BUILD = 10  # seconds; what takes longer is built once


def build(engines, missing, turns, log, say):
    """The builds by engine, ours with two threads too: of so many turns the fastest. `say` is told what is done."""
    ours, *others = engines
    builders = {ours.name: ours.build, TWO_THREADS: lambda log: ours.build(log, threads=2)}
    builders |= {engine.name: engine.build for engine in others}
    results = {}
    for turn in range(turns):
        for name, again in builders.items():
            if name in missing or (turn > 0 and results[name].seconds > LONG_BUILD):
                continue
            say(f"building {name}")
            try:
                results[name] = again(log).fastest(results.get(name))
            except Failure as failure:
                results.pop(name, None)
                missing[name] = str(failure)
    for engine in engines:
        if engine.name in results:
            try:
                engine.open(log)
            except Failure as failure:
                results.pop(engine.name)
                missing[engine.name] = str(failure)
    return results


def scaling(ours, turns, log, say):
    """Seconds of our builds in turn: with one thread, with two, and of two builds of one thread each at once. The last are
    what the machine has to give to two threads: their cores may share what one has for itself."""
    ways = {
        ours.name: lambda: ours.build(log).seconds,
        TWO_THREADS: lambda: ours.build(log, threads=2).seconds,
        SIDE_BY_SIDE: lambda: side_by_side(ours, log),
    }
    results = {name: [] for name in ways}
    for turn in range(turns):
        say(f"threads, turn {turn + 1}")
        for name, way in ways.items():
            results[name].append(way())
    return results


def side_by_side(ours, log):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        both = [pool.submit(ours.build, log), pool.submit(ours.beside().build, log)]
        return max(made.result().seconds for made in both)
