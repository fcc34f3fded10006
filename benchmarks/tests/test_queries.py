import pathlib
import random
import tempfile
import unittest

from compare import queries
from compare.language import CHINESE
from compare.queries import Query


class QueriesTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        generator = random.Random(3)
        text = ["".join(generator.choice("二战是什么时候开始的") for _ in range(40)) for _ in range(30)]
        self.passages = self.write("passages.txt", [" ".join(CHINESE.words(line)) for line in text])
        self.lines = self.passages.read_text(encoding="utf-8").splitlines()

    def write(self, name, lines):
        path = self.folder / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    def occurs(self, words):
        return any(f" {' '.join(words)} " in f" {line} " for line in self.lines)

    def test_what_is_written_is_read(self):
        asked = [Query("a", "any", ("二战", "x1")), Query("b", "all", ("战是", "是")), Query("c", "phrase", ("二战", "战是"))]
        queries.write(asked, self.folder / "queries.tsv")
        lines = (self.folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
        self.assertEqual([queries.parse(line, "here") for line in lines], asked)

    def test_what_is_no_query_is_named_with_its_place(self):
        for line in ("union", "union\t", "union\tA", "union\ta二", "union\té", '\t"" '):
            with self.assertRaises(SystemExit) as raised:
                queries.parse(line, "queries.tsv:3")
            self.assertIn("queries.tsv:3: expected a tag", str(raised.exception))

    def test_queries_with_words_of_no_passage_are_left_out(self):
        path = self.write("queries.tsv", ["x\t二战", "x\t二战 zebra", "x\t+什么 +二战"])
        self.assertEqual([query.words for query in queries.read(path, self.passages)], [("二战",), ("什么", "二战")])

    def test_occurring_stretches_are_those_of_a_slow_search(self):
        generator = random.Random(5)
        questions = ["".join(generator.choice("二战是什么时候开始的") for _ in range(9)) for _ in range(40)]
        wanted = set().union(*(queries.stretches(CHINESE.words(question)) for question in questions))
        found = queries.occurring_stretches(wanted, self.passages)
        self.assertEqual(found, {stretch for stretch in wanted if self.occurs(stretch)})
        self.assertTrue(0 < len(found) < len(wanted))

    def test_queries_of_questions_have_matches(self):
        generator = random.Random(6)
        asked = ["".join(generator.choice("二战是什么时候开始的谁") for _ in range(4 + n % 9)) + "？" for n in range(60)]
        path = self.write("questions.txt", asked)
        found = queries.from_questions(path, self.passages, CHINESE, 1)
        self.assertEqual(found, queries.from_questions(path, self.passages, CHINESE, 1))
        self.assertNotEqual(found, queries.from_questions(path, self.passages, CHINESE, 2))
        by_tag = {tag: [query for query in found if query.tag == tag] for tag in dict.fromkeys(q.tag for q in found)}
        self.assertEqual(list(by_tag), ["union", "intersection", "phrase", "long_union", "term"])
        self.assertEqual([q.words for q in by_tag["intersection"]], [q.words for q in by_tag["phrase"]])
        for query in by_tag["phrase"]:
            self.assertTrue(self.occurs(query.words) and 2 <= len(query.words) <= 5, query)
        self.assertEqual(len({query.words for query in by_tag["phrase"]}), len(by_tag["phrase"]))
        self.assertTrue(all(2 <= len(query.words) < 8 for query in by_tag["union"]))
        self.assertTrue(all(len(query.words) >= 8 for query in by_tag["long_union"]))
        for query in found:
            self.assertEqual(len(set(query.words)), len(query.words), query)
            self.assertTrue(all(self.occurs([word]) for word in query.words), query)

    def test_a_file_without_questions_is_refused(self):
        with self.assertRaises(SystemExit) as raised:
            queries.from_questions(self.write("none.txt", ["？", ""]), self.passages, CHINESE, 1)
        self.assertIn("none.txt: expected questions", str(raised.exception))

    def test_drawn_queries_are_neighbours_in_a_passage(self):
        found = queries.drawn(self.passages, 4, each=20)
        self.assertEqual(found, queries.drawn(self.passages, 4, each=20))
        self.assertEqual(len(found), 100)
        self.assertTrue(all(self.occurs(query.words) for query in found))

    def test_short_passages_give_no_queries(self):
        with self.assertRaises(SystemExit):
            queries.drawn(self.write("short.txt", ["a b c"] * 3), 1)
