"""SQLite FTS5 through Python's sqlite3: a table that keeps no texts."""
import pathlib
import sqlite3


def version():
    return sqlite3.sqlite_version


def build(passages, index):
    database = sqlite3.connect(pathlib.Path(index) / "fts.db")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='unicode61')")
    with open(passages, encoding="utf-8") as lines, database:
        database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", enumerate(lines))
    with database:
        database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    database.close()


def expression(query):
    if query.kind == "phrase":
        return '"' + " ".join(query.words) + '"'
    return (" AND " if query.kind == "all" else " OR ").join(f'"{word}"' for word in query.words)


class Searcher:
    def __init__(self, index):
        self.database = sqlite3.connect(pathlib.Path(index) / "fts.db")
        self.database.execute("PRAGMA mmap_size = 1073741824")

    def action(self, command, query):
        execute, match = self.database.execute, expression(query)
        if command == "COUNT":
            return lambda: execute("SELECT count(*) FROM passages WHERE passages MATCH ?", (match,)).fetchone()[0]
        # It scores and sorts all matches in any case, so that the limit hardly changes its time.
        if command != "TOP_10":
            return None
        statement = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10"
        return lambda: len(execute(statement, (match,)).fetchall())

    def hits(self, query):
        # FTS5 gives negated scores, so that the best comes first.
        statement = "SELECT rowid, -rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10"
        return self.database.execute(statement, (expression(query),)).fetchall()
