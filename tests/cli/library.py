#!/usr/bin/python3
"""Every scenario of the library is good, is shown as a file that means the same, and holds when it is run.

Usage: library.py ORRERY
"""
import json
import re
import shutil

import case


LONG = {"relay/world"}  # minutes; scripts/test runs it for itself
CANARY = "canary"  # its checks must fail


class Library(case.Case):
    def names(self) -> list[str]:
        names = [str(path.relative_to(case.LIBRARY).with_suffix("")) for path in sorted(case.LIBRARY.rglob("*.toml"))]
        self.assertIn("hello", names)
        return names

    def test_each_is_good_by_name_and_by_path(self):
        for name in self.names():
            for given in (name, str(case.LIBRARY / f"{name}.toml")):
                self.assertRegex(self.says("validate", given),
                                 rf"^{re.escape(str(case.LIBRARY))}/{re.escape(name)}\.toml: good; "
                                 r"\d+ nodes, \d+ messages, \d+ faults, \d+ checks; spec [0-9a-f]{12}\n$")

    def test_each_is_shown_as_a_file_that_means_the_same(self):
        for data in case.LIBRARY.rglob("*.csv"):  # that scenarios name is looked for beside them
            shutil.copy(data, self.folder)
        for name in self.names():
            shown = self.says("show", name)
            (self.folder / "shown.toml").write_text(shown)
            spec = re.search(r"^# spec ([0-9a-f]{64})$", shown, re.MULTILINE)[1]
            self.assertIn(f"spec {spec[:12]}\n", self.says("validate", "shown.toml"))
            again = self.says("show", "shown.toml")
            self.assertIn(f"# spec {spec}\n", again)
            self.assertEqual(*(re.sub(r" +# .*", "", text) for text in (shown, again)))

    def test_each_holds_and_keeps_the_hash_it_was_shown_with(self):
        for name in sorted(set(self.names()) - LONG - {CANARY}):
            told = json.loads(self.says("run", name, "--json"))
            self.assertEqual({verdict["verdict"] for verdict in told["verdicts"]}, {"pass"}, name)
            self.assertEqual(told["scenario"], name)
            self.assertIn(f"# spec {told['spec_hash']}\n", self.says("show", name))

    def test_a_set_says_whence_a_value_comes(self):
        shown = self.says("show", "hello", "--set", "nodes=30", "--seed", "9")
        self.assertRegex(shown, r"\nnodes = 30 +# --set nodes=30\n")
        self.assertRegex(shown, r"\nseed = 9 +# --set seed=9\n")
        self.assertRegex(shown, r"\nrelay\.sign = true +# default\n")
        self.assertRegex(shown, r"\nrelay\.kind = \"flood\" +# .*/hello\.toml:18:8\n")

    def test_one_bad_file_does_not_hide_the_others(self):
        (self.folder / "good.toml").write_text(case.LEAST.replace("[network]", 'title = "Good"\n[network]', 1))
        (self.folder / "bad.toml").write_text("orrery = 2\n")
        done = self.orrery("list", ORRERY_LIBRARY=str(self.folder))
        self.assertEqual((done.returncode, done.stdout), (0, "good  Good\n"))
        self.assertIn("bad.toml:1:10: format 2 is not known", done.stderr)


if __name__ == "__main__":
    case.main()
