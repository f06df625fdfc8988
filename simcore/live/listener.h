// Listener: accepts connections on one address, and waits a little when the system has no socket left.
#pragma once
#include <functional>

#include "simcore/live/asio.h"
#include "simcore/live/transport/multiaddr.h"

namespace orrery::live {

/// The TCP endpoint of an ip4 or ip6 address, or nothing.
std::optional<tcp::endpoint> endpoint_of(const transport::Multiaddr& address);
/// And back.
transport::Multiaddr multiaddr_of(const tcp::endpoint& endpoint);
/// What colocation rules and limits count: a hash of the IPv4 address or of the IPv6 /64, never 0.
uint32_t address_group_of(const asio::ip::address& address);

/// Outlives what it has under way: it belongs to a node of a host.
class Listener {
 public:
  using Take = std::function<void(tcp::socket socket, const tcp::endpoint& from)>;

  /// Binds at once. Throws std::system_error if it cannot.
  Listener(const Strand& strand, const tcp::endpoint& at, Duration backoff);
  tcp::endpoint endpoint() const { return endpoint_; }
  /// Calls `take` on the strand for each connection, until stop(). Both on the strand. Throws as above, after a stop().
  void start(Take take);
  void stop();

 private:
  void open();
  void accept();

  Strand strand_;
  tcp::endpoint endpoint_;
  Duration backoff_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  Take take_;
  uint64_t opening_ = 0;  // what was under way before a stop() counts no more
};

}  // namespace orrery::live
