import argparse
import gzip
import json
import pathlib
import tempfile
import unittest

from compare import report
from compare.building import SIDE_BY_SIDE, TWO_THREADS, build, scaling
from compare.collection import collections
from compare.engine import Build, Failure
from compare.language import CHINESE, ENGLISH
from compare.measurement import Agreement, Timing, agreement
from compare.passages import from_json_lines, from_zipf, write


class PassagesTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_texts_are_cut_after_120_words(self):
        path = self.folder / "text.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as lines:
            for record in ({"title": "One Two", "text": "w " * 240}, {"text": "二战是"}):
                lines.write(json.dumps(record) + "\n\n")
        english = list(from_json_lines(path, ENGLISH))
        self.assertEqual([len(passage.split()) for passage in english], [120, 120, 2])
        self.assertTrue(english[0].startswith("one two w "))
        self.assertEqual(list(from_json_lines(path, CHINESE))[2], "二战 战是")

    def test_a_line_that_is_no_record_is_named(self):
        for line in ("[", "[]", "{}", '{"text": 3}', '{"text": "a", "title": 3}'):
            path = self.folder / "text.jsonl"
            path.write_text('{"text": "a"}\n' + line + "\n", encoding="utf-8")
            with self.assertRaises(SystemExit) as raised:
                list(from_json_lines(path, ENGLISH))
            self.assertIn("text.jsonl:2: expected a JSON object", str(raised.exception))

    def test_both_forms_have_the_same_passages(self):
        count = write(from_zipf(50, 9), self.folder)
        lines = (self.folder / "passages.txt").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in (self.folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual(count, 50)
        self.assertEqual(records, [{"id": str(number), "text": line} for number, line in enumerate(lines)])
        self.assertEqual(lines, list(from_zipf(50, 9)))


class CollectionTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name)
        for name in ("scale", "queries"):
            (self.data / name).mkdir()

    def add(self, *names):
        for name in names:
            (self.data / name).touch()

    def chosen(self, **given):
        options = {"text": None, "zipf": None, "queries": None, "language": None, **given}
        found = collections(argparse.Namespace(**options), self.data)
        return [(one.text and one.text.name, one.count, one.queries and one.queries.name) for one in found]

    def test_without_texts_words_are_generated(self):
        self.assertEqual(self.chosen(), [(None, 50_000, None)])
        self.add("scale/zh-docs.jsonl.gz")
        self.assertEqual(self.chosen(), [(None, 50_000, None)])

    def test_all_texts_that_are_there_are_taken(self):
        english, chinese = ("en-docs.jsonl.gz", 0, "en-docs.tsv"), ("zh-docs.jsonl.gz", 0, "zh-miracl-dev.txt")
        self.add("scale/zh-docs.jsonl.gz", "queries/zh-miracl-dev.txt")
        self.assertEqual(self.chosen(), [chinese])
        self.add("scale/en-docs.jsonl.gz", "queries/en-docs.tsv", "other.tsv", "other.jsonl")
        self.assertEqual(self.chosen(), [english, chinese])
        self.assertEqual(self.chosen(zipf=7), [(None, 7, None)])
        self.assertEqual(self.chosen(text=self.data / "queries" / ".." / "scale" / "zh-docs.jsonl.gz"), [chinese])
        self.assertEqual(self.chosen(text=self.data / "other.jsonl"), [("other.jsonl", 0, None)])
        self.assertEqual(self.chosen(queries=self.data / "other.tsv"), [("en-docs.jsonl.gz", 0, "other.tsv")])


class ResultTests(unittest.TestCase):
    def test_times(self):
        self.assertEqual(Timing.of([4.0, 1.0, 2.0, 3.0]), Timing(2.5, 2.5, 4.0))
        self.assertEqual(Timing.of(list(range(1, 201))).p99, 198)

    def test_agreement_is_by_rank(self):
        ours = [[(1, 2.0), (2, 1.0)], [(3, 1.0)], []]
        theirs = [[(2, 2.0), (1, 1.0)], [(4, 1.5)], []]
        self.assertEqual(agreement(ours, theirs), Agreement(3, 2, 0.5 / 1.5, 0.5))

    def test_ratios_have_the_named_engines_alone(self):
        times = {("TOP_10", "union"): {"ours": Timing(2, 2, 2), "exact": Timing(3, 3, 3), "rounded": Timing(1, 1, 1)}}
        times["COUNT", "union"] = {"ours": Timing(2, 2, 2), "exact": Timing(5, 5, 5)}
        self.assertIn("| TOP_10 | union | 2 | 1.50 |\n| COUNT | union | 2 | 2.50 |", report.ratios(times, "ours", ["exact"]))
        self.assertTrue(report.ratios(times, "ours", ["rounded"]).endswith("---:|\n| TOP_10 | union | 2 | 0.50 |"))

    def test_scores_that_only_approximate_are_not_told(self):
        found = {("rounded", "union"): Agreement(5, 1, 0.3, 0.9), ("exact", "union"): Agreement(5, 4, 0.2, 0.8)}
        table = report.agreements(found, ["rounded"])
        self.assertIn("| rounded | union | 5 |  |  | 0.900 |", table)
        self.assertIn("| exact | union | 5 | 4 | 2.0e-01 | 0.800 |", table)


class Builder:
    """An engine whose builds take given times; None stands for a failure."""

    def __init__(self, name, seconds, is_openable=True):
        self.name, self.seconds, self.is_openable, self.threads = name, iter(seconds), is_openable, []

    def build(self, log, threads=1):
        self.threads.append(threads)
        seconds = next(self.seconds)
        if seconds is None:
            raise Failure("building failed")
        return Build(seconds, 1, 1)

    def beside(self):
        return self

    def open(self, log):
        if not self.is_openable:
            raise Failure("cannot be opened")


class BuildTests(unittest.TestCase):
    def test_the_fastest_of_all_turns_counts(self):
        said = []
        ours, other = Builder("ours", [3, 2, 5, 1, 4, 1.5]), Builder("other", [7, 6, 8])
        builds = build([ours, other], {}, 3, None, said.append)
        self.assertEqual({name: made.seconds for name, made in builds.items()}, {"ours": 3, TWO_THREADS: 1, "other": 6})
        self.assertEqual(ours.threads, [1, 2] * 3)
        self.assertEqual(said, ["building ours", f"building {TWO_THREADS}", "building other"] * 3)

    def test_threads_are_measured_in_turns(self):
        ours = Builder("ours", [4, 2, 3, 3, 6, 2.5, 3, 5])
        found = scaling(ours, 2, None, [].append)
        self.assertEqual(ours.threads, [1, 2, 1, 1] * 2)
        self.assertEqual(found, {"ours": [4, 6], TWO_THREADS: [2, 2.5], SIDE_BY_SIDE: [3, 5]})
        table = report.threads(found, "ours")
        self.assertIn("| ours | 4.00 | 5.00 |  |  |", table)
        self.assertIn(f"| {TWO_THREADS} | 2.00 | 2.25 | 2.00 | 2.22 |", table)
        self.assertIn(f"| {SIDE_BY_SIDE} | 3.00 | 4.00 | 2.67 | 2.50 |", table)

    def test_long_builds_are_not_repeated_and_failures_are_told(self):
        engines = [Builder("ours", [1] * 4), Builder("slow", [11]), Builder("failing", [None])]
        missing = {}
        builds = build([*engines, Builder("closed", [1, 1], is_openable=False)], missing, 2, None, [].append)
        self.assertEqual(list(builds), ["ours", TWO_THREADS, "slow"])
        self.assertEqual(missing, {"failing": "building failed", "closed": "cannot be opened"})
