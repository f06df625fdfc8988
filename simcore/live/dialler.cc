#include "simcore/live/dialler.h"

#include "simcore/live/listener.h"

namespace orrery::live {

Dialler::Dialler(const Strand& strand, Duration timeout) : socket_(strand), resolver_(strand), timer_(strand) {
  timer_.expires_after(std::chrono::nanoseconds(timeout.ns));
}

void Dialler::start(const transport::Multiaddr& address, Done done) {
  done_ = std::move(done);
  timer_.async_wait([self = shared_from_this()](const error_code& error) {
    if (!error) self->finish(false);
  });
  if (const auto endpoint = endpoint_of(address)) return connect(*endpoint);
  const auto protocol = address.kind == transport::Multiaddr::Host::kDns6 ? tcp::v6() : tcp::v4();
  resolver_.async_resolve(protocol, address.host, std::to_string(address.port),
                          [self = shared_from_this()](const error_code& error, const auto& found) {
                            if (error || found.empty()) return self->finish(false);
                            self->connect(found.begin()->endpoint());
                          });
}

void Dialler::connect(const tcp::endpoint& to) {
  if (!done_) return;
  socket_.async_connect(to, [self = shared_from_this()](const error_code& error) { self->finish(!error); });
}

void Dialler::finish(bool connected) {
  timer_.cancel();
  resolver_.cancel();
  const Done done = std::exchange(done_, nullptr);
  if (!done) return;
  done(connected ? std::optional(std::move(socket_)) : std::nullopt);
  error_code ignored;
  socket_.close(ignored);
}

void Dialler::cancel() {
  done_ = nullptr;
  finish(false);
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace orrery::live
