#include "simcore/live/transport/multiaddr.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "simcore/codec/encode.h"

namespace orrery::transport {
namespace {

using Host = Multiaddr::Host;

// Codes: multiformats/multiaddr, protocols.csv.
constexpr uint64_t kTcp = 6, kP2p = 421;
struct HostProtocol {
  Host kind;
  uint64_t code;
  std::string_view name;
  int family;            // of an address; AF_UNSPEC for a name
  size_t address_bytes;  // 0 for a name, which carries its length
};
constexpr HostProtocol kHosts[] = {{Host::kIp4, 4, "ip4", AF_INET, 4},
                                   {Host::kIp6, 41, "ip6", AF_INET6, 16},
                                   {Host::kDns4, 54, "dns4", AF_UNSPEC, 0},
                                   {Host::kDns6, 55, "dns6", AF_UNSPEC, 0}};
constexpr const HostProtocol& protocol_of(Host kind) { return kHosts[size_t(kind)]; }
static_assert(std::all_of(std::begin(kHosts), std::end(kHosts), [](auto& p) { return &protocol_of(p.kind) == &p; }));

using Address = std::array<std::byte, 16>;  // an IPv4 address is in the first four

std::optional<Address> address_of(const HostProtocol& protocol, std::string_view text) {
  Address address{};
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != text.npos) return std::nullopt;
  if (inet_pton(protocol.family, std::string(text).c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

std::string text_of(const HostProtocol& protocol, const Address& address) {
  char text[INET6_ADDRSTRLEN];
  CHECK(inet_ntop(protocol.family, address.data(), text, sizeof text) != nullptr);
  return text;
}

/// Letters, digits, hyphens and underscores between dots: what a resolver is asked for, and nothing that ends a path.
bool is_dns_name(std::string_view name) {
  constexpr size_t kLabelMax = 63;
  if (name.size() > Multiaddr::kHostMax) return false;
  size_t label = 0;
  for (const char c : name) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '.' ? label == 0 : !is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') return false;
    label = c == '.' ? 0 : label + 1;
    if (label > kLabelMax) return false;
  }
  return label > 0;
}

/// The parts of a text between slashes.
class TextReader {
 public:
  explicit TextReader(std::string_view text) : rest_(text) {}
  bool empty() const { return rest_.empty(); }
  std::optional<std::string_view> next() {
    if (rest_.empty() || rest_.front() != '/') return std::nullopt;
    const std::string_view part = rest_.substr(1, rest_.find('/', 1) - 1);
    rest_.remove_prefix(1 + part.size());
    return part;
  }

 private:
  std::string_view rest_;
};

/// The parts of a binary address: minimal uvarints (multiformats/unsigned-varint), and bytes.
class BinaryReader {
 public:
  explicit BinaryReader(ByteView bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  std::optional<ByteView> bytes(size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  /// Of two bytes at most: no code and no length that we know needs more.
  std::optional<uint64_t> varint() {
    const auto low = bytes(1);
    if (!low) return std::nullopt;
    const auto value = std::to_integer<uint64_t>((*low)[0]);
    if (value < 0x80) return value;
    const auto high = bytes(1);
    if (!high || (*high)[0] == std::byte{0} || (*high)[0] >= std::byte{0x80}) return std::nullopt;
    return (value & 0x7f) | std::to_integer<uint64_t>((*high)[0]) << 7;
  }
  std::optional<ByteView> delimited() {
    const auto size = varint();
    return size ? bytes(size_t(*size)) : std::nullopt;
  }

 private:
  ByteView rest_;
};

bool put_host(const HostProtocol& protocol, std::string_view text, Multiaddr& out) {
  out.kind = protocol.kind;
  if (protocol.address_bytes == 0) {
    if (!is_dns_name(text)) return false;
    out.host = text;
    return true;
  }
  const auto address = address_of(protocol, text);
  if (address) out.host = text_of(protocol, *address);
  return address.has_value();
}

bool put_host(const HostProtocol& protocol, BinaryReader& reader, Multiaddr& out) {
  const auto bytes = protocol.address_bytes == 0 ? reader.delimited() : reader.bytes(protocol.address_bytes);
  if (!bytes) return false;
  if (protocol.address_bytes == 0) {
    return put_host(protocol, std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()), out);
  }
  Address address{};
  std::copy(bytes->begin(), bytes->end(), address.begin());
  out.kind = protocol.kind;
  out.host = text_of(protocol, address);
  return true;
}

std::optional<uint16_t> port_of(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return port;
}

}  // namespace

std::optional<Multiaddr> Multiaddr::parse(std::string_view text) {
  Multiaddr address;
  TextReader reader(text);
  const auto host_name = reader.next();
  const auto host_protocol =
      std::find_if(std::begin(kHosts), std::end(kHosts), [&](const auto& known) { return known.name == host_name; });
  if (host_protocol == std::end(kHosts)) return std::nullopt;
  const auto host_text = reader.next();
  if (!host_text || !put_host(*host_protocol, *host_text, address)) return std::nullopt;
  if (reader.next() != "tcp") return std::nullopt;
  const auto port_text = reader.next();
  const auto port = port_text ? port_of(*port_text) : std::nullopt;
  if (!port) return std::nullopt;
  address.port = *port;
  if (reader.empty()) return address;
  if (reader.next() != "p2p") return std::nullopt;
  const auto peer_text = reader.next();
  if (peer_text) address.peer = PeerId::parse(*peer_text);
  if (!address.peer || !reader.empty()) return std::nullopt;
  return address;
}

std::optional<Multiaddr> Multiaddr::decode(ByteView bytes) {
  Multiaddr address;
  BinaryReader reader(bytes);
  const auto host_code = reader.varint();
  const auto host_protocol =
      std::find_if(std::begin(kHosts), std::end(kHosts), [&](const auto& known) { return known.code == host_code; });
  if (host_protocol == std::end(kHosts) || !put_host(*host_protocol, reader, address)) return std::nullopt;
  if (reader.varint() != kTcp) return std::nullopt;
  const auto port = reader.bytes(2);
  if (!port) return std::nullopt;
  address.port = uint16_t(std::to_integer<uint16_t>((*port)[0]) << 8 | std::to_integer<uint16_t>((*port)[1]));
  if (reader.empty()) return address;
  if (reader.varint() != kP2p) return std::nullopt;
  const auto peer = reader.delimited();
  if (!peer || peer->size() != PeerId::kBytes || !reader.empty()) return std::nullopt;
  std::copy(peer->begin(), peer->end(), address.peer.emplace().bytes.begin());
  if (!address.peer->ed25519()) return std::nullopt;
  return address;
}

std::string Multiaddr::text() const {
  std::string out = "/" + std::string(protocol_of(kind).name) + "/" + host + "/tcp/" + std::to_string(port);
  if (peer) out += "/p2p/" + peer->text();
  return out;
}

void Multiaddr::encode(std::vector<std::byte>& out) const {
  const HostProtocol& protocol = protocol_of(kind);
  wire::put_varint(protocol.code, out);
  if (protocol.address_bytes == 0) {
    wire::put_varint(host.size(), out);
    const ByteView name = std::as_bytes(std::span(host));
    out.insert(out.end(), name.begin(), name.end());
  } else {
    const auto address = address_of(protocol, host);
    CHECK(address);
    out.insert(out.end(), address->begin(), address->begin() + ptrdiff_t(protocol.address_bytes));
  }
  wire::put_varint(kTcp, out);
  out.push_back(std::byte(port >> 8));
  out.push_back(std::byte(port & 0xff));
  if (!peer) return;
  wire::put_varint(kP2p, out);
  wire::put_varint(peer->bytes.size(), out);
  out.insert(out.end(), peer->bytes.begin(), peer->bytes.end());
}

}  // namespace orrery::transport
