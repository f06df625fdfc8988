// Yamux: many streams on one ordered, reliable channel, each with a window of its own (HashiCorp's specification;
// libp2p specs, yamux/README.md). Sans-IO: bytes in, bytes out.
//
// Nothing grows without bound: a peer can make this side hold no more than its window for each stream that it may open,
// and what this side sends waits in its streams' queues, for the owner to bound by waiting(). Output is pulled, in turns
// among the streams that have something to say, so that one large frame does not keep others waiting.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/base/units.h"
#include "simcore/live/transport/fault.h"

namespace orrery::transport {

struct YamuxStream {
  uint32_t id = 0;  // odd: opened by the dialler
  constexpr auto operator<=>(const YamuxStream&) const = default;
};

class Yamux {
 public:
  struct Config {
    Role role;
    uint32_t window = 256 * 1024;    // bytes a stream may send before it is given more
    uint32_t frame_max = 16 * 1024;  // bytes of data that this side puts into one frame
    uint32_t streams_max = 256;      // that the peer may have open at once; the next is reset
    uint32_t backlog_max = 256;      // that this side may have open without an acknowledgement
    uint32_t control_max = 1024;     // frames other than data that may wait to be sent: more is a fault
  };
  struct Event {
    enum class Kind : uint8_t {
      kOpened,    // by the peer
      kReadable,  // there is more in readable()
      kWritable,  // waiting() has fallen
      kFinished,  // the peer will send no more on it
      kReset,     // by the peer: the stream is gone
      kGoAway,    // the peer opens and takes no more streams; `stream` is 0
      kPong,      // the answer to ping()
    };
    Kind kind;
    YamuxStream stream;
  };

  explicit Yamux(const Config& config);

  /// Takes what it can from the front of `in`: whole frames, and data as far as it came. A fault ends the session.
  Result<bool, Fault> receive(ByteView& in);
  /// Appends up to about `room` bytes of frames to `out` (no frame is cut; at least one if there is any).
  void transmit(std::vector<std::byte>& out, size_t room);
  bool has_output() const;
  /// What happened since it was last asked, oldest first.
  std::optional<Event> poll();

  /// A new stream, or nothing: too many unacknowledged, or the peer goes away.
  std::optional<YamuxStream> open();
  /// What has come and was not consumed yet.
  ByteView readable(YamuxStream stream) const;
  /// Lets go of `count` bytes; the peer is given a new window when half of it is used up.
  void consume(YamuxStream stream, size_t count);
  /// Puts `bytes` behind what waits on the stream. Nothing if the stream is gone or finished by us.
  void write(YamuxStream stream, ByteView bytes);
  /// Bytes written and not yet handed out by transmit().
  size_t waiting(YamuxStream stream) const;
  /// No more will be written; what waits is sent first.
  void finish(YamuxStream stream);
  /// Both directions end now, and what waits is dropped.
  void reset(YamuxStream stream);
  void ping();
  void go_away();
  /// Streams that are open in either direction.
  size_t streams() const;

 private:
  // ...
};

}  // namespace orrery::transport
