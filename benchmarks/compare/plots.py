"""The result as pictures, PNG and SVG."""
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

# Okabe and Ito's colours, which people with colour blindness can tell apart; ours is the strong blue.
COLOURS = {
    "suo": "#0072B2",
    "tantivy": "#E69F00",
    "lucene": "#D55E00",
    "pisa": "#009E73",
    "pisa, quantised": "#56B4E9",
    "sqlite": "#999999",
    "bm25s": "#CC79A7",
}


def save(figure, path):
    for ending in ("png", "svg"):
        figure.savefig(path.with_suffix("." + ending), dpi=110, metadata={"Date": None} if ending == "svg" else None)
    pyplot.close(figure)


def label(mean):
    return f"{mean:,.0f}" if mean >= 10 else f"{mean:.2g}"


def bare(axes):
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)


def latency(results, path, subtitle):
    """Mean microseconds on a logarithmic axis: a panel for each command, a group of bars for each class."""
    commands = list(dict.fromkeys(command for command, _ in results))
    engines = [name for name in COLOURS if any(name in found for found in results.values())]
    figure, panels = pyplot.subplots(len(commands), 1, figsize=(10, 2.6 * len(commands) + 1), squeeze=False)
    for axes, command in zip(panels[:, 0], commands):
        tags = [tag for asked, tag in results if asked == command]
        # Only engines that answer the command have a place in its panel.
        shown = [name for name in engines if any(name in results[command, tag] for tag in tags)]
        width = 0.8 / len(shown)
        for place, name in enumerate(shown):
            timed = [(i, results[command, tag].get(name)) for i, tag in enumerate(tags)]
            means = [(i, timing.mean) for i, timing in timed if timing]
            positions = [i + (place - (len(shown) - 1) / 2) * width for i, _ in means]
            bars = axes.bar(positions, [mean for _, mean in means], width * 0.92, color=COLOURS[name], label=name)
            axes.bar_label(bars, [label(mean) for _, mean in means], fontsize=6.5, padding=1)
        axes.set_yscale("log")
        axes.margins(y=0.18)
        axes.set_xticks(range(len(tags)), [tag.replace("_", " ") for tag in tags])
        axes.set_ylabel("mean µs, logarithmic", fontsize=8)
        axes.set_title(command, loc="left", fontsize=10, fontweight="bold")
        bare(axes)
    handles = [pyplot.Rectangle((0, 0), 1, 1, color=COLOURS[name]) for name in engines]
    figure.legend(handles, engines, loc="upper right", ncols=len(engines), frameon=False, fontsize=8)
    figure.suptitle(f"Time for a query, lower is better\n{subtitle}", x=0.01, ha="left", fontsize=11)
    figure.tight_layout()
    save(figure, path)


def building(results, path, subtitle):
    """Time, memory and size of building, each with an axis of its own."""
    panels = [
        ("seconds to build", lambda build: build.seconds),
        ("peak memory, MB", lambda build: build.peak_bytes / 1e6),
        ("index, MB", lambda build: build.index_bytes / 1e6),
    ]
    names = [name for name in COLOURS if name in results][::-1]
    figure, axes = pyplot.subplots(1, 3, figsize=(10, 3.2), sharey=True)
    for axis, (title, value) in zip(axes, panels):
        bars = axis.barh(names, [value(results[name]) for name in names], color=[COLOURS[name] for name in names])
        axis.bar_label(bars, fmt="%.1f", fontsize=8, padding=2)
        axis.set_title(title, loc="left", fontsize=10, fontweight="bold")
        axis.margins(x=0.18)
        axis.set_xticks([])
        bare(axis)
        axis.spines["bottom"].set_visible(False)
    figure.suptitle(f"Building the index, lower is better\n{subtitle}", x=0.01, ha="left", fontsize=11)
    figure.tight_layout()
    save(figure, path)
