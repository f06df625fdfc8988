#!/usr/bin/python3
"""200 kills at random instants: what was flushed survives, marked unfinished, and an earlier result is never lost.

Usage: kills.py ORRERY      ORRERY_KILLS_SEED=N draws the same instants again, ORRERY_KILLS=N draws fewer
"""
import collections
import json
import os
import random
import re
import shutil
import signal
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

    def check(self, folder: Path, flushed: int) -> str:
        """The phase in which the run was killed."""
        if not (folder / "run.sqlite").exists():
            return "before the database"
        finished, rows = read(folder)
        self.assertEqual(rows, self.rows[:len(rows)])
        self.assertGreaterEqual(len(rows), flushed)
        for name in COLUMNS:
            if (folder / name).exists() and (folder / name).stat().st_size:
                self.assertTrue(self.columns[name].startswith(values(folder / name)), name)
        if finished:
            self.assertIn("whole", self.says("results", "verify", str(folder)))
        if finished or (folder / "index.html").exists():
            return "at the end"
        return "later" if rows else "before the first flush"

    def kill(self, draw: random.Random, aim: str) -> int:
        """Starts a run and kills it; how many messages were seen in its database just before."""
        process = subprocess.Popen([case.BINARY, *SPEC], cwd=self.folder, env=self.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        part = self.folder / f"mine.part-{process.pid}"
        awaited = {"birth": part, "early": part / "run.sqlite", "end": part / "index.html"}.get(aim)
        while awaited and not awaited.exists() and process.poll() is None:
            pass
        time.sleep({"birth": 0.02, "early": 0.2, "end": 0.05}.get(aim, self.whole_s) * draw.random())
        flushed = 0
        if aim == "any" and (part / "run.sqlite").exists():
            try:
                flushed = len(read(part)[1])
            except sqlite3.Error:  # it took its last name in that instant
                pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        return flushed

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
                flushed = self.kill(draw, ("birth", "early", "any", "end", "start")[number % 5]
                                    if number % 10 != 9 else "any")
                folders = list(self.folder.glob("mine*"))
                found = [self.check(folder, flushed if "part" in folder.name and not has_earlier else 0)
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
        for phase in ("before the database", "before the first flush", "later", "at the end"):
            self.assertGreater(phases[phase], 0, phase)


if __name__ == "__main__":
    case.main()
