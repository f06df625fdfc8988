// Identify: its bytes, its bounds, and what a stranger may say in it.
#include "simcore/live/transport/identify.h"

#include <gtest/gtest.h>

#include "simcore/live/transport/public_key.h"
#include "tests/unit/crypto/hex_bytes.h"
#include "tests/unit/transport/bytes.h"

namespace orrery::transport {
namespace {

// The key of 32 zero bytes of seed, as js_libp2p_vectors.json has it.
const PeerId kSelf = *PeerId::parse("12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN");
const std::string kKey = "080112203b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

std::vector<std::byte> encoded(const Identify& message) {
  std::vector<std::byte> bytes;
  encode(message, bytes);
  return bytes;
}

std::vector<std::byte> field(uint32_t number, ByteView inside) {
  std::vector<std::byte> bytes;
  wire::put_delimited(number, inside, bytes);
  return bytes;
}
std::vector<std::byte> field(uint32_t number, size_t size) {
  return field(number, std::vector<std::byte>(size, std::byte{'a'}));
}
std::vector<std::byte> times(size_t count, const std::vector<std::byte>& bytes) {
  std::vector<std::byte> all;
  for (size_t i = 0; i < count; ++i) all.insert(all.end(), bytes.begin(), bytes.end());
  return all;
}

void expect_fault(ByteView bytes, Fault fault) {
  const auto message = decode_identify(bytes);
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error(), fault);
}

TEST(Identify, IsWhatTheSpecificationSays) {
  const auto message = identify(kSelf, {*Multiaddr::parse("/ip4/127.0.0.1/tcp/4001")}, {"/a", "/b"},
                                *Multiaddr::parse("/ip4/10.0.0.1/tcp/80"), "orrery/0.1");
  EXPECT_EQ(encoded(message), hex_bytes("0a24" + kKey +  // publicKey
                                        "1208"
                                        "047f000001060fa1"  // listenAddrs
                                        "1a02"
                                        "2f61"
                                        "1a02"
                                        "2f62"  // protocols
                                        "2208"
                                        "040a000001060050"  // observedAddr
                                        "2a0a"
                                        "697066732f302e312e30"  // protocolVersion
                                        "320a"
                                        "6f72726572792f302e31"));
  EXPECT_EQ(*decode_identify(encoded(message)), message);
  EXPECT_EQ(message.peer(), kSelf);
}

TEST(Identify, PartialMessageSaysOnlyWhatChanged) {
  const auto push = decode_identify(hex_bytes("1a022f61"));
  ASSERT_TRUE(push);
  EXPECT_EQ(push->protocols.items.at(0).text, "/a");
  EXPECT_TRUE(push->public_key.bytes.empty());
  EXPECT_FALSE(push->peer());
  EXPECT_TRUE(decode_identify({}));
}

TEST(Identify, SignedPeerRecordAndStrangeFieldsAreSkipped) {
  auto bytes = field(8, 200);  // signedPeerRecord
  const auto more = hex_bytes(
      "3801"
      "1a022f61"
      "f2070161");
  bytes.insert(bytes.end(), more.begin(), more.end());
  const auto message = decode_identify(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->protocols.size(), 1u);
}

TEST(Identify, OtherKindsOfKeysAreNobody) {
  const auto message = decode_identify(
      field(1, hex_bytes("08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99")));
  ASSERT_TRUE(message) << "it is no fault to have one";
  EXPECT_FALSE(message->peer());
}

TEST(Identify, AddressesThatAreNotForUsAreLeftOut) {
  auto bytes = field(2, hex_bytes("047f000001060fa1"));
  for (const std::string hex : {"047f00000191020fa1cc03", "00", "291234"}) {
    const auto more = field(2, hex_bytes(hex));
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  const auto message = decode_identify(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->listen_addrs.size(), 4u);
  EXPECT_EQ(message->dialable(), std::vector{*Multiaddr::parse("/ip4/127.0.0.1/tcp/4001")});
}

TEST(Identify, NonsenseIsMalformed) {
  expect_fault(hex_bytes("0a"), Fault::kMalformed);
  expect_fault(hex_bytes("0a7f00"), Fault::kMalformed);
  expect_fault(hex_bytes("0801"), Fault::kMalformed);
  expect_fault(hex_bytes("1a01ff"), Fault::kMalformed);  // no UTF-8
}

TEST(Identify, EveryFieldIsBounded) {
  const std::pair<uint32_t, size_t> bounds[] = {{1, 1024}, {2, 1024}, {3, 1023}, {4, 1024}, {5, 256}, {6, 256}};
  for (const auto& [number, bound] : bounds) {
    EXPECT_TRUE(decode_identify(field(number, bound))) << number;
    expect_fault(field(number, bound + 1), Fault::kTooLong);
  }
}

TEST(Identify, ListsAreBounded) {
  for (const auto& [number, bound] : {std::pair(2u, 128u), std::pair(3u, 512u)}) {
    EXPECT_TRUE(decode_identify(times(bound, field(number, 1)))) << number;
    expect_fault(times(bound + 1, field(number, 1)), Fault::kTooLong);
  }
}

TEST(Identify, WholeMessageIsBounded) {
  EXPECT_TRUE(decode_identify(field(8, Identify::kBytesMax - 3)));
  expect_fault(field(8, Identify::kBytesMax - 2), Fault::kTooLong);
}

TEST(PublicKey, IsTheProtobufOfAnEd25519Key) {
  const auto view = public_key_of(kSelf);
  EXPECT_EQ(std::vector<std::byte>(view.begin(), view.end()), hex_bytes(kKey));
  EXPECT_EQ(peer_of_public_key(hex_bytes(kKey)), kSelf);
  EXPECT_FALSE(peer_of_public_key({}));
  EXPECT_FALSE(peer_of_public_key(hex_bytes(kKey + "00")));
  EXPECT_FALSE(peer_of_public_key(hex_bytes(kKey.substr(2))));
  for (size_t i = 0; i < 4; ++i) {
    auto other = hex_bytes(kKey);
    other[i] ^= std::byte{1};
    EXPECT_FALSE(peer_of_public_key(other)) << i;
  }
}

}  // namespace
}  // namespace orrery::transport
