#!/usr/bin/python3
"""`orrery replay`, `diff`, `trace` and `inspect`: runs that are made again, compared, and looked into.

Usage: look_again.py ORRERY
"""
import json
import re
import sqlite3

import case

GOSSIP = """\
orrery = 1
nodes = 0
warmup = "3 s"
duration = "2 s"
drain = "1 s"
[network]
kind = "matrix"
topology = { kind = "random_regular", degree = 6 }
[relay]
kind = "gossipsub"
[group]
home = { count = 8 }
core = { count = 4 }
[workload]
chat = { kind = "periodic", every = "500 ms", size = "100 B", topic = "chat" }
"""


class LookAgain(case.Case):
    def run_hello(self, *options: str) -> str:
        """The results folder."""
        return json.loads(self.says("run", "hello", "--json", *options))["results"]

    def change(self, folder: str, sql: str) -> None:
        with sqlite3.connect(f"{folder}/run.sqlite") as database:
            database.execute(sql)
        database.close()

    def commit(self, folder: str) -> tuple[str, bool]:
        with sqlite3.connect(f"{folder}/run.sqlite") as database:
            about = dict(database.execute("SELECT attrName, attrValue FROM runAttr"))
        database.close()
        return about["commit"], about["dirty"] == "1"


class Replay(LookAgain):
    def test_a_results_folder(self):
        folder = self.run_hello("--seed", "3", "--set", "network.jitter=3%", "--tie-seed", "4", "--wire", "checked")
        before = self.listing()
        self.assertRegex(self.says("replay", folder),
                         rf"^equal to {folder}: fingerprint [0-9a-f]{{32}}, \d+ events\n$")
        told = json.loads(self.says("replay", "last", "--json"))
        self.assertEqual((told["schema"], told["equal"], told["whole"], told["first_different_slice_ns"]),
                         (1, True, True, None))
        self.assertEqual(self.listing(), before)

    def test_up_to_an_instant(self):
        folder = self.run_hello()
        part = json.loads(self.says("replay", folder, "--until", "0.2s", "--json"))
        whole = json.loads(self.says("replay", folder, "--json"))
        self.assertEqual((part["until_ns"], part["whole"], part["fingerprint"]), (10**9, False, None))
        self.assertLess(part["events"], whole["events"])
        for until in ("-5s", "-2s"):  # before the run, and where it begins
            self.assertEqual(self.refuses("replay", folder, f"--until={until}"), f"--until {until} leaves nothing to "
                             "compare; the run is from -2.000000000s to +3.000000000s\n")
        self.assertIn("equal to", self.says("replay", folder, "--until=-1.9s"))

    def test_a_scenario_is_compared_with_its_result_or_with_itself(self):
        self.assertIn("equal to a run before it: ", self.says("replay", "hello", "--seed", "9"))
        self.assertEqual(self.listing(), {})
        self.run_hello("--seed", "9")
        self.assertIn("equal to results/hello/", self.says("replay", "hello", "--seed", "9"))

    def test_files_that_the_scenario_names_are_found_again(self):
        told = json.loads(self.orrery("run", "relay/irc", "--json", "--set", "duration=1min").stdout)
        self.assertIn("equal to ", self.says("replay", told["results"]))

    def test_of_a_difference(self):
        folder = self.run_hello()
        commit, dirty = self.commit(folder)
        self.change(folder, "UPDATE fingerprintSlice SET word = '0000000000000001' WHERE slice = 3")
        done = self.orrery("replay", folder)
        certain = bool(commit) and not dirty  # only a clean tree can accuse itself
        self.assertEqual(done.returncode, 4 if certain else 1)
        self.assertIn(f"different from {folder}, in the second from +1.000000000s: ", done.stdout)
        self.assertIn("please report it" if certain else "finds the first record that differs", done.stderr)
        self.assertEqual(self.orrery("replay", folder, "--until", "1s").returncode, 0)
        self.change(folder, "UPDATE runAttr SET attrValue = 'other' WHERE attrName = 'commit'")
        done = self.orrery("replay", folder, "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["first_different_slice_ns"], 10**9)
        self.assertIn("note: commit other", done.stderr)
        self.assertIn(f"`orrery diff {folder} --binary-a OTHER`", done.stderr)

    def test_of_what_cannot_be_rebuilt(self):
        folder = self.run_hello()
        self.change(folder, "UPDATE runParam SET parValue = '\"1 min\"' WHERE parName = 'relay.seen_ttl'")
        said = self.refuses("replay", folder)
        self.assertIn(f"{folder}: this binary cannot make that run again: its parameters mean another run now", said)
        self.change(folder, "UPDATE runParam SET parName = 'relay.gone' WHERE parName = 'relay.seen_ttl'")
        self.assertIn("relay.gone is no parameter of flood", self.refuses("trace", folder))
        self.change(folder, "UPDATE runAttr SET attrValue = 'live' WHERE attrName = 'host'")
        self.assertIn("its host was live, and only simulated runs repeat", self.refuses("replay", folder))
        self.change(folder, "UPDATE run SET finished = 0")
        self.assertIn("that run did not come to its end", self.refuses("replay", folder))
        self.change(folder, "UPDATE runAttr SET attrValue = 'x' WHERE attrName = 'seed'")
        self.assertIn('run.sqlite: this is damaged: "x" stands for a number', self.refuses("replay", folder, code=3))


class Diff(LookAgain):
    def test_equal(self):
        self.assertEqual(self.says("diff", "hello"), "equal\n")
        self.assertEqual(self.says("diff", "hello", "--wire-b", "checked", "--crypto-b", "real"), "equal\n")
        folder = self.run_hello()
        for other in ("hello", folder):
            self.assertEqual(self.says("diff", folder, other), "equal\n")
        self.assertEqual(self.says("diff", folder), "equal\n")

    def test_names_the_first_record_however_the_sides_are_given(self):
        a, b = self.run_hello(), self.run_hello("--set", "workload.chat.size=201B")
        sets = ("--set-b", "workload.chat.size=201B")
        answers = set()
        for words in (("hello", *sets), (a, b), (a, "hello", *sets), ("hello", b), ("hello", *sets, "--binary-b",
                                                                                   case.BINARY),
                      (a, b, "--binary-a", case.BINARY, "--binary-b", case.BINARY)):
            done = self.orrery("diff", *words)
            self.assertEqual((done.returncode, done.stderr), (1, ""), (words, done.stdout))
            answers.add(done.stdout.rpartition("\n")[0].rpartition("\n")[0])  # but for how many events it took
        (answer,) = answers
        self.assertRegex(answer, r"^first difference at \+0\.\d{9}s, node \d+ \(node\[\d+\]\), layer application\n"
                                 r"  A  published\{message=0 topic=1 bytes=200 digest=\d+\}\n"
                                 r"  B  published\{message=0 topic=1 bytes=201 digest=\d+\}$")
        told = json.loads(self.orrery("diff", a, b, "--json").stdout)
        self.assertEqual((told["schema"], told["equal"], told["a"]["record"]), (1, False, "published"))
        self.assertEqual((told["a"]["fields"]["bytes"], told["b"]["fields"]["bytes"]), (200, 201))
        self.assertEqual(told["slice_until_ns"] - told["slice_from_ns"], 10**9)

    def test_of_a_run_that_only_another_binary_makes(self):
        a, b = self.run_hello(), self.run_hello("--seed", "8")
        self.change(b, "UPDATE runParam SET parName = 'relay.gone' WHERE parName = 'relay.seen_ttl'")
        done = self.orrery("diff", a, b)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout,
                         r"^different first between -2\.0{9}s and -1\.0{9}s\nthis binary cannot run .* again: ")
        self.assertIn("\nat the end these differ: node 0 layer 0, node 0 layer 1, ", done.stdout)
        self.assertIn("--binary-b", done.stderr)

    def test_refusals(self):
        folder = self.run_hello()
        self.assertIn("leave out --seed and --set", self.refuses("diff", folder, "--set-b", "relay.sign=false"))
        self.assertIn("this is no program", self.refuses("diff", "hello", "--binary-b", "nothing"))
        done = self.orrery("diff", "hello", "hello", "--binary-b", "/bin/false")
        self.assertEqual((done.returncode, done.stdout), (1 if done.stdout else 3, ""), done.stderr)


