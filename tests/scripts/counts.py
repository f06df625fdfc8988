#!/usr/bin/python3
"""scripts/lib.sh counts what ctest did: a test that could not run has failed, one that skips itself has not."""
import json
import subprocess
import tempfile
import unittest
from pathlib import Path

LIB = Path(__file__).resolve().parents[2] / "scripts/lib.sh"
PRESETS = {"version": 6,
           "configurePresets": [{"name": "toy", "generator": "Ninja", "binaryDir": "${sourceDir}/build/toy"}],
           "testPresets": [{"name": "toy", "configurePreset": "toy", "execution": {"noTestsAction": "error"}}]}
SKIPS = 'add_test(s "sh" "-c" "exit 77")\nset_tests_properties(s PROPERTIES SKIP_RETURN_CODE 77)\n'


class Counts(unittest.TestCase):
    def count(self, tests: str) -> tuple[int, str]:
        """Exit code and last line of a script that has just these tests."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "build/toy").mkdir(parents=True)
            (root / "CMakePresets.json").write_text(json.dumps(PRESETS))
            (root / "build/toy/CTestTestfile.cmake").write_text(tests)
            script = f"set -euo pipefail; . '{LIB}'; tests toy toy || true; finish"
            done = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True)
            return done.returncode, done.stdout.splitlines()[-1]

    def test_what_passes_fails_and_skips_itself(self):
        off = 'add_test(o "true")\nset_tests_properties(o PROPERTIES DISABLED TRUE)\n'
        self.assertEqual(self.count('add_test(a "true")\n' + SKIPS + off), (0, "1 passed, 0 failed, 2 skipped"))
        self.assertEqual(self.count('add_test(a "true")\nadd_test(b "false")\n'), (1, "1 passed, 1 failed, 0 skipped"))

    def test_what_could_not_run_has_failed(self):
        missing = 'add_test(m "/nonexistent/test")\n'
        self.assertEqual(self.count('add_test(a "true")\n' + missing + SKIPS), (1, "1 passed, 1 failed, 1 skipped"))
        lacks_a_file = 'add_test(f "true")\nset_tests_properties(f PROPERTIES REQUIRED_FILES /nonexistent)\n'
        self.assertEqual(self.count(lacks_a_file + missing), (1, "0 passed, 2 failed, 0 skipped"))

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(self.count(""), (1, "0 passed, 1 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()
