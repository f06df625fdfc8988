// The bytes of a js-libp2p peer: RPCs, signed messages and message ids, as that implementation made and accepted them.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "protocols/relay/gossipsub/message_id.h"
#include "protocols/relay/gossipsub/signing.h"
#include "simcore/crypto/crypto.h"

namespace orrery::gossipsub {
namespace {

using Bytes = std::vector<std::byte>;

Bytes unhex(const std::string& text) {
  Bytes bytes;
  for (size_t i = 0; i < text.size(); i += 2) bytes.push_back(std::byte(std::stoul(text.substr(i, 2), nullptr, 16)));
  return bytes;
}

nlohmann::json vectors() {
  std::ifstream file(ORRERY_SOURCE_DIR "/tests/unit/gossipsub/js_libp2p_vectors.json");
  return nlohmann::json::parse(file);
}

template <class M>
Bytes encoded(const M& message) {
  Bytes bytes;
  encode(message, bytes);
  return bytes;
}

std::map<std::string, Rpc> known_rpcs() {
  const IdBytes id(unhex("010203"));
  std::map<std::string, Rpc> rpcs;
  rpcs["hello_subscribe"].subscriptions.items.push_back({true, {"t"}});
  rpcs["graft"].ctl().graft.items.push_back({{"t"}});
  rpcs["prune_60s"].ctl().prune.items.push_back({{"t"}, 60});
  rpcs["ihave"].ctl().ihave.items.push_back({{"t"}, {{id}}});
  rpcs["iwant"].ctl().iwant.items.push_back({{{id}}});
  rpcs["idontwant"].ctl().idontwant.items.push_back({{{id}}});
  return rpcs;
}

TEST(JsVectors, RpcsEncodeToTheSameBytesAndBack) {
  const std::map<std::string, Rpc> known = known_rpcs();
  size_t checked = 0;
  const auto all = vectors();
  for (const auto& vector : all["rpc"]) {
    const std::string name = vector["name"];
    ASSERT_TRUE(known.contains(name)) << name;
    const Rpc& rpc = known.at(name);
    const Bytes bytes = unhex(vector["rpc"]);
    EXPECT_EQ(encoded(rpc), bytes) << name;
    EXPECT_EQ(kMessageType<Rpc>.wire_bytes(&rpc, 0), unhex(vector["framed"]).size()) << name;
    const auto decoded = decode<Rpc>(bytes);
    ASSERT_TRUE(bool(decoded)) << name;
    EXPECT_EQ(describe(*decoded), describe(rpc)) << name;
    ++checked;
  }
  EXPECT_EQ(checked, known.size());
}

TEST(JsVectors, SignedMessagesAreMadeAndAcceptedToTheByte) {
  size_t checked = 0;
  const auto all = vectors();
  for (const auto& vector : all["signed"]) {
    KeySeed seed;
    const Bytes seed_bytes = unhex(vector["seed"]);
    std::copy(seed_bytes.begin(), seed_bytes.end(), seed.begin());
    const auto crypto = make_crypto(CryptoKind::kReal, 0);
    const auto signer = crypto->signer(key_pair_from_seed(seed));
    const Bytes bytes = unhex(vector["message"]);
    const auto decoded = decode<PubsubMessage>(bytes);
    ASSERT_TRUE(bool(decoded));

    Config config;
    config.send_key = vector["withKey"];
    const PubsubMessage made = make_message(config, *signer, 1, decoded->topic.text, decoded->payload());
    EXPECT_EQ(encoded(made), bytes);

    const auto author = check_fields(SignaturePolicy::kStrictSign, *decoded);
    ASSERT_TRUE(bool(author));
    EXPECT_EQ(*author, signer->peer());
    EXPECT_TRUE(is_signed(crypto->verifier(), **author, *decoded));
    PubsubMessage changed = *decoded;
    changed.data->bytes[0] ^= std::byte{1};
    EXPECT_FALSE(is_signed(crypto->verifier(), **author, changed));

    const auto id_text = [&](IdOf function) {
      const auto id = id_of(function, *decoded);
      return Bytes(id->bytes().begin(), id->bytes().end());
    };
    EXPECT_EQ(id_text(IdOf::kFromSeqno), unhex(vector["defaultMsgId"]));
    EXPECT_EQ(id_text(IdOf::kKeySeqno), unhex(vector["jsDefaultMsgId"]));
    ++checked;
  }
  EXPECT_EQ(checked, 6u);
}

}  // namespace
}  // namespace orrery::gossipsub
