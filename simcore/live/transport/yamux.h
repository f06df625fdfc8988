// Yamux: many streams on one ordered, reliable channel, each with a window of its own (HashiCorp's specification;
// libp2p specs, yamux/README.md). Sans-IO: bytes in, bytes out.
//
// Nothing grows without bound: a peer can make this side hold no more than its window for each stream, and what this
// side sends waits in its streams' queues, for the owner to bound by waiting(). Output is pulled, in turns among the
// streams that have something to say, so that one large write does not keep others waiting.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "simcore/base/result.h"
#include "simcore/base/units.h"
#include "simcore/live/transport/fault.h"
#include "simcore/live/transport/yamux_stream.h"

namespace orrery::transport {

struct YamuxStream {
  uint32_t id = 0;  // odd: opened by the dialler
  constexpr auto operator<=>(const YamuxStream&) const = default;
};

class Yamux {
 public:
  struct Config {
    Role role;
    uint32_t window = 256 * 1024;    // bytes a stream may send before it is given more; no less than this
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

  /// Takes what it can from the front of `in`: whole frames, and data as far as it came; true if it took anything. A
  /// fault ends the session: what it has to send then is a GoAway that says so, and each further call gives the fault.
  Result<bool, Fault> receive(ByteView& in);
  /// Appends up to about `room` bytes of frames to `out` (no frame is cut; at least one if there is any).
  void transmit(std::vector<std::byte>& out, size_t room);
  bool has_output() const;
  /// What happened since it was last asked: first the stream that has waited longest, and what is new of it in the
  /// order of Kind, each at most once.
  std::optional<Event> poll();

  /// A new stream, or nothing: too many unacknowledged, or the peer goes away, or we do.
  std::optional<YamuxStream> open();
  /// What has come and was not consumed yet.
  ByteView readable(YamuxStream stream) const;
  /// Lets go of `count` of the bytes in readable(); the peer is given a new window when half of it is used up.
  void consume(YamuxStream stream, size_t count);
  /// Puts `bytes` behind what waits on the stream. Nothing if the stream is gone or finished by us.
  void write(YamuxStream stream, ByteView bytes);
  /// Bytes written and not yet handed out by transmit().
  size_t waiting(YamuxStream stream) const;
  /// No more will be written; what waits is sent first.
  void finish(YamuxStream stream);
  /// Both directions end now, and what waits is dropped. There are no more events of it.
  void reset(YamuxStream stream);
  /// Asks whether the peer is there; nothing while it has not answered the last time.
  void ping();
  /// From now on streams are neither opened nor taken; those that there are go on.
  void go_away();
  /// Streams that are open in either direction.
  size_t streams() const;
  /// Memory in the queues of streams, in bytes.
  size_t held() const;

 private:
  using Header = yamux::Header;
  using Stream = yamux::Stream;
  using Streams = std::map<uint32_t, Stream>;

  // Frames in.
  std::optional<Fault> take(const Header& header);
  std::optional<Fault> take_stream_frame(const Header& header);
  std::optional<Fault> take_opening(const Header& header);
  std::optional<Fault> take_ping(const Header& header);
  void take_body(ByteView& in);
  void finished_by_peer(Streams::iterator at);
  void reset_by_peer(Streams::iterator at);
  Fault end(Fault fault);
  bool crowded() const { return control_.size() >= config_.control_max; }

  // Frames out.
  void put_frame(std::vector<std::byte>& out);
  void put_stream_frame(Streams::iterator at, std::vector<std::byte>& out);

  /// The stream, unless it is gone.
  Streams::iterator live(uint32_t id);
  const Stream* live(uint32_t id) const;
  void tell(uint32_t id, Event::Kind kind);
  /// To be called when a stream has changed: whether it waits for a turn, and whether it is kept at all.
  void settle(Streams::iterator at);
  void remove(Streams::iterator at);

  struct Body {           // of the data frame that is being received
    uint32_t stream = 0;  // 0: it is skipped
    uint32_t left = 0;
    bool finishes = false;
  };

  Config config_;
  Streams streams_;
  uint32_t inbound_ = 0;         // of streams_, opened by the peer
  uint32_t unacknowledged_ = 0;  // of streams_, opened by us
  uint64_t next_id_;
  Body body_;
  std::deque<Header> control_;  // goes out before any stream's frames
  yamux::Turns turns_;          // streams that have a frame to send
  yamux::Turns news_;           // streams that have events; 0 is the session
  uint8_t session_news_ = 0;    // as Stream::news
  uint32_t ping_ = 0;           // the value of the last
  bool awaits_pong_ = false;
  bool we_go_ = false;
  bool peer_goes_ = false;
  std::optional<Fault> ended_;
};

}  // namespace orrery::transport
