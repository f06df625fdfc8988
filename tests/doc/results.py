#!/usr/bin/python3
"""The data dictionary in doc/results.md is what `orrery describe results` prints. With ORRERY_REWRITE=1 it becomes so.

Usage: results.py ORRERY
"""
import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "doc/results.md"
BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    told = subprocess.run([sys.argv[1], "describe", "results"], check=True, capture_output=True, text=True).stdout
    page = PAGE.read_text(encoding="utf-8")
    if BLOCK.search(page)[1] == told:
        return 0
    if os.environ.get("ORRERY_REWRITE"):
        PAGE.write_text(BLOCK.sub(lambda _: f"```text\n{told}```", page), encoding="utf-8")
        return 0
    print(f"doc/results.md is out of date: ORRERY_REWRITE=1 {' '.join(sys.argv)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
