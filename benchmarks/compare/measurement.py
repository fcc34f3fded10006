"""Times engines in alternation, and compares what they find."""
import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Microseconds over the queries of one class."""

    mean: float
    median: float
    p99: float

    @classmethod
    def of(cls, times):
        ordered = sorted(times)
        # The smallest time that at least 99 % of the queries do not exceed.
        return cls(statistics.fmean(ordered), statistics.median(ordered), ordered[-(-99 * len(ordered) // 100) - 1])


def alternate(engines, command, queries, rounds, repeat, limit):
    """Runs each engine in turn, `rounds` times over; the fewest microseconds of each query count.

    Returns the timings and the counts by engine, without those that do not answer such queries.
    """
    best, counts = {}, {}
    for _ in range(rounds):
        for engine in engines:
            measured = engine.time(command, repeat, limit, queries)
            if measured is None:
                continue
            times, counts[engine.name] = measured
            best[engine.name] = [min(pair) for pair in zip(times, best.get(engine.name, times))]
    return {name: Timing.of(times) for name, times in best.items()}, counts


@dataclass(frozen=True)
class Agreement:
    queries: int
    same: int  # queries whose best ten scores are ours, each to `tolerance` of its value
    largest: float  # the largest relative difference of scores of one rank
    overlap: float  # the mean share of our best ten passages that the other has too


def agreement(ours, theirs, tolerance=1e-4):
    same, largest, overlaps = 0, 0.0, []
    for our, their in zip(ours, theirs):
        differences = [abs(a - b) / max(abs(a), abs(b), 1e-9) for (_, a), (_, b) in zip(our, their)]
        difference = max(differences, default=0.0)
        largest = max(largest, difference)
        same += len(our) == len(their) and difference <= tolerance
        if our:
            overlaps.append(len({hit for hit, _ in our} & {hit for hit, _ in their}) / len(our))
    return Agreement(len(ours), same, largest, statistics.fmean(overlaps) if overlaps else 1.0)
