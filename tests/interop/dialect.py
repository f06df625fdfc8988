"""What the peers of a test agree on: how messages are signed, what is in them, and what pubsub is called."""
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Dialect:
    program: str                       # theirs
    topic: str
    signed: bool
    protocols: tuple[str, ...] = ()    # where they are not gossipsub's
    waku: bool = False

    def head(self, size: int) -> bytes:
        """What stands before a payload of so many bytes, from us."""
        return waku_head(size) if self.waku else b""


def waku_head(size: int) -> bytes:
    """A Waku message without its payload (1), which comes last (14/WAKU2-MESSAGE: contentTopic = 2, timestamp = 10)."""
    topic = b"/orrery/1/interop/proto"
    return (b"\x12" + varint(len(topic)) + topic + b"\x50" + varint(2 * time.time_ns()) +  # sint64, not negative
            b"\x0a" + varint(size))


def varint(number: int) -> bytes:
    low = number & 0x7F
    return bytes([low | 0x80]) + varint(number >> 7) if number > low else bytes([low])


DIALECTS = {
    "signed": Dialect("libp2p/peer.mjs", "/orrery/interop", signed=True),
    "unsigned": Dialect("libp2p/peer.mjs", "/orrery/interop", signed=False),
    "waku": Dialect("waku/peer.mjs", "/waku/2/rs/1/0", signed=False, protocols=("/vac/waku/relay/2.0.0",), waku=True),
}
