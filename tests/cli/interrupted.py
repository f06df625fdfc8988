#!/usr/bin/python3
"""A run that is stopped: 130, what was flushed stays in the unfinished folder, and its verdicts are undecided.

Usage: interrupted.py ORRERY
"""
import json
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import case

LONG = ("run", "relay/flood-world", "--json", "--set", "duration=5h")


def messages_in(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder}/run.sqlite?mode=ro", uri=True) as database:
        (count,) = database.execute("SELECT count(*) FROM message").fetchone()
    database.close()
    return count


def deliveries_in(column: Path) -> int:
    """By the header, which is written last: rows behind it may be half of a flush."""
    found = re.search(rb"'shape': \((\d+),\)", column.read_bytes()[:128])
    return int(found[1]) if found else 0


class Interrupted(case.Case):
    def stop(self, how: signal.Signals) -> tuple[int, str, str, Path]:
        """Stops a run once it has flushed something: exit code, standard output and error, and its folder."""
        process = subprocess.Popen([case.BINARY, *LONG], cwd=self.folder, env=self.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        with process:
            self.addCleanup(process.kill)
            column = f"results/relay/flood-world/*-7-sim.part-{process.pid}/columns/delivery.node.npy"
            while not any(deliveries_in(path) for path in self.folder.glob(column)):
                self.assertIsNone(process.poll())
                time.sleep(0.05)
            process.send_signal(how)
            out, err = process.communicate()
        (left,) = self.folder.glob("results/relay/flood-world/*")
        self.assertRegex(left.name, rf"^[0-9a-f]{{12}}-7-sim\.part-{process.pid}$")
        self.assertFalse((left / "index.html").exists())
        self.assertGreater(messages_in(left), 0)
        return process.returncode, out, err, left

    def test_by_sigint(self):
        code, out, err, left = self.stop(signal.SIGINT)
        self.assertEqual(code, 130)
        self.assertEqual(err, f"interrupted: what came until then is in {left}, marked unfinished\n")
        told = json.loads(out)
        self.assertEqual((told["finished"], told["results"]), (False, str(left)))
        self.assertEqual({verdict["verdict"] for verdict in told["verdicts"]}, {"undecided"})
        # An interrupted run writes all that happened, not only what the last flush caught.
        self.assertEqual(messages_in(left), told["metrics"]["message.count"]["value"])
        # What stays is one file, which no look changes: it can be read where nothing can be written.
        self.assertEqual({path.name for path in left.iterdir()}, {"run.sqlite", "columns"})
        before = self.listing()
        self.assertTrue(self.says("results", "list").startswith("unfinished "))
        self.assertEqual(self.listing(), before)
        with sqlite3.connect(left / "run.sqlite") as database:
            self.assertEqual(database.execute("SELECT finished FROM run").fetchall(), [(0,)])
        database.close()
        self.assertIn("there is no result", self.orrery("show", "last").stderr)

    def test_by_sigkill(self):
        code, out, _, left = self.stop(signal.SIGKILL)
        self.assertEqual((code, out), (-signal.SIGKILL, ""))
        self.assertGreater(deliveries_in(left / "columns/delivery.node.npy"), 0)


if __name__ == "__main__":
    case.main()
