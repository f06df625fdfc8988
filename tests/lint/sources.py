"""The files that the checks read, and how a finding looks."""
import re
from pathlib import Path
from typing import Iterator, NamedTuple

FOLDERS = ("simcore", "protocols", "scenarios", "tests")


class Finding(NamedTuple):
    path: str  # from the repository root
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


def files(root: Path, folders=FOLDERS, suffixes=(".h", ".cc")) -> Iterator[tuple[str, str]]:
    """(path from the root, text) of each file, in order of path."""
    for folder in folders:
        for path in walk(root / folder):
            if path.name.endswith(suffixes):
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def walk(folder: Path) -> Iterator[Path]:
    """Our files below a folder, in order; what npm installed there is not ours."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_file():
            yield path
        elif path.name != "node_modules":
            yield from walk(path)


_NOT_CODE = re.compile(
    r'''//[^\n]*  |  /\*.*?\*/  |  R"(?P<end>[^(\s]*)\(.*?\)(?P=end)"  |  "(?:\\.|[^"\\\n])*"'''
    r"""|  (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.VERBOSE,
)


def code_of(text: str) -> str:
    """The text with comments and literals blanked out; every character keeps its line. #include lines stay whole."""

    def blank(found: re.Match) -> str:
        line_start = text.rfind("\n", 0, found.start()) + 1
        if found[0].startswith('"') and text[line_start : found.start()].strip() == "#include":
            return found[0]
        return re.sub(r"[^\n]", " ", found[0])

    return _NOT_CODE.sub(blank, text)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
