"""A test case that runs `orrery` as a user does: in an empty folder, without variables of the surroundings."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "scenarios/library"
BINARY = ""

# The least legal file, but that its network is spelt out, so that mistakes in it have a line.
LEAST = """\
orrery = 1
nodes = 20
duration = "10 s"
[network]
kind = "matrix"
latency = "ethshadow"
[relay]
kind = "flood"
[workload]
chat = { kind = "poisson", rate = "1 /s", size = "100 B" }
"""


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name).resolve()

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ORRERY_") and k != "NO_COLOR"}
        return kept | {"TERM": "xterm"} | variables

    def orrery(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run([BINARY, *arguments], cwd=self.folder, env=self.environment(**variables),
                              stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")

    def says(self, *arguments: str, **variables: str) -> str:
        """Its standard output. The verb does what it should and has nothing to remark."""
        done = self.orrery(*arguments, **variables)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return done.stdout

    def refuses(self, *arguments: str, code: int = 2, **variables: str) -> str:
        """Its standard error. The verb does nothing, and prints nothing that could be taken for data."""
        before = self.listing()
        done = self.orrery(*arguments, **variables)
        self.assertEqual((done.returncode, done.stdout), (code, ""), (arguments, done.stderr))
        self.assertEqual(self.listing(), before, arguments)
        return done.stderr

    def listing(self) -> dict[str, tuple[int, int]]:
        """All there is in the folder, with length and time of change."""
        found = {}
        for path in self.folder.rglob("*"):
            about = path.lstat()
            found[str(path.relative_to(self.folder))] = (about.st_size, about.st_mtime_ns)
        return found


def main() -> None:
    global BINARY
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(module="__main__")
