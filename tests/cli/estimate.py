#!/usr/bin/python3
"""`orrery run --estimate`: says what a run takes, to a factor of 2 either way, and makes and keeps nothing.

Of processor time, which other work on the machine stretches, a factor of 4: `scripts/bench estimate` looks closer.
Usage: estimate.py ORRERY
"""
import json
import os
import shutil
import sqlite3
import subprocess

import case

CHATTY = """\
orrery = 1
nodes = 5
duration = "600 s"
[network]
kind = "constant"
topology = { kind = "random_regular", degree = 4 }
[relay]
kind = "gossipsub"
[workload]
chat = { kind = "poisson", rate = "100 /s", size = "100 B" }
"""

# A scenario, what is changed in it, and whether the run is longer than a pilot.
RUNS = [
    ("hello", [], False),
    ("hello", ["duration=2min", "workload.chat.rate=200/s"], True),
    ("chatty.toml", [], True),  # few nodes, many messages
    ("relay/flood-churn", ["duration=5min"], True),
    ("relay/flood-faults", ["duration=4min"], True),
    ("relay/flood-home", ["duration=10min"], True),
    ("relay/flood-world", [], True),
    ("relay/flood-world", ["nodes=10000", "duration=8s"], True),  # many nodes, few messages
    ("relay/irc", ["duration=5min", "cpu.speed=1"], False),
    ("relay/irc", ["duration=20min", "cpu.speed=1"], True),
    ("relay/world", ["nodes=600", "duration=4min"], True),
]


class Estimate(case.Case):
    def setUp(self):
        super().setUp()
        (self.folder / "chatty.toml").write_text(CHATTY)

    def estimate(self, *arguments: str) -> dict:
        before = self.listing()
        told = json.loads(self.says("run", *arguments, "--estimate", "--json"))
        self.assertEqual(self.listing(), before)
        return told

    def run_and_measure(self, *arguments: str) -> dict:
        process = subprocess.Popen([case.BINARY, "run", *arguments, "--out", "kept", "--json"], cwd=self.folder,
                                   env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with process.stdout, process.stderr:
            out = process.stdout.read()
            errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertIn(process.returncode, (0, 1), errors)  # a check may fail in a changed world
        kept = sum(path.stat().st_size for path in (self.folder / "kept").rglob("*") if path.is_file())
        told = json.loads(out)
        # Not ru_maxrss, which starts at what Python had when it forked.
        with sqlite3.connect(self.folder / "kept/run.sqlite") as database:
            ((peak_bytes,),) = database.execute("SELECT peakBytes FROM performance").fetchall()
        database.close()
        return {"events": told["events"], "virtual_ns": told["virtual_ns"], "peak_bytes": peak_bytes,
                "cpu_ns": (usage.ru_utime + usage.ru_stime) * 1e9, "results_bytes": kept}

    def test_what_follows_is_within_a_factor_of_two(self):
        for name, sets, is_longer in RUNS:
            arguments = [name, *(word for each in sets for word in ("--set", each))]
            with self.subTest(arguments):
                told = self.estimate(*arguments)
                came = self.run_and_measure(*arguments)
                self.assertEqual(told["virtual_ns"], came["virtual_ns"])
                self.assertEqual(told["pilot"]["is_whole"], not is_longer)
                for figure, most in (("events", 2), ("peak_bytes", 2), ("results_bytes", 2), ("cpu_ns", 4)):
                    ratio = told[figure] / came[figure]
                    self.assertTrue(1 / most <= ratio <= most, (figure, told[figure], came[figure]))
            shutil.rmtree(self.folder / "kept", ignore_errors=True)

    def test_people_get_words(self):
        text = self.says("run", "hello", "--estimate")
        self.assertRegex(text, r"^about 720 events, .* MiB of memory, .* s on one core of this machine, .*\n"
                               r"for 5 s of virtual time, 20 nodes, \d+ messages\n")

    def test_what_makes_no_sense_with_it_is_refused(self):
        for option in ("--repeat=2", "--records=all.bin"):
            self.assertIn("--estimate", self.refuses("run", "hello", "--estimate", option))
        self.refuses("run", "hello", "--estimate", "--set", "nodes=0")


if __name__ == "__main__":
    case.main()
