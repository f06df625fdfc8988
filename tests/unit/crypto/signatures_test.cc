// Signatures, real and ideal: what was signed is verified, and nothing else is.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "simcore/crypto/crypto.h"

namespace orrery {
namespace {

constexpr uint64_t kRunSeed = 7;

rc::Gen<std::vector<std::byte>> any_message() {
  return rc::gen::container<std::vector<std::byte>>(
      rc::gen::map(rc::gen::inRange(0, 256), [](int value) { return std::byte(value); }));
}

CryptoKind any_kind() { return *rc::gen::element(CryptoKind::kIdeal, CryptoKind::kReal); }

RC_GTEST_PROP(Signature, IsVerifiedByAnybody, (uint64_t node)) {
  const CryptoKind kind = any_kind();
  const auto crypto = make_crypto(kind, kRunSeed), same = make_crypto(kind, kRunSeed);
  const KeyPair keys = key_pair_of(kRunSeed, NodeKey{node});
  const auto message = *any_message();
  const Signature signature = crypto->signer(keys)->sign(message);
  RC_ASSERT(crypto->verifier().verify(keys.peer_id(), message, signature));
  RC_ASSERT(same->verifier().verify(keys.peer_id(), message, signature));
  RC_ASSERT(crypto->signer(keys)->sign(message) == signature);
}

RC_GTEST_PROP(Signature, IsOfItsMessageAndItsPeerOnly, (uint64_t node)) {
  const auto crypto = make_crypto(any_kind(), kRunSeed);
  const KeyPair keys = key_pair_of(kRunSeed, NodeKey{node}), other = key_pair_of(kRunSeed, NodeKey{node + 1});
  auto message = *any_message();
  const Signature signature = crypto->signer(keys)->sign(message);
  RC_ASSERT(!crypto->verifier().verify(other.peer_id(), message, signature));
  Signature forged = signature;
  forged[*rc::gen::inRange<size_t>(0, forged.size())] ^= std::byte(1 << *rc::gen::inRange(0, 8));
  RC_ASSERT(!crypto->verifier().verify(keys.peer_id(), message, forged));
  message.push_back(std::byte{0});
  RC_ASSERT(!crypto->verifier().verify(keys.peer_id(), message, signature));
  message.pop_back();
  if (message.empty()) return;
  message[*rc::gen::inRange<size_t>(0, message.size())] ^= std::byte(1 << *rc::gen::inRange(0, 8));
  RC_ASSERT(!crypto->verifier().verify(keys.peer_id(), message, signature));
}

TEST(Signature, OfAPeerThatIsNoKeyIsNone) {
  for (const CryptoKind kind : {CryptoKind::kIdeal, CryptoKind::kReal}) {
    const auto crypto = make_crypto(kind, kRunSeed);
    PeerId stranger = key_pair_of(kRunSeed, NodeKey{1}).peer_id();
    const Signature signature = crypto->signer(key_pair_of(kRunSeed, NodeKey{1}))->sign({});
    stranger.bytes[0] = std::byte{0x12};  // the multihash of a digest, as RSA keys have it
    EXPECT_FALSE(crypto->verifier().verify(stranger, {}, signature));
    EXPECT_FALSE(crypto->verifier().verify(PeerId{}, {}, Signature{}));
  }
}

TEST(IdealSignature, IsOfItsRunOnly) {
  const KeyPair keys = key_pair_of(kRunSeed, NodeKey{1});
  const Signature signature = make_crypto(CryptoKind::kIdeal, kRunSeed)->signer(keys)->sign({});
  EXPECT_FALSE(make_crypto(CryptoKind::kIdeal, kRunSeed + 1)->verifier().verify(keys.peer_id(), {}, signature));
  EXPECT_FALSE(make_crypto(CryptoKind::kReal, kRunSeed)->verifier().verify(keys.peer_id(), {}, signature));
}

TEST(KeyPairOf, FollowsFromRunAndNode) {
  const PublicKey one = key_pair_of(1, NodeKey{2}).public_key;
  EXPECT_EQ(key_pair_of(1, NodeKey{2}).public_key, one);
  EXPECT_NE(key_pair_of(2, NodeKey{2}).public_key, one);
  EXPECT_NE(key_pair_of(1, NodeKey{3}).public_key, one);
  EXPECT_NE(key_pair_of(2, NodeKey{1}).public_key, one);
}

}  // namespace
}  // namespace orrery
