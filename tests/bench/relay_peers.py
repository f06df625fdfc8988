#!/usr/bin/python3
"""N nodes of ours in one process against N of js-libp2p in one process, same links, same messages: runs both in turn.

  relay_peers.py BINARY [--quick] [--json]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / "tests/interop/node/node_modules/.bin/node"
NODES = (10, 20)  # bytes a node are the slope between the two
BYTES = 1024
PATIENCE_S = 180  # for every node to have every message
TRIES = 3


def slope(runs: list[dict], key: str) -> float:
    return (runs[1][key] - runs[0][key]) / (NODES[1] - NODES[0])


# A figure, how it comes from the runs with fewer and with more nodes, and whether more of it is better.
FIGURES = {
    **{f"deliveries per CPU second, N = {n}": (lambda runs, i=i: runs[i]["deliveries"] / runs[i]["cpu_s"], True)
       for i, n in enumerate(NODES)},
    **{f"messages per CPU second, N = {n}": (lambda runs, i=i: runs[i]["messages"] / runs[i]["cpu_s"], True)
       for i, n in enumerate(NODES)},
    **{f"KiB a node, {when}": (lambda runs, key=key: slope(runs, key) / 1024, False)
       for when, key in (("linked, idle", "rss_idle_bytes"), ("20 messages/s", "rss_steady_bytes"),
                         ("after full speed", "rss_full_bytes"))},
}


def run(side: str, command: list[str], messages: int) -> list[dict]:
    """One process for each number of nodes. A run that stalls is told of, and done again."""
    return [measure(side, [*command, str(nodes), str(messages), str(BYTES)]) for nodes in NODES]


def measure(side: str, command: list[str]) -> dict:
    for _ in range(TRIES):
        try:
            done = subprocess.run(command, check=True, timeout=PATIENCE_S, stdout=subprocess.PIPE, encoding="utf-8")
        except subprocess.TimeoutExpired:
            print(f"{side}: stalled, {command[-3]} nodes; once more", file=sys.stderr)
            continue
        print(f"{side}: {done.stdout}", end="", file=sys.stderr)
        return json.loads(done.stdout)
    raise SystemExit(f"{side} stalled {TRIES} times")


def summarise(pairs: list[dict]) -> dict:
    summary = {}
    for name, (figure, more_is_better) in FIGURES.items():
        of = {side: sorted(figure(pair[side]) for pair in pairs) for side in ("js", "ours")}
        js, ours = (statistics.median(of[side]) for side in ("js", "ours"))
        summary[name] = {side: {"min": values[0], "median": statistics.median(values), "max": values[-1]}
                         for side, values in of.items()}
        summary[name]["ratio"] = ours / js if more_is_better else js / ours
    return summary


def table(pairs: list[dict], summary: dict) -> str:
    lines = [f"{'side':5} {'N':>3} {'messages':>9} {'CPU s':>8} {'wall s':>8} {'delivered / CPU s':>18} {'RSS MiB':>8}"]
    for pair in pairs:
        for side, runs in pair.items():
            for one in runs:
                lines.append(f"{side:5} {one['nodes']:3} {one['messages']:9} {one['cpu_s']:8.2f} {one['wall_s']:8.2f} "
                             f"{one['deliveries'] / one['cpu_s']:18,.0f} {one['rss_full_bytes'] / 2**20:8.1f}")
    lines += ["", f"{'':37} {'js: min, median, max':>29} {'ours: min, median, max':>29} {'ratio':>7}"]
    for name, row in summary.items():
        spreads = [" ".join(f"{row[side][key]:9,.0f}" for key in ("min", "median", "max")) for side in ("js", "ours")]
        lines.append(f"{name:37} {spreads[0]} {spreads[1]} {row['ratio']:6.1f}x")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true", help="2 pairs of 100 messages; else 5 of 500")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    commands = {"js": [str(NODE), str(ROOT / "tests/bench/relay_peers.mjs")],
                "ours": [str(Path(options.binary).resolve())]}
    count, messages = (2, 100) if options.quick else (5, 500)
    load = os.getloadavg()[0]
    pairs = [{side: run(side, command, messages) for side, command in commands.items()} for _ in range(count)]
    summary = summarise(pairs)
    if options.json:
        loads = [load, os.getloadavg()[0]]
        print(json.dumps({"cpus": os.cpu_count(), "load": loads, "pairs": pairs, "summary": summary}, indent=1))
    else:
        print(table(pairs, summary))
        print(f"\n{os.cpu_count()} CPUs; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
