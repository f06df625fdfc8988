#!/usr/bin/python3
"""The checks find what is planted for them, and leave alone what is allowed."""
import tempfile
import unittest
from pathlib import Path

import bans
import layers
import shell
import tidy
import wire


def found_in(check, tree: dict[str, str]) -> list[str]:
    """What `check` says of a repository that holds just these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in tree.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return [str(finding) for finding in check.find(root)]


class Layers(unittest.TestCase):
    TARGETS = {path: "" for path in (
        "simcore/base/time.h", "simcore/node/context.h", "simcore/network/network.h", "simcore/engine/engine.h",
        "protocols/events/ids.h", "protocols/relay/flood/flood.h", "protocols/relay/echo/echo.h",
        "protocols/stacks/kinds.h", "scenarios/spec/spec.h", "scenarios/faults/crash.h", "scenarios/run/driver.h",
        "scenarios/cli/main.h")}

    def found(self, path: str, included: str) -> list[str]:
        return found_in(layers, self.TARGETS | {path: f'#include <vector>\n#include "{included}"\n'})

    def test_arrows_that_are_allowed(self):
        for path, included in (
            ("simcore/base/new.h", "simcore/base/time.h"),
            ("simcore/engine/new.cc", "simcore/network/network.h"),
            ("protocols/relay/flood/flood.cc", "protocols/relay/flood/flood.h"),
            ("protocols/relay/flood/flood.cc", "protocols/events/ids.h"),
            ("protocols/stacks/new.h", "protocols/relay/flood/flood.h"),
            ("scenarios/run/new.cc", "scenarios/faults/crash.h"),
            ("scenarios/cli/new.cc", "simcore/engine/engine.h"),
            ("tests/unit/engine/new_test.cc", "scenarios/run/driver.h"),
        ):
            self.assertEqual(self.found(path, included), [], path)

    def test_arrows_that_are_not(self):
        for path, included in (
            ("simcore/base/new.h", "simcore/node/context.h"),
            ("simcore/node/new.h", "simcore/engine/engine.h"),
            ("simcore/network/new.h", "simcore/engine/engine.h"),
            ("simcore/engine/new.h", "protocols/relay/flood/flood.h"),
            ("simcore/engine/new.h", "scenarios/spec/spec.h"),
            ("protocols/events/new.h", "protocols/relay/flood/flood.h"),
            ("protocols/relay/flood/new.h", "protocols/relay/echo/echo.h"),
            ("protocols/relay/flood/new.h", "protocols/stacks/kinds.h"),
            ("protocols/relay/flood/new.h", "simcore/engine/engine.h"),
            ("protocols/relay/flood/new.h", "simcore/network/network.h"),
            ("protocols/stacks/new.h", "scenarios/spec/spec.h"),
            ("scenarios/spec/new.h", "scenarios/faults/crash.h"),
            ("scenarios/spec/new.h", "protocols/relay/flood/flood.h"),
            ("scenarios/checkers/new.h", "simcore/engine/engine.h"),
            ("scenarios/checkers/new.h", "protocols/relay/flood/flood.h"),
            ("scenarios/faults/new.h", "scenarios/run/driver.h"),
            ("scenarios/run/new.h", "scenarios/cli/main.h"),
        ):
            says = self.found(path, included)
            self.assertEqual(len(says), 1, (path, included))
            self.assertIn(f"{path}:2: ", says[0])
            self.assertIn("goes against the arrows", says[0])

    def test_includes_start_at_the_root(self):
        self.assertIn("is no file", self.found("simcore/base/new.h", "time.h")[0])

    def test_a_new_folder_needs_a_row(self):
        self.assertIn("is no layer yet", found_in(layers, {"simcore/misc/new.h": ""})[0])

    def test_links_follow_the_arrows_too(self):
        tree = {
            "simcore/base/CMakeLists.txt": "orrery_library(orrery_base)\n",
            "simcore/engine/CMakeLists.txt": "orrery_library(orrery_engine DEPENDS orrery_base)\n",
            "protocols/relay/flood/CMakeLists.txt": "orrery_library(orrery_flood DEPENDS orrery_base fmt::fmt)\n",
        }
        self.assertEqual(found_in(layers, tree), [])
        tree["protocols/relay/flood/CMakeLists.txt"] = "# flood\norrery_library(orrery_flood DEPENDS orrery_engine)\n"
        self.assertIn("flood/CMakeLists.txt:2: orrery_engine goes against", found_in(layers, tree)[0])


class Bans(unittest.TestCase):
    PLANTED = {
        "unordered container": ("std::unordered_map<int, int> seen;", "#include <unordered_set>"),
        "std::hash": ("std::hash<Key>{}(key);",),
        "pointer as key": ("std::map<const Node*, int> by_node;", "std::set<Frame *> live;"),
        "system clock": ("#include <chrono>", "clock_gettime(CLOCK_REALTIME, &now);"),
        "foreign randomness": ("#include <random>", "std::shuffle(a, b, g);", "int x = rand();"),
        "libm": ("double y = std::exp(x);", "double y = log2(x);", "return 1 - ::pow(x, 3);", "std::floor(x);"),
        "long double": ("long double x = 0;",),
        "mutable static": ("static int calls = 0;", "  static std::vector<int> cache;", "static int table[4] = {};",
                           "thread_local int depth;", "inline int counter = 0;"),
        "thread": ("#include <atomic>", "std::mutex lock;"),
        "two draws in one expression": ("pair(ctx.rng().below(6), ctx.rng().below(6));",
                                        "f(rng.next64() - rng.next64());"),
        "input and output": ("#include <fstream>", 'getenv("HOME");'),
        "shared_ptr": ("std::shared_ptr<int> p;",),
    }

    def found(self, line: str, path: str = "protocols/relay/flood/flood.cc") -> list[str]:
        return found_in(bans, {path: f"// head\n{line}\n"})

    def test_each_ban_finds_what_is_planted(self):
        self.assertEqual(set(self.PLANTED), {ban.name for ban in bans.BANS})
        for ban in bans.BANS:
            for line in self.PLANTED[ban.name]:
                says = [s for s in self.found(line) if f": {ban.name}: {ban.instead}" in s]
                self.assertTrue(says, (ban.name, line))
                self.assertIn("flood.cc:2: ", says[0])

    def test_a_reason_lifts_a_ban(self):
        self.assertEqual(self.found("std::mutex lock;  // ban-ok: it guards the workers' queue"), [])
        self.assertEqual(len(self.found("std::mutex lock;  // ban-ok:")), 1)

    def test_what_is_allowed(self):
        for line in ("// a std::mutex would do, as in rand() and std::exp(x)",
                     'const char* text = "std::mutex";',
                     "double y = std::sqrt(x);",
                     "  static const Table table = build();",
                     "static constexpr int kMax = 3;",
                     "static Effect of(NodeId node) {",
                     "  static_assert(sizeof(Effect) == 32);",
                     "inline constexpr int kMax = 3;",
                     "inline namespace literals {",
                     "const auto high = config.log(4);",
                     "const int64_t big = 1'000'000; const char c = 'x';",
                     "const auto a = ctx.rng().below(6); const auto b = ctx.rng().below(6);",
                     "std::map<NodeId, Frame*> held;"):
            self.assertEqual(self.found(line), [], line)

    def test_bans_hold_where_events_are_decided(self):
        self.assertEqual(len(self.found("std::mutex lock;", "simcore/engine/heap.cc")), 1)
        self.assertEqual(self.found("std::mutex lock;", "simcore/crypto/real/keys.cc"), [])
        self.assertEqual(self.found("#include <fstream>", "simcore/network/text_file.cc"), [])

    def test_fast_math(self):
        for path in ("CMakeLists.txt", "CMakePresets.json", "simcore/base/CMakeLists.txt"):
            self.assertIn("fast math", found_in(bans, {path: "add_compile_options(-ffast-math)\n"})[0])
        self.assertEqual(found_in(bans, {"CMakeLists.txt": "add_compile_options(-ffp-contract=off)\n"}), [])


class Tidy(unittest.TestCase):
    def test_planted(self):
        header = "#pragma once\n"
        for path, text, says in (
            ("simcore/base/a.h", "int f();\n", ":1: a header begins"),
            ("simcore/base/a.h", header + "\tint f();\n", ":2: a tab"),
            ("simcore/base/a.h", header + "int f();", ":2: the last line"),
            ("simcore/base/a.h", header + "// " + "x" * 118 + "\n", ":2: 121 columns"),
            ("simcore/base/a.cc", "\n" * 601, ":600: 601 lines"),
            ("simcore/base/a.cc", "// TO" "DO: more\n", ":1: unfinished"),
        ):
            found = found_in(tidy, {path: text})
            self.assertEqual(len(found), 1, text)
            self.assertIn(path + says, found[0])

    def test_allowed(self):
        self.assertEqual(found_in(tidy, {"simcore/base/a.h": "#pragma once\n// " + "é" * 117 + "\n"}), [])
        self.assertEqual(found_in(tidy, {"simcore/base/a.cc": "// Long because it is one table.\n" + "\n" * 700}), [])


class Shell(unittest.TestCase):
    def test_planted(self):
        found = found_in(shell, {"scripts/bad": "#!/usr/bin/env bash\nrm $1\n"})
        self.assertEqual(len(found), 1)
        self.assertIn("scripts/bad:2: ", found[0])

    def test_allowed(self):
        good = {"scripts/good": '#!/usr/bin/env bash\nrm "$1"\n', "scripts/other.py": "rm $1\n"}
        self.assertEqual(found_in(shell, good), [])


class Wire(unittest.TestCase):
    TREE = {
        "protocols/events/ids.h": "inline constexpr ModuleId kFlood = 3;\ninline constexpr ModuleId kRpc = 4;\n",
        "protocols/relay/flood/flood.h": "struct Message {\n  static constexpr uint8_t kTag = 16;\n};\n"
                                         "class Flood {\n  static constexpr ModuleId kModule = ids::kFlood;\n};\n",
        "protocols/relay/rpc/rpc.h": "struct Rpc {\n  kTag = 0;\n  kForeign = true;\n};\n",
        "protocols/relay/rpc/relay.h": "class Relay {\n  kModule = ids::kRpc;\n};\n",
        "doc/wire.md": "| 3 | `flood` | x | `Message` 16 |\n| 4 | `rpc` | x | `Rpc`, foreign |\n",
    }

    def test_allowed(self):
        self.assertEqual(found_in(wire, self.TREE), [])

    def test_planted(self):
        for page, says in (
            ("| 4 | `rpc` | x | `Rpc`, foreign |\n| 5 | `flood` | x | `Message` 16 |\n",
             ["protocols/events/ids.h:1: module 3", "protocols/relay/flood/flood.h:1: `Message` 16 is not"]),
            ("| 3 | `flood` | x | `Message` 161 |\n| 4 | `rpc` | x | `Rpc`, foreign |\n",
             ["protocols/relay/flood/flood.h:1: `Message` 16 is not"]),
            ("| 3 | `flood` | x | `Message` 16 |\n| 4 | `rpc` | x | none |\n",
             ["protocols/relay/rpc/rpc.h:1: `Rpc` is not"]),
        ):
            found = found_in(wire, self.TREE | {"doc/wire.md": page})
            self.assertEqual(len(found), len(says), found)
            for one, want in zip(found, says):
                self.assertIn(want, one)


if __name__ == "__main__":
    unittest.main()
