#!/usr/bin/python3
"""`orrery bench`: every load is the same run from each engine and number of threads, and tells what it cost.

Usage: bench.py ORRERY
"""
import json

import case

LOADS = {"hold": 50, "phold": 50, "flood": 50, "heartbeat": 50, "gossipsub": 200}
ENGINES = (("--engine", "heap"), ("--engine", "window"), ("--threads", "2"), ())
KEYS = ["schema", "load", "engine", "nodes", "threads", "events", "cpu_ns_per_event", "wall_ns_per_event",
        "bytes_per_node", "peak_bytes", "fingerprint"]


class Bench(case.Case):
    def bench(self, load: str, *options: str, nodes: int, events: int = 20_000) -> dict:
        return json.loads(self.says("bench", load, f"--nodes={nodes}", f"--events={events}", "--json", *options))

    def test_engines_and_threads_give_one_run(self):
        for load, nodes in LOADS.items():
            with self.subTest(load):
                told = [self.bench(load, *engine, nodes=nodes)
                        for engine in ENGINES if load != "hold" or engine in (("--engine", "heap"), ())]
                self.assertEqual(len({(one["events"], one["fingerprint"]) for one in told}), 1, told)
                self.assertEqual([one["threads"] for one in told], [1, 1, 2, 1] if load != "hold" else [1, 1])

    def test_another_size_is_another_run(self):
        for load, nodes in LOADS.items():
            with self.subTest(load):
                told = [self.bench(load, nodes=more) for more in (nodes, nodes + 1)]
                told.append(self.bench(load, nodes=nodes, events=60_000))
                self.assertEqual(len({one["fingerprint"] for one in told}), 3, told)

    def test_what_it_tells(self):
        for load, nodes in LOADS.items():
            with self.subTest(load):
                told = self.bench(load, nodes=nodes, events=30_000)
                self.assertEqual(list(told), KEYS)
                self.assertEqual((told["schema"], told["load"], told["nodes"]), (1, load, nodes))
                self.assertEqual(told["engine"], "heap" if load == "hold" else "window")
                self.assertTrue(20_000 <= told["events"] <= 60_000, told)
                for figure in ("cpu_ns_per_event", "wall_ns_per_event", "peak_bytes"):
                    self.assertGreater(told[figure], 0, told)
                self.assertGreaterEqual(told["bytes_per_node"], 0, told)  # a small load may fit into what there was
                self.assertRegex(told["fingerprint"], r"^[0-9a-f]{32}$")

    def test_people_get_words(self):
        self.assertRegex(self.says("bench", "phold", "--nodes=9", "--events=1000"),
                         r"^phold: 9 nodes, \d+ events, window engine, 1 thread\n  cpu +[\d.]+ ns an event\n")

    def test_it_writes_nothing(self):
        self.says("bench", "gossipsub", "--nodes=100", "--events=1000")
        self.assertEqual(self.listing(), {})

    def test_what_makes_no_sense_is_refused(self):
        for line, expected in {
            "bench": "orrery bench: load is required",
            "bench pold": "orrery bench: load: pold not in {hold,phold,flood,heartbeat,gossipsub}",
            "bench phold --nodes 2": "orrery bench: --nodes: Value 2 not in range",
            "bench phold --nodes many": "orrery bench: --nodes: ",
            "bench phold --events 0": "orrery bench: --events: Value 0 not in range",
            "bench phold --events -1": "orrery bench: --events: ",
            "bench phold --engine fast": "orrery bench: --engine: fast not in {window,heap}",
            "bench phold --engine heap --threads 2": "the heap has one thread; leave --threads 2 out, or --engine heap",
            "bench hold --engine window": "hold measures the heap alone; leave --engine out",
            "bench hold --threads 2": "the heap has one thread; leave --threads 2 out\n",
        }.items():
            with self.subTest(line):
                said = self.refuses(*line.split())
                self.assertEqual(said[: len(expected)], expected)
        # The world relay's overlay needs more.
        self.assertIn("network.topology is refused", self.refuses("bench", "gossipsub", "--nodes=10"))


if __name__ == "__main__":
    case.main()
