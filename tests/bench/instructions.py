#!/usr/bin/python3
"""How many instructions an event takes, counted by callgrind: the same on a busy machine as on a quiet one.

Each load runs twice, once for longer; what the longer run takes more, by event, is free of set-up and warm-up. A count
above the committed one by more than 3 % fails; one below it asks to be written down, so that it is not lost again.

  instructions.py ORRERY [--rewrite]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

COUNTS = Path(__file__).with_suffix(".json")
NODES, SHORT, LONG = 10_000, 200_000, 800_000
MARGIN = 0.03
SKIPPED = 77


def count(binary: str, load: str, events: int) -> tuple[int, int]:
    """Instructions of the whole process, and events in it that the load measured."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind.out"
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", binary, "bench", load,
                               "--nodes", str(NODES), "--events", str(events), "--json"],
                              capture_output=True, check=True, encoding="utf-8")
        (total,) = [line for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("summary: ")]
    return int(total.split()[1]), json.loads(done.stdout)["events"]


def instructions_per_event(binary: str, load: str) -> float:
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        short, long = pool.map(lambda events: count(binary, load, events), (SHORT, LONG))
    return (long[0] - short[0]) / (long[1] - short[1])


def verdict(load: str, found: float, committed: float) -> str:
    if found > committed * (1 + MARGIN):
        return f"FAIL: more than {MARGIN:.0%} over what is committed"
    if found < committed * (1 - MARGIN):
        return "better: write it down with --rewrite"
    return "good"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--rewrite", action="store_true", help="commit to what is found")
    arguments = parser.parse_args()
    if subprocess.run(["which", "valgrind"], stdout=subprocess.DEVNULL, check=False).returncode != 0:
        print("skipped: there is no valgrind; `scripts/setup` installs it")
        return SKIPPED
    committed = json.loads(COUNTS.read_text(encoding="utf-8"))
    code = 0
    for load in committed:
        found = instructions_per_event(arguments.binary, load)
        says = verdict(load, found, committed[load])
        print(f"{load}: {found:.1f} instructions an event, committed {committed[load]}: {says}", flush=True)
        if arguments.rewrite:
            committed[load] = round(found, 1)
        elif says.startswith("FAIL"):
            code = 1
    if arguments.rewrite:
        COUNTS.write_text(json.dumps(committed, indent=2) + "\n", encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
