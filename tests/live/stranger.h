// A stranger on a plain blocking socket: says what a test wants it to, or speaks libp2p by the layers alone.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <string_view>

#include "simcore/crypto/random.h"
#include "simcore/live/transport/connection.h"
#include "simcore/live/transport/services.h"

namespace orrery::live {

class Stranger {
 public:
  explicit Stranger(const transport::Multiaddr& at) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    CHECK(socket_ >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(at.port);
    CHECK(inet_pton(AF_INET, at.host.c_str(), &address.sin_addr) == 1);
    const timeval patience{20, 0};  // a test that waits longer has failed
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Stranger() { ::close(socket_); }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;

  bool is_connected() const { return connected_; }
  /// False if the other side has closed.
  bool send(ByteView bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes = bytes.subspan(size_t(count));
    }
    return true;
  }
  /// What has come, at least a byte; nothing if the other side has closed, or says nothing for too long.
  std::vector<std::byte> receive() {
    std::vector<std::byte> bytes(64 * 1024);
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? size_t(count) : 0);
    return bytes;
  }
  /// Does the other side close, whatever it says before?
  bool is_closed_by_peer() {
    while (!receive().empty()) {
    }
    return errno != EAGAIN && errno != EWOULDBLOCK;
  }

 private:
  int socket_;
  bool connected_ = false;
};

/// A key that nobody knows.
inline KeyPair fresh_keys() {
  KeySeed seed;
  random_bytes(seed);
  return key_pair_from_seed(seed);
}

/// A stranger that keeps to libp2p up to the end of the Noise handshake; what it seals then is up to the test.
class NoiseStranger {
 public:
  explicit NoiseStranger(const transport::Multiaddr& at, const KeyPair& identity) : stranger_(at) {
    transport::NoiseHandshake::Config config{transport::Role::kDialler, identity, {}, {}, {}};
    random_bytes(config.static_secret);
    random_bytes(config.ephemeral_secret);
    transport::NoiseHandshake handshake(config);
    std::vector<std::byte> out;
    for (const char c : std::string_view("\x13/multistream/1.0.0\n\x07/noise\n")) out.push_back(std::byte(c));
    const size_t agreement = out.size();  // comes back as it is
    handshake.start(out);
    stranger_.send(out);
    std::vector<std::byte> in;
    while (true) {
      const auto more = stranger_.receive();
      if (more.empty()) return;
      in.insert(in.end(), more.begin(), more.end());
      if (in.size() <= agreement) continue;
      ByteView rest = ByteView(in).subspan(agreement);
      const size_t before = rest.size();
      out.clear();
      const auto finished = handshake.receive(rest, out);
      if (!finished) return;
      in.erase(in.begin() + ptrdiff_t(agreement), in.begin() + ptrdiff_t(agreement + before - rest.size()));
      stranger_.send(out);
      if (!*finished) continue;
      channel_ = handshake.channel();
      return;
    }
  }

  bool is_secured() const { return channel_.has_value(); }
  Stranger& socket() { return stranger_; }
  /// Requires is_secured().
  void seal(ByteView plain) {
    std::vector<std::byte> out;
    channel_->seal(plain, out);
    stranger_.send(out);
  }

 private:
  Stranger stranger_;
  std::optional<transport::NoiseChannel> channel_;
};

/// A stranger that speaks libp2p.
class Libp2pStranger {
 public:
  using Event = transport::Connection::Event;

  explicit Libp2pStranger(const transport::Multiaddr& at, std::vector<std::string> protocols = {},
                          const KeyPair& identity = fresh_keys())
      : stranger_(at), connection_(config(std::move(protocols), identity), Time{}) {}

  transport::Connection& connection() { return connection_; }
  Stranger& socket() { return stranger_; }
  /// Sends and hears until an event of that kind comes. Nothing if the other side closes first.
  std::optional<Event> until(Event::Kind kind) {
    while (true) {
      while (const auto event = connection_.poll()) {
        if (event->kind == kind) return event;
      }
      if (connection_.is_closed()) return std::nullopt;
      flush();
      const auto bytes = stranger_.receive();
      bytes.empty() ? connection_.end_of_input() : connection_.receive(Time{}, bytes);
    }
  }
  void flush() {
    std::vector<std::byte> out;
    connection_.transmit(out, 1 << 20);
    stranger_.send(out);
    said_.insert(said_.end(), out.begin(), out.end());
  }
  /// All that it has sent.
  ByteView said() const { return said_; }

 private:
  static transport::Connection::Config config(std::vector<std::string> protocols, const KeyPair& identity) {
    transport::Connection::Config config{.identity = identity, .protocols = std::move(protocols)};
    random_bytes(config.static_secret);
    random_bytes(config.ephemeral_secret);
    return config;
  }

  Stranger stranger_;
  transport::Connection connection_;
  std::vector<std::byte> said_;
};

}  // namespace orrery::live
