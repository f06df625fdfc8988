// Multiaddresses: text and binary, and back; what is not one, or not for a node on TCP.
#include "simcore/live/transport/multiaddr.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/crypto/hex_bytes.h"
#include "tests/unit/transport/bytes.h"

namespace orrery::transport {
namespace {

const std::string kPeer = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
const std::string kPeerBytes = "0024080112203b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

std::vector<std::byte> binary(const Multiaddr& address) {
  std::vector<std::byte> bytes;
  address.encode(bytes);
  return bytes;
}

TEST(Multiaddr, TextAndBytesAreTheSameAddress) {
  const std::pair<std::string, std::string> known[] = {
      {"/ip4/127.0.0.1/tcp/4001", "047f000001060fa1"},
      {"/ip4/0.0.0.0/tcp/0", "0400000000060000"},
      {"/ip6/::1/tcp/65535", "290000000000000000000000000000000106ffff"},
      {"/ip6/2001:db8::8:800:200c:417a/tcp/80", "2920010db80000000000080800200c417a060050"},
      {"/dns4/relay.example.org/tcp/443", "361172656c61792e6578616d706c652e6f72670601bb"},
      {"/dns6/a/tcp/443", "3701610601bb"},
      {"/ip4/10.1.2.3/tcp/4001/p2p/" + kPeer, "040a010203060fa1a50326" + kPeerBytes}};
  for (const auto& [text, hex] : known) {
    const auto parsed = Multiaddr::parse(text), decoded = Multiaddr::decode(hex_bytes(hex));
    ASSERT_TRUE(parsed) << text;
    ASSERT_TRUE(decoded) << text;
    EXPECT_EQ(*parsed, *decoded) << text;
    EXPECT_EQ(parsed->text(), text);
    EXPECT_EQ(binary(*decoded), hex_bytes(hex)) << text;
  }
}

TEST(Multiaddr, KnowsItsParts) {
  const auto address = Multiaddr::parse("/dns4/relay.example.org/tcp/4001/p2p/" + kPeer);
  ASSERT_TRUE(address);
  EXPECT_EQ(address->kind, Multiaddr::Host::kDns4);
  EXPECT_EQ(address->host, "relay.example.org");
  EXPECT_EQ(address->port, 4001);
  EXPECT_EQ(address->peer, PeerId::parse(kPeer));
  EXPECT_FALSE(Multiaddr::parse("/dns4/relay.example.org/tcp/4001")->peer);
}

TEST(Multiaddr, PeersOfJsLibp2pAreRead) {
  std::ifstream file(ORRERY_SOURCE_DIR "/tests/unit/gossipsub/js_libp2p_vectors.json");
  const auto keys = nlohmann::json::parse(file).at("keys");
  ASSERT_FALSE(keys.empty());
  for (const auto& key : keys) {
    const auto address = Multiaddr::parse("/ip4/127.0.0.1/tcp/4001/p2p/" + key.at("peerId").get<std::string>());
    ASSERT_TRUE(address);
    const auto bytes = hex_bytes(key.at("peerIdBytes").get<std::string>());
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), address->peer->bytes.begin(), address->peer->bytes.end()));
  }
}

TEST(Multiaddr, OneAddressHasOneText) {
  EXPECT_EQ(Multiaddr::parse("/ip6/2001:DB8:0:0::1/tcp/1")->text(), "/ip6/2001:db8::1/tcp/1");
}

