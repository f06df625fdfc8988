#!/usr/bin/python3
"""Results that somebody else wrote, or damaged: every verb that reads them says so, and none breaks.

Usage: bad_results.py ORRERY
"""
import os
import shutil
import sqlite3
from pathlib import Path

import case

VERBS = (["show", "bad"], ["replay", "bad"], ["diff", "bad", "good"], ["trace", "bad", "--where", "time<-1s"],
         ["inspect", "bad", "--at", "0s", "--node", "1"], ["results", "list", "--results", "."],
         ["results", "verify", "bad"])
HOSTILE = "\x1b[2J\n\u202e" + "9" * 40


class BadResults(case.Case):
    def setUp(self):
        super().setUp()
        self.says("run", "hello", "--set", "duration=200ms", "--out", "good")
        with sqlite3.connect(self.folder / "good/run.sqlite") as database:
            self.columns = {table: [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
                            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        database.close()

    def is_survived(self, what: object, verbs: tuple = VERBS) -> None:
        for verb in verbs:
            done = self.orrery(*verb)
            self.assertIn(done.returncode, (0, 1, 2, 3), (what, verb, done.stderr))
            for text in (done.stdout, done.stderr):
                self.assertTrue(all(c == "\n" or c.isprintable() for c in text), (what, verb, text))
        self.assertEqual(self.orrery("results", "verify", "bad").returncode, 1, what)

    def bad(self) -> Path:
        shutil.rmtree(self.folder / "bad", ignore_errors=True)
        shutil.copytree(self.folder / "good", self.folder / "bad")
        return self.folder / "bad/run.sqlite"

    def change(self, sql: str, *values: object) -> None:
        with sqlite3.connect(self.bad()) as database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            for statement in sql.split("; "):
                database.execute(statement, values if "?" in statement else ())
        database.close()

    def test_each_table_gone_or_a_view(self):
        for table in self.columns:
            self.change(f"DROP TABLE {table}")
            self.is_survived(table)
            self.change(f"ALTER TABLE {table} RENAME TO t; CREATE VIEW {table} AS "
                        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n")
            self.is_survived(("view", table))

    def test_each_column_hostile(self):
        looking = (VERBS[0], VERBS[1], VERBS[5])
        for table, columns in self.columns.items():
            for column in columns:
                for value in (HOSTILE, 2**62, b"a\0b\xff"):
                    try:
                        self.change(f"UPDATE {table} SET {column} = ?", value)
                    except sqlite3.Error:  # a key, or of another type: SQLite itself refuses
                        continue
                    with sqlite3.connect(self.folder / "bad/run.sqlite") as database:
                        changed = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                    database.close()
                    if changed and table in ("run", "runAttr", "runParam", "verdict", "fingerprintSlice",
                                             "fingerprintChain", "inputFile"):
                        self.is_survived((table, column, value), looking)

    def test_no_database_at_all(self):
        whole = (self.folder / "good/run.sqlite").read_bytes()
        for what, content in {"empty": b"", "garbage": os.urandom(5000), "cut": whole[:len(whole) // 2],
                              "head": whole[:100], "text": b"SQLite format 3\0" + b"\xff" * 5000}.items():
            self.bad().write_bytes(content)
            self.is_survived(what)
        self.bad().unlink()
        (self.folder / "bad/run.sqlite").mkdir()
        self.is_survived("folder")
        self.bad().unlink()
        os.mkfifo(self.folder / "bad/run.sqlite")
        self.is_survived("pipe")


if __name__ == "__main__":
    case.main()
