"""The engines as the comparison drives them: build an index, time queries, give the best passages."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

from .queries import write


@dataclass(frozen=True)
class Build:
    seconds: float
    peak_bytes: int  # the largest resident set of the process that built
    index_bytes: int

    def fastest(self, other):
        """This build, or another one of the same engine that took less time."""
        return other if other and other.seconds < self.seconds else self


# As the result calls engines that have other names among the options.
NAMES = {"pisa-quantised": "pisa, quantised"}
FACTORS = {"tantivy": 2.2, "sqlite": 2.2, "pisa": 2.2}


class Failure(Exception):
    """An engine that cannot be used here; the message says why."""


def run_build(command, folder, log):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    answer = folder.with_name(folder.name + "-resources.json")
    launcher = [sys.executable, "-I", "-S", pathlib.Path(__file__).parent / "resources.py", answer]
    subprocess.run([*launcher, *command], stdout=log, stderr=log, check=True)
    used = json.loads(answer.read_text())
    if used["status"] != 0:
        raise Failure(f"building failed with status {used['status']}; see {log.name}")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Build(used["seconds"], used["peak"], size)


class Suo:
    """Our own program, by its command line."""

    name, factor, exact, approximate, has_positions = "suo", 1.0, True, False, True

    def __init__(self, program, work, folder="suo"):
        self.program, self.work, self.index = program, work, work / folder
        answer = subprocess.run([program, "--version"], capture_output=True, text=True)
        if answer.returncode != 0:
            raise SystemExit(f"{program} --version fails: {answer.stderr.strip()}")
        self.version = answer.stdout.strip().removeprefix("suo ")

    def build(self, log, threads=1):
        command = [self.program, "index", self.work / "passages.jsonl", "--index", self.index]
        return run_build(
            command + ["--analyzer", "whitespace", "--no-store", "--threads", str(threads), "--json"], self.index, log
        )

    def beside(self):
        """The same with another index."""
        return Suo(self.program, self.work, "suo-beside")

    def open(self, log):
        """Nothing stays open: every request is a process."""

    def time(self, command, repeat, limit, queries):
        path = self.work / "queries.tsv"
        write(queries, path)
        options = ["--queries", path, "--command", command, "--repeat", str(repeat)]
        answer = subprocess.run(
            [self.program, "bench", "--index", self.index, *options], capture_output=True, text=True, check=True
        )
        rows = [line.split("\t") for line in answer.stdout.splitlines()]
        return [float(row[1]) for row in rows], [int(row[2]) for row in rows]

    def hits(self, queries):
        return [self.best(query) for query in queries]

    def best(self, query):
        answer = subprocess.run(
            [self.program, "search", "--index", self.index, "--plain", "--json", "-k", "10", "--", query.text],
            capture_output=True,
            text=True,
        )
        if answer.returncode > 1:
            raise SystemExit(f"suo search {query.text}: {answer.stderr.strip()}")
        return [(int(hit["id"]), hit["score"]) for hit in json.loads(answer.stdout)["hits"]]

    def close(self):
        """Nothing is open."""


class Worker:
    """An engine in a worker process; worker.py tells the protocol."""

    def __init__(self, name, work, command):
        self.name, self.work, self.command = NAMES.get(name, name), work, command
        # What the engine's scores are divided by to be ours: some leave k1 + 1 in BM25, which changes no order.
        self.factor = FACTORS.get(name, 1.0)
        # Whether its formula is ours to the last bit of single precision; whether its scores are rounded so much that
        # another ranking comes of it.
        self.exact, self.approximate = name == "bm25s", name == "pisa-quantised"
        self.has_positions = name not in ("pisa", "pisa-quantised", "bm25s")
        self.index, self.process, self.version = work / name, None, ""

    def build(self, log):
        return run_build([*self.command, "build", self.work / "passages.txt", self.index], self.index, log)

    def open(self, log):
        self.process = subprocess.Popen(
            [*self.command, "serve", self.index], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        self.version = self.read().removeprefix("ready ")

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"ended unexpectedly with status {self.process.wait()}")
        return line.strip()

    def ask(self, command, repeat, limit, queries):
        source, target = self.work / "queries.tsv", self.work / "answers.tsv"
        write(queries, source)
        print(command, repeat, limit, source, target, sep="\t", file=self.process.stdin, flush=True)
        return target.read_text().splitlines() if self.read() == "done" else None

    def time(self, command, repeat, limit, queries):
        lines = self.ask(command, repeat, limit, queries)
        if lines is None:
            return None
        rows = [line.split("\t") for line in lines]
        return [float(row[0]) for row in rows], [int(row[1]) for row in rows]

    def hits(self, queries):
        lines = self.ask("HITS", 1, 0, queries)
        if lines is None:
            return None
        pairs = [[hit.split(":") for hit in line.split("\t") if hit] for line in lines]
        return [[(int(passage), float(score) / self.factor) for passage, score in found] for found in pairs]

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def lucene_command(work):
    """Compiles the Java program. Debian's jars are taken, or those of the folder that LUCENE_JARS names."""
    folder = pathlib.Path(os.environ.get("LUCENE_JARS", "/usr/share/java"))
    jars = [next(iter(sorted(folder.glob(f"lucene-{part}-[0-9]*.jar"))), None) for part in ("core", "analyzers-common")]
    if None in jars or not shutil.which("javac"):
        raise Failure("no Lucene 8 or no Java compiler here (Debian: liblucene8-java, default-jdk-headless)")
    classes, path = work / "classes", os.pathsep.join(map(str, jars))
    source = pathlib.Path(__file__).parent / "engines" / "Lucene.java"
    done = subprocess.run(["javac", "-cp", path, "-d", classes, source], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"Lucene.java does not compile: {done.stderr.strip()}")
    return ["java", "-Xmx2g", "-cp", f"{classes}{os.pathsep}{path}", "Lucene"]


def rivals(work, names):
    """The engines by name, and why those that are missing are."""
    found, missing = [], {}
    for name in names:
        try:
            module = name.replace("-", "_")
            command = lucene_command(work) if name == "lucene" else [sys.executable, "-m", "compare.worker", module]
            found.append(Worker(name, work, command))
        except Failure as failure:
            missing[name] = str(failure)
    return found, missing
