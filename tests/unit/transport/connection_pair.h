// Two connections, one at either end of a wire that carries `piece` bytes at a time, in a time that tests set.
#pragma once
#include <algorithm>
#include <deque>
#include <map>

#include "simcore/live/transport/connection.h"
#include "simcore/live/transport/services.h"
#include "tests/unit/transport/noise_peers.h"

namespace orrery::transport {

struct ConnectionEnd {
  explicit ConnectionEnd(const Connection::Config& config) : connection(config, Time{}) {}

  bool saw(Connection::Event::Kind kind) const { return count(kind) > 0; }
  size_t count(Connection::Event::Kind kind) const {
    return size_t(std::count_if(events.begin(), events.end(), [&](const auto& event) { return event.kind == kind; }));
  }
  /// The last event of a kind. Requires saw(kind).
  Connection::Event last(Connection::Event::Kind kind) const {
    const auto found =
        std::find_if(events.rbegin(), events.rend(), [&](const auto& event) { return event.kind == kind; });
    CHECK(found != events.rend());
    return *found;
  }

  Connection connection;
  std::vector<Connection::Event> events;
  Services* services = nullptr;  // sees events first, if there is one
};

struct ConnectionPair {
  static Connection::Config dialling() {
    return {.role = Role::kDialler,
            .identity = key_pair_from_seed(all(0x11)),
            .static_secret = all(0x12),
            .ephemeral_secret = all(0x13),
            .protocols = {"/a/1", "/b/1"}};
  }
  static Connection::Config listening() {
    return {.role = Role::kListener,
            .identity = key_pair_from_seed(all(0x21)),
            .static_secret = all(0x22),
            .ephemeral_secret = all(0x23),
            .protocols = {"/a/1", "/b/1"}};
  }

  explicit ConnectionPair(const Connection::Config& of_dialler = dialling(),
                          const Connection::Config& of_listener = listening())
      : dialler(of_dialler), listener(of_listener) {}

  /// Carries bytes until both ends are silent.
  void run() {
    while (carry(dialler, listener) | carry(listener, dialler)) {
    }
  }
  bool carry(ConnectionEnd& from, ConnectionEnd& to) {
    std::vector<std::byte> bytes;
    poll(from);
    from.connection.transmit(bytes, 64 * 1024);
    for (size_t at = 0; at < bytes.size(); at += piece) {
      to.connection.receive(now, ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at)));
      poll(to);
    }
    return !bytes.empty();
  }
  void poll(ConnectionEnd& end) const {
    while (const auto event = end.connection.poll()) {
      if (!end.services || !end.services->handle(end.connection, *event, now)) end.events.push_back(*event);
    }
  }
  void pass(Duration span) {
    now = now + span;
    for (ConnectionEnd* end : {&dialler, &listener}) {
      end->connection.tick(now);
      poll(*end);
    }
  }

  Time now;
  size_t piece = 64 * 1024;
  ConnectionEnd dialler, listener;
};

}  // namespace orrery::transport
