"""A peer in a process of its own, ours or theirs: commands go in, events come out, a line each. README.md has both."""
import collections
import json
import subprocess
import threading
import time
from typing import Callable

DEADLINE = 60  # seconds; generous, for machines that are busy
STOPPING = 5


def until(done: Callable[[], object], what: Callable[[], str]):
    """What `done` returns, once it is true."""
    deadline = time.monotonic() + DEADLINE
    while not (result := done()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {DEADLINE} s: {what()}")
        time.sleep(0.02)
    return result


class Peer:
    def __init__(self, name: str, command: list[str], head: Callable[[int], bytes]):
        """`head` gives what is published before so many bytes of payload."""
        self.name, self.command, self.head = name, command, head
        self.log = collections.deque(maxlen=40)  # the last lines, for whoever looks into a failure
        # By SHA-256, who is said to have made it, each time that it was delivered.
        self.delivered: dict[str, list[str | None]] = collections.defaultdict(list)

    def start(self) -> None:
        """Also again, after stop() or kill(): the key is the same. Leaves no process behind if it fails."""
        self.events: list[dict] = []
        self.published: list[str] = []
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, encoding="utf-8")
        self.readers = [threading.Thread(target=self.listen), threading.Thread(target=self.overhear)]
        for reader in self.readers:
            reader.start()
        try:
            listening = self.expect("listening")
        except AssertionError:
            self.kill()
            raise
        self.id, self.address = listening["peer"], listening["addrs"][0]

    def listen(self) -> None:
        for line in self.process.stdout:
            self.log.append(line)
            event = json.loads(line)
            if event["ev"] == "delivered":
                self.delivered[event["sha256"]].append(event["from"])
            elif event["ev"] == "published":
                self.published.append(event["sha256"])
            else:
                self.events.append(event)

    def overhear(self) -> None:
        self.log.extend(self.process.stderr)

    def tell(self, *words) -> None:
        self.process.stdin.write(" ".join(map(str, words)).rstrip() + "\n")
        self.process.stdin.flush()

    def expect(self, event: str, **fields) -> dict:
        """The first event of this kind, with such fields, that no other call has taken."""
        def take() -> dict | None:
            for i, candidate in enumerate(self.events):
                if candidate["ev"] == event and fields.items() <= candidate.items():
                    return self.events.pop(i)
            for candidate in self.events:
                if candidate["ev"] == "error":
                    raise AssertionError(f"{self.name}: {candidate}")
            if self.process.poll() is not None:
                raise AssertionError(f"{self.name} has ended")
            return None

        return until(take, lambda: f"{self.name} says {event} {fields}")

    def forget(self, event: str) -> None:
        """What was said until now is not expected any more."""
        for said in [each for each in self.events if each["ev"] == event]:
            self.events.remove(said)

    def publish(self, topic: str, size: int, count: int) -> None:
        """Messages of random bytes. Does not wait."""
        self.published.clear()
        self.tell("publish-size", topic, size, count, self.head(size).hex())

    def sent(self, count: int) -> set[str]:
        """The SHA-256s of what publish() was told to send, once it is out."""
        until(lambda: len(self.published) == count, lambda: f"{self.name} publishes {count} messages")
        return set(self.published)

    def mesh(self, topic: str) -> list[str]:
        self.tell("mesh", topic)
        return self.expect("mesh", topic=topic)["peers"]

    def stop(self) -> int | None:
        """In order, else by force. Its exit code, or none if it had to be killed."""
        try:
            self.tell("quit")
            return self.process.wait(STOPPING)
        except (BrokenPipeError, ValueError, subprocess.TimeoutExpired):
            return None
        finally:
            self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:  # what was not yet flushed to it
                pass
