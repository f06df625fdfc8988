// Signature policies: what each makes, and everything that each refuses.
#include "protocols/relay/gossipsub/signing.h"

#include <gtest/gtest.h>

#include "protocols/relay/gossipsub/message_id.h"
#include "simcore/crypto/crypto.h"

namespace orrery::gossipsub {
namespace {

constexpr auto kStrictSign = SignaturePolicy::kStrictSign;
constexpr auto kStrictNoSign = SignaturePolicy::kStrictNoSign;

struct Maker {
  std::unique_ptr<Crypto> crypto = make_crypto(CryptoKind::kIdeal, 7);
  std::unique_ptr<Signer> signer = crypto->signer(key_pair_of(7, node_key("node", 0)));
  std::unique_ptr<Signer> other = crypto->signer(key_pair_of(7, node_key("node", 1)));
  std::string payload = "hello";
  PubsubMessage message(SignaturePolicy policy, bool send_key = false) const {
    Config config;
    config.signature_policy = policy;
    config.send_key = send_key;
    return make_message(config, *signer, 0x0102030405060708, "chat", std::as_bytes(std::span(payload)));
  }
};

/// Nothing if it is accepted.
std::optional<Refusal> refusal(SignaturePolicy policy, const PubsubMessage& message) {
  const auto author = check_fields(policy, message);
  return author ? std::nullopt : std::optional(author.error());
}

TEST(Signing, StrictSignStampsAndNumbers) {
  const Maker maker;
  const PubsubMessage message = maker.message(kStrictSign);
  EXPECT_EQ(ByteView(*message.from).size(), PeerId::kBytes);
  ASSERT_EQ(message.seqno->size(), 8u);
  EXPECT_EQ(message.seqno->bytes[0], std::byte{1});  // big-endian
  EXPECT_FALSE(message.key);
  EXPECT_TRUE(is_signed(maker.crypto->verifier(), maker.signer->peer(), message));
  EXPECT_FALSE(is_signed(maker.crypto->verifier(), maker.other->peer(), message));
}

TEST(Signing, TheKeyIsNoPartOfWhatIsSigned) {
  const Maker maker;
  PubsubMessage message = maker.message(kStrictSign, true);
  ASSERT_TRUE(message.key);
  message.key.reset();
  EXPECT_TRUE(is_signed(maker.crypto->verifier(), maker.signer->peer(), message));
}

TEST(Signing, StrictNoSignLeavesOutWhoMadeIt) {
  const PubsubMessage message = Maker().message(kStrictNoSign);
  EXPECT_FALSE(message.from || message.seqno || message.signature || message.key);
  std::vector<std::byte> bytes;
  encode(message, bytes);
  EXPECT_EQ(bytes.size(), 2 + 5 + 2 + 4u);  // data and topic, each with its tag and length
}

TEST(Signing, PoliciesRefuseEachOther) {
  const Maker maker;
  EXPECT_FALSE(refusal(kStrictSign, maker.message(kStrictSign)));
  EXPECT_FALSE(refusal(kStrictSign, maker.message(kStrictSign, true)));
  EXPECT_FALSE(refusal(kStrictNoSign, maker.message(kStrictNoSign)));
  EXPECT_EQ(refusal(kStrictSign, maker.message(kStrictNoSign)), Refusal::kUnsigned);
  EXPECT_EQ(refusal(kStrictNoSign, maker.message(kStrictSign)), Refusal::kSigned);
}

TEST(Signing, StrictNoSignRefusesEachFieldAlone) {
  const PubsubMessage good = Maker().message(kStrictNoSign);
  for (int field = 0; field < 4; ++field) {
    PubsubMessage bad = good;  // present and empty is still present
    if (field == 0) bad.from.emplace();
    if (field == 1) bad.seqno.emplace();
    if (field == 2) bad.signature.emplace();
    if (field == 3) bad.key.emplace();
    EXPECT_EQ(refusal(kStrictNoSign, bad), Refusal::kSigned) << field;
  }
}

TEST(Signing, StrictSignRefusesWhatIsMissingOrMisshapen) {
  const Maker maker;
  const auto refused = [&](auto change) {
    PubsubMessage bad = maker.message(kStrictSign, true);
    change(bad);
    return refusal(kStrictSign, bad);
  };
  EXPECT_EQ(refused([](auto& m) { m.from.reset(); }), Refusal::kUnsigned);
  EXPECT_EQ(refused([](auto& m) { m.seqno.reset(); }), Refusal::kUnsigned);
  EXPECT_EQ(refused([](auto& m) { m.signature.reset(); }), Refusal::kUnsigned);
  EXPECT_EQ(refused([](auto& m) { m.seqno->bytes.pop_back(); }), Refusal::kBadSeqno);
  EXPECT_EQ(refused([](auto& m) { m.signature->bytes.pop_back(); }), Refusal::kBadSignature);
  EXPECT_EQ(refused([](auto& m) { m.from->bytes.pop_back(); }), Refusal::kBadAuthor);
  EXPECT_EQ(refused([](auto& m) { m.from->bytes[0] = std::byte{1}; }), Refusal::kBadAuthor);  // another multihash
  EXPECT_EQ(refused([](auto& m) { m.key->bytes.back() ^= std::byte{1}; }), Refusal::kBadAuthor);
  EXPECT_EQ(refused([](auto& m) { m.key->bytes.clear(); }), Refusal::kBadAuthor);
}

TEST(MessageIds, NeedTheirFields) {
  const Maker maker;
  const PubsubMessage unsigned_one = maker.message(kStrictNoSign);
  EXPECT_FALSE(id_of(IdOf::kFromSeqno, unsigned_one));
  EXPECT_FALSE(id_of(IdOf::kKeySeqno, unsigned_one));
  ASSERT_TRUE(id_of(IdOf::kDataSha256, unsigned_one));
  EXPECT_EQ(id_of(IdOf::kDataSha256, unsigned_one)->bytes().size(), 32u);
  PubsubMessage endless = maker.message(kStrictSign);
  endless.seqno->bytes.resize(60);
  EXPECT_FALSE(id_of(IdOf::kFromSeqno, endless));  // longer than any id
  endless.from->bytes.clear();
  EXPECT_TRUE(id_of(IdOf::kKeySeqno, endless));
}

}  // namespace
}  // namespace orrery::gossipsub
