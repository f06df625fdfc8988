// Ed25519: the vectors of RFC 8032, section 7.1, and PeerIds as other implementations of libp2p write them.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "simcore/crypto/crypto.h"
#include "tests/unit/crypto/hex_bytes.h"

namespace orrery {
namespace {

struct Vector {
  const char *name, *seed, *public_key, *message, *signature;
};

constexpr Vector kVectors[] = {
    {"TEST 1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "55"
     "141438e7a100b"},
    {"TEST 2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00"
     "d291612bb0c00"},
    {"TEST 3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "02"
     "7beceea1ec40a"},
    {"TEST SHA(abc)", "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2"
     "a9"
     "ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad"
     "9b"
     "ef1177331a704"},
};

TEST(Ed25519, GivesThePublishedAnswers) {
  const auto crypto = make_crypto(CryptoKind::kReal, 7);
  for (const Vector& vector : kVectors) {
    SCOPED_TRACE(vector.name);
    const KeyPair keys = key_pair_from_seed(hex_array<KeySeed>(vector.seed));
    EXPECT_EQ(keys.public_key, hex_array<PublicKey>(vector.public_key));
    const auto message = hex_bytes(vector.message);
    const auto signature = hex_array<Signature>(vector.signature);
    const auto signer = crypto->signer(keys);
    EXPECT_EQ(signer->sign(message), signature);
    EXPECT_EQ(signer->peer(), keys.peer_id());
    EXPECT_TRUE(crypto->verifier().verify(keys.peer_id(), message, signature));
  }
}

struct Identity {
  const char *seed, *public_key, *peer_id;
};

// The first by the key of libp2p's peer-ids specification ("Test vectors", Ed25519); the others by js-libp2p.
constexpr Identity kIdentities[] = {
    {"7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d",
     "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
     "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq"},
    {"0000000000000000000000000000000000000000000000000000000000000000",
     "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
     "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"},
    {"1111111111111111111111111111111111111111111111111111111111111111",
     "d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737",
     "12D3KooWPqT2nMDSiXUSx5D7fasaxhxKigVhcqfkKqrLghCq9jxz"},
    {"4242424242424242424242424242424242424242424242424242424242424242",
     "2152f8d19b791d24453242e15f2eab6cb7cffa7b6a5ed30097960e069881db12",
     "12D3KooWC4T1AXU2s2YBgGJ2FeaYVtsKoHZWJeubnWe9SnuSE7Zb"},
};

TEST(PeerId, IsWrittenAsOthersWriteIt) {
  for (const Identity& identity : kIdentities) {
    const KeyPair keys = key_pair_from_seed(hex_array<KeySeed>(identity.seed));
    EXPECT_EQ(keys.public_key, hex_array<PublicKey>(identity.public_key));
    EXPECT_EQ(keys.peer_id().text(), identity.peer_id);
    const auto bytes = hex_array<decltype(PeerId::bytes)>("002408011220" + std::string(identity.public_key));
    EXPECT_EQ(keys.peer_id().bytes, bytes);
  }
}

}  // namespace
}  // namespace orrery
