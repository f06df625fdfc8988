#!/usr/bin/python3
"""`orrery node` as its operator meets it: its file, its key, its address, its commands, its peers and its end.

Usage: node.py ORRERY
"""
import hashlib
import json
import queue
import signal
import socket
import subprocess
import threading
import time

import case

PATIENCE_S = 60  # for a busy machine


class Running:
    """One node, and what it has said so far. Ends with the test."""

    def __init__(self, test: case.Case, name: str, *options: str, **keys):
        self.test, self.key, self.events = test, f"{name}.key", []
        (test.folder / f"{name}.toml").write_text(file_of(key=self.key, **keys))
        self.process = subprocess.Popen([case.BINARY, "node", "--config", f"{name}.toml", *options], cwd=test.folder,
                                        env=test.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        test.addCleanup(self.end)
        self.lines = queue.Queue()
        threading.Thread(target=self.follow, daemon=True).start()
        listening = self.wait_for("listening")
        self.peer, self.address = listening["peer"], listening["addrs"][0]

    def follow(self) -> None:
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def next(self, patience: float):
        try:
            event = self.lines.get(timeout=patience)
        except queue.Empty:
            return None
        if event:
            self.events.append(event)
        return event

    def wait_for(self, kind: str, **fields) -> dict:
        """The first event of that kind with those fields, from the start; waits for it."""
        at = 0
        until = time.monotonic() + PATIENCE_S
        while True:
            for event in self.events[at:]:
                if event["ev"] == kind and fields.items() <= event.items():
                    return event
            at = len(self.events)
            if not self.next(max(0.0, until - time.monotonic())):
                raise AssertionError((kind, fields, self.events[-20:]))

    def tell(self, *lines) -> None:
        for line in lines:
            self.process.stdin.write((line if isinstance(line, bytes) else line.encode()) + b"\n")
        self.process.stdin.flush()

    def ends(self) -> tuple[int, bytes]:
        """Its exit code and standard error; every event is in `events` then."""
        code = self.process.wait(PATIENCE_S)
        while self.next(PATIENCE_S):
            pass
        return code, self.process.stderr.read()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass


def file_of(relay: str = "flood", **keys) -> str:
    lines = ["orrery = 1", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())]
    return "\n".join([*lines, "[relay]", f'kind = "{relay}"', ""])


