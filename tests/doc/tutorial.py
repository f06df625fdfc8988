#!/usr/bin/python3
"""Plays doc/tutorial.md in a copy of the repository: runs its commands, applies its changes, finds what it shows.

A block marked `sh` is run by bash from the root of the copy; a block marked `diff` is applied; a block marked `text`
shows lines, in their order, whose beginnings the output of the block before must have.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = shutil.ignore_patterns("build", "build-*", ".git", "__pycache__", "node_modules")


def not_copied(folder: str, names: list[str]) -> set[str]:
    """What no clone has: of results, all but the baselines."""
    runs = set(names) - {"baselines"} if Path(folder) == ROOT / "results" else set()
    return MADE(folder, names) | runs


def blocks(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(sh|diff|text)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def apply(diff: str, root: Path) -> None:
    """Diffs for people have hunks without numbers: each is found by its unchanged and removed lines."""
    path = root / re.search(r"^\+\+\+ b/(.*)$", diff, re.MULTILINE)[1]
    text = path.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE)[1:]:
        lines = [line or " " for line in hunk.splitlines()]
        before = "".join(line[1:] + "\n" for line in lines if line[0] in " -")
        after = "".join(line[1:] + "\n" for line in lines if line[0] in " +")
        if text.count(before) != 1:
            sys.exit(f"{path.name}: this is not there once:\n{before}")
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def missing(shown: str, output: str) -> str:
    """The first line of `shown` that `output` lacks, or nothing."""
    lines = iter(output.splitlines())
    for want in shown.splitlines():
        if not any(line.startswith(want) for line in lines):
            return want
    return ""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "orrery"
        shutil.copytree(ROOT, root, ignore=not_copied)
        environment = dict(os.environ, PATH=f"{root}/build/release/scenarios/cli:{os.environ['PATH']}")
        output = ""
        for kind, text in blocks((ROOT / "doc/tutorial.md").read_text(encoding="utf-8")):
            if kind == "diff":
                apply(text, root)
            elif kind == "text":
                if line := missing(text, output):
                    sys.exit(f"{output}\nthe tutorial shows a line that did not come:\n{line}")
            else:
                print(text, end="", flush=True)
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=root, env=environment, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                output = done.stdout
                if done.returncode != 0:
                    sys.exit(f"{output}\nexit {done.returncode}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
