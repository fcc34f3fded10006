"""The result as Markdown."""
import statistics

from .building import SIDE_BY_SIDE


def table(header, rows):
    """Text columns on the left, the others, whose header ends in a blank, on the right."""
    lines = ["| " + " | ".join(name.strip() for name in header) + " |"]
    lines.append("|" + "|".join("---:" if name.endswith(" ") else "---" for name in header) + "|")
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" if value < 10 else f"{value:.1f}"


def ratios(results, ours, names):
    """How many times our mean the named others' are, for what one of them answers: above 1 we are faster."""
    rows = []
    for (command, tag), found in results.items():
        if not any(name in found for name in names):
            continue
        shares = [f"{found[name].mean / found[ours].mean:.2f}" if name in found else "" for name in names]
        rows.append([command, tag, number(found[ours].mean), *shares])
    return table(["command", "class", f"{ours}, mean µs ", *(name + " " for name in names)], rows)


def timings(results, ours):
    header = ["command", "class", "engine", "mean µs ", "median µs ", "P99 µs ", "mean ÷ ours ", "median ÷ ours "]
    rows = []
    for (command, tag), by_engine in results.items():
        base = by_engine[ours]
        for name, timing in by_engine.items():
            values = [number(timing.mean), number(timing.median), number(timing.p99)]
            ratios = [f"{timing.mean / base.mean:.2f}", f"{timing.median / base.median:.2f}"]
            rows.append([command, tag, name, *values, *ratios])
    return table(header, rows)


def builds(results, without_positions):
    header = ["engine", "seconds ", "peak memory, MB ", "index, MB ", "positions"]
    return table(
        header,
        [
            [
                name,
                f"{build.seconds:.2f}",
                f"{build.peak_bytes / 1e6:.0f}",
                f"{build.index_bytes / 1e6:.1f}",
                "no" if name in without_positions else "yes",
            ]
            for name, build in results.items()
        ],
    )


def threads(results, ours):
    """Our builds with one thread, with two and two at once: how many times the work of one thread they do in its time."""
    least, median = (
        {name: choose(seconds) for name, seconds in results.items()} for choose in (min, statistics.median)
    )
    work = {name: 2 if name == SIDE_BY_SIDE else 1 for name in results}
    header = ["engine", "least seconds ", "median seconds ", "one thread's work, least ", "one thread's work, median "]
    rows = []
    for name in results:
        values = [f"{chosen[name]:.2f}" for chosen in (least, median)]
        shares = ["" if name == ours else f"{work[name] * chosen[ours] / chosen[name]:.2f}" for chosen in (least, median)]
        rows.append([name, *values, *shares])
    return table(header, rows)


def agreements(results, approximate):
    """Scores of engines that only approximate are not compared, but what they find is."""
    header = ["engine", "class", "queries ", "same scores ", "largest difference ", "overlap at 10 "]
    return table(
        header,
        [
            [
                name,
                tag,
                str(found.queries),
                *(["", ""] if name in approximate else [str(found.same), f"{found.largest:.1e}"]),
                f"{found.overlap:.3f}",
            ]
            for (name, tag), found in results.items()
        ],
    )