class Trace(LookAgain):
    def test_is_all_that_records_file_has(self):
        self.orrery("run", "hello", "--records", "records")
        lines = (self.folder / "records").read_text().splitlines()
        names = {"0": "host", "1": "application", "2": "connector", "3": "flood"}
        named = [re.sub(r"(\(\d+\)) (\d+) ", lambda m: f"{m[1]} {names[m[2]]} ", line) for line in lines]
        self.assertEqual(self.says("trace", "last").splitlines(), named)

    def test_by_query(self):
        (self.folder / "mine.toml").write_text(GOSSIP)
        said = self.says("trace", "mine.toml", "--where", "record=delivered and group=core and time>=1s and message<3")
        lines = said.splitlines()
        self.assertTrue(lines)
        pattern = r"^\+[1-9]\.\d{9}s node ([0-3]|[89]|1[01]) \(0\) application delivered\{message=[0-2] "
        for line in lines:
            self.assertRegex(line, pattern)
        told = [json.loads(line) for line in self.says(
            "trace", "mine.toml", "--json", "--where", "record=event.message and node=3 and bytes>200").splitlines()]
        self.assertTrue(told)
        self.assertEqual({(one["schema"], one["node"], one["record"]) for one in told}, {(1, 3, "event.message")})
        self.assertTrue(all(one["fields"]["bytes"] > 200 for one in told))

    def test_events_are_told_if_asked_for(self):
        plain = self.says("trace", "hello", "--where", "time<0s")
        self.assertNotIn("event.", plain)
        self.assertIn(" host event.dial{from=", self.says("trace", "hello", "--where", "time<0s", "--events"))

    def test_a_name_that_no_record_has_is_remarked(self):
        done = self.orrery("trace", "hello", "--where", "record=deliverd")
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn('note: up to there the run has no record "deliverd"; did you mean delivered? ', done.stderr)

    def test_refusals(self):
        for query, expected in {
            "node=99": "--where:1:6: there is no node 99; allowed: 0 to 19, ",
            "layer=flod": "--where:1:7: there is no layer flod; did you mean flood? ",
            "time>4": '--where:1:6: time 4 has no unit; write "4 s"',
            "record=a or node=3": '--where:1:10: a clause must be followed by "and" or by the end; ',
        }.items():
            said = self.refuses("trace", "hello", "--where", query)
            self.assertEqual(said[: len(expected)], expected)


