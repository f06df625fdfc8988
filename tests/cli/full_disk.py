#!/usr/bin/python3
"""A disk that fills up on the way: exit code 3, one clear line, and a database that opens and says it is unfinished.

Each disk is a small tmpfs in a mount namespace of its own; a machine that forbids that skips the test.

Usage: full_disk.py ORRERY
"""
import os
import re
import subprocess
import sys
from pathlib import Path

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

    def test_at_every_stage(self):
        for size in ("64k", "200k", "600k", "1200k", "2m"):
            done = self.run_on(size, "--out", "disk/mine")
            self.assertEqual((size, done.returncode), (size, 3), done.stderr)
            self.assertIn(done.stdout, ("", "0\n"), size)
            self.assertRegex(done.stderr, rf"^error: cannot write results: .*{re.escape(str(Path('disk/mine.part-')))}"
                                          r".*: No space left on device; .*, marked unfinished; make room there, or "
                                          r"choose another place by --results or --out\n$")

    def test_records(self):
        done = self.run_on("64k", "--records", "disk/records")
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertRegex(done.stderr, r"^error: cannot write records to disk/records: No space left on device\n$")


if __name__ == "__main__":
    case.main()
