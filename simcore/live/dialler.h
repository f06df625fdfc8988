// Dialler: one attempt at a TCP connection, with a name looked up first where the address has one.
#pragma once
#include <functional>
#include <memory>

#include "simcore/live/asio.h"
#include "simcore/live/transport/multiaddr.h"

namespace orrery::live {

class Dialler final : public std::enable_shared_from_this<Dialler> {
 public:
  using Done = std::function<void(std::optional<tcp::socket> socket)>;

  Dialler(const Strand& strand, Duration timeout);
  /// Calls `done` once, later, on the strand: with nothing if it failed or took longer than the timeout. Not after
  /// cancel().
  void start(const transport::Multiaddr& address, Done done);
  void cancel();

 private:
  void connect(const tcp::endpoint& to);
  void finish(bool connected);

  tcp::socket socket_;
  tcp::resolver resolver_;
  asio::steady_timer timer_;
  Done done_;
};

}  // namespace orrery::live
