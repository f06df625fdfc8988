// Services: what every libp2p node does for its peers beside its own protocols. It says who it is (identify), notes who
// they are, and answers pings (libp2p specs, identify/README.md and ping/ping.md). Works on one Connection's streams;
// sans-IO as that is.
#pragma once
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "simcore/live/transport/connection.h"
#include "simcore/live/transport/identify.h"

namespace orrery::transport {

class Services {
 public:
  /// What the owner puts into Connection::Config::protocols, beside its own.
  static std::vector<std::string> protocols();
  static constexpr size_t kPingBytes = 32;

  struct Event {
    enum class Kind : uint8_t {
      kIdentified,    // there is news in peer()
      kUnidentified,  // the peer does not say who it is
      kPong,          // to ping(): after `round_trip`
      kNoPong,        // the peer does not answer pings
    };
    Kind kind;
    Duration round_trip{};
  };

  /// `own` is what peers are told.
  explicit Services(Identify own) : own_(std::move(own)) {}

  /// Asks who the peer is. Once the connection is up.
  void start(Connection& connection, Time now);
  /// Whether the event was of one of these services, and so is none of the owner's business.
  bool handle(Connection& connection, const Connection::Event& event, Time now);
  std::optional<Event> poll();

  /// All that the peer has said so far.
  const Identify& peer() const { return peer_; }
  /// Tells the peer what has changed.
  void push(Connection& connection, Time now, Identify own);
  /// `payload` comes back as it is; one ping at a time, or nothing happens.
  void ping(Connection& connection, Time now, const std::array<std::byte, kPingBytes>& payload);

 private:
  enum class Use : uint8_t { kAsk, kAnswer, kPush, kHearPush, kPing, kEcho };
  struct Stream {
    Use use;
    std::vector<std::byte> bytes;  // of an identify message, as far as it came
  };
  using Streams = std::map<YamuxStream, Stream>;

  static std::optional<Use> inbound_use(std::string_view protocol);
  void opened(Connection& connection, Streams::iterator stream, Time now);
  void readable(Connection& connection, Streams::iterator stream, Time now);
  void hear(Connection& connection, Streams::iterator stream);
  void echo(Connection& connection, YamuxStream stream);
  void pong(Connection& connection, Streams::iterator stream, Time now);
  void end(Connection& connection, Streams::iterator stream);
  void say(Connection& connection, YamuxStream stream);

  Identify own_, peer_;
  Streams streams_;
  std::optional<YamuxStream> ping_;
  std::array<std::byte, kPingBytes> payload_{};
  Time pinged_;
  std::deque<Event> events_;
};

}  // namespace orrery::transport