def sha256(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


class Files(case.Case):
    def refuses_file(self, text: str, code: int = 2) -> str:
        (self.folder / "bad.toml").write_text(text)
        return self.refuses("node", "--config", "bad.toml", code=code)

    def test_every_mistake_is_told_and_no_key_is_made(self):
        said = self.refuses_file('orrery = 1\nkey = "node.key"\nlisten = "127.0.0.1:4001"\nalow = "x"\n'
                                 'topics = ["a", ""]\n[relay]\nkind = "gosipsub"\n')
        self.assertIn('bad.toml:3:1: listen: "127.0.0.1:4001" is not understood; write /ip4/127.0.0.1/tcp/4001', said)
        self.assertIn("bad.toml:4:1: alow is no key or table of a node's file; did you mean allow?", said)
        self.assertIn('bad.toml:5:1: topics: "" is not understood; write 1 to 1024 bytes', said)
        self.assertIn('bad.toml:7:8: relay.kind = "gosipsub" is not known; did you mean gossipsub?', said)
        self.assertIn("the file does not say where the node's key is", self.refuses_file("orrery = 1\n"))
        self.assertIn("which format", self.refuses_file('key = "node.key"\n'))

    def test_a_peer_has_one_address(self):
        peer = "/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"
        said = self.refuses_file(file_of(key="node.key", bootstrap=[f"/ip4/127.0.0.1/tcp/{n}{peer}" for n in (1, 2)]))
        self.assertIn("bad.toml:3:1: bootstrap: ", said)
        self.assertIn("a second time; give each peer one address", said)

    def test_a_missing_file(self):
        self.assertIn("none.toml:1:1: ", self.refuses("node", "--config", "none.toml"))
        self.assertIn("--config", self.refuses("node"))

    def test_a_folder_for_the_key_that_is_not_there(self):
        self.assertIn("No such file or directory", self.refuses_file(file_of(key="none/node.key"), code=3))


class Keys(case.Case):
    def test_a_key_is_made_for_its_owner_and_kept(self):
        first = Running(self, "ann", "--stdin")
        first.tell("quit")
        self.assertEqual(first.ends(), (0, b""))
        about = (self.folder / "ann.key").stat()
        self.assertEqual((about.st_mode & 0o777, about.st_size), (0o600, 68))
        self.assertEqual(sorted(self.listing()), ["ann.key", "ann.toml"])
        self.assertEqual(Running(self, "ann").peer, first.peer)

    def test_a_key_that_others_may_read(self):
        Running(self, "ann").end()
        (self.folder / "ann.key").chmod(0o640)
        said = self.refuses("node", "--config", "ann.toml", code=3)
        self.assertIn("ann.key: others than its owner may use it; chmod 600 ", said)

    def test_what_is_no_key(self):
        (self.folder / "ann.toml").write_text(file_of(key="ann.key"))
        (self.folder / "ann.key").write_bytes(b"x" * 68)
        (self.folder / "ann.key").chmod(0o600)
        self.assertIn("no Ed25519 private key", self.refuses("node", "--config", "ann.toml", code=3))


class Ends(case.Case):
    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            for options in ([], ["--stdin"]):
                node = Running(self, "ann", *options)
                node.process.send_signal(number)
                self.assertEqual(node.ends(), (0, b""), (number, options))

    def test_what_was_sent_still_leaves(self):
        ann = Running(self, "ann", topics="chat")
        bob = Running(self, "bob", "--stdin", topics="chat", bootstrap=ann.address)
        bob.wait_for("stream", peer=ann.peer, outbound=True)
        bob.tell("publish-size chat 65536 60")
        bob.tell("mesh chat")
        bob.wait_for("mesh")  # commands are obeyed in turn
        bob.process.send_signal(signal.SIGTERM)
        self.assertEqual(bob.ends(), (0, b""))
        published = [event["sha256"] for event in bob.events if event["ev"] == "published"]
        self.assertEqual(len(published), 60)
        for digest in published:
            ann.wait_for("delivered", sha256=digest)
        ann.wait_for("link", peer=bob.peer, state="down")

    def test_long_commands_stop_with_the_node(self):
        node = Running(self, "ann", "--stdin", topics="chat")
        node.tell("publish-size chat 100000 1000000")
        node.wait_for("published")
        node.process.send_signal(signal.SIGTERM)
        self.assertEqual(node.ends(), (0, b""))

    def test_a_port_in_use(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            address = f"/ip4/127.0.0.1/tcp/{other.getsockname()[1]}"
            (self.folder / "ann.toml").write_text(file_of(key="ann.key", listen=address))
            done = self.orrery("node", "--config", "ann.toml")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertEqual(done.stderr, f"error: {address} cannot be listened on: Address already in use; free it, or "
                                      "name another in ann.toml, listen\n")

    def test_a_log_that_nobody_reads_stops_nothing(self):
        node = Running.__new__(Running)  # whose output is not followed
        (self.folder / "ann.toml").write_text(file_of(key="ann.key", topics="chat"))
        node.process = subprocess.Popen([case.BINARY, "node", "--config", "ann.toml", "--stdin"], cwd=self.folder,
                                        env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.addCleanup(node.end)
        self.assertIn(b"listening", node.process.stdout.readline())
        node.tell("publish-size chat 10 1000000")  # much more than a pipe holds
        time.sleep(1)
        node.process.send_signal(signal.SIGTERM)
        self.assertEqual(node.process.wait(PATIENCE_S), 0)


class Commands(case.Case):
    BAD = ["", " ", "hello", "publish", "publish chat 0", "publish chat 0g", "publish other 00", "publish chat 00 00",
           "publish-size chat 1 1000001", "publish-size chat 1048577 1", "publish-size chat -1 1",
           "publish-size chat 1048576 1 00", "publish-size other 1 1000000", "dial", "dial /ip4/127.0.0.1/tcp/1",
           "dial nowhere", "ping", "ping 12D3", "mesh", "reset", "reset-inbound me", b"\xff\xfe\x00", b"\x1b[2J"]

    def test_bad_commands_are_answered_and_do_no_harm(self):
        node = Running(self, "ann", "--stdin", topics="chat")
        node.tell(*self.BAD, "publish chat 6869", "quit")
        self.assertEqual(node.ends(), (0, b""))
        self.assertEqual([event["ev"] for event in node.events],
                         ["listening", *["error"] * len(self.BAD), "published"])
        self.assertEqual(node.events[-1], {"ev": "published", "topic": "chat", "size": 2, "sha256": sha256("hi")})

    def test_what_the_relay_does_not_take_is_not_called_published(self):
        node = Running(self, "ann", "--stdin", topics="chat", relay="gossipsub")
        node.tell("publish-size chat 1048576 3", "publish-size chat 1000000 1", "quit")  # an RPC has 1 MiB in all
        self.assertEqual(node.ends(), (0, b""))
        self.assertEqual([event["ev"] for event in node.events], ["listening", "error", "published"])
        self.assertIn("the relay does not take these 1048576 bytes", node.events[1]["says"])

    def test_a_peer_that_is_not_there(self):
        node = Running(self, "ann", "--stdin")
        peer = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"
        node.tell(f"ping {peer}", f"reset {peer}", f"dial /ip4/127.0.0.1/tcp/1/p2p/{peer}", f"dial {node.address}")
        node.wait_for("error", says=f"{peer}: there is no link to ping on")
        node.wait_for("error", says=f"{peer}: it could not be dialled")
        node.tell("quit")
        self.assertEqual(node.ends(), (0, b""))

    def test_a_line_without_end_ends_it(self):
        node = Running(self, "ann", "--stdin")
        try:
            for _ in range(200):
                node.process.stdin.write(b"x" * (1 << 16))
        except BrokenPipeError:
            pass
        self.assertEqual(node.ends(), (0, b""))
        self.assertEqual(node.events[-1]["says"], "a command is longer than any can be; the node ends")

    def test_a_last_line_without_end(self):
        node = Running(self, "ann", "--stdin", topics="chat")
        node.process.stdin.write(b"publish chat 6869")
        node.process.stdin.close()
        node.wait_for("published", sha256=sha256("hi"))
        self.assertEqual(node.ends(), (0, b""))


class Peers(case.Case):
    def test_a_bootstrap_list_connects_them(self):
        for relay in ("flood", "gossipsub"):
            ann = Running(self, "ann", "--stdin", topics="chat", relay=relay)
            bob = Running(self, "bob", "--stdin", topics=["chat", "news"], relay=relay, bootstrap=ann.address)
            for node, peer in ((ann, bob), (bob, ann)):
                node.wait_for("stream", peer=peer.peer, outbound=True)
                node.wait_for("stream", peer=peer.peer, outbound=False)
            if relay == "gossipsub":
                for node, peer in ((ann, bob), (bob, ann)):
                    until = time.monotonic() + PATIENCE_S
                    while time.monotonic() < until and not any(event["ev"] == "mesh" and event["peers"] == [peer.peer]
                                                               for event in node.events):
                        node.tell("mesh chat")
                        node.next(1)
                        time.sleep(0.1)
            ann.tell("publish chat " + b"from ann".hex())
            bob.tell("publish chat " + b"from bob".hex())
            bob.wait_for("delivered", topic="chat", size=8, sha256=sha256("from ann"))
            ann.wait_for("delivered", topic="chat", size=8, sha256=sha256("from bob"))
            ann.tell(f"ping {bob.peer}")
            ann.wait_for("pong", peer=bob.peer)
            ann.tell("quit")
            self.assertEqual(ann.ends(), (0, b""))
            bob.wait_for("link", peer=ann.peer, state="down")
            bob.end()

    def test_a_list_may_name_the_node_itself(self):
        ann = Running(self, "ann", "--stdin")
        ann.tell("quit")
        ann.ends()
        again = Running(self, "ann", "--stdin", bootstrap=ann.address)
        again.tell("quit")
        self.assertEqual(again.ends(), (0, b""))
        self.assertEqual([event["ev"] for event in again.events], ["listening"])

    def test_an_allow_list_keeps_strangers_out(self):
        peers = {}
        for name in ("ann", "bob"):
            node = Running(self, name, "--stdin")
            node.tell("quit")
            node.ends()
            peers[name] = node.peer
        allow = list(peers.values())
        ann = Running(self, "ann", "--stdin", topics="chat", allow=allow)
        bob = Running(self, "bob", "--stdin", topics="chat", allow=allow, bootstrap=ann.address)
        eve = Running(self, "eve", "--stdin", topics="chat", bootstrap=[ann.address, bob.address])
        bob.wait_for("stream", peer=ann.peer, outbound=True)
        for node in (ann, bob):
            eve.wait_for("error", says=f"{node.peer}: it could not be dialled")
        eve.tell("publish chat " + b"let me in".hex())
        bob.tell("publish chat " + b"from bob".hex())
        ann.wait_for("delivered", sha256=sha256("from bob"))
        # Nor is a stranger dialled: it sends no answer that a listed node would take.
        ann.tell(f"dial {eve.address}")
        ann.wait_for("error", says=f"{eve.peer}: it could not be dialled")
        for node in (ann, bob, eve):
            node.tell("quit")
            self.assertEqual(node.ends(), (0, b""))
        for node in (ann, bob):
            self.assertFalse([event for event in node.events if event.get("peer") == eve.peer], node.events)
            self.assertNotIn(sha256("let me in"), [event.get("sha256") for event in node.events])
        self.assertEqual([event for event in eve.events if event["ev"] in ("link", "stream", "delivered")], [])

    def test_an_empty_allow_list_is_refused(self):
        (self.folder / "ann.toml").write_text(file_of(key="ann.key", allow=[]))
        self.assertIn("allow = [] is empty", self.refuses("node", "--config", "ann.toml"))


if __name__ == "__main__":
    case.main()
