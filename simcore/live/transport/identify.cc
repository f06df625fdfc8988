#include "simcore/live/transport/identify.h"

#include "simcore/live/transport/public_key.h"

namespace orrery::transport {
namespace {

Blob<1024> binary(const Multiaddr& address) {
  Blob<1024> blob;
  address.encode(blob.bytes);
  return blob;
}

}  // namespace

std::optional<PeerId> Identify::peer() const { return peer_of_public_key(public_key); }

std::vector<Multiaddr> Identify::dialable() const {
  std::vector<Multiaddr> found;
  for (const auto& bytes : listen_addrs) {
    if (auto address = Multiaddr::decode(bytes)) found.push_back(std::move(*address));
  }
  return found;
}

Identify identify(const PeerId& self, const std::vector<Multiaddr>& listen, const std::vector<std::string>& protocols,
                  const Multiaddr& observed, std::string agent_version) {
  Identify message;
  message.public_key = Blob<1024>(public_key_of(self));
  for (const Multiaddr& address : listen) message.listen_addrs.items.push_back(binary(address));
  for (const std::string& protocol : protocols) message.protocols.items.push_back({protocol});
  message.observed_addr = binary(observed);
  message.protocol_version.text = "ipfs/0.1.0";  // as everybody says, whatever network they are on
  message.agent_version.text = std::move(agent_version);
  return message;
}

Result<Identify, Fault> decode_identify(ByteView bytes) {
  if (bytes.size() > Identify::kBytesMax) return Fault::kTooLong;
  auto message = decode<Identify>(bytes);
  if (!message) return message.error() == WireError::kTooLong ? Fault::kTooLong : Fault::kMalformed;
  return *std::move(message);
}

}  // namespace orrery::transport
