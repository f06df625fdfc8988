"""Wire check: doc/wire.md lists every module and every message tag of protocols/.

Why: a number on the wire is never used again, and the page is where somebody who needs a new one looks.
"""
import re
from pathlib import Path

from sources import Finding, code_of, files

IDS = "protocols/events/ids.h"
PAGE = "doc/wire.md"
MODULE = re.compile(r"\bModuleId (k\w+) = (\d+);")
OF_MODULE = re.compile(r"\bkModule = ids::(k\w+);")
STRUCT = re.compile(r"^struct (\w+)[^;{]*\{\n(.*?)^\};", re.MULTILINE | re.DOTALL)
TAG = re.compile(r"\bkTag = (\d+);")


def rows_of(page: str) -> dict[str, str]:
    """The row of each module, by its number."""
    return {found[1]: found[0] for found in re.finditer(r"^\| (\d+) \|.*$", page, re.MULTILINE)}


def find(root: Path) -> list[Finding]:
    if not (root / IDS).exists():
        return []  # a repository of a few planted files
    page = root / PAGE
    rows = rows_of(page.read_text(encoding="utf-8") if page.exists() else "")
    findings = []
    numbers, modules, messages = {}, {}, []
    for path, text in files(root, ("protocols",)):
        code = code_of(text)
        folder = path.rpartition("/")[0]
        for found in MODULE.finditer(code):
            line = code.count("\n", 0, found.start()) + 1
            numbers[found[1]] = found[2]
            if found[2] not in rows:
                findings.append(Finding(path, line, f"module {found[2]}, {found[1]}, has no row in {PAGE}"))
        for found in OF_MODULE.finditer(code):
            modules[folder] = found[1]
        for struct in STRUCT.finditer(code):
            if tag := TAG.search(struct[2]):
                line = code.count("\n", 0, struct.start()) + 1
                what = f"`{struct[1]}`" + ("," if "kForeign = true" in struct[2] else f" {tag[1]}")
                messages.append((path, line, folder, what))
    for path, line, folder, what in messages:
        row = rows.get(numbers.get(modules.get(folder, ""), ""), "")
        if not re.search(re.escape(what) + r"(?!\d)", row):
            findings.append(Finding(path, line, f"{what.rstrip(',')} is not in its module's row of {PAGE}"))
    return findings
