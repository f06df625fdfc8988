// Identify messages and the multiaddresses in them; multiaddresses as text, too.
#include "simcore/live/transport/identify.h"

#include "tests/fuzz/round_trip.h"

namespace orrery::transport {
namespace {

/// Both forms lead back to the address.
void check(const Multiaddr& address) {
  CHECK(!address.host.empty() && address.host.size() <= Multiaddr::kHostMax);
  CHECK(is_one_line(address.text()));
  CHECK(Multiaddr::parse(address.text()) == address);
  std::vector<std::byte> bytes;
  address.encode(bytes);
  CHECK(Multiaddr::decode(bytes) == address);
}

void check(ByteView bytes) {
  const auto address = Multiaddr::decode(bytes);
  if (!address) return;
  check(*address);
  std::vector<std::byte> again;
  address->encode(again);
  CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));  // one address has one binary form
}

void check(const Identify& message) {
  for (const auto& bytes : message.listen_addrs) check(bytes);
  check(message.observed_addr);
  for (const Multiaddr& address : message.dialable()) check(address);
  if (const auto peer = message.peer()) CHECK(peer->ed25519());
}

}  // namespace
}  // namespace orrery::transport

/// The first byte says what the rest is: a message, a binary address, or the text of one.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  using namespace orrery::transport;
  Input input(data, size);
  switch (input.byte() % 3) {
    case 0: {
      const ByteView bytes = input.rest();
      const auto message = decode_identify(bytes);
      const auto same = round_trip<Identify>(bytes);
      CHECK(bool(message) == (same && bytes.size() <= Identify::kBytesMax));
      if (message) check(*message);
      break;
    }
    case 1: transport::check(input.rest()); break;
    case 2: {
      if (const auto address = Multiaddr::parse(input.text())) transport::check(*address);
      break;
    }
  }
  return 0;
}
