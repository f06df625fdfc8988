#!/usr/bin/python3
"""What an event costs: our engine beside ns-3, in turn, round after round; ratios are taken within a round.

  events.py ORRERY BENCH_NS3 [--quick] [--json] [--keep FILE]
"""
import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A load of ours, and what it is compared with: each a load of bench_ns3, with a scheduler."""
    load: str
    nodes: int
    events: int
    others: dict[str, tuple[str, str]]  # by the column it stands in


def beside_schedulers(load: str, nodes: int, events: int) -> Row:
    return Row(load, nodes, events, {"PriorityQueue": (load, "PriorityQueue"), "Map": (load, "Map")})


QUICK = [
    beside_schedulers("hold", 1000, 2_000_000),
    beside_schedulers("hold", 100_000, 2_000_000),
    beside_schedulers("phold", 1000, 2_000_000),
    beside_schedulers("phold", 100_000, 2_000_000),
    beside_schedulers("flood", 10_000, 2_100_000),
    beside_schedulers("heartbeat", 10_000, 2_000_000),
    beside_schedulers("heartbeat", 100_000, 2_000_000),
    Row("phold", 1000, 100_000, {"UDP": ("udp", "PriorityQueue")}),
    Row("gossipsub", 1000, 1_000_000, {}),  # ns-3 has none
]
# The last is slow to set up on either side.
ALL = [*QUICK, beside_schedulers("phold", 1_000_000, 4_000_000)]
COLUMNS = ("PriorityQueue", "Map", "UDP")
ROUNDS, ROUNDS_QUICK = 5, 3


def told_by(*command) -> dict:
    return json.loads(subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=True).stdout)


def measure(row: Row, rounds: int, orrery: str, ns3: str) -> dict:
    """Figures of every round, by who made them."""
    figures = {"ours": [], **{column: [] for column in row.others}}
    for _ in range(rounds):
        ours = told_by(orrery, "bench", row.load, "--nodes", row.nodes, "--events", row.events, "--json")
        figures["ours"].append(ours)
        for column, (load, scheduler) in row.others.items():
            figures[column].append(told_by(ns3, load, scheduler, row.nodes, row.events))
    return {
        "load": row.load,
        "nodes": row.nodes,
        "fingerprint": figures["ours"][0]["fingerprint"],
        "cpu_ns_per_event": {who: [one["cpu_ns_per_event"] for one in told] for who, told in figures.items()},
        "bytes_per_node": {who: [one["bytes_per_node"] for one in told] for who, told in figures.items()},
    }


def ratios(measured: dict, column: str) -> list[float]:
    cost = measured["cpu_ns_per_event"]
    return [theirs / ours for ours, theirs in zip(cost["ours"], cost[column], strict=True)]


def spread(values: list[float]) -> str:
    return " / ".join(f"{value:.3g}" for value in (min(values), statistics.median(values), max(values)))


def cells(measured: dict) -> list[str]:
    cost = measured["cpu_ns_per_event"]
    texts = [f"`{measured['load']}` {measured['nodes']:,}", spread(cost["ours"])]
    for column in COLUMNS:
        texts.append(f"{spread(cost[column])}; **{spread(ratios(measured, column))}**" if column in cost else "")
    texts.append(f"{statistics.median(measured['bytes_per_node']['ours']):,.0f}")
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("orrery")
    parser.add_argument("bench_ns3")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no million nodes")
    parser.add_argument("--json", action="store_true", help="print what --keep keeps, and no table")
    parser.add_argument("--keep", type=Path, help="a file to which one JSON object a row is appended")
    arguments = parser.parse_args()
    about = told_by(arguments.orrery, "version", "--json")
    about = {"schema": 1, "unix_time": int(time.time()), **{key: about[key] for key in ("commit", "dirty", "compiler")}}
    if not arguments.json:
        print("CPU ns an event, min / median / max; in bold how many times ours that is, by round\n")
        print("| load, nodes | ours |", " | ".join(f"ns-3 {column}" for column in COLUMNS), "| our bytes a node |")
        print("|---" * (3 + len(COLUMNS)) + "|", flush=True)
    for row in QUICK if arguments.quick else ALL:
        measured = measure(row, ROUNDS_QUICK if arguments.quick else ROUNDS, arguments.orrery, arguments.bench_ns3)
        line = json.dumps({**about, **measured})
        if arguments.keep:
            arguments.keep.parent.mkdir(parents=True, exist_ok=True)
            with arguments.keep.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        print(line if arguments.json else "| " + " | ".join(cells(measured)) + " |", flush=True)


if __name__ == "__main__":
    main()
