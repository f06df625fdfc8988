"""Shell check: shellcheck finds nothing in our scripts.

Why: a script that breaks on a blank in a path, or goes on after an error, breaks on somebody's first day.
"""
import subprocess
from pathlib import Path

from sources import Finding, walk


def find(root: Path) -> list[Finding]:
    scripts = []
    for folder in ("scripts", ".ci", "tests"):
        for path in walk(root / folder):
            if path.suffix == ".sh" or path.read_bytes().startswith(b"#!/usr/bin/env bash\n"):
                scripts.append(path.relative_to(root).as_posix())
    if not scripts:
        return []
    shellcheck = subprocess.run(["shellcheck", "--external-sources", "--format=gcc", *scripts], cwd=root,
                                capture_output=True, text=True)
    findings = []
    for line in shellcheck.stdout.splitlines():
        path, number, _, says = line.split(":", 3)
        findings.append(Finding(path, int(number), says.strip()))
    if shellcheck.returncode and not findings:
        raise RuntimeError(shellcheck.stderr)
    return findings
