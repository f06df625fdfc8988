#!/usr/bin/python3
"""Each exit code, and what goes with it: 0 holds, 1 fails or is undecided, 2 usage, 3 environment, 4 our own fault.

Usage: exit_codes.py ORRERY
"""
import json
import os
import signal
import sqlite3
import subprocess

import case

SILENT = ("--set", "workload.chat.rate=0.000001/s")  # one message in eleven days, of which the run sees none
HASTY = ("--set", "check.delivered.within=1ms")


class ExitCodes(case.Case):
    def verdicts(self, code: int, *options: str) -> dict[str, str]:
        done = self.orrery("run", "hello", "--json", *options)
        self.assertEqual((done.returncode, done.stderr), (code, ""), options)
        return {verdict["name"]: verdict["verdict"] for verdict in json.loads(done.stdout)["verdicts"]}

    def test_0_if_all_hold(self):
        self.assertEqual(self.verdicts(0), {"delivered": "pass", "intact": "pass"})

    def test_1_if_one_fails(self):
        self.assertEqual(self.verdicts(1, *HASTY), {"delivered": "fail", "intact": "pass"})
        self.assertEqual(self.verdicts(1, *HASTY, "--allow-undecided"), {"delivered": "fail", "intact": "pass"})

    def test_1_if_one_is_undecided_unless_that_is_allowed(self):
        undecided = {"delivered": "undecided", "intact": "undecided"}
        self.assertEqual(self.verdicts(1, *SILENT), undecided)
        self.assertEqual(self.verdicts(0, *SILENT, "--allow-undecided"), undecided)

    def test_3_if_the_results_cannot_be_written(self):
        (self.folder / "results").write_text("no folder")
        self.assertRegex(self.refuses("run", "hello", code=3),
                         r"^error: cannot write results: .*/results/hello: Not a directory; choose a place .*\n$")
        self.assertIn("cannot write records", self.refuses("run", "hello", "--records", "gone/records", code=3))

    def test_3_if_the_records_are_cut(self):
        few = ("--set", "nodes=5", "--set", "duration=1ms", "--set", "warmup=0s", "--set", "drain=1ms", "--set",
               "check.delivered.within=1ms")
        for options in ((), few):  # few enough to be lost at the end only
            done = self.orrery("run", "hello", "--records", "/dev/full", *options)
            self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
            self.assertIn("error: cannot write records to /dev/full: ", done.stderr)
            self.assertIn("there is no result", self.orrery("show", "last").stderr)

    def test_3_if_the_answer_cannot_be_written(self):
        for verb in (["list"], ["describe"], ["--help-all"], ["run", "hello", "--json"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([case.BINARY, *verb], cwd=self.folder, env=self.environment(), stdout=full,
                                      stderr=subprocess.PIPE, encoding="utf-8")
            self.assertEqual((done.returncode, done.stderr[:7]), (3, "error: "), verb)

    def test_3_without_a_library(self):
        remedy = "set ORRERY_LIBRARY to the folder scenarios/library of the sources"
        self.assertIn(remedy, self.refuses("list", code=3, ORRERY_LIBRARY="/nonexistent"))
        self.assertIn(remedy, self.refuses("run", "hello", code=2, ORRERY_LIBRARY="/nonexistent"))
        done = self.orrery("doctor", ORRERY_LIBRARY="/nonexistent")
        self.assertEqual((done.returncode, done.stderr), (3, ""))
        self.assertIn(f"BAD   0 scenarios in /nonexistent\n      {remedy}\n", done.stdout)

    def test_4_if_an_equal_run_of_this_commit_was_different(self):
        first = json.loads(self.says("run", "hello", "--json"))
        with sqlite3.connect(f"{first['results']}/run.sqlite") as database:
            database.execute("UPDATE runAttr SET attrValue = 'other' WHERE attrName = 'fingerprint'")
        database.close()
        done = self.orrery("run", "hello", "--json")
        # Only a clean tree can accuse itself; other builds say that both are kept.
        certain = bool(first["commit"]) and not first["dirty"]
        self.assertEqual(done.returncode, 4 if certain else 0)
        self.assertIn("has another fingerprint", done.stderr)
        self.assertEqual(json.loads(done.stdout)["results"], first["results"] + "-2")

    def test_0_if_another_commit_was_different(self):
        first = json.loads(self.says("run", "hello", "--json"))
        with sqlite3.connect(f"{first['results']}/run.sqlite") as database:
            database.execute("UPDATE runAttr SET attrValue = 'other' WHERE attrName IN ('fingerprint', 'commit')")
        database.close()
        done = self.orrery("run", "hello")
        self.assertEqual(done.returncode, 0)
        self.assertIn("another version of Orrery made it; both are kept", done.stderr)

    def test_4_if_a_check_of_our_own_aborts(self):
        with subprocess.Popen([case.BINARY, "run", "relay/flood-world"], cwd=self.folder, env=self.environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            while not list(self.folder.glob("results/*/*/*/run.sqlite")):  # it has begun
                self.assertIsNone(process.poll())
            os.kill(process.pid, signal.SIGABRT)
            process.communicate()
        self.assertEqual(process.returncode, 4)


if __name__ == "__main__":
    case.main()
