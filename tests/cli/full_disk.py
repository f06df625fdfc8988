#!/usr/bin/python3
"""A disk that fills up on the way: exit code 3, one clear line, and a database that opens and says it is unfinished.

Each disk is a small tmpfs in a mount namespace of its own; a machine that forbids that skips the test.

Usage: full_disk.py ORRERY
"""
import os
import re
import subprocess
import sys

import case

NAMESPACE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
MOUNT = 'mount -t tmpfs -o size="$1" none disk || exit 77; shift; '
# The run, then what is left: read while the disk is still there.
LOOK = '''"$@"; code=$?
for database in disk/mine.part-*/run.sqlite; do
  if [ -e "$database" ]; then
    /usr/bin/python3 -c 'import sqlite3, sys
print(*sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("SELECT finished FROM run").fetchone())' \
      "$database"
  fi
done
exit $code'''


class FullDisk(case.Case):
    def run_on(self, size: str, *options: str) -> subprocess.CompletedProcess:
        (self.folder / "disk").mkdir(exist_ok=True)
        done = subprocess.run(
            [*NAMESPACE, "bash", "-c", MOUNT + LOOK, "bash", size, case.BINARY, "run", "relay/flood-world", "--set",
             "duration=60s", *options], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8")
        if done.returncode in (1, 77) and "orrery" not in done.stderr and "mine" not in done.stderr:
            print("SKIP: no tmpfs of our own here:", done.stderr)
            sys.exit(77)
        return done

    def is_told(self, done: subprocess.CompletedProcess, full: str, kept: str) -> None:
        self.assertEqual((done.returncode, done.stdout), (3, kept), done.stderr)
        survives = "what was written before is in .*, marked unfinished; " if kept else ""
        self.assertRegex(done.stderr, rf"^error: cannot write results: .*disk/mine\.part-\d+/{full}[^/]*: No space "
                                      rf"left on device; {survives}choose a place that has room and can be written, by "
                                      r"--results or --out\n$")

    def test_at_every_stage(self):
        self.is_told(self.run_on("64k", "--out", "disk/mine"), r"run\.sqlite\.new", "")
        for size in ("600k", "2m"):
            self.is_told(self.run_on(size, "--out", "disk/mine"), r"(run\.sqlite|columns/)", "0\n")

    def test_at_the_end(self):
        self.says("run", "relay/flood-world", "--set", "duration=60s", "--out", "whole")
        pages = sum(-(-path.stat().st_size // 4096) for path in (self.folder / "whole").rglob("*.*"))
        kib = pages * 4 - 20  # so many more as the log of the database takes, until all columns have room
        while "/columns/" in (done := self.run_on(f"{kib}k", "--out", "disk/mine")).stderr:
            kib += 20
        self.is_told(done, r"(run\.sqlite|index\.html)", "0\n")

    def test_a_disk_itself_is_no_place(self):
        done = self.run_on("8m", "--out", "disk")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, "{0}: a disk is mounted there, and no other folder can take that name; choose "
                                      "one in it, as in --out {0}/run\n".format(self.folder / "disk"))

    def test_records(self):
        done = self.run_on("64k", "--records", "disk/records")
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertRegex(done.stderr, r"^error: cannot write records to disk/records: No space left on device\n$")


if __name__ == "__main__":
    case.main()
