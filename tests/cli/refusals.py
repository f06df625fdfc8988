#!/usr/bin/python3
"""Command lines that are none: exit code 2, one line that says what is wrong and what is near, no data.

Usage: refusals.py ORRERY
"""
import case

LINES = {
    "valdate hello": "orrery: there is no verb valdate; did you mean validate? allowed: run, ",
    "--nope": "orrery: there is no option --nope; allowed: --version, --help",
    "run": "orrery run: scenario is required",
    "run hello --jsno": "orrery run: there is no option --jsno; did you mean --json? allowed: --set, ",
    "run hello twice": 'orrery run: "twice" is one word too many',
    "run hello --seed": "orrery run: --seed: 1 required N missing",
    "run hello --seed abc": "--set seed=abc: seed = abc is not a whole number; write it as in 8",
    "run hello --seed -1": "--set seed=-1: seed = -1 is out of range; allowed: 0 to 9223372036854775807",
    "run hello --seed 18446744073709551616": "--set seed=18446744073709551616: seed = 18446744073709551616 is out ",
    "run hello --tie-seed -1": "orrery run: --tie-seed: -1 is no whole number from 0",
    "run hello --wire slow": "orrery run: --wire: slow not in {typed,checked}",
    "run hello --host ns3": "orrery run: --host: ns3 not in {sim}",
    "run hello --set nodes": "--set nodes: this does not say what is set to what; write --set address=value",
    "run hello --set =5": "--set =5: this does not say what is set to what; write --set address=value",
    "run hello --set relay.d=6": "--set relay.d=6: relay.d is no parameter of flood; allowed: kind, seen_ttl, sign",
    "run hello --set duration=10": '--set duration=10: duration = 10 has no unit; write "10 s"',
    "describe rely": "rely: there is nothing of that name; did you mean relay? allowed: group, ",
    "describe metrics": "metrics: there is nothing of that name; did you mean metric? allowed: group, ",
    "show last": "last: there is no result in results yet; `orrery run hello` makes one",
    "version --jsno": "orrery version: there is no option --jsno; did you mean --json? allowed: --json, ",
}


class Refusals(case.Case):
    def test_each_says_what_is_wrong(self):
        for line, expected in LINES.items():
            with self.subTest(line):
                said = self.refuses(*line.split())
                self.assertEqual(said[: len(expected)], expected)
                if said.startswith("orrery"):
                    self.assertRegex(said, r"^.+\n`orrery( [a-z]+)? --help` tells more\n$")

    def test_without_a_verb_the_help_comes_too(self):
        said = self.refuses()
        self.assertTrue(said.startswith("Orrery: a deterministic simulator"), said)
        self.assertTrue(said.endswith("orrery: give a verb\n`orrery --help` tells more\n"), said)

    def test_control_characters_reach_no_terminal(self):
        for words in (["\x1b[2J"], ["run", "\x1b[2J"], ["run", "hello", "--\x1b[2J"], ["describe", "\x1b[2J"]):
            self.assertNotIn("\x1b", self.refuses(*words))


if __name__ == "__main__":
    case.main()
