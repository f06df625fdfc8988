#!/usr/bin/python3
"""On a terminal a run shows how far it is, and colours; in a pipe it does neither. NO_COLOR and TERM=dumb are heard.

Usage: terminal.py ORRERY
"""
import json
import os
import pty
import re
import subprocess
import threading

import case

LONG = ("run", "relay/flood-world", "--set", "duration=1min")  # a second or so: a quick run shows no progress
PROGRESS = re.compile(r"\r\x1b\[K *(\d+) %  virtual time (\d+\.\d) of (\d+\.\d) s, [\d.e+]+ s a second, "
                      r"\d+\.\d M events, ETA \d+(\.\d)? (s|min|h)(?=\r)")
CLEARED = "\r\x1b[K"


class Screen:
    """The other end of a pseudo-terminal: collects all that is written to it."""

    def __init__(self):
        self.master, self.slave = pty.openpty()
        self.bytes = b""
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        try:
            while block := os.read(self.master, 65536):
                self.bytes += block
        except OSError:  # the last writer has closed it
            pass

    def text(self) -> str:
        """Call it once all writers are gone."""
        os.close(self.slave)
        self.reader.join()
        os.close(self.master)
        return self.bytes.decode("utf-8").replace("\r\n", "\n")


class Terminal(case.Case):
    def seen(self, *arguments: str, out: bool, err: bool, **variables: str) -> tuple[str, str]:
        """What comes to standard output and error, each of which is a terminal or a pipe."""
        screens = [Screen() if wanted else None for wanted in (out, err)]
        ends = [screen.slave if screen else subprocess.PIPE for screen in screens]
        done = subprocess.run([case.BINARY, *arguments], cwd=self.folder, env=self.environment(**variables),
                              stdin=subprocess.DEVNULL, stdout=ends[0], stderr=ends[1])
        self.assertEqual(done.returncode, 0)
        piped = (done.stdout, done.stderr)
        return tuple(screen.text() if screen else text.decode("utf-8") for screen, text in zip(screens, piped))

    def test_progress_on_a_terminal(self):
        out, err = self.seen(*LONG, out=False, err=True)
        shown = list(PROGRESS.finditer(err))
        self.assertGreater(len(shown), 0, err)
        for part, done, whole in ((int(one[1]), float(one[2]), float(one[3])) for one in shown):
            self.assertEqual(whole, 80)
            self.assertAlmostEqual(part, 100 * done / whole, delta=0.6)
        times = [float(one[2]) for one in shown]
        self.assertEqual(times, sorted(times))
        # Nothing is left of it, and nothing of it is among the data.
        self.assertEqual(PROGRESS.sub("", err), CLEARED)
        self.assertNotIn("\x1b", out)

    def test_progress_beside_json(self):
        out, err = self.seen(*LONG, "--json", out=False, err=True)
        self.assertRegex(err, PROGRESS)
        self.assertEqual(json.loads(out)["scenario"], "relay/flood-world")

    def test_silence_in_a_pipe(self):
        out, err = self.seen(*LONG, out=False, err=False)
        self.assertEqual(err, "")
        self.assertNotRegex(out, "[\r\x1b]")

    def test_colours_on_a_terminal_only(self):
        out, _ = self.seen("run", "hello", out=True, err=False)
        self.assertIn("  \x1b[32mpass     \x1b[0m delivered ", out)
        plain, _ = self.seen("run", "hello", out=False, err=True)
        self.assertIn("  pass      delivered ", plain)
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": ""}):
            out, _ = self.seen("run", "hello", out=True, err=False, **variables)
            self.assertNotIn("\x1b", out, variables)
            self.assertIn("  pass      delivered ", out, variables)
        out, _ = self.seen("run", "hello", out=True, err=False, NO_COLOR="")  # empty means unset: no-color.org
        self.assertIn("\x1b[32m", out)

    def test_no_progress_on_a_terminal_that_cannot(self):
        _, err = self.seen(*LONG, out=False, err=True, TERM="dumb")
        self.assertEqual(err, "")


if __name__ == "__main__":
    case.main()
