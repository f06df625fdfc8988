#!/usr/bin/python3
"""scripts/new-protocol writes all or nothing: a name that cannot be, or a file in its way, leaves all as it was."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = (".clang-format", "scripts", "protocols", "simcore", "scenarios", "tests/golden", "doc/wire.md")


# The tutorial plays this test in a repository that has relay/echo, so the names here are others.
class NewProtocol(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name).resolve()
        for path in COPIED:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / path).is_dir():
                shutil.copytree(ROOT / path, self.root / path)
            else:
                shutil.copy(ROOT / path, self.root / path)

    def make(self, name: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.root / "scripts/new-protocol", name], capture_output=True, text=True)

    def contents(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def refuses(self, name: str, says: str) -> None:
        before = self.contents()
        done = self.make(name)
        self.assertEqual((done.returncode, done.stdout), (1, ""), name)
        self.assertIn(says, done.stderr, name)
        self.assertEqual(self.contents(), before, name)

    def test_a_free_name(self):
        before = self.contents()
        for name in ("parrot", "slow_parrot"):
            done = self.make(f"relay/{name}")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        after = self.contents()
        self.assertEqual(set(before) - set(after), set())
        self.assertIn("scenarios/library/relay/slow_parrot.toml", set(after) - set(before))
        self.assertIn(b"kSlowParrot", after["protocols/events/ids.h"])
        self.assertIn(b"`/orrery/slow_parrot/1.0.0`", after["doc/wire.md"])
        self.refuses("relay/parrot", "already")

    def test_files_in_the_way(self):
        self.refuses("relay/world", "scenarios/library/relay/world.toml exists already")
        (self.root / "tests/golden/relay_parrot").mkdir()
        (self.root / "tests/golden/relay_parrot/parrot.txt").write_text("precious")
        self.refuses("relay/parrot", "tests/golden/relay_parrot/parrot.txt exists already")

    def test_words_of_the_language(self):
        for name in ("class", "default", "co_await", "std", "orrery"):
            self.refuses(f"relay/{name}", "has a meaning in C++")

    def test_names_that_are_taken(self):
        for name, says in (("flood", "already"), ("outbound", "already"), ("application", "already"),
                           ("connector", "already"), ("stacks", "already"), ("events", "already"),
                           ("link", "another Link"), ("message", "another Message"), ("context", "another Context"),
                           ("ids", "namespace orrery has it"), ("wire", "namespace orrery has it"),
                           ("spec", "target orrery_spec"), ("field", "namespace orrery has it"),
                           ("describe", "namespace orrery has it"), ("engine", "target orrery_engine")):
            self.refuses(f"relay/{name}", says)

    def test_names_of_another_form(self):
        for name in ("echo", "relay/", "relay/Echo", "relay/a__b", "relay/../echo", "nowhere/echo"):
            self.refuses(name, "scripts/new-protocol: ")


if __name__ == "__main__":
    unittest.main()
