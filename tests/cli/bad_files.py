#!/usr/bin/python3
"""Bad files, each refused with exit code 2, file:line:column, what is wrong and what is allowed. Nothing is written.

Usage: bad_files.py ORRERY
"""
import os
import subprocess
import time

import case

# What is wrong; what of the least file is written otherwise; data files beside it; all that is said, or its beginning
# where a library goes on.
MISTAKES = [
    ("unknown key",
     ('kind = "flood"', 'kind = "flood"\nseen_tll = "1 min"'), {},
     "bad.toml:9:1: relay.seen_tll is no parameter of flood; did you mean seen_ttl? allowed: kind, seen_ttl, sign"),
    ("unknown table",
     ("[relay]", "[rely]"), {},
     "bad.toml:7:2: rely is no key or table of a scenario; did you mean relay? allowed: check, clock, connector, "
     "cpu, disk, drain, duration, extends, fault, group, network, nodes, orrery, question, relay, seed, study, title, "
     "warmup, workload"),
    ("cores of a free CPU",
     ("[relay]", "[group]\nhome = { share = \"100 %\", cores = 2 }\n[relay]"), {},
     "bad.toml:8:35: group.home.cores means nothing where work takes no time; set group.home.cpu or cpu.speed, or "
     "leave it out"),
    ("unknown kind",
     ('kind = "flood"', 'kind = "flod"'), {},
     'bad.toml:8:8: relay.kind = "flod" is not known; did you mean flood? allowed: flood...'),
    ("bare duration",
     ('duration = "10 s"', "duration = 10"), {},
     'bad.toml:3:12: duration = 10 has no unit; write "10 s" (units: ns, us, ms, s, min, h, d)'),
    ("wrong unit",
     ('duration = "10 s"', 'duration = "10 kB"'), {},
     'bad.toml:3:12: duration = "10 kB" has no unit of duration; units: ns, us, ms, s, min, h, d'),
    ("unit without its space",
     ('rate = "1 /s"', 'rate = "1/s"'), {},
     'bad.toml:10:35: workload.chat.rate = "1/s" needs one space between number and unit; write "1 /s"'),
    ("share above 100 %",
     ("[relay]", '[group]\nnode = { share = "101 %" }\n[relay]'), {},
     'bad.toml:8:18: group.node.share = "101 %" is out of range; allowed: "0 %" to "100 %"'),
    ("a promise longer than the drain",
     ("[workload]", '[check]\nd = { kind = "delivered", within = "11 s" }\n[workload]'), {},
     "bad.toml:10:36: check.d.within is longer than drain: late messages could not count; allowed: up to 10 s, or give "
     "a longer drain"),
    ("shares that are not everybody",
     ("[relay]", '[group]\nhome = { share = "60 %" }\ncloud = { share = "30 %" }\n[relay]'), {},
     "bad.toml:7:2: the shares of the groups sum to 90 %; they must sum to 100 %"),
    ("out of range",
     ("nodes = 20", "nodes = -1"), {},
     "bad.toml:2:9: nodes = -1 is out of range; allowed: 0 to 10000000"),
    ("number beyond 64 bits",
     ("nodes = 20", "nodes = 99999999999999999999"), {},
     "bad.toml:2:29: this is not TOML: ..."),
    ("messages without end",
     ('duration = "10 s"', 'duration = "1000 d"'), {},
     "bad.toml:10:35: workload.chat.rate makes about 86400000 messages; allowed: up to 10000000 of all workloads; "
     "publish more slowly, or shorten the duration"),
    ("no TOML",
     ("[relay]", "[relay"), {},
     "bad.toml:7:7: this is not TOML: ..."),
    ("no format",
     ("orrery = 1\n", ""), {},
     "bad.toml:1:1: the file does not say which format it has; write orrery = 1 in its first line"),
    ("missing file",
     ("ethshadow", "gone.csv"), {},
     'bad.toml:6:11: network.latency: there is no file "gone.csv"; check its name; it is looked for beside the '
     "scenario"),
    ("file outside the folder",
     ("ethshadow", "../../etc/latency.csv"), {},
     'bad.toml:6:11: network.latency: "../../etc/latency.csv" is outside the scenario\'s folder; copy the file beside '
     "the scenario, or name its folder with --allow-path"),
    ("no such table of latencies",
     ("ethshadow", "ethshado"), {},
     'bad.toml:6:11: network.latency = "ethshado" is no built-in table; did you mean ethshadow? allowed: ethshadow, '
     "simblock2019, or a .csv file"),
    ("empty CSV",
     ("ethshadow", "data.csv"), {"data.csv": b""},
     "{folder}/data.csv:1:1: it is empty; give it a header and rows"),
    ("CSV cut inside a row",
     ("ethshadow", "data.csv"), {"data.csv": b"from,a,b\na,1,2\nb,2"},
     "{folder}/data.csv:3:3: the row has 2 cells, the first row has 3; complete it; is the end of the file missing?"),
    ("CSV cut after a row",
     ("ethshadow", "data.csv"), {"data.csv": b"from,a,b\na,1,2\n"},
     "{folder}/data.csv:3:1: the file ends after 1 of 2 rows; give one row a place; is the end of the file missing?"),
    ("CSV that would drive a terminal",
     ("ethshadow", "data.csv"), {"data.csv": b"from,a,b\na,1,\x1b[2J\xff\xc2\x9b\nb,2,1\n"},
     '{folder}/data.csv:2:5: "\\u001B[2J\\xFF\\u009B" is no number; write latencies as 12.5; if the file lists pairs, '
     "name its columns by from_column, to_column and latency_column"),
    ("CSV whose matrix would need 10 GB",
     ("ethshadow", "data.csv"), {"data.csv": b"from," + b",".join(b"n%d" % i for i in range(36_000))},
     "{folder}/data.csv:1:23472: the row has more than 4097 cells; leave some out"),
    ("list of pairs whose matrix would need 10 GB",
     ("ethshadow", "data.csv"),
     {"data.csv": b"from,to,latency\n" + b"".join(b"n%d,n%d,1\n" % (i, i + 1) for i in range(36_000))},
     "{folder}/data.csv:4098:1: there are more than 4096 places; leave some out"),
    ("links without end",
     ('[network]', '[group]\na.share = "100 %"\nb.count = 10000\n[network]\ntopology.kind = "complete"'), {},
     "bad.toml:8:1: network.topology is refused: the topology would have 50195190 links, at most 33554432 are "
     "possible; take fewer nodes or a smaller degree; `orrery describe network.topology` lists what is allowed"),
]


