#!/usr/bin/python3
"""Each verb does what its help says: data on standard output, and nothing on standard error when all is well.

Usage: verbs.py ORRERY
"""
import json
import re
import shlex

import case

NEWCOMERS = ["run", "check", "reproduce", "replay", "diff", "trace", "inspect", "node", "list", "show", "results",
             "validate", "describe", "doctor", "bench"]


class Help(case.Case):
    def verbs_in(self, text: str) -> list[str]:
        return re.findall(r"^  ([a-z]+)  +[A-Z]", text, re.MULTILINE)

    def test_shows_the_verbs_a_newcomer_needs(self):
        text = self.says("--help")
        self.assertEqual(self.verbs_in(text), NEWCOMERS)
        self.assertEqual(self.says("-h"), text)
        self.assertIn("Start with `orrery run hello`.", text)

    def test_all_shows_the_rest(self):
        text = self.says("--help-all")
        self.assertEqual(re.findall(r"^([a-z]+)$", text, re.MULTILINE), [*NEWCOMERS, "calibrate", "version"])
        for option in ("--set", "--wire", "--crypto", "--tie-seed", "--records", "--repeat", "--schema"):
            self.assertIn(f"    {option} ", text)

    def test_of_a_verb_hides_what_is_rare(self):
        short, long = self.says("run", "--help"), self.says("run", "--help-all")
        for option in ("--wire", "--crypto", "--tie-seed", "--records", "--repeat", "--host"):
            self.assertNotIn(option, short)
            self.assertIn(f"  {option} ", long)
        for verb in [*NEWCOMERS, "calibrate", "version"]:
            text = self.says(verb, "--help")
            self.assertIn(f"Usage: orrery {verb} [OPTIONS]", text)
            self.assertTrue(text.endswith("\n") and not text.endswith("\n\n"), text)


class Verbs(case.Case):
    def test_list(self):
        lines = [line.split("  ", 1) for line in self.says("list").splitlines()]
        files = sorted(str(path.relative_to(case.LIBRARY).with_suffix("")) for path in case.LIBRARY.rglob("*.toml"))
        self.assertEqual([name for name, _ in lines], files)
        self.assertTrue(all(title.strip() for _, title in lines))
        listed = json.loads(self.says("list", "--json"))
        self.assertEqual([one["name"] for one in listed], files)
        self.assertEqual({key for one in listed for key in one}, {"name", "title", "question", "path"})

    def test_run(self):
        text = self.says("run", "hello")
        told = json.loads(self.says("run", "hello", "--json"))
        for part in ("  pass      delivered ", "  seed         7\n", f"  fingerprint  {told['fingerprint']}\n",
                     "  again        orrery run hello --seed 7\n", f"  page         {told['results']}/index.html\n"):
            self.assertIn(part, text)

    def test_run_again_by_the_command_that_it_prints(self):
        options = ("--set", 'title="it\'s \\"quoted\\" $HOME"', "--set", "network.jitter=5 %", "--tie-seed", "3")
        told = json.loads(self.says("run", "hello", *options, "--json"))
        words = shlex.split(told["command"])
        self.assertEqual(words[0], "orrery")
        self.assertEqual(json.loads(self.says(*words[1:], "--json"))["fingerprint"], told["fingerprint"])

    def test_run_as_json(self):
        text = self.says("run", "hello", "--json")
        told = json.loads(text)  # one object and no more
        needed = ["schema", "scenario", "seed", "fingerprint", "verdicts", "metrics", "results"]
        self.assertEqual([key for key in told if key in needed], needed)
        self.assertEqual((told["schema"], told["scenario"], told["seed"], told["finished"]), (1, "hello", 7, True))
        self.assertRegex(told["fingerprint"], r"^[0-9a-f]{32}$")
        for verdict in told["verdicts"]:
            self.assertEqual(list(verdict), ["name", "verdict", "value", "bound", "unit", "why"])
        self.assertEqual(told["verdicts"][0] | {"why": ""}, {
            "name": "delivered", "verdict": "pass", "value": 10**9, "bound": 10**9, "unit": "ppb", "why": ""})
        metrics = re.findall(r"^(\S+) +(\S+) ", self.says("describe", "metric"), re.MULTILINE)
        self.assertEqual([(name, one["unit"]) for name, one in told["metrics"].items()], metrics)
        nothing = {name for name, one in told["metrics"].items() if not isinstance(one["value"], int)}
        # A flood has no mesh, nobody writes, and work is free.
        self.assertEqual(nothing, {"mesh.degree.mean", "disk.wait.mean", "cpu.busy", "cpu.busy.max", "cpu.wait.mean",
                                   "cpu.wait.max", "cpu.backlog.max"})

    def test_validate_writes_nothing(self):
        self.assertIn("hello.toml: good; 20 nodes, 10 messages, 0 faults, 2 checks; spec ",
                      self.says("validate", "hello"))
        self.assertEqual(self.listing(), {})

    def test_describe_knows_every_name_that_it_offers(self):
        overview = self.says("describe")
        offered = re.search(r"allowed: (.*)", self.refuses("describe", "there-is-none"))[1].split(", ")
        self.assertGreater(len(offered), 25)
        for name in offered:
            self.assertTrue(self.says("describe", name))
            json.loads(self.says("describe", name, "--json"))
        for table in {name.split(".")[0] for name in offered}:
            self.assertIn(table, overview)

    def test_describe_a_parameter_by_its_address(self):
        self.assertIn('    seen_ttl         duration, "1 s" to "1 d", in ns, us, ms, s, min, h, d; default "2 min"\n',
                      self.says("describe", "relay.seen_ttl"))
        one = r' +share, "0 %" to "90 %", .*\n.*\n'
        self.assertRegex(self.says("describe", "network.jitter"),
                         rf'^\[network\]\n  kind = "constant"\n    jitter{one}  kind = "matrix"\n    jitter{one}')
        self.assertIn("    nodes            integer, 0 to 10000000; required\n", self.says("describe", "nodes"))
        told = json.loads(self.says("describe", "relay.seen_ttl", "--json"))
        self.assertIn(("flood", "2 min"), [(one["kind"], one["default"]) for one in told])

    def test_doctor(self):
        lines = self.says("doctor").splitlines()
        for part in ("draws and logarithms have the known bits", "scenarios in", "results can be written", "memory",
                     "disk", "cores"):
            self.assertTrue(any(re.match(r"(good|poor)  .*" + part, line) for line in lines), (part, lines))

    def test_calibrate_prints_a_table_to_paste(self):
        text = self.says("calibrate")
        (self.folder / "mine.toml").write_text(case.LEAST + text)
        shown = self.says("show", "mine.toml")
        for line in text.splitlines()[2:]:
            self.assertRegex(line, r'^\w+ = (1|"[0-9]+ (ns|us|ms|s)")$')
            self.assertIn("cpu." + line.replace("speed = 1", "speed = 1.0"), shown)

    def test_version(self):
        told = json.loads(self.says("version", "--json"))
        self.assertEqual(list(told), ["schema", "version", "commit", "dirty", "compiler", "format", "tables"])
        self.assertTrue(self.says("version").startswith(f"orrery {told['version']} ({told['commit']}"))
        self.assertEqual(self.says("--version"), self.says("version"))


if __name__ == "__main__":
    case.main()
