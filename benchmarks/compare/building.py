"""Lets the engines build in turn."""
from .engine import Failure

TWO_THREADS = "suo, two threads"
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
