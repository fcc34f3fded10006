"""tantivy through its Python binding. Queries are built before the clock starts."""
from importlib.metadata import version as package_version

import tantivy


def version():
    return package_version("tantivy")


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("passage", stored=True, indexed=False)
    return builder.build()


def build(passages, index):
    # One thread and room for the whole text, so that there is one segment, as there is for the others.
    index = tantivy.Index(schema(), path=index)
    writer = index.writer(heap_size=4_000_000_000, num_threads=1)
    with open(passages, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            document = tantivy.Document()
            document.add_text("text", line)
            document.add_unsigned("passage", number)
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Searcher:
    def __init__(self, index):
        self.schema = schema()
        self.index = tantivy.Index.open(index)
        self.searcher = self.index.searcher()
        if self.searcher.num_segments != 1:
            raise SystemExit(f"tantivy: expected one segment, found {self.searcher.num_segments}")

    def query(self, query):
        if query.kind == "phrase" and len(query.words) > 1:
            return tantivy.Query.phrase_query(self.schema, "text", list(query.words))
        terms = [tantivy.Query.term_query(self.schema, "text", word) for word in query.words]
        if len(terms) == 1:
            return terms[0]
        occur = tantivy.Occur.Must if query.kind == "all" else tantivy.Occur.Should
        return tantivy.Query.boolean_query([(occur, term) for term in terms])

    def action(self, command, query):
        # The binding counts only while it ranks, so that COUNT alone would be measured at a disadvantage.
        if command == "COUNT":
            return None
        search, built = self.searcher.search, self.query(query)
        limit = int(command.split("_")[1])
        if command.endswith("_COUNT"):
            return lambda: search(built, limit, count=True).count
        return lambda: len(search(built, limit, count=False).hits)

    def hits(self, query):
        found = self.searcher.search(self.query(query), 10, count=False).hits
        return [(self.searcher.doc(address)["passage"][0], score) for score, address in found]
