#!/usr/bin/python3
"""`orrery reproduce`: what a scenario claims is measured over its seeds, and judged. Claims change no run.

Usage: reproduce.py ORRERY
"""
import json

import case

CLAIMS = """
[study]
seeds = "1..4"
[study.claim]
all = { metric = "delivery.ratio", expect = 1, within = "0 %", cite = "a flood reaches everybody" }
[study.claim.slow]
set = ["network.kind=constant", "network.latency=200 ms", "network.jitter=0 %"]
metric = "latency.p50"
between = ["100 ms", "1 s"]
[study.claim.count]
metric = "delivery.count / 19"
expect = "delivery.count / (20 - 1)"
"""
KEYS = ["id", "expected", "got", "interval", "tolerance", "unit", "seeds", "source", "verdict"]


class Reproduce(case.Case):
    def setUp(self):
        super().setUp()
        self.write(case.LEAST + CLAIMS)

    def write(self, text: str) -> None:
        (self.folder / "mine.toml").write_text(text)

    def test_rows_come_in_the_order_of_the_file(self):
        rows = json.loads(self.says("reproduce", "mine.toml", "--json"))
        self.assertEqual([list(row) for row in rows], [KEYS] * 3)
        self.assertEqual([(row["id"], row["verdict"], row["unit"]) for row in rows],
                         [("mine.all", "pass", "1"), ("mine.slow", "pass", "s"), ("mine.count", "compared", "1")])
        self.assertEqual([row["expected"] for row in rows][:2], [1, [0.1, 1]])
        self.assertEqual([row["tolerance"] for row in rows], ["0 %", None, None])
        self.assertEqual({row["seeds"] for row in rows}, {4})
        low, high = rows[2]["interval"]
        self.assertTrue(low < rows[2]["got"] == rows[2]["expected"] < high)
        self.assertEqual(self.listing().keys(), {"mine.toml"})  # no results are written

    def test_threads_change_nothing(self):
        one, four = (self.says("reproduce", "mine.toml", "--json", "--threads", n) for n in ("1", "4"))
        self.assertEqual(one, four)

    def test_the_table(self):
        lines = self.says("reproduce", "mine.toml", "--seeds", "3..5").splitlines()
        self.assertEqual(lines[0].split(), ["expected", "got", "95", "%", "tolerance", "unit", "verdict", "source"])
        self.assertRegex(lines[1], r"^mine\.all +1 +1 +\+- 0 +0 % +pass +a flood reaches everybody$")
        self.assertIn("2 pass, 0 fail, 0 undecided, 1 only compared;", lines[-1])

    def test_a_claim_that_does_not_hold_or_cannot_be_measured_fails(self):
        self.write(case.LEAST + CLAIMS.replace("expect = 1,", "expect = 0.9,"))
        done = self.orrery("reproduce", "mine.toml", "--seeds", "1..2")
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertIn("  fail ", done.stdout)
        self.write(case.LEAST.replace("1 /s", "0.000001 /s") + CLAIMS)
        rows = json.loads(self.orrery("reproduce", "mine.toml", "--seeds", "1..2", "--json").stdout)
        self.assertEqual((rows[0]["verdict"], rows[0]["got"]), ("undecided", None))

    def test_claims_are_no_part_of_the_run(self):
        with_claims = json.loads(self.says("run", "mine.toml", "--json"))
        self.write(case.LEAST)
        without = json.loads(self.says("run", "mine.toml", "--json"))
        for key in ("spec_hash", "fingerprint", "metrics"):
            self.assertEqual(with_claims[key], without[key])

    def test_what_is_shown_claims_the_same(self):
        shown = self.says("show", "mine.toml")
        (self.folder / "shown.toml").write_text(shown)
        rows, again = (json.loads(self.says("reproduce", name, "--json")) for name in ("mine.toml", "shown.toml"))
        for row in rows + again:
            row["id"] = row["id"].split(".")[1]
        self.assertEqual(rows, again)

    def test_mistakes_say_where_they_are(self):
        for old, new, said in (
            ('metric = "latency.p50"', 'metric = "latency.p5"', "study.claim.slow.metric names latency.p5, no metric"),
            ('metric = "latency.p50"', 'metric = "latency.p50 +"', "ends too early"),
            ('metric = "latency.p50"', 'metric = "2 ) 3"', 'is no formula from ") 3" on'),
            ('["100 ms", "1 s"]', '["100 ms"]', "are not two"),
            ('"1..4"', '"4..1"', "ends before it begins"),
            ("within =", "witin =", "did you mean within?"),
            ('seeds = "1..4"', 'axis = { "relay.d" = [6] }', "study.axis does not exist yet"),
            ("network.kind=constant", "network.kind=constent", "did you mean constant?"),
        ):
            with self.subTest(said):
                self.write(case.LEAST + CLAIMS.replace(old, new, 1))
                self.assertIn(said, self.refuses("reproduce", "mine.toml"))
                if "set" not in new:
                    self.assertRegex(self.refuses("reproduce", "mine.toml"), r"^(mine\.toml:\d+:\d+|--set )")
        self.write(case.LEAST)
        self.assertIn("study claims nothing", self.refuses("reproduce", "mine.toml"))
        self.assertIn("did you mean relay?", self.refuses("reproduce", "rely"))
        self.write(case.LEAST + CLAIMS)
        self.assertIn("--seeds x is no range of seeds", self.refuses("reproduce", "mine.toml", "--seeds", "x"))

    def test_validate_looks_at_claims_too(self):
        self.write(case.LEAST + CLAIMS.replace("latency.p50", "latency.p5"))
        self.assertIn("no metric", self.refuses("validate", "mine.toml"))


if __name__ == "__main__":
    case.main()