class Inspect(LookAgain):
    def test_the_state_of_a_node(self):
        (self.folder / "mine.toml").write_text(GOSSIP)
        said = self.says("inspect", "mine.toml", "--at", "1.2s", "--node", "7")
        for part in (r"^node 7 \((home|core)\[\d\]\) at \+1\.200000000s, life 0\n", r"\ngossipsub\n  mesh chat +\d+ ",
                     r"\n  peer \d+ +(in|out)bound, chat\n", r"\n  seen +2\n", r"\nconnector\n  outbound +\d+"):
            self.assertRegex(said, part)
        told = json.loads(self.says("inspect", "mine.toml", "--at", "1.2s", "--node", "home[3]", "--module",
                                    "gossipsub", "--json"))
        self.assertEqual((told["at_ns"], told["name"], list(told["modules"])),
                         (1_200_000_000, "home[3]", ["gossipsub"]))
        self.assertEqual(told["modules"]["gossipsub"]["in validation"], "0")

    def test_a_node_that_is_down(self):
        down = ("--set", 'fault.out={ kind = "crash", of = { node = [3] }, at = "100 ms", for = "500 ms" }')
        done = self.orrery("inspect", "hello", *down, "--at", "0.3s", "--node", "3")
        self.assertEqual((done.returncode, done.stdout), (0, "node 3 (node[3]) at +0.300000000s, down\n"), done.stderr)

    def test_refusals(self):
        for words, expected in {
            ("--at", "1h", "--node", "3"): "--at 1h is outside the run; allowed: -2.000000000s to +3.000000000s\n",
            ("--at", "4", "--node", "3"): '--at 4 has no unit; write "4 s"',
            ("--at", "1s", "--node", "20"): "there is no node 20; allowed: 0 to 19, or names such as node[0]\n",
            ("--at", "1s", "--node", "3", "--module", "flod"): "there is no module flod; did you mean flood? ",
            ("--at", "1s"): "orrery inspect: --node is required",
        }.items():
            said = self.refuses("inspect", "hello", *words)
            self.assertEqual(said[: len(expected)], expected)


if __name__ == "__main__":
    case.main()
