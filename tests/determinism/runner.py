"""Runs `orrery` and reads what it says."""
import json
import os
import sqlite3
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def binary(preset: str) -> Path:
    return ROOT / "build" / preset / "scenarios/cli/orrery"


def run(scenario: str, seed: int, *options: str, preset: str = "release", **variables: str) -> list[dict]:
    """The objects that `orrery run --json` prints: one, or one a repetition. A single run's object is given what its
    database alone tells, since it differs from run to run: `performance` (wall_s, peak_bytes). Its files are thrown
    away. `variables` are added to the environment.
    """
    if not binary(preset).exists():
        raise SystemExit(f"not built: cmake --preset {preset} && cmake --build --preset {preset} --target orrery")
    with tempfile.TemporaryDirectory() as folder:
        command = [str(binary(preset)), "run", scenario, "--seed", str(seed), "--json"]
        command += ["--out", f"{folder}/run", *options]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        performance = _performance(Path(folder, "run/run.sqlite"))
    if done.returncode not in (0, 1):  # a run that fails a check of its own is a run all the same
        raise SystemExit(f"exit {done.returncode}: {' '.join(command)}\n{done.stderr}{done.stdout}")
    decoder, text, objects = json.JSONDecoder(), done.stdout.strip(), []
    while text:
        found, end = decoder.raw_decode(text)
        objects.append(found)
        text = text[end:].lstrip()
    if performance and len(objects) == 1:
        objects[0]["performance"] = performance
    return objects


def _performance(database: Path) -> dict | None:
    if not database.exists():
        return None
    with sqlite3.connect(database) as connection:
        wall_ns, peak_bytes = connection.execute("SELECT wallNs, peakBytes FROM performance").fetchone()
    return {"wall_s": round(wall_ns / 1e9, 2), "peak_bytes": peak_bytes}
