// The payload of a Noise handshake: whose key, whose signature, and the bounds of both.
#include "simcore/live/transport/noise_payload.h"

#include <gtest/gtest.h>

#include "simcore/crypto/crypto.h"
#include "tests/unit/crypto/hex_bytes.h"
#include "tests/unit/transport/noise_peers.h"

namespace orrery::transport {
namespace {

const KeyPair kAnn = key_pair_from_seed(all(0x11));
const NoiseSecret kStatic = all(0x12);  // any 32 bytes, to a signature

NoisePayload good() { return *decode<NoisePayload>(noise_payload(kAnn, kStatic, {"/yamux/1.0.0"})); }

Result<NoiseIntroduction, Fault> introduction(const NoisePayload& payload) {
  std::vector<std::byte> bytes;
  encode(payload, bytes);
  return noise_introduction(bytes, kStatic);
}

void expect_fault(const Result<NoiseIntroduction, Fault>& introduction, Fault fault) {
  ASSERT_FALSE(introduction);
  EXPECT_EQ(introduction.error(), fault) << text(introduction.error());
}

TEST(NoisePayload, IntroducesItsSender) {
  const auto who = introduction(good());
  ASSERT_TRUE(who);
  EXPECT_EQ(who->peer, kAnn.peer_id());
  EXPECT_EQ(who->muxers, std::vector<std::string>{"/yamux/1.0.0"});
}

TEST(NoisePayload, UnknownFieldsAreSkipped) {
  auto bytes = noise_payload(kAnn, kStatic, {});
  const auto data = hex_bytes(
      "1a0464617461"
      "22060a04aabbccdd");  // the old `data` = 3; webtransport_certhashes = 1
  bytes.insert(bytes.end(), data.begin(), data.end());
  const auto who = noise_introduction(bytes, kStatic);
  ASSERT_TRUE(who);
  EXPECT_TRUE(who->muxers.empty());
}

TEST(NoisePayload, SignatureIsOfThisStaticKeyByThisIdentity) {
  expect_fault(noise_introduction(noise_payload(kAnn, kStatic, {}), all(0x13)), Fault::kBadSignature);
  NoisePayload other = good();
  other.identity_key.bytes.back() ^= std::byte{1};
  expect_fault(introduction(other), Fault::kBadSignature);
  NoisePayload changed = good();
  changed.identity_sig.bytes[0] ^= std::byte{1};
  expect_fault(introduction(changed), Fault::kBadSignature);
  NoisePayload shorter = good();
  shorter.identity_sig.bytes.pop_back();
  expect_fault(introduction(shorter), Fault::kBadSignature);
  NoisePayload longer = good();
  longer.identity_sig.bytes.push_back({});
  expect_fault(introduction(longer), Fault::kBadSignature);
}

TEST(NoisePayload, SignatureWithoutTheDomainIsNone) {
  NoisePayload bare = good();
  const auto crypto = make_crypto(CryptoKind::kReal, 0);
  bare.identity_sig = Blob<1024>(crypto->signer(kAnn)->sign(kStatic));
  expect_fault(introduction(bare), Fault::kBadSignature);
}

TEST(NoisePayload, OnlyEd25519IsKnown) {
  NoisePayload secp256k1 = good();
  secp256k1.identity_key.bytes = hex_bytes(
      "08021221"
      "037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99");
  expect_fault(introduction(secp256k1), Fault::kBadSignature);
  NoisePayload empty = good();
  empty.identity_key.bytes.clear();
  expect_fault(introduction(empty), Fault::kBadSignature);
  NoisePayload rsa = good();
  rsa.identity_key.bytes.assign(1024, std::byte{8});
  expect_fault(introduction(rsa), Fault::kBadSignature);
  expect_fault(noise_introduction({}, kStatic), Fault::kBadSignature);
}

TEST(NoisePayload, KeyOfLowOrderSignsNothing) {
  NoisePayload anybody = good();  // with the neutral point for a key, R = S = 0 would fit every message
  anybody.identity_key.bytes = hex_bytes(
      "08011220"
      "0100000000000000000000000000000000000000000000000000000000000000");
  anybody.identity_sig.bytes.assign(64, std::byte{0});
  anybody.identity_sig.bytes[0] = std::byte{1};
  expect_fault(introduction(anybody), Fault::kBadSignature);
}

TEST(NoisePayload, NonsenseIsMalformed) {
  expect_fault(noise_introduction(bytes_of("nonsense"), kStatic), Fault::kMalformed);
}

TEST(NoisePayload, EveryPartIsBounded) {
  const auto field = [](uint32_t number, size_t size) {
    std::vector<std::byte> bytes;
    wire::put_delimited(number, std::vector<std::byte>(size, std::byte{'a'}), bytes);
    return bytes;
  };
  const auto extensions = [](ByteView inside) {
    std::vector<std::byte> bytes;
    wire::put_delimited(4, inside, bytes);
    return bytes;
  };
  const auto with = [](const std::vector<std::byte>& more) {
    auto bytes = noise_payload(kAnn, kStatic, {});
    bytes.insert(bytes.end(), more.begin(), more.end());
    return noise_introduction(bytes, kStatic);
  };
  expect_fault(with(field(1, 1025)), Fault::kTooLong);
  expect_fault(with(field(2, 1025)), Fault::kTooLong);
  EXPECT_TRUE(with(extensions(field(2, 64))));
  expect_fault(with(extensions(field(2, 65))), Fault::kTooLong);
  std::vector<std::byte> muxers;
  for (int i = 0; i < 16; ++i) wire::put_delimited(2, bytes_of("m"), muxers);
  EXPECT_EQ(with(extensions(muxers))->muxers.size(), 16u);
  wire::put_delimited(2, bytes_of("m"), muxers);
  expect_fault(with(extensions(muxers)), Fault::kTooLong);
  const size_t ours = noise_payload(kAnn, kStatic, {}).size();
  EXPECT_TRUE(with(field(9, NoisePayload::kBytesMax - ours - 3)));
  expect_fault(with(field(9, NoisePayload::kBytesMax - ours - 2)), Fault::kTooLong);
}

}  // namespace
}  // namespace orrery::transport
