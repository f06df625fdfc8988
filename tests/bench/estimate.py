#!/usr/bin/python3
"""What `orrery run --estimate` says of runs, and what they then take.

  estimate.py BINARY [--quick] [--json]
"""
import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
from pathlib import Path

QUICK = ["hello", "relay/flood-churn duration=5min", "relay/flood-home duration=10min", "relay/irc duration=50min",
         "relay/world nodes=600 duration=4min"]
RUNS = [*QUICK, "hello duration=20min workload.chat.rate=100/s", "relay/flood-churn duration=15min",
        "relay/flood-faults duration=10min", "relay/flood-world nodes=10000 duration=10s",
        "relay/irc duration=50min cpu.speed=1", "relay/world"]
FIGURES = {"million events": ("events", 1e6), "MiB of memory": ("peak_bytes", 2**20), "CPU s": ("cpu_ns", 1e9)}


def play(binary: str, what: str, *options: str) -> dict:
    """The object that `orrery run` prints, with the memory and processor time of its process."""
    name, *sets = what.split()
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "run", name, *(f"--set={each}" for each in sets), "--json", *options]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            out = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # a check may fail in a changed world
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        told = {"cpu_ns": int((usage.ru_utime + usage.ru_stime) * 1e9), **json.loads(out)}
        if "results" in told:  # its own word: ru_maxrss starts at what Python had when it forked
            with sqlite3.connect(f"{told['results']}/run.sqlite") as database:
                (told["peak_bytes"],) = database.execute("SELECT peakBytes FROM performance").fetchone()
            database.close()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    binary = str(Path(arguments.binary).resolve())
    rows = []
    if not arguments.json:
        print("| estimated, real, ratio |", " | ".join(FIGURES), "|")
        print("|---" * (1 + len(FIGURES)) + "|")
    for what in QUICK if arguments.quick else RUNS:
        told, came = play(binary, what, "--estimate"), play(binary, what)
        rows.append({"run": what, **{key: [told[key], came[key]] for key, _ in FIGURES.values()}})
        if arguments.json:
            continue
        cells = [f"{told[key] / unit:.3g}, {came[key] / unit:.3g}, **{told[key] / came[key]:.2f}**"
                 for key, unit in FIGURES.values()]
        print(f"| `{what}` |", " | ".join(cells), "|", flush=True)
    if arguments.json:
        print(json.dumps({"schema": 1, "runs": rows}, indent=2))


if __name__ == "__main__":
    main()
