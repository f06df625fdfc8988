#include "simcore/live/listener.h"

#include <system_error>

#include "simcore/base/hash.h"

namespace orrery::live {

std::optional<tcp::endpoint> endpoint_of(const transport::Multiaddr& address) {
  using Host = transport::Multiaddr::Host;
  if (address.kind != Host::kIp4 && address.kind != Host::kIp6) return std::nullopt;
  error_code error;
  const auto ip = asio::ip::make_address(address.host, error);
  if (error) return std::nullopt;
  return tcp::endpoint(ip, address.port);
}

transport::Multiaddr multiaddr_of(const tcp::endpoint& endpoint) {
  using Host = transport::Multiaddr::Host;
  const auto ip = endpoint.address();
  return {ip.is_v4() ? Host::kIp4 : Host::kIp6, ip.to_string(), endpoint.port(), {}};
}

uint32_t address_group_of(const asio::ip::address& address) {
  std::string bytes;
  if (address.is_v4() || address.to_v6().is_v4_mapped()) {
    const auto v4 = address.is_v4() ? address.to_v4() : asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    for (const unsigned char byte : v4.to_bytes()) bytes += char(byte);
  } else {
    const auto v6 = address.to_v6().to_bytes();
    bytes.assign(v6.begin(), v6.begin() + 8);
  }
  return uint32_t(hash_text(bytes)) | 1;
}

Listener::Listener(const Strand& strand, const tcp::endpoint& at, Duration backoff)
    : strand_(strand), endpoint_(at), backoff_(backoff), acceptor_(strand), pause_(strand) {
  open();
}

void Listener::open() {
  error_code error;
  acceptor_.open(endpoint_.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint_, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    error_code ignored;
    acceptor_.close(ignored);
    throw std::system_error(error, multiaddr_of(endpoint_).text());
  }
  endpoint_ = acceptor_.local_endpoint();  // the port, where any would do: a restart takes the same again
}

void Listener::start(Take take) {
  take_ = std::move(take);
  if (!acceptor_.is_open()) open();
  accept();
}

void Listener::stop() {
  error_code ignored;
  acceptor_.close(ignored);
  ++opening_;
  pause_.cancel();
}

void Listener::accept() {
  acceptor_.async_accept([this, opening = opening_](const error_code& error, tcp::socket socket) {
    if (opening != opening_) return;
    if (!error) {
      error_code gone;
      const auto from = socket.remote_endpoint(gone);
      if (!gone) take_(std::move(socket), from);
      return accept();
    }
    pause_.expires_after(std::chrono::nanoseconds(backoff_.ns));
    pause_.async_wait([this, opening](const error_code& cancelled) {
      if (!cancelled && opening == opening_) accept();
    });
  });
}

}  // namespace orrery::live
