#!/usr/bin/python3
"""Where results go, what becomes of those that are there, and what `last` means.

Usage: results.py ORRERY
"""
import ctypes
import errno
import fcntl
import hashlib
import json
import os
import platform
import resource
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import case


def forbid_renameat2(answer: int) -> None:
    """In the process to be: the kernel answers so when names are to be swapped. By seccomp(2)."""
    number = {"x86_64": 316, "aarch64": 276}[platform.machine()]
    # Load the number of the call; if it is not this one, skip a step; fail; allow.
    steps = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x50000 | answer), (0x06, 0, 0, 0x7fff0000)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    kernel = ctypes.CDLL(None)
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    assert kernel.prctl(no_new_privileges, 1, 0, 0, 0) == 0
    assert kernel.prctl(seccomp, by_filter, ctypes.byref(Filter(len(steps), ctypes.addressof(program))), 0, 0) == 0


class Results(case.Case):
    def run_hello(self, *options: str, code: int = 0) -> dict:
        done = self.orrery("run", "hello", "--json", *options)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def kept(self) -> set[str]:
        return {str(path.parent.relative_to(self.folder)) for path in self.folder.rglob("run.sqlite")}

    def change(self, folder: str, attribute: str, value: str) -> None:
        with sqlite3.connect(f"{folder}/run.sqlite") as database:
            database.execute("UPDATE runAttr SET attrValue = ? WHERE attrName = ?", (value, attribute))
        database.close()

    def test_the_folder_is_named_after_scenario_spec_and_seed(self):
        told = self.run_hello("--seed", "9")
        folder = f"results/hello/{told['spec_hash'][:12]}-9-sim"
        self.assertEqual(told["results"], str(self.folder / folder))
        self.assertEqual(set(self.listing()), {
            "results", "results/hello", folder, f"{folder}/run.sqlite", f"{folder}/index.html", f"{folder}/columns",
            *(f"{folder}/columns/delivery.{name}.npy" for name in ("message", "node", "at_ns", "latency_ns"))})

    def test_a_library_name_and_a_path_keep_their_folders(self):
        quick = ("--set", "duration=1s", "--set", "nodes=50")
        told = json.loads(self.orrery("run", "relay/flood-world", "--json", *quick).stdout)
        self.assertTrue(told["results"].startswith(f"{self.folder}/results/relay/flood-world/"))
        (self.folder / "mine.toml").write_text(case.LEAST)
        self.assertIn(f"  page         {self.folder}/results/mine/", self.says("run", "mine.toml"))

    def test_an_equal_run_is_replaced(self):
        first = self.run_hello()
        (Path(first["results"]) / "note.txt").write_text("of the first")
        second = self.run_hello()
        self.assertEqual(first, second)
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual((Path(first["results"]) / "note.txt").read_text(), "of the first")  # it moves along
        self.assertEqual(os.listdir(self.folder / "results/hello"), [Path(first["results"]).name])

    def test_what_stands_in_the_place_of_a_file_of_ours_does_not_move_along(self):
        self.run_hello("--out", "mine")
        (self.folder / "precious").write_text("precious")
        for name in ("index.html", "columns/delivery.node.npy"):
            (self.folder / "mine" / name).unlink()
            (self.folder / "mine" / name).symlink_to(self.folder / "precious")
        self.run_hello("--out", "mine")
        self.says("results", "verify", "mine")
        (left,) = self.folder.glob("mine.part-*")
        for name in ("index.html", "columns/delivery.node.npy"):
            self.assertFalse((self.folder / "mine" / name).is_symlink())
            self.assertEqual((left / name).read_text(), "precious")

    def test_an_equal_run_is_replaced_where_names_cannot_be_swapped(self):
        first = self.run_hello("--out", "mine")
        (self.folder / "mine/note.txt").write_text("of the first")
        before = (self.folder / "mine").stat().st_ino

        def run(answer: int) -> subprocess.CompletedProcess:
            return subprocess.run([case.BINARY, "run", "hello", "--json", "--out", "mine"], cwd=self.folder,
                                  env=self.environment(), capture_output=True, encoding="utf-8",
                                  preexec_fn=lambda: forbid_renameat2(answer))

        refused = run(errno.EPERM)  # so it is the call that swaps
        self.assertEqual((refused.returncode, refused.stdout), (3, ""))
        self.assertRegex(refused.stderr, r"^error: .*/mine: cannot rename results: Operation not permitted; they are "
                                         r"finished, in .*/mine\.part-\d+\n$")
        self.says("results", "verify", refused.stderr.split()[-1])
        shutil.rmtree(refused.stderr.split()[-1])
        done = run(errno.ENOSYS)
        self.assertEqual((done.returncode, done.stderr, json.loads(done.stdout)), (0, "", first))
        self.assertNotEqual((self.folder / "mine").stat().st_ino, before)
        self.assertEqual((self.folder / "mine/note.txt").read_text(), "of the first")
        self.assertEqual(os.listdir(self.folder), ["mine"])
        self.says("results", "verify", "mine")

    def test_a_different_run_stays(self):
        first = self.run_hello()
        self.change(first["results"], "fingerprint", "other")
        self.change(first["results"], "commit", "other")
        before = {name: about for name, about in self.listing().items() if name.endswith(("sqlite", "html", "npy"))}
        second = self.run_hello()
        self.assertEqual(second["results"], first["results"] + "-2")
        self.change(second["results"], "fingerprint", "another")
        self.change(second["results"], "commit", "other")
        third, fourth = self.run_hello(), self.run_hello()
        self.assertEqual((third["results"], fourth["results"]), (first["results"] + "-3", first["results"] + "-3"))
        # Looking at the first did not touch it.
        self.assertEqual(before, {name: about for name, about in self.listing().items() if name in before})

    def test_runs_at_once_do_not_collide(self):
        for seeds, expected in ((["3"] * 8, {"mine"}), (list("4567"), {"mine", "mine-2", "mine-3", "mine-4"})):
            for path in self.folder.glob("mine*"):
                shutil.rmtree(path)
            processes = [subprocess.Popen([case.BINARY, "run", "hello", "--out", "mine", "--seed", seed],
                                          cwd=self.folder, env=self.environment(), stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL) for seed in seeds]
            self.assertEqual([process.wait() for process in processes], [0] * len(seeds))
            self.assertEqual({path.name for path in self.folder.iterdir()}, expected)
            self.says("results", "verify", *expected)

    def test_names_change_one_process_at_a_time(self):
        """Else three runs with one --out swap each other's folders, and one removes what is not its own."""
        old = Path(self.run_hello("--seed", "9", "--results", "old")["results"])
        held = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, held)
        fcntl.flock(held, fcntl.LOCK_EX)
        runs = [subprocess.Popen([case.BINARY, "run", "hello", "--out", "mine", "--seed", seed], cwd=self.folder,
                                 env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for seed in "123"]
        while sum(path.read_bytes() != b"" for path in self.folder.glob("mine.part-*/index.html")) < len(runs):
            pass
        time.sleep(0.5)
        self.assertEqual([run.poll() for run in runs], [None] * len(runs))
        self.assertFalse((self.folder / "mine").exists())
        old.rename(self.folder / "mine")
        fcntl.flock(held, fcntl.LOCK_UN)
        self.assertEqual([run.wait() for run in runs], [0] * len(runs))
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"old", "mine", "mine-2", "mine-3", "mine-4"})
        self.says("results", "verify", "mine", "mine-2", "mine-3", "mine-4")

    def test_prune_removes_what_it_is_told_to_and_nothing_of_others(self):
        folders = [Path(self.run_hello("--seed", str(seed))["results"]) for seed in (1, 2, 3)]
        self.refuses("results", "prune")
        self.assertIn("less than nothing", self.refuses("results", "prune", "--older-than", "-1d"))
        (folders[0] / "note.txt").write_text("precious")
        before = self.listing()
        self.orrery("results", "prune", "--keep", "1", "--dry-run")
        self.assertEqual(self.listing(), before)
        done = self.orrery("results", "prune", "--keep", "1")
        self.assertEqual(done.stderr, f"note: results/hello/{folders[0].name} stays: no run has written note.txt\n")
        self.assertEqual([folder.exists() for folder in folders], [True, False, True])
        self.assertEqual(self.says("results", "prune", "--older-than", "1d"), "0 results, 0 bytes\n")
        self.assertEqual(self.says("results", "prune", "--unfinished"), "0 results, 0 bytes\n")

    def test_prune_leaves_what_is_running(self):
        part = self.folder / "results/mine.part-1"
        part.mkdir(parents=True)
        (part / "run.sqlite.new").touch()
        held = os.open(part, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.assertEqual(self.says("results", "list").split()[0], "running")
        self.assertEqual(self.says("results", "prune", "--unfinished"), "0 results, 0 bytes\n")
        os.close(held)
        self.assertEqual(self.says("results", "list").split()[0], "unfinished")
        self.says("results", "prune", "--unfinished")
        self.assertFalse(part.exists())

    def test_prune_leaves_what_a_user_called_as_runs_call_theirs(self):
        for name in ("empty", "page", "columns"):
            (self.folder / f"results/{name}.part-3").mkdir(parents=True)
        (self.folder / "results/page.part-3/index.html").write_text("precious")
        (self.folder / "results/columns.part-3/columns").mkdir()
        before = self.listing()
        self.assertEqual(self.says("results", "list", "--json"), "[]\n")
        self.assertEqual(self.says("results", "prune", "--unfinished"), "0 results, 0 bytes\n")
        self.assertEqual(self.listing(), before)

    def test_prune_leaves_what_a_run_put_in_the_place_of_what_was_old(self):
        self.run_hello("--out", "old")
        os.utime(self.folder / "old/run.sqlite", (1, 1))
        mine = self.folder / "all/mine"
        for _ in range(50):
            shutil.rmtree(self.folder / "all", ignore_errors=True)
            shutil.copytree(self.folder / "old", mine)
            run = subprocess.Popen([case.BINARY, "run", "hello", "--out", mine], cwd=self.folder,
                                   env=self.environment(), stdout=subprocess.DEVNULL)
            while run.poll() is None and not Path(f"{mine}.part-{run.pid}/index.html").exists():
                pass
            done = self.orrery("results", "prune", "--older-than", "1d", "--results", "all")
            self.assertEqual((run.wait(), done.returncode), (0, 0), done.stderr)
            self.says("results", "verify", "all/mine")

    def test_list_leaves_nothing_out_while_others_come_and_go(self):
        first = Path(self.run_hello()["results"])
        for copy in range(20):
            shutil.copytree(first, self.folder / f"results/{copy}/hello")
        names = [self.folder / f"results/a{number}" for number in range(50)]
        over = threading.Event()

        def come_and_go() -> None:
            while not over.is_set():
                for name in names:
                    name.mkdir()
                for name in names:
                    name.rmdir()

        other = threading.Thread(target=come_and_go)
        self.addCleanup(other.join)
        self.addCleanup(over.set)
        other.start()
        for _ in range(100):
            self.assertEqual(len(self.says("results", "list").splitlines()), 21)

    def test_a_file_may_claim_any_time(self):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as shelf:  # other file systems know less of eternity
            self.run_hello("--results", shelf)
            (database,) = Path(shelf).rglob("run.sqlite")
            os.utime(database, (2**60, 2**60))
            self.assertTrue(self.says("results", "list", "--results", shelf).startswith("finished  "))

    def test_a_slip_in_where_results_are_is_refused(self):
        self.assertEqual(self.orrery("results", "list").stderr, "there is no result in results yet\n")
        self.assertEqual(self.says("results", "prune", "--unfinished"), "0 results, 0 bytes\n")
        self.assertIn("no finished result in results", self.refuses("results", "verify"))
        (self.folder / "file").touch()
        for what in (["list"], ["list", "--json"], ["prune", "--unfinished"], ["verify"]):
            for name, why in (("typo", "No such file or directory"), ("results", "No such file or directory"),
                              ("file", "Not a directory")):
                self.assertEqual(self.refuses("results", *what, "--results", name),
                                 f"--results {name}: {why}; give the folder that `orrery run` put results into\n")
        (self.folder / "results").touch()
        self.assertIn("Not a directory", self.refuses("results", "list"))

    def test_files_are_sealed_by_sha256(self):
        folder = Path(self.run_hello()["results"])
        with sqlite3.connect(folder / "run.sqlite") as database:
            sealed = {path: (size, digest) for path, size, digest in database.execute("SELECT * FROM file")}
        database.close()
        files = [folder / "index.html", *(folder / "columns").iterdir()]
        self.assertEqual(sealed, {str(file.relative_to(folder)):
                                  (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())
                                  for file in files})

    def test_verify_finds_a_changed_byte(self):
        folder = Path(self.run_hello()["results"])
        self.says("results", "verify", "last")
        self.assertIn("there are no results", self.refuses("results", "verify", str(folder), "results"))
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            whole = path.read_bytes()
            place = whole.index(b"fingerprint") if path.name == "run.sqlite" else len(whole) // 2
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:])
            self.assertEqual(self.orrery("results", "verify").returncode, 1, path)
            path.write_bytes(whole)
        with sqlite3.connect(folder / "run.sqlite") as database:
            database.execute("PRAGMA user_version = 4")  # one bit less: of the version that had no seals
        database.close()
        self.assertIn("version", self.orrery("results", "verify").stdout)
        with sqlite3.connect(folder / "run.sqlite") as database:
            database.execute("PRAGMA user_version = 5")
        database.close()
        self.change(str(folder), "seed", "9")
        self.assertIn("its rows are not those that were written", self.orrery("results", "verify").stdout)

    def test_a_full_disk_is_told(self):
        """A limit of the size of files stands for it: the error comes from the same places."""
        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        for size in (1_000, 1_024, 40_000, 40_960, 60_000, 65_536, 80_000):
            done = subprocess.run([case.BINARY, "run", "hello", "--set", "duration=2min", "--out", "mine"],
                                  cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
                                  capture_output=True, encoding="utf-8", preexec_fn=limit)
            self.assertEqual((done.returncode, done.stdout), (3, ""), (size, done.stderr))
            left = list(self.folder.glob("mine*"))
            survives = f"what was written before is in {left[0]}, marked unfinished; " if left else ""
            self.assertEqual(size == 80_000, bool(left), done.stderr)  # nothing stays that tells nothing
            self.assertRegex(done.stderr, rf"^error: cannot write results: .*: File too large; {survives}"
                                          r"raise the limit of the size of files \(`ulimit -f`\)\n$")
        self.assertEqual(self.says("results", "list", "--results", ".").split()[0], "unfinished")

    def test_a_place_that_cannot_be_written_is_told(self):
        (self.folder / "file").touch()
        for option in ("--out=file/mine", "--results=file"):
            said = self.refuses("run", "hello", option, code=3)
            self.assertRegex(said, r"^error: cannot write results: .*/file.*: Not a directory; choose a place that has "
                                   r"room and can be written, by --results or --out\n$")

    def test_out_names_the_folder(self):
        (self.folder / "empty").mkdir()
        for name in ("empty", "fresh", "deep/er", "slash/"):
            self.assertEqual(self.run_hello("--out", name)["results"], str(self.folder / name.rstrip("/")))
        self.assertEqual(self.kept(), {"empty", "fresh", "deep/er", "slash"})
        (self.folder / "elsewhere").mkdir()
        (self.folder / "link").symlink_to("elsewhere")
        for _ in range(2):
            self.assertEqual(self.run_hello("--out", "link")["results"], str(self.folder / "elsewhere"))

    def test_out_keeps_what_another_scenario_or_seed_left(self):
        self.run_hello("--out", "mine")
        done = self.orrery("run", "hello", "--seed", "8", "--out", "mine")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, f"note: {self.folder}/mine keeps a run of another scenario or seed; this one "
                                      f"went to {self.folder}/mine-2\n")
        self.assertEqual(self.kept(), {"mine", "mine-2"})

    def test_out_overwrites_nothing_of_the_users(self):
        (self.folder / "file").write_text("precious")
        (self.folder / "thesis").mkdir()
        (self.folder / "thesis/run.sqlite").write_text("precious")
        (self.folder / "dangling").symlink_to("nowhere")
        for name in ("file", "thesis", "dangling"):
            said = self.refuses("run", "hello", "--out", name, "--records", "records")
            self.assertEqual(said, f"{self.folder}/{name}: this exists and holds no finished run; remove it, or choose "
                                   "another --out\n")

    def test_what_a_killed_run_left_stays_when_its_process_id_comes_back(self):
        def leave() -> None:  # in the process that becomes orrery
            for name in (f"mine.part-{os.getpid()}", f"mine.part-{os.getpid()}-2.replaced"):
                (self.folder / name).mkdir()
                (self.folder / name / "run.sqlite").write_text("precious")

        process = subprocess.Popen([case.BINARY, "run", "hello", "--out", "mine"], cwd=self.folder,
                                   env=self.environment(), stdout=subprocess.DEVNULL, preexec_fn=leave)
        self.assertEqual(process.wait(), 0)
        self.assertEqual({path.name for path in self.folder.iterdir()},
                         {"mine", f"mine.part-{process.pid}", f"mine.part-{process.pid}-2.replaced"})
        self.assertEqual((self.folder / f"mine.part-{process.pid}/run.sqlite").read_text(), "precious")

    def test_a_refused_scenario_leaves_no_folder(self):
        self.refuses("run", "hello", "--set", "nodes=0", "--out", "mine", "--records", "records")

    def test_last_is_the_newest_finished_result(self):
        self.run_hello("--seed", "1")
        self.run_hello("--seed", "2", "--set", "check.delivered.within=1ms", code=1)
        shown = self.says("show", "last")
        self.assertIn("\nseed = 2\n", shown)
        self.assertIn("\n# fail delivered: 0 of ", shown)
        self.assertIn("\n# again orrery run hello --seed 2 --set check.delivered.within=1ms\n", shown)
        self.run_hello("--seed", "1")
        self.assertIn("\nseed = 1\n", self.says("show", "last"))
        self.assertEqual(self.says("show", "last"), self.says("show", "last", "--results", "./results"
                                                              ).replace("# results ./", "# results "))

    def test_a_shown_result_can_be_run_again(self):
        first = self.run_hello("--seed", "5", "--set", "network.jitter=3%")
        (self.folder / "again.toml").write_text(self.says("show", first["results"]))
        again = json.loads(self.says("run", "again.toml", "--json"))
        self.assertEqual((again["fingerprint"], again["spec_hash"]), (first["fingerprint"], first["spec_hash"]))


if __name__ == "__main__":
    case.main()
