#!/usr/bin/python3
"""Our node among peers that others wrote: js-libp2p's gossipsub, signed or not, and Waku's relay.

Usage: cases.py ORRERY signed|unsigned|waku
"""
import itertools

import case


class Two(case.Case):
    """One of ours and one of theirs."""

    def setUp(self):
        super().setUp()
        self.our, self.their = self.ours(), self.theirs()

    def test_our_dialler_their_listener(self):
        self.connect((self.our, self.their))
        self.exchange(self.our, self.their)

    def test_their_dialler_our_listener(self):
        self.connect((self.their, self.our))
        self.exchange(self.our, self.their)

    def test_ping(self):
        self.connect((self.our, self.their))
        for one, other in itertools.permutations((self.our, self.their)):
            one.tell("ping", other.id)
            one.expect("pong", peer=other.id)

    def test_reset(self):
        """Of the stream in either direction, by either end: the sender opens another."""
        self.connect((self.our, self.their))
        for command, (one, other) in itertools.product(("reset", "reset-inbound"),
                                                       itertools.permutations((self.our, self.their))):
            with self.subTest(command, by=one.name):
                sender, receiver = (one, other) if command == "reset" else (other, one)
                sender.forget("stream")
                receiver.forget("stream")
                one.tell(command, other.id)
                sender.expect("stream", peer=receiver.id, outbound=True)
                receiver.expect("stream", peer=sender.id, outbound=False)
                self.recover(self.our, self.their)

    def test_restart(self):
        """Of either: it stops, or is killed, comes back under its key, and dials."""
        self.connect((self.our, self.their))
        for one, other in itertools.permutations((self.our, self.their)):
            for end in (one.stop, one.kill):
                with self.subTest(end.__name__, of=one.name):
                    known = one.id
                    self.assertEqual(end(), 0 if end == one.stop else None)
                    other.expect("link", peer=known, state="down")
                    one.start()
                    self.assertEqual(one.id, known)
                    self.connect((one, other))
                    self.exchange(self.our, self.their)


class Eight(case.Case):
    """Four of ours and four of theirs. Every link joins one of ours to one of theirs, and each kind dials half of them:
    what one of ours sends to another comes through theirs, and the other way round.
    """

    def setUp(self):
        super().setUp()
        self.our, self.their = [self.ours() for _ in range(4)], [self.theirs() for _ in range(4)]
        self.connect(*((our, their) if (i + j) % 2 else (their, our)
                       for i, our in enumerate(self.our) for j, their in enumerate(self.their)))

    def test_every_message_reaches_every_node(self):
        self.exchange(*self.our, *self.their, count=10)

    def test_load(self):
        """10,000 messages, of which 80 are of 64 KiB."""
        for _ in range(10):
            self.exchange(*self.our, *self.their, size=100, count=124)
            self.exchange(*self.our, *self.their, size=65536, count=1)


if __name__ == "__main__":
    case.main()
