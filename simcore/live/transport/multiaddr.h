// Multiaddresses, as far as a node on TCP needs them: /ip4/127.0.0.1/tcp/4001/p2p/12D3KooW..., also with ip6, dns4 and
// dns6 (multiformats: multiaddr README and protocols.csv).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery::transport {

struct Multiaddr {
  enum class Host : uint8_t { kIp4, kIp6, kDns4, kDns6 };
  static constexpr size_t kHostMax = 253;  // bytes of a DNS name (RFC 1035, section 2.3.4, without the root)

  Host kind = Host::kIp4;
  std::string host;  // "127.0.0.1", "::1", "relay.example.org"; addresses as inet_ntop() writes them
  uint16_t port = 0;
  std::optional<PeerId> peer;

  /// The address in a text, or nothing. One that has any other protocol (udp, ws, p2p-circuit) is not for us.
  static std::optional<Multiaddr> parse(std::string_view text);
  /// The address in the binary form, all of which must be it, or nothing; never more than kHostMax bytes are kept.
  static std::optional<Multiaddr> decode(ByteView bytes);
  /// Both require what parse() and decode() promise: a host of its kind.
  std::string text() const;
  void encode(std::vector<std::byte>& out) const;
  bool operator==(const Multiaddr&) const = default;
};

}  // namespace orrery::transport
