"""Ban check: what would make a run differ from one machine, compiler or process to the next is not written.

Why: one forgotten clock or hash table makes a fingerprint worthless, often weeks later and on another's machine.
Each ban names what to use instead. A line that must be an exception says `// ban-ok: reason`.

What cannot be found by reading lines, and is left to reviewers and to the fingerprint tests: std::sort with a key
that is not total, hashing of padded structs, two emits in one full expression.
"""
import re
from pathlib import Path
from typing import NamedTuple

from sources import Finding, code_of, files, line_of

DETERMINISTIC = ("simcore/base", "simcore/codec", "simcore/trace", "simcore/node", "simcore/host", "simcore/network",
                 "simcore/engine", "protocols", "scenarios/workloads", "scenarios/faults")
PURE = ("simcore/node", "protocols")


class Ban(NamedTuple):
    name: str
    pattern: str  # on code without comments and literals
    instead: str
    folders: tuple = DETERMINISTIC


_THREADS = "thread|shared_mutex|mutex|atomic|future|condition_variable|barrier|latch"
# `Log log(options)` is a declaration that looks like a call: rename it, or say ban-ok.
_LIBM = ("log|log2|log10|log1p|exp|exp2|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|"
         "erf|erfc|tgamma|lgamma|cbrt|hypot|fma|fmod|ldexp|frexp")
_STD_LIBM = _LIBM + "|floor|ceil|round|lround|llround|trunc|rint|nearbyint|remainder"

BANS = [
    Ban("unordered container", r"\bstd::unordered_\w+|<unordered_(?:map|set)>|\bboost::unordered\w*",
        "its order is the library's and the allocator's: std::map, std::set or a sorted std::vector"),
    Ban("std::hash", r"\bstd::hash\b", "the library chooses it: simcore/base/hash.h"),
    Ban("pointer as key", r"\b(?:map|set|multimap|multiset|less|greater)<\s*(?:const\s+)?[\w:]+(?:\s+const)?\s*\*",
        "addresses differ between runs: key by an id"),
    Ban("system clock",
        r"<chrono>|<ctime>|<time\.h>|<sys/time\.h>|\bstd::(?:chrono|time|clock)\b|"
        r"\b(?:clock_gettime|gettimeofday|timespec_get)\b",
        "the host owns time: ctx.now(), ctx.wall()"),
    Ban("foreign randomness",
        r"<random>|\bstd::(?:mt19937\w*|minstd_\w+|random_device|default_random_engine|\w+_distribution)\b|"
        r"\bstd::(?:shuffle|sample)\b|\bboost::random\b|\bs?rand\s*\(|\b(?:getrandom|getentropy|arc4random\w*)\b",
        "its draws are not keyed, or differ between libraries: ctx.rng(), simcore/base/rng.h"),
    Ban("libm", rf"\bstd::(?:{_STD_LIBM})[fl]?\s*\(|(?<![\w.>:])(?:::)?(?:{_LIBM})f?\s*\(\s*[^)\s]|<math\.h>",
        "other CPUs give other bits: simcore/base/math.h, or a cast to an integer; std::sqrt is exact and allowed"),
    Ban("long double", r"\blong\s+double\b", "its width is the machine's: double or integers"),
    Ban("mutable static",
        r"\bthread_local\b|"
        r"\bstatic\s+(?!const\b|constexpr\b|constinit\s+const\b|inline\s+const|assert)[^;(){}=]*[\w>\]]\s*[;={]|"
        r"^inline\s+(?!const|namespace\b)[\w:<>, ]+\s\w+\s*[;={]",
        "two runs in one process would share it: a member"),
    Ban("thread", rf"<(?:{_THREADS})>|\bstd::(?:{_THREADS}|jthread|async|promise)\b|\bpthread_\w+",
        "a step runs alone: effects, timers; only the engine's workers are threads"),
    Ban("two draws in one expression", r"\brng(?:\(\w*\))?\.\w+\([^;{}]*\brng(?:\(\w*\))?\.\w+\(",
        "compilers evaluate arguments in opposite orders: one draw a statement"),
    Ban("input and output", r"<(?:fstream|iostream|cstdio|stdio\.h|filesystem|sys/socket\.h|unistd\.h)>|\bgetenv\b",
        "the host owns the world: effects, records", PURE),
    Ban("shared_ptr", r"\bstd::(?:shared_ptr|weak_ptr|make_shared)\b",
        "ownership must be spoken: values, std::unique_ptr, pinned frames", PURE),
]

# In build files too: flags that let a compiler change the bits of a double, or use what only some CPUs have.
FAST_MATH = Ban(
    "fast math",
    r"-ffast-math|-Ofast|-funsafe-math-optimizations|-fassociative-math|-ffp-contract=(?:fast|on)|-march=native",
    "doubles would get other bits: -ffp-contract=off, and no such flag")
TOP_BUILD_FILES = ("CMakeLists.txt", "CMakePresets.json")

# Exceptions that stand for a whole file: (file, ban) and why.
EXCEPTIONS = {
    ("simcore/base/check.cc", "mutable static"): "the failure context, read only while the process dies",
    ("simcore/engine/team.h", "thread"): "the engine's workers",
    ("simcore/engine/team.cc", "thread"): "the engine's workers",
    ("simcore/node/frame.h", "thread"): "the engine's workers share frames",
    ("simcore/base/math.cc", "libm"): "log and exp of Boost.Multiprecision numbers: software arithmetic",
}


def find(root: Path) -> list[Finding]:
    findings = []
    for path, text in files(root, ("simcore", "protocols", "scenarios")):
        code = code_of(text)
        lines = text.splitlines()
        for ban in BANS:
            if not path.startswith(tuple(folder + "/" for folder in ban.folders)) or (path, ban.name) in EXCEPTIONS:
                continue
            for found in re.finditer(ban.pattern, code, re.MULTILINE):
                line = line_of(code, found.start())
                if not re.search(r"// ban-ok: \w", lines[line - 1]):
                    findings.append(Finding(path, line, f"{ban.name}: {ban.instead}"))
    return findings + _find_in_build_files(root)


def _find_in_build_files(root: Path) -> list[Finding]:
    findings = []
    tops = [(name, (root / name).read_text(encoding="utf-8")) for name in TOP_BUILD_FILES if (root / name).exists()]
    for path, text in [*tops, *files(root, suffixes=("CMakeLists.txt",))]:
        for found in re.finditer(FAST_MATH.pattern, text):
            findings.append(Finding(path, line_of(text, found.start()), f"{FAST_MATH.name}: {FAST_MATH.instead}"))
    return findings
