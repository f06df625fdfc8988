#!/usr/bin/python3
"""200 kills at random instants: what was flushed survives, marked unfinished, and an earlier result is never lost.
A killed `results prune` leaves each result whole, or without a database.

Usage: kills.py ORRERY      ORRERY_KILLS_SEED=N draws the same instants again, ORRERY_KILLS=N draws fewer
"""
import collections
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import case

KILLS = int(os.environ.get("ORRERY_KILLS", "200"))
SEED = int(os.environ.get("ORRERY_KILLS_SEED", str(random.SystemRandom().randrange(10**6))))
SPEC = ("run", "relay/flood-world", "--json", "--set", "duration=30s", "--out", "mine")
ROWS = "SELECT message, publishedAt, publisher, topic, bytes, replyTo FROM message ORDER BY message"
COLUMNS = [f"columns/delivery.{name}.npy" for name in ("message", "node", "at_ns", "latency_ns")]


def values(column: Path) -> bytes:
    """As many as the header says, all of which must be there."""
    data = column.read_bytes()
    rows = int(re.search(rb"'shape': \((\d+),\)", data[:128])[1])
    assert len(data) >= 128 + 8 * rows, f"{column}: the header claims {rows} rows"
    return data[128:128 + 8 * rows]


def read(folder: Path) -> tuple[int, list]:
    with sqlite3.connect(f"file:{folder}/run.sqlite?mode=ro", uri=True) as database:
        ((whole,),) = database.execute("PRAGMA integrity_check").fetchall()
        assert whole == "ok", whole
        ((finished,),) = database.execute("SELECT finished FROM run").fetchall()
        rows = database.execute(ROWS).fetchall()
    database.close()
    return finished, rows


def flushed(folder: Path) -> collections.Counter:
    """Of a run at work: how much of each file a kill must leave. Nothing in the instants of its birth and its end."""
    try:
        return collections.Counter({"run.sqlite": len(read(folder)[1]),
                                    **{name: len(values(folder / name)) for name in COLUMNS}})
    except (OSError, TypeError, sqlite3.Error):
        return collections.Counter()


class Kills(case.Case):
    def setUp(self):
        super().setUp()
        started = time.monotonic()
        self.says(*SPEC)
        self.whole_s = time.monotonic() - started
        self.reference = self.folder / "reference"
        (self.folder / "mine").rename(self.reference)
        _, self.rows = read(self.reference)
        self.columns = {name: values(self.reference / name) for name in COLUMNS}

    def check(self, folder: Path, seen: collections.Counter) -> str:
        """The phase in which the run was killed."""
        if not (folder / "run.sqlite").exists():
            return "before the database"
        finished, rows = read(folder)
        self.assertEqual(rows, self.rows[:len(rows)])
        self.assertGreaterEqual(len(rows), seen["run.sqlite"])
        for name in COLUMNS:
            column = folder / name
            kept = values(column) if column.exists() and column.stat().st_size else b""
            self.assertTrue(self.columns[name].startswith(kept), name)
            self.assertGreaterEqual(len(kept), seen[name], name)
        if finished:
            self.assertIn("whole", self.says("results", "verify", str(folder)))
        if finished or (folder / "index.html").exists():
            return "at the end"
        return "later" if rows else "before the first flush"

    def kill(self, draw: random.Random, aim: str) -> collections.Counter:
        """Starts a run and kills it; what was flushed just before."""
        process = subprocess.Popen([case.BINARY, *SPEC], cwd=self.folder, env=self.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        part = self.folder / f"mine.part-{process.pid}"
        awaited = {"birth": part, "early": part / "run.sqlite", "end": part / "index.html"}.get(aim)
        while awaited and not awaited.exists() and process.poll() is None:
            pass
        time.sleep({"birth": 0.02, "early": 0.2, "end": 0.05}.get(aim, self.whole_s) * draw.random())
        seen = flushed(part) if aim == "any" else collections.Counter()
        process.kill()
        process.wait()
        return seen

    def test_at_random_instants(self):
        print(f"ORRERY_KILLS_SEED={SEED}")
        draw = random.Random(SEED)
        phases = collections.Counter()
        for number in range(KILLS):
            for left in self.folder.glob("mine*"):
                shutil.rmtree(left)
            has_earlier = draw.random() < 0.4
            if has_earlier:
                shutil.copytree(self.reference, self.folder / "mine")
            with self.subTest(number=number):
                seen = self.kill(draw, ("birth", "early", "any", "end", "start")[number % 5]
                                 if number % 10 != 9 else "any")
                phases["seen to flush"] += bool(seen[COLUMNS[0]])
                folders = list(self.folder.glob("mine*"))
                found = [self.check(folder, seen if "part" in folder.name else collections.Counter())
                         for folder in folders]
                whole = [folder for folder in folders
                         if (folder / "run.sqlite").exists() and read(folder)[0] == 1]
                if has_earlier:
                    self.assertTrue(whole, "the earlier result is lost")
                    part = [phase for folder, phase in zip(folders, found) if "part" in folder.name]
                    found = part or (["at the end"] if folders and not part else [])
                phases[found[0] if found else "before the database"] += 1
                states = [one["state"] for one in json.loads(self.says("results", "list", "--json", "--results", "."))]
                self.assertNotIn("running", states)
                self.assertNotIn("unreadable", states)
        print(dict(phases))
        for phase in ("before the database", "before the first flush", "later", "at the end", "seen to flush"):
            self.assertGreater(phases[phase], 0, phase)

    def test_of_prune(self):
        draw = random.Random(SEED)
        shelf = self.folder / "all"
        prune = ("results", "prune", "--results", "all")
        halved = 0
        for number in range(KILLS // 5):
            for copy in range(5):
                shutil.copytree(self.reference, shelf / str(copy))
            process = subprocess.Popen([case.BINARY, *prune, "--keep", "0"], cwd=self.folder, env=self.environment(),
                                       stdout=subprocess.DEVNULL)
            while process.poll() is None and len(list(shelf.glob("?"))) == 5:
                pass
            time.sleep(0.002 * draw.random())
            process.kill()
            process.wait()
            with self.subTest(number=number):
                left = list(shelf.iterdir())
                self.says("results", "verify", *(str(folder) for folder in left if (folder / "run.sqlite").exists()),
                          str(self.reference))
                halved += any(not (folder / "run.sqlite").exists() for folder in left)
                self.says(*prune, "--keep", "0")
                self.says(*prune, "--unfinished")
                for folder in shelf.iterdir():
                    folder.rmdir()  # its last instant leaves it empty: then it could be anybody's
        self.assertGreater(halved, 0)


if __name__ == "__main__":
    case.main()
