// Connection: one secured, multiplexed libp2p connection. Multistream-select agrees on /noise, Noise names and checks
// the peer, multistream-select agrees on /yamux/1.0.0, and then each stream agrees on its own protocol (libp2p specs,
// connections/README.md). Sans-IO: bytes in, bytes out, time as an argument.
//
// What a stranger can make it hold is bounded: what one call of receive() brings and a message before the handshake is
// over, then a window for each stream, of `streams_max`; and nothing stays half done beyond its deadline.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simcore/base/time.h"
#include "simcore/live/transport/multistream.h"
#include "simcore/live/transport/noise.h"
#include "simcore/live/transport/yamux.h"

namespace orrery::transport {

class Connection {
 public:
  struct Config {
    Role role = Role::kDialler;
    KeyPair identity{};
    NoiseSecret static_secret{}, ephemeral_secret{};
    std::vector<std::string> protocols = {};         // that streams of the peer may speak
    std::optional<PeerId> expected = {};             // who is dialled; anybody if nothing
    std::function<bool(const PeerId&)> allows = {};  // the allow list; everybody if empty
    bool early_muxer = false;                        // offer Yamux in the Noise handshake (noise/README.md, extensions)
    uint32_t streams_max = 64;                       // that the peer may have open at once
    uint32_t negotiating_max = 16;                   // of them without a protocol yet; the next is reset
    Duration handshake_timeout = 10_s;               // until streams can be opened
    Duration negotiation_timeout = 10_s;             // of a stream's protocol
    Duration idle_timeout = 30_s;                    // silence, in spite of a ping, for so long ends the connection
  };
  struct Event {
    enum class Kind : uint8_t {
      kSecured,   // peer() is who it says, and allowed
      kUp,        // streams can be opened
      kOpened,    // a stream, by either side, has agreed on `protocol`
      kReadable,  // there is more in readable()
      kWritable,  // waiting() has fallen
      kFinished,  // the peer will send no more on the stream
      kReset,     // the stream is gone: by the peer, or because no protocol was agreed on
      kClosed,    // everything is over, because of `fault`
    };
    Kind kind;
    YamuxStream stream{};
    bool inbound = false;
    size_t protocol = 0;  // kOpened: its place in Config::protocols if inbound, else in the list given to open()
    Fault fault = Fault::kClosed;
  };

  Connection(Config config, Time now);

  /// Bytes from the peer. After each call, poll() until there is nothing, then transmit().
  void receive(Time now, ByteView bytes);
  /// The peer will send no more.
  void end_of_input() { fail(Fault::kClosed); }
  /// When tick() wants to be called, or kNever.
  Time deadline() const;
  void tick(Time now);
  /// Appends up to about `room` bytes for the peer to `out`.
  void transmit(std::vector<std::byte>& out, size_t room);
  bool has_output() const;
  /// Nothing that was written waits any more, be it for a window.
  bool is_drained() const;
  std::optional<Event> poll();
  /// Memory in its buffers, in bytes.
  size_t held() const;

  bool is_secured() const { return channel_.has_value(); }
  bool is_up() const { return stage_ == Stage::kUp; }
  bool is_closed() const { return stage_ == Stage::kClosed; }
  Role role() const { return config_.role; }
  /// Requires is_secured().
  const PeerId& peer() const { return noise_->peer(); }

  // Streams, once up.
  /// A new stream that proposes `protocols` in this order; nothing if there can be none now.
  std::optional<YamuxStream> open(Time now, std::vector<std::string> protocols);
  /// What was agreed on; empty if nothing was yet.
  std::string_view protocol(YamuxStream stream) const;
  ByteView readable(YamuxStream stream) const { return yamux_->readable(stream); }
  void consume(YamuxStream stream, size_t count) { yamux_->consume(stream, count); }
  void write(YamuxStream stream, ByteView bytes) { yamux_->write(stream, bytes); }
  size_t waiting(YamuxStream stream) const { return yamux_->waiting(stream); }
  /// Nothing more will be written: the peer is told when what waits is sent.
  void finish(YamuxStream stream);
  /// Forgets the stream, and what waits on it.
  void reset(YamuxStream stream);
  /// Tells the peer that there will be no more streams.
  void go_away();

 private:
  enum class Stage : uint8_t { kSecurity, kHandshake, kMuxer, kUp, kClosed };
  struct Stream {
    bool inbound = false;
    bool finished = false, finished_by_us = false;
    Time deadline = kNever;
    std::unique_ptr<Multistream> select;  // until it has agreed
    std::vector<std::string> proposed;    // by us
    std::string protocol;
  };
  using Streams = std::map<YamuxStream, Stream>;

  void advance();
  bool choose_security();
  bool shake_hands();
  void begin_muxing();
  bool choose_muxer();
  void mux();
  bool run_muxer();
  void seal(ByteView plain) { channel_->seal(plain, out_); }
  void fail(Fault fault);
  void take(const Yamux::Event& event);
  void accept(YamuxStream id);
  void negotiate(Streams::iterator stream);
  void give_up(Streams::iterator stream, Fault fault);
  size_t negotiating_inbound() const;

  Config config_;
  Stage stage_ = Stage::kSecurity;
  Time now_, since_, heard_;
  bool has_pinged_ = false;  // since it heard the peer last
  std::vector<std::byte> in_, plain_, out_, scratch_;
  std::optional<Multistream> select_;
  std::optional<NoiseHandshake> noise_;
  std::optional<NoiseChannel> channel_;
  std::optional<Yamux> yamux_;
  Streams streams_;
  std::deque<Event> events_;
};

}  // namespace orrery::transport
