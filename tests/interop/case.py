"""A test case that starts peers of both kinds, and looks after them."""
import os
import sys
import tempfile
import time
import unittest
from pathlib import Path

from dialect import DIALECTS, FOLDER
from peer import Peer, until

NODE = FOLDER / "node/node_modules/.bin/node"
# `js` puts js-libp2p in our place, which tests these tests.
OURS_IS_JS = os.environ.get("ORRERY_INTEROP_OURS") == "js"
BINARY = ""
DIALECT = DIALECTS["signed"]

CONFIG = """\
orrery = 1
key    = "{key}"
listen = "/ip4/127.0.0.1/tcp/0"
topics = ["{topic}"]

[relay]
kind             = "gossipsub"
profile          = "{profile}"
signature_policy = "{policy}"
message_id       = "{ids}"
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.peers: list[Peer] = []
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.topic = DIALECT.topic

    def run(self, result=None):
        """As always; and prints what the peers said last if that went wrong."""
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for peer in self.peers:
                lines = (line[:300].rstrip() for line in peer.log)
                print(f"\n-- {self.id()}: {peer.name}", *lines, sep="\n", file=sys.stderr)
        return result

    def ours(self) -> Peer:
        name = f"ours{len(self.peers)}"
        if OURS_IS_JS:
            protocols = [word for protocol in DIALECT.protocols for word in ("--protocol", protocol)]
            return self.js(name, "libp2p/peer.mjs", DIALECT.head, *protocols)
        config = self.folder / f"{name}.toml"
        config.write_text(CONFIG.format(
            key=self.folder / f"{name}.key", topic=self.topic, profile="waku" if DIALECT.waku else "js",
            policy="strict_sign" if DIALECT.signed else "strict_no_sign",
            ids="key_seqno" if DIALECT.signed else "data_sha256"))
        return self.started(name, [BINARY, "node", "--stdin", "--config", str(config)], DIALECT.head)

    def theirs(self) -> Peer:
        return self.js(f"theirs{len(self.peers)}", DIALECT.program, lambda size: b"")

    def js(self, name: str, program: str, head, *more: str) -> Peer:
        return self.started(name, [str(NODE), str(FOLDER / program), "--topic", self.topic,
                                   "--key", str(self.folder / f"{name}.key"),
                                   *([] if DIALECT.signed else ["--unsigned"]), *more], head)

    def started(self, name: str, command: list[str], head) -> Peer:
        peer = Peer(name, command, head)
        self.peers.append(peer)
        peer.start()
        self.addCleanup(peer.stop)
        return peer

    def connect(self, *links: tuple[Peer, Peer]) -> None:
        """Links of dialler and listener; and waits until either has the other in its mesh."""
        for dialler, listener in links:
            dialler.tell("dial", listener.address)
        for dialler, listener in links:
            dialler.expect("link", peer=listener.id, state="up", outbound=True)
            listener.expect("link", peer=dialler.id, state="up", outbound=False)
            for one, other in ((dialler, listener), (listener, dialler)):
                until(lambda: other.id in one.mesh(self.topic), lambda: f"{one.name} has {other.name} in its mesh")

    def publish(self, *peers: Peer, size: int = 100, count: int = 1) -> list[tuple[Peer, set[str]]]:
        """All at once; the SHA-256s of what each sent."""
        for peer in peers:
            peer.publish(self.topic, size, count)
        return [(peer, peer.sent(count)) for peer in peers]

    def exchange(self, *peers: Peer, size: int = 100, count: int = 1) -> None:
        """All publish at once, and each of the others is given every message, once, and told from whom it is."""
        for sender, messages in self.publish(*peers, size=size, count=count):
            self.assertEqual(len(messages), count)
            for receiver in set(peers) - {sender}:
                until(lambda: messages <= receiver.delivered.keys(),
                      lambda: f"{receiver.name} has all from {sender.name}; missing: "
                              f"{sum(message not in receiver.delivered for message in messages)} of {count}")
                once = (sender.id if DIALECT.signed else None,)
                self.assertEqual({tuple(receiver.delivered[message]) for message in messages}, {once})

    def recover(self, *peers: Peer) -> None:
        """Messages pass again in the end. Some may be lost before: js-libp2p forgets a peer that resets a stream, and
        has to hear of its subscriptions again.
        """
        def passes() -> bool:
            sent = self.publish(*peers)
            time.sleep(0.2)
            return all(messages <= receiver.delivered.keys()
                       for sender, messages in sent for receiver in set(peers) - {sender})

        until(passes, lambda: "messages pass")


def main() -> None:
    global BINARY, DIALECT
    if not NODE.exists():
        print("skipped: `scripts/setup interop` installs what this talks to")
        sys.exit(77)
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    DIALECT = DIALECTS[sys.argv.pop(1)]
    unittest.main(module="__main__")