class BadFiles(case.Case):
    def write(self, text: str) -> None:
        (self.folder / "bad.toml").write_text(text, encoding="utf-8")

    def test_each_is_refused_where_it_is_wrong(self):
        for name, (old, new), files, expected in MISTAKES:
            with self.subTest(name):
                self.assertEqual(case.LEAST.count(old), 1)
                self.write(case.LEAST.replace(old, new))
                for file, content in files.items():
                    (self.folder / file).write_bytes(content)
                for verb in ("validate", "run"):
                    said = self.refuses(verb, "bad.toml")
                    want = expected.format(folder=self.folder)
                    if want.endswith("..."):
                        said = said[: len(want) - 3] + "...\n"
                    self.assertEqual(said, want + "\n")

    def test_the_least_file_itself_is_good(self):
        self.write(case.LEAST)
        self.assertIn("bad.toml: good; 20 nodes", self.says("validate", "bad.toml"))

    def test_random_bytes(self):
        for seed in range(20):
            noise = bytes((seed * 7919 + i * i * 31 + (i >> 3) * 17) % 256 for i in range(1, 4000))
            (self.folder / "bad.toml").write_bytes(noise)
            self.assertRegex(self.refuses("validate", "bad.toml"),
                             r"^bad\.toml:[1-9]\d*:[1-9]\d*: this is not TOML: .+; .+\n$")
            self.write(case.LEAST.replace("ethshadow", "noise.csv"))
            (self.folder / "noise.csv").write_bytes(noise)
            self.assertRegex(self.refuses("validate", "bad.toml"), r"^/.*/noise\.csv:[1-9]\d*:[1-9]\d*: .+; .+\n$")

    def refuses_cheaply(self, expected: str) -> None:
        """In less than a few seconds and a part of a gigabyte: a sanitizer multiplies both."""
        before, start = self.listing(), time.monotonic()
        with subprocess.Popen([case.BINARY, "validate", "bad.toml"], cwd=self.folder, env=self.environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8") as process:
            said = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((process.returncode, said), (2, expected + "\n"))
        self.assertLess(time.monotonic() - start, 5)
        self.assertLess(usage.ru_maxrss * 1024, 200 << 20)
        self.assertEqual(self.listing(), before)

    def hollow(self, name: str) -> None:
        """A file of 10 GB without a byte on the disk."""
        with (self.folder / name).open("wb") as file:
            file.truncate(10_000_000_000)

    def test_a_matrix_of_ten_gigabytes(self):
        self.write(case.LEAST.replace("ethshadow", "huge.csv"))
        self.hollow("huge.csv")
        self.refuses_cheaply('bad.toml:6:11: network.latency: "huge.csv" has 10000000000 bytes; allowed: up to '
                             "67108864")

    def test_a_scenario_of_ten_gigabytes(self):
        self.hollow("bad.toml")
        self.refuses_cheaply("bad.toml:1:1: bad.toml has 10000000000 bytes; a scenario has at most 1048576; put data "
                             "into a file of its own")

    def test_what_is_no_file(self):
        (self.folder / "folder").mkdir()
        os.mkfifo(self.folder / "pipe")
        for name in ("folder", "pipe", "/dev/zero"):
            self.assertEqual(self.refuses("validate", name),
                             f"{name}:1:1: this is no regular file; name a .toml file\n")
            if name.startswith("/"):
                continue
            (self.folder / name).rename(self.folder / f"{name}.csv")
            self.write(case.LEAST.replace("ethshadow", f"{name}.csv"))
            self.assertIn(f'bad.toml:6:11: network.latency: there is no file "{name}.csv"; ',
                          self.refuses("validate", "bad.toml"))

    def test_names_of_nothing(self):
        files = case.LIBRARY.glob("**/*.toml")
        known = ", ".join(sorted(str(file.relative_to(case.LIBRARY).with_suffix("")) for file in files))
        wrong = "there is no such file, and no scenario of that name"
        self.assertIn(f"helo:1:1: {wrong}; did you mean hello? allowed: ", self.refuses("validate", "helo"))
        self.assertIn(f"gone/mine.toml:1:1: {wrong}; allowed: {known}", self.refuses("run", "gone/mine.toml"))
        self.assertIn(wrong, self.refuses("validate", ""))
        self.assertIn(wrong, self.refuses("validate", "long" * 2000))

    def test_all_mistakes_are_told_at_once(self):
        self.write(case.LEAST.replace("nodes = 20", "nodes = -1").replace("100 B", "1 B"))
        lines = self.refuses("validate", "bad.toml").splitlines()
        self.assertEqual([line.split(": ")[0] for line in lines], ["bad.toml:2:9", "bad.toml:10:50"])


if __name__ == "__main__":
    case.main()
