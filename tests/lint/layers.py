"""Layer check: every #include "..." and every linked target follows the arrows of doc/architecture.md.

Why: a protocol that includes a host runs on that host only; two protocols that include each other can no longer be
swapped by a scenario. The compiler accepts both, since one include path serves all folders; so this test reads the
lines.
"""
import re
from pathlib import Path

from sources import Finding, files, line_of

BASE = ["simcore/base"]
CONTRACT = BASE + ["simcore/codec", "simcore/crypto", "simcore/trace", "simcore/node"]
ALL_OF_SIMCORE = CONTRACT + ["simcore/host", "simcore/network", "simcore/engine"]
LIVE = ["simcore/live", "simcore/live/*"]
ALL_PROTOCOLS = ["protocols/events", "protocols/*", "protocols/stacks"]
WORLD = ALL_OF_SIMCORE + ALL_PROTOCOLS

# A folder, and what its files may include besides their neighbours. The first pattern that fits a folder counts;
# `protocols/*` is each folder of one protocol, at any depth, and never lets in another protocol.
MAY_INCLUDE = {
    "simcore/base": [],
    "simcore/codec": BASE,
    "simcore/crypto": BASE + ["simcore/crypto/*"],
    "simcore/crypto/*": BASE + ["simcore/crypto"],
    "simcore/trace": BASE + ["simcore/codec"],
    "simcore/node": BASE + ["simcore/codec", "simcore/trace"],
    "simcore/host": CONTRACT,
    "simcore/network": BASE + ["simcore/node"],
    "simcore/engine": BASE + ["simcore/codec", "simcore/trace", "simcore/node", "simcore/host", "simcore/network"],
    "simcore/live/transport": BASE + ["simcore/codec", "simcore/crypto"],
    "simcore/live": CONTRACT + ["simcore/host", "simcore/live/transport"],
    "protocols/events": CONTRACT,
    "protocols/stacks": CONTRACT + ["protocols/events", "protocols/*"],
    "protocols/*": CONTRACT + ["protocols/events"],
    "scenarios/spec": BASE + ["simcore/crypto"],
    "scenarios/workloads": BASE + ["simcore/network", "scenarios/spec"],
    "scenarios/faults": BASE + ["simcore/host", "simcore/network", "scenarios/spec"],
    # Checkers read records and nothing else; so they can judge the log of real machines.
    "scenarios/checkers": BASE + ["simcore/codec", "simcore/trace", "protocols/events", "scenarios/spec"],
    "scenarios/run": WORLD + ["scenarios/spec", "scenarios/workloads", "scenarios/faults", "scenarios/checkers"],
    "scenarios/replay": WORLD + ["scenarios/spec", "scenarios/run"],
    "scenarios/suite": BASE + ["scenarios/spec", "scenarios/run", "scenarios/checkers"],
    "scenarios/bench": WORLD + ["scenarios/spec", "scenarios/run"],
    "scenarios/node": WORLD + LIVE + ["scenarios/spec", "scenarios/run"],
    "scenarios/cli": WORLD
    + ["scenarios/spec", "scenarios/workloads", "scenarios/faults", "scenarios/checkers", "scenarios/run",
       "scenarios/replay", "scenarios/suite", "scenarios/node", "scenarios/bench"],
    "tests/*": WORLD + LIVE + ["scenarios/*", "tests/*"],
}


def _fits(pattern: str, folder: str) -> bool:
    return folder == pattern or (pattern.endswith("/*") and folder.startswith(pattern[:-1]))


def _layer(folder: str) -> str | None:
    return next((pattern for pattern in MAY_INCLUDE if _fits(pattern, folder)), None)


def _may(folder: str, layer: str, target_folder: str) -> bool:
    return target_folder == folder or any(_fits(allowed, target_folder) for allowed in MAY_INCLUDE[layer])


def _against(what: str, folder: str, layer: str) -> str:
    allowed = ", ".join(MAY_INCLUDE[layer]) or "nothing"
    return f"{what} goes against the arrows: {folder} may use itself and {allowed}"


def find(root: Path) -> list[Finding]:
    return _find_includes(root) + _find_links(root)


def _find_links(root: Path) -> list[Finding]:
    libraries = []  # (CMakeLists.txt, line, folder, target, what it links)
    for path, text in files(root, suffixes=("CMakeLists.txt",)):
        for library in re.finditer(r"^orrery_library\((\w+)([^)]*)\)", text, re.MULTILINE):
            libraries.append((path, line_of(text, library.start()), path.rpartition("/")[0], library[1],
                              re.findall(r"\borrery_\w+", library[2])))
    folder_of = {target: folder for _, _, folder, target, _ in libraries}
    findings = []
    for path, line, folder, _, links in libraries:
        layer = _layer(folder)
        for target in links:
            if layer and target in folder_of and not _may(folder, layer, folder_of[target]):
                findings.append(Finding(path, line, _against(target, folder, layer)))
    return findings


def _find_includes(root: Path) -> list[Finding]:
    findings = []
    for path, text in files(root):
        folder = path.rpartition("/")[0]
        layer = _layer(folder)
        if layer is None:
            findings.append(Finding(path, 1, f"{folder} is no layer yet: give it a row in tests/lint/layers.py"))
            continue
        for number, line in enumerate(text.splitlines(), 1):
            included = re.match(r'\s*#\s*include\s*"([^"]*)"', line)
            if not included:
                continue
            target, target_folder = included[1], included[1].rpartition("/")[0]
            if not (root / target).is_file():
                says = f'"{target}" is no file: write includes from the repository root'
            elif _may(folder, layer, target_folder):
                continue
            else:
                says = _against(f'"{target}"', folder, layer)
            findings.append(Finding(path, number, says))
    return findings