TEST(Multiaddr, OtherTextIsNone) {
  for (const std::string text : {"",
                                 "/",
                                 "ip4/127.0.0.1/tcp/1",
                                 "/ip4",
                                 "/ip4/127.0.0.1",
                                 "/ip4/127.0.0.1/tcp",
                                 "/ip4/127.0.0.1/tcp/",
                                 "/ip4/127.0.0.1/tcp/1/",
                                 "/ip4//tcp/1",
                                 "/ip4/127.0.0/tcp/1",
                                 "/ip4/127.0.0.01/tcp/1",
                                 "/ip4/127.0.0.256/tcp/1",
                                 "/ip4/::1/tcp/1",
                                 "/ip6/127.0.0.1/tcp/1",
                                 "/ip6/::1::/tcp/1",
                                 "/ip6/fe80::1%eth0/tcp/1",
                                 "/dns4//tcp/1",
                                 "/dns4/a..b/tcp/1",
                                 "/dns4/.a/tcp/1",
                                 "/dns4/a./tcp/1",
                                 "/dns4/a b/tcp/1",
                                 "/dns4/\xc3\xa4/tcp/1",
                                 "/ip4/127.0.0.1/tcp/65536",
                                 "/ip4/127.0.0.1/tcp/-1",
                                 "/ip4/127.0.0.1/tcp/+1",
                                 "/ip4/127.0.0.1/tcp/01",
                                 "/ip4/127.0.0.1/tcp/1x",
                                 "/ip4/127.0.0.1/udp/1",
                                 "/ip4/127.0.0.1/tcp/1/ws",
                                 "/ip4/127.0.0.1/tcp/1/p2p",
                                 "/ip4/127.0.0.1/tcp/1/p2p/x",
                                 "/IP4/127.0.0.1/tcp/1"}) {
    EXPECT_FALSE(Multiaddr::parse(text)) << text;
  }
  EXPECT_FALSE(Multiaddr::parse("/ip4/127.0.0.1/tcp/1/p2p/" + kPeer + "/p2p-circuit"));
  EXPECT_FALSE(Multiaddr::parse(std::string("/ip4/127.0.0.1\0/tcp/1", 21)));
  EXPECT_FALSE(Multiaddr::parse(std::string("/ip4/127.0.0.1/tcp/1\0", 21)));
}

TEST(Multiaddr, OtherBytesAreNone) {
  const std::string whole = "040a010203060fa1a50326" + kPeerBytes;
  for (size_t size = 0; size < whole.size(); size += 2) {
    if (size == 16) continue;  // an address without a peer
    EXPECT_FALSE(Multiaddr::decode(hex_bytes(whole.substr(0, size)))) << size / 2;
  }
  for (const std::string hex : {"047f0000010610", "047f000001060fa100", "047f0000010600010fa1", "847f000001060fa1",
                                "84007f000001060fa1", "048080007f00", "047f00000191020fa1", "36006060bb",
                                "3601000601bb", "36022f610601bb", "36ff7f61", "36ffffffffffffffffff0161"}) {
    EXPECT_FALSE(Multiaddr::decode(hex_bytes(hex))) << hex;
  }
  const std::string tcp = "047f000001060fa1";
  EXPECT_FALSE(Multiaddr::decode(hex_bytes(tcp + "a50326" + kPeerBytes + "00"))) << "more behind it";
  EXPECT_FALSE(Multiaddr::decode(hex_bytes(tcp + "a50325" + kPeerBytes.substr(2)))) << "a shorter name";
  EXPECT_FALSE(Multiaddr::decode(hex_bytes(tcp + "a50326" + "12" + kPeerBytes.substr(2)))) << "of another kind";
}

TEST(Multiaddr, NamesAreBounded) {
  const std::string label(63, 'a'), name = label + "." + label + "." + label + "." + std::string(61, 'a');
  ASSERT_EQ(name.size(), Multiaddr::kHostMax);
  const auto address = Multiaddr::parse("/dns4/" + name + "/tcp/1");
  ASSERT_TRUE(address);
  EXPECT_EQ(Multiaddr::decode(binary(*address)), address);
  EXPECT_FALSE(Multiaddr::parse("/dns4/" + name + "a/tcp/1"));
  EXPECT_FALSE(Multiaddr::parse("/dns4/" + label + "a/tcp/1"));
  auto longer = *address;
  longer.host += "a";
  EXPECT_FALSE(Multiaddr::decode(binary(longer)));
}

}  // namespace
}  // namespace orrery::transport
