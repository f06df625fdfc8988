#!/usr/bin/python3
"""Runs the named checks (all, if none is named) on the repository; prints what they find, and why they look."""
import sys
from pathlib import Path

import bans
import layers
import shell
import tidy
import wire

CHECKS = {"layers": layers, "bans": bans, "tidy": tidy, "shell": shell, "wire": wire}


def main(names: list[str]) -> int:
    root = Path(__file__).resolve().parents[2]
    failed = False
    for name in names or CHECKS:
        findings = CHECKS[name].find(root)
        for finding in findings:
            print(finding)
        if findings:
            failed = True
            print(f"\n{CHECKS[name].__doc__}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
