#!/usr/bin/python3
"""`orrery check`: a folder of scenarios by tier, its canary, its pins, its budget, and what it writes for CI.

Usage: check.py ORRERY
"""
import json
import os
import resource
import signal
import subprocess
import time
import xml.etree.ElementTree as xml
from pathlib import Path

import case

QUICK = case.LEAST.replace("10 s", "1 s")
HOLDS = QUICK + '[check]\nall = { kind = "delivered", within = "5 s", at_least = "100 %" }\n'
FAILS = HOLDS.replace('"5 s"', '"1 ms"')
OPEN = QUICK.replace("1 /s", "0.000001 /s") + \
    '[check]\ntail = { kind = "bound", metric = "latency.p99", at_most = "1 s" }\n'
CANARY = '[study]\nexpect = "fail"\n'
SCHEMA = Path(__file__).resolve().parent / "junit.xsd"


class Check(case.Case):
    def write(self, **files: str) -> None:
        (self.folder / "mine").mkdir(exist_ok=True)
        for name, text in files.items():
            (self.folder / "mine" / f"{name}.toml").write_text(text)

    def check(self, *options: str, code: int = 0, folder: str = "mine") -> dict:
        """What it says as JSON. JUnit, which it writes too, is valid and counts the same."""
        done = self.orrery("check", folder, "--json", "--junit", "report.xml", *options)
        self.assertEqual(done.returncode, code, (done.stdout, done.stderr))
        told = json.loads(done.stdout)
        report = self.valid_junit()
        count = told["count"]
        self.assertEqual(
            {key: int(report.get(key)) for key in ("tests", "failures", "errors", "skipped")},
            {"tests": len(told["cells"]), "failures": count["fail"] + count["undecided"], "errors": count["error"],
             "skipped": count["skipped"]})
        return told

    def valid_junit(self) -> xml.Element:
        validation = subprocess.run(["xmllint", "--noout", "--schema", SCHEMA, self.folder / "report.xml"],
                                    capture_output=True, encoding="utf-8")
        self.assertEqual(validation.returncode, 0, validation.stderr)
        return xml.parse(self.folder / "report.xml").getroot().find("testsuite")

    def verdicts(self, told: dict) -> dict:
        return {cell["scenario"]: cell["verdict"] for cell in told["cells"]}

    def test_the_library_passes_its_smoke_tier_and_is_pinned(self):
        told = self.check("--tier", "smoke", "--baselines", str(case.ROOT / "results/baselines"),
                          folder=str(case.LIBRARY))
        self.assertEqual({cell["verdict"] for cell in told["cells"]}, {"pass"})
        self.assertEqual((told["pins"]["missing"], told["pins"]["stale"]), (0, 0))
        self.assertEqual(told["cells"][0]["scenario"], "canary")
        named = {cell["scenario"] for cell in told["cells"]}
        self.assertEqual(named, {str(path.relative_to(case.LIBRARY).with_suffix(""))
                                 for path in case.LIBRARY.rglob("*.toml")})

    def test_every_pin_of_the_library_is_of_a_cell(self):
        for tier in ("full", "long"):  # which take a minute: scripts/long runs them
            told = self.check("--tier", tier, "--budget", "0s", "--allow-undecided", "--baselines",
                              str(case.ROOT / "results/baselines"), folder=str(case.LIBRARY))
            self.assertEqual(told["pins"]["stale"], 0)

    def test_the_canary_of_the_library_fails(self):
        self.assertEqual(self.orrery("run", "canary").returncode, 1)

    def test_each_ending_has_its_exit_code(self):
        self.write(good=HOLDS)
        self.assertEqual(self.verdicts(self.check()), {"good": "pass"})
        self.write(open=OPEN)
        self.assertEqual(self.verdicts(self.check(code=1)), {"good": "pass", "open": "undecided"})
        self.check("--allow-undecided")
        self.write(broken=HOLDS.replace("relay", "rely"))
        told = self.check("--allow-undecided", code=2)
        self.assertEqual(self.verdicts(told)["broken"], "error")
        self.assertIn("mine/broken.toml:7:2: rely", told["cells"][-1]["why"][0])
        self.write(bad=FAILS)
        self.assertEqual(self.verdicts(self.check("--allow-undecided", code=1))["bad"], "fail")

    def test_a_damaged_file_that_a_scenario_names_is_no_bug(self):
        self.write(good=HOLDS, bad=HOLDS.replace("ethshadow", "bad.csv"))
        (self.folder / "mine/bad.csv").write_text("from,a\nx;y")
        told = self.check(code=2)
        self.assertEqual(self.verdicts(told), {"bad": "error", "good": "pass"})
        self.assertIn("mine/bad.csv:2:1: ", told["cells"][0]["why"][0])

    def test_a_machine_that_lacks_memory_is_no_bug(self):
        def limited(*arguments: str) -> subprocess.CompletedProcess:
            size = 400 << 20
            return subprocess.run([case.BINARY, *arguments], cwd=self.folder, env=self.environment(),
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)),
                                  capture_output=True, encoding="utf-8")
        if limited("version").returncode:
            self.skipTest("a sanitizer needs more addresses than that")
        self.write(good=HOLDS, vast=HOLDS.replace("20", "3000000"))
        done = limited("check", "mine", "--json")
        self.assertEqual(done.returncode, 3, done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual(self.verdicts(told), {"good": "pass", "vast": "error"})
        self.assertIn("there is not enough memory; ", told["cells"][1]["why"][0])

    def test_a_run_that_is_refused_is_told_by_seed(self):
        self.write(odd=HOLDS.replace("[relay]", 'topology = { kind = "random_regular", degree = 4 }\n[relay]') +
                   '[study]\ntier = { full = { set = ["network.topology.degree=40"], seeds = "4..5" } }\n')
        told = self.check(code=2)  # whose JUnit names each once
        self.assertEqual([(cell["seed"], cell["verdict"]) for cell in told["cells"]], [(4, "error"), (5, "error")])

    def test_a_canary_must_fail_and_comes_first(self):
        self.write(good=HOLDS, zz=FAILS + CANARY)
        told = self.check()
        self.assertEqual([cell["scenario"] for cell in told["cells"]], ["zz", "good"])
        for checks, why in {
            HOLDS: "all pass, and as a canary's check it must fail: trust no check of kind delivered until ",
            FAILS + 'tail = { kind = "bound", metric = "latency.p99", at_most = "1 h" }\n':
                "tail pass, and as a canary's check it must fail",  # one that is blind, beside one that sees
            QUICK: "this canary has no check that could fail; ",
        }.items():
            self.write(zz=checks + CANARY)
            (reason,) = self.check(code=1)["cells"][0]["why"]
            self.assertIn(why, reason)

    def test_a_failure_says_how_to_run_it_again(self):
        self.write(**{"it's": FAILS + '[study]\ntier = { full = { set = ["nodes=30"], seeds = "4..5" } }\n'})
        told = self.check(code=1)
        self.assertEqual([cell["seed"] for cell in told["cells"]], [4, 5])
        text = self.valid_junit().find("testcase/failure").text
        for part in ("seed 4", f"fingerprint {told['cells'][0]['fingerprint']}", told["cells"][0]["command"]):
            self.assertIn(part, text)
        again = subprocess.run(told["cells"][0]["command"].replace("orrery", case.BINARY, 1) + " --json", shell=True,
                               cwd=self.folder, env=self.environment(), capture_output=True, encoding="utf-8")
        self.assertEqual(again.returncode, 1, again.stderr)
        self.assertEqual(json.loads(again.stdout)["fingerprint"], told["cells"][0]["fingerprint"])
        self.assertIn(" --seed 5 --set nodes=30 --allow-path /dev",
                      self.check("--allow-path", "/dev", code=1)["cells"][1]["command"])

    def test_tiers(self):
        self.write(plain=HOLDS, quick=HOLDS + '[study]\ntier = { smoke = { set = ["nodes=10"], seeds = "1..2" } }\n')
        self.assertEqual([c["scenario"] for c in self.check("--tier", "smoke")["cells"]], ["quick", "quick"])
        self.assertEqual({c["scenario"] for c in self.check("--tier", "full")["cells"]}, {"plain", "quick"})
        self.assertIn("no scenario of tier long", self.refuses("check", "mine", "--tier", "long"))
        self.write(quick=HOLDS + '[study]\ntier = { smok = { seeds = 1 } }\n')
        self.assertIn("study.tier.smok is no tier; did you mean smoke?", self.check(code=2)["cells"][-1]["why"][0])

    def test_tiers_and_expectations_are_no_part_of_the_run(self):
        self.write(plain=FAILS, other=FAILS + CANARY + 'tier = { long = { seeds = "1..9" } }\n')
        plain, other = (json.loads(self.orrery("run", f"mine/{name}.toml", "--json").stdout)
                        for name in ("plain", "other"))
        self.assertEqual((plain["spec_hash"], plain["fingerprint"]), (other["spec_hash"], other["fingerprint"]))
        (self.folder / "shown.toml").write_text(self.says("show", "mine/other.toml"))
        self.assertIn('study.expect = "fail"', self.says("show", "shown.toml"))
        self.assertIn('study.tier.long.seeds = "1..9"', self.says("show", "shown.toml"))

    def test_pins(self):
        self.write(good=HOLDS, bad=FAILS)
        self.assertEqual(self.check(code=1)["pins"]["missing"], 1)
        self.assertIn("say why", self.refuses("check", "mine", "--accept", " "))
        self.assertIn("is not UTF-8", self.refuses("check", "mine", "--accept", os.fsdecode(b"caf\xe9")))
        self.check("--accept", "first", code=1)  # what fails is not accepted
        path = self.folder / "results/baselines/mine.jsonl"
        (pin,) = map(json.loads, path.read_text().splitlines())
        self.assertEqual((pin["scenario"], pin["tier"], pin["seed"], pin["reason"]), ("good", "full", 1, "first"))
        (self.folder / "mine/bad.toml").unlink()
        self.assertEqual(self.check()["pins"], {"file": "results/baselines/mine.jsonl", "written": 0, "missing": 0,
                                                "stale": 0})
        before = path.read_text()
        self.check("--accept", "nothing is new")
        self.assertEqual(path.read_text(), before)  # an equal pin keeps its reason

        path.write_text(before.replace(pin["fingerprint"], "0" * 32))
        self.assertIn("pin: fingerprint 000000000000 is pinned", self.check(code=1)["cells"][0]["why"][0])
        path.write_text(before)
        self.write(good=HOLDS.replace("5 s", "4 s"))
        self.assertIn("; the fingerprint is equal, so only the spec changed", self.check(code=1)["cells"][0]["why"][0])
        self.write(good=HOLDS.replace("100 B", "101 B"))
        self.assertRegex(self.check(code=1)["cells"][0]["why"][0], "^pin: spec .*; the scenario means another run; ")
        self.assertEqual(self.check("--accept", "a byte more")["pins"]["written"], 1)
        self.assertIn('"reason":"a byte more"', path.read_text())
        self.check()

        (self.folder / "mine/good.toml").rename(self.folder / "mine/better.toml")
        self.assertEqual({key: self.check()["pins"][key] for key in ("missing", "stale")}, {"missing": 1, "stale": 1})
        self.check("--accept", "a new name")
        self.assertEqual(len(path.read_text().splitlines()), 1)
        path.write_text(path.read_text() + "{}\n")
        self.assertRegex(self.refuses("check", "mine"), r"mine\.jsonl:2:1: this is no pin; ")
        path.unlink()
        path.mkdir()
        self.assertIn("these pins cannot be read", self.refuses("check", "mine", code=3))

    def test_what_is_accepted_is_pinned_and_the_advice_helps(self):
        self.write(open=OPEN)
        self.assertEqual(self.check("--accept", "first", code=1)["pins"]["written"], 0)
        self.assertEqual(self.check("--accept", "first", "--allow-undecided")["pins"]["written"], 1)
        self.write(open=OPEN.replace("20", "21"))
        for options in ((), ("--allow-undecided",), ("--accept", "by itself")):
            cell = self.check(*options, code=1)["cells"][0]
            self.assertEqual((cell["verdict"], cell["pinned"]), ("fail", False))
            self.assertIn('--accept "why" --allow-undecided pins it', cell["why"][-1])
        self.assertEqual(self.check("--accept", "a node more", "--allow-undecided")["pins"]["written"], 1)
        self.assertEqual(self.verdicts(self.check("--allow-undecided")), {"open": "undecided"})
        self.write(open=FAILS)
        for options in ((), ("--accept", "it fails", "--allow-undecided")):
            self.assertIn("; no --accept pins it before it passes", self.check(*options, code=1)["cells"][0]["why"][-1])

    def test_pins_are_named_by_the_path_of_what_is_checked(self):
        self.write(good=HOLDS)
        (self.folder / "mine").rename(self.folder / "mine.v2")
        (self.folder / "link").symlink_to("mine.v2")
        whole = self.folder.name  # the pins lie within it
        for checked, name in {"mine.v2": "mine.v2", "mine.v2/": "mine.v2", "./link": "mine.v2",
                              str(self.folder / "mine.v2"): "mine.v2", "mine.v2/good.toml": "mine.v2/good.toml",
                              ".": whole}.items():
            self.assertEqual(self.check(folder=checked)["pins"]["file"], f"results/baselines/{name}.jsonl")
        told = self.check("--baselines", "mine.v2/pins", folder="mine.v2/good.toml")
        self.assertEqual(told["pins"]["file"], "mine.v2/pins/good.toml.jsonl")

    def test_folders_of_one_name_keep_their_pins(self):
        for folder in ("a", "b"):
            self.write(**{folder: HOLDS})
            (self.folder / folder).mkdir()
            (self.folder / "mine").rename(self.folder / folder / "library")
            self.assertEqual(self.check("--accept", "first", folder=f"{folder}/library")["pins"]["written"], 1)
        for folder in ("a", "b"):
            pins = self.check(folder=f"{folder}/library")["pins"]
            self.assertEqual((pins["missing"], pins["stale"]), (0, 0))

    def test_a_file_of_something_else_is_left_alone(self):
        self.write(good=HOLDS)
        path = self.folder / "results/baselines/mine.jsonl"
        path.parent.mkdir(parents=True)
        path.write_bytes((case.ROOT / "results/baselines/seeds.jsonl").read_bytes())
        self.assertRegex(self.refuses("check", "mine", "--accept", "first"),
                         r"mine\.jsonl:1:1: this is no pin; .* keep pins in another folder with --baselines\n$")

    def test_a_budget_that_is_spent_leaves_things_open(self):
        self.write(good=HOLDS)
        self.assertEqual(self.verdicts(self.check("--budget", "0s", code=1)), {"good": "skipped"})
        self.check("--budget", "0s", "--allow-undecided")
        self.check("--budget", "1h")
        self.assertIn("--budget 3 ", self.refuses("check", "mine", "--budget", "3"))
        self.assertIn("--budget -3s is in the past", self.refuses("check", "mine", "--budget=-3s"))

    def test_threads_change_nothing(self):
        self.write(a=HOLDS, b=HOLDS.replace("20", "30"), c=FAILS)
        def told(threads: str) -> list[dict]:
            cells = self.check("--threads", threads, code=1)["cells"]
            return [{key: value for key, value in cell.items() if key != "wall_ns"} for cell in cells]
        self.assertEqual(told("1"), told("3"))

    def test_an_interrupt_tells_what_is_known(self):
        self.write(good=HOLDS, long=HOLDS.replace("1 s", "100000 s", 1).replace("1 /s", "9 /s"))
        process = subprocess.Popen([case.BINARY, "check", "mine", "--json", "--threads", "1", "--junit", "report.xml"],
                                   cwd=self.folder, env=self.environment(), stdout=subprocess.PIPE, encoding="utf-8")
        self.addCleanup(process.kill)
        time.sleep(1)  # both outcomes below hold whenever it comes
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate()
        if process.returncode == -signal.SIGINT:
            self.skipTest("the machine was too slow to come as far as the handler")
        self.assertEqual(process.returncode, 130)
        self.assertTrue(json.loads(out)["interrupted"])
        self.assertEqual(self.verdicts(json.loads(out))["long"], "skipped")
        self.assertEqual(self.valid_junit().find("testcase/skipped").get("message"), "interrupted")

    def test_text_and_markdown(self):
        self.write(good=HOLDS, **{"a<b|c": FAILS})
        text = self.orrery("check", "mine").stdout
        self.assertIn("1 passed, 1 failed, 0 undecided, 0 errors, 0 skipped", text)
        self.assertIn("again: orrery run 'mine/a<b|c.toml' --seed 1", text)
        page = self.orrery("check", "mine", "--summary", "md").stdout
        self.assertIn("**1 passed, 1 failed, 0 undecided, 0 errors, 0 skipped**", page)
        self.assertIn("\n\n- 1 cell without a pin in results/baselines/mine.jsonl; --accept \"why\" pins it\n\n", page)
        self.assertRegex(page, r"\| fail \| a&lt;b\\\|c \| 1 \| all fail: .* \| [0-9a-f]{32} \| orrery run ")

    def test_counts_agree_with_their_nouns(self):
        self.write(good=HOLDS, broken=HOLDS.replace("relay", "rely"))
        self.assertIn("1 passed, 0 failed, 0 undecided, 1 error, 0 skipped", self.orrery("check", "mine").stdout)
        self.write(better=HOLDS, broken=HOLDS)
        self.assertIn("\n3 cells without a pin in results/baselines/mine.jsonl; --accept \"why\" pins them\n",
                      self.orrery("check", "mine").stdout)
        self.assertIn("\n3 pins written to results/baselines/mine.jsonl\n",
                      self.orrery("check", "mine", "--accept", "first").stdout)
        (self.folder / "mine/broken.toml").unlink()
        self.assertIn("\n1 pin of no cell in results/baselines/mine.jsonl; --accept \"why\" drops it\n",
                      self.orrery("check", "mine").stdout)

    def test_names_and_titles_that_xml_dislikes(self):
        self.write(**{"<&\">'\x01\uffff": FAILS, os.fsdecode(b"\xff"): HOLDS,
                      "b\u00e9": FAILS.replace("[relay]", "[re<&>lay]")})
        self.check(code=1)
        self.assertEqual(self.check("--accept", "names that JSON dislikes", code=1)["pins"]["written"], 1)
        self.assertEqual(self.check(code=1)["pins"]["missing"], 0)

    def test_what_cannot_be_checked(self):
        self.assertIn("there is no such folder", self.refuses("check", "nowhere"))
        (self.folder / "mine").mkdir()
        self.assertIn("it holds no .toml file", self.refuses("check", "mine"))
        self.write(good=HOLDS)
        self.assertIn("give one of them", self.refuses("check", "mine", "--json", "--summary", "md"))
        self.assertIn("its folder does not exist",
                      self.refuses("check", "mine", "--junit", "no/such/folder.xml", code=3))
        done = self.orrery("check", "mine", "--junit", "/dev/full")
        self.assertEqual(done.returncode, 3)
        self.assertIn("1 passed", done.stdout)  # what was found is told all the same


if __name__ == "__main__":
    case.main()
