#!/usr/bin/python3
"""An environment variable stands for each option: ORRERY_SEED for --seed. The command line wins.

Usage: environment.py ORRERY
"""
import json
import re

import case


class Environment(case.Case):
    def run_hello(self, *options: str, **variables: str) -> dict:
        return json.loads(self.says("run", "hello", *options, **variables))

    def test_values(self):
        told = self.run_hello(ORRERY_SEED="3", ORRERY_SET="nodes=30", ORRERY_JSON="1", ORRERY_OUT="mine",
                              ORRERY_WIRE="checked", ORRERY_CRYPTO="real", ORRERY_RECORDS="records")
        self.assertEqual((told["seed"], told["results"]), (3, f"{self.folder}/mine"))
        self.assertEqual(told["command"], "orrery run hello --seed 3 --set nodes=30")
        self.assertTrue((self.folder / "records").stat().st_size)
        told = self.run_hello("--json", ORRERY_RESULTS="all", ORRERY_TIE_SEED="2", ORRERY_HOST="sim")
        self.assertTrue(told["results"].startswith(f"{self.folder}/all/hello/"))
        self.assertIn(" --tie-seed 2", told["command"])
        self.assertIn("# results all/hello/", self.says("show", "last", ORRERY_RESULTS="all"))

    def test_flags(self):
        silent = ("--set", "workload.chat.rate=0.000001/s")
        self.run_hello("--json", *silent, ORRERY_ALLOW_UNDECIDED="true")
        self.assertEqual(self.orrery("run", "hello", "--json", *silent, ORRERY_ALLOW_UNDECIDED="0").returncode, 1)
        self.assertEqual(json.loads(self.says("version", ORRERY_JSON="1"))["schema"], 1)
        self.assertTrue(self.says("version", ORRERY_JSON="0").startswith("orrery "))

    def test_folders(self):
        (self.folder / "data").mkdir()
        (self.folder / "scenario").mkdir()
        (self.folder / "data/two.csv").write_text("from,a,b\na,1,2\nb,2,1\n")
        (self.folder / "scenario/mine.toml").write_text(case.LEAST.replace("ethshadow", "../data/two.csv"))
        self.assertIn("--allow-path", self.refuses("validate", "scenario/mine.toml"))
        self.assertIn("good", self.says("validate", "scenario/mine.toml", ORRERY_ALLOW_PATH="data"))
        self.assertIn("good", self.says("validate", "scenario/mine.toml", "--allow-path", "data"))
        self.assertEqual(self.says("list", ORRERY_LIBRARY=str(case.LIBRARY / "relay")).split()[0],
                         sorted(file.stem for file in (case.LIBRARY / "relay").glob("*.toml"))[0])

    def test_the_command_line_wins(self):
        self.assertEqual(self.run_hello("--json", "--seed", "4", ORRERY_SEED="3")["seed"], 4)

    def test_a_wrong_value_names_its_variable(self):
        self.assertIn("--wire: slow not in {typed,checked} (set by ORRERY_WIRE)\n",
                      self.refuses("run", "hello", ORRERY_WIRE="slow"))
        self.assertIn("--tie-seed: x is no whole number from 0 (set by ORRERY_TIE_SEED)\n",
                      self.refuses("run", "hello", ORRERY_TIE_SEED="x"))
        self.assertNotIn("set by", self.refuses("run", "hello", "--wire", "slow", ORRERY_WIRE="typed"))

    def test_every_option_has_one(self):
        options = set(re.findall(r"^\s+(--[a-z-]+)", self.says("run", "--help-all"), re.MULTILINE)) - {"--help-all"}
        self.assertGreater(len(options), 10)
        for option in options - {"--seed", "--set", "--out", "--results", "--records", "--allow-path"}:
            with self.subTest(option):
                variable = "ORRERY_" + option[2:].upper().replace("-", "_")
                self.assertIn(option, self.refuses("run", "hello", **{variable: "nonsense"}))


if __name__ == "__main__":
    case.main()
