"""Tidy check: small rules that keep every file readable.

Why: a reader opens any file and knows within a minute what it is for. A file of a thousand lines, or a note about work
that somebody meant to do, costs every reader that minute.
"""
import re
from pathlib import Path

from sources import FOLDERS, Finding, files

COLUMNS_MAX = 120
LINES_MAX = 600
HEAD = 15  # a longer file says `Long because` within its first lines
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def find(root: Path) -> list[Finding]:
    findings = []
    for path, text in files(root, FOLDERS, (".h", ".cc", ".py", ".toml", ".mjs")):
        lines = text.splitlines()

        def add(line: int, says: str) -> None:
            findings.append(Finding(path, line, says))

        if path.endswith(".h") and "#pragma once" not in lines:
            add(1, "a header begins with #pragma once")
        if text and not text.endswith("\n"):
            add(len(lines), "the last line lacks its line feed")
        if len(lines) > LINES_MAX and not any("Long because" in line for line in lines[:HEAD]):
            add(LINES_MAX, f"{len(lines)} lines: split it, or say `Long because ...` in its head")
        for number, line in enumerate(lines, 1):
            if "\t" in line:
                add(number, "a tab: use spaces")
            if len(line) > COLUMNS_MAX:
                add(number, f"{len(line)} columns; {COLUMNS_MAX} at most")
            if UNFINISHED.search(line):
                add(number, "unfinished work belongs in an issue")
    return findings
