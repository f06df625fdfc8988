// Noise: the handshake, against a transcript that another implementation computed, and what a stranger may not do.
#include "simcore/live/transport/noise.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/crypto/hex_bytes.h"
#include "tests/unit/transport/noise_peers.h"

namespace orrery::transport {
namespace {

constexpr size_t kPrefix = 2;

nlohmann::json transcripts() {
  std::ifstream file(ORRERY_SOURCE_DIR "/tests/unit/transport/noise_transcripts.json");
  return nlohmann::json::parse(file).at("transcripts");
}

void expect_fault(NoiseHandshake& end, ByteView in, Fault fault) {
  const NoiseStep step = give(end, in);
  ASSERT_FALSE(step.result);
  EXPECT_EQ(step.result.error(), fault) << text(step.result.error());
  EXPECT_EQ(step.out.size(), 0u);
  EXPECT_EQ(give(end, {}).result.error(), fault) << "a fault is for good";
}

std::vector<std::byte> framed(ByteView message, std::optional<size_t> length = {}) {
  const size_t count = length.value_or(message.size());
  std::vector<std::byte> out{std::byte(count >> 8), std::byte(count & 0xff)};
  out.insert(out.end(), message.begin(), message.end());
  return out;
}

TEST(Noise, SpeaksAsAnotherImplementationDoes) {
  for (const auto& transcript : transcripts()) {
    const NoisePair pair(dialler_config(transcript.at("dialler_muxers")),
                         listener_config(transcript.at("listener_muxers")));
    EXPECT_EQ(pair.first, hex_bytes(transcript.at("first").get<std::string>()));
    EXPECT_EQ(pair.second, hex_bytes(transcript.at("second").get<std::string>()));
    EXPECT_EQ(pair.third, hex_bytes(transcript.at("third").get<std::string>()));
    NoiseChannel dialler = pair.dialler.channel(), listener = pair.listener.channel();
    for (size_t i = 0; i < 2; ++i) {
      const std::string sealed = transcript.at("dialler_seals")[i], said = transcript.at("dialler_says")[i];
      EXPECT_EQ(seal(dialler, said), hex_bytes(sealed));
      EXPECT_EQ(text_of(give(listener, hex_bytes(sealed)).out), said);
      const std::string answer = transcript.at("listener_seals")[i], meant = transcript.at("listener_says")[i];
      EXPECT_EQ(text_of(give(dialler, hex_bytes(answer)).out), meant);
      if (meant.empty()) continue;  // we seal nothing that is empty; others may
      EXPECT_EQ(seal(listener, meant), hex_bytes(answer));
    }
  }
}

TEST(Noise, TellsWhoIsThereAndWhatTheyOffer) {
  const NoisePair pair(dialler_config(), listener_config({"/mplex/6.7.0", "/yamux/1.0.0"}));
  EXPECT_EQ(pair.dialler.peer(), listener_config().identity.peer_id());
  EXPECT_EQ(pair.listener.peer(), dialler_config().identity.peer_id());
  EXPECT_EQ(pair.dialler.peer_muxers(), (std::vector<std::string>{"/mplex/6.7.0", "/yamux/1.0.0"}));
  EXPECT_TRUE(pair.listener.peer_muxers().empty());
}

TEST(Noise, ListenerSpeaksWhenSpokenTo) {
  NoiseHandshake listener(listener_config());
  EXPECT_TRUE(begin(listener).empty());
}

TEST(Noise, ByteByByteIsTheSame) {
  const NoisePair whole;
  NoiseHandshake dialler(dialler_config()), listener(listener_config());
  const auto trickle = [](NoiseHandshake& end, ByteView bytes) {
    std::vector<std::byte> in, out;
    for (const std::byte b : bytes) {
      in.push_back(b);
      NoiseStep step = give(end, in);
      CHECK(bool(step.result));
      in = step.left;
      out.insert(out.end(), step.out.begin(), step.out.end());
    }
    CHECK(in.empty());
    return out;
  };
  EXPECT_EQ(trickle(listener, begin(dialler)), whole.second);
  EXPECT_EQ(trickle(dialler, whole.second), whole.third);
  EXPECT_TRUE(trickle(listener, whole.third).empty());
  EXPECT_TRUE(*give(listener, {}).result);
}

TEST(Noise, WhatFollowsTheHandshakeStays) {
  const NoisePair pair;
  NoiseHandshake listener(listener_config());
  give(listener, pair.first);
  std::vector<std::byte> in = pair.third;
  NoiseChannel dialler = pair.dialler.channel();
  const auto sealed = seal(dialler, "early");
  in.insert(in.end(), sealed.begin(), sealed.end());
  const NoiseStep step = give(listener, in);
  EXPECT_TRUE(*step.result);
  EXPECT_EQ(step.left, sealed);
  NoiseChannel channel = listener.channel();
  EXPECT_EQ(text_of(give(channel, step.left).out), "early");
}

// Byte 0 and 1 are the length; the last bit of an X25519 key means nothing in the DH, but is in the hash.
TEST(Noise, EveryByteOfTheSecondMessageCounts) {
  const NoisePair pair;
  for (size_t i = kPrefix; i < pair.second.size(); ++i) {
    NoiseHandshake dialler(dialler_config());
    begin(dialler);
    auto tampered = pair.second;
    tampered[i] ^= std::byte{0x80};
    expect_fault(dialler, tampered, Fault::kBadSeal);
  }
}

TEST(Noise, EveryByteOfTheThirdMessageCounts) {
  const NoisePair pair;
  for (size_t i = kPrefix; i < pair.third.size(); ++i) {
    NoiseHandshake listener(listener_config());
    give(listener, pair.first);
    auto tampered = pair.third;
    tampered[i] ^= std::byte{0x80};
    expect_fault(listener, tampered, Fault::kBadSeal);
  }
}

TEST(Noise, FirstMessageThatWasChangedIsFoundOut) {
  NoiseHandshake dialler(dialler_config()), listener(listener_config());
  auto first = begin(dialler);
  first.back() ^= std::byte{0x80};  // the bit that X25519 leaves out
  expect_fault(dialler, give(listener, first).out, Fault::kBadSeal);
}

TEST(Noise, ReplayedHandshakeDoesNotOpen) {
  const NoisePair pair;
  auto config = listener_config();
  config.ephemeral_secret = all(0x33);  // as fresh as it must be
  NoiseHandshake listener(config);
  give(listener, pair.first);
  expect_fault(listener, pair.third, Fault::kBadSeal);
}

TEST(Noise, PointsOfLowOrderAreRefused) {
  // Of order 1, 2, 4 and 8: RFC 7748, section 6.1, and https://cr.yp.to/ecdh.html, "Do you have to validate keys?"
  for (const std::string_view point : {"0000000000000000000000000000000000000000000000000000000000000000",
                                       "0100000000000000000000000000000000000000000000000000000000000000",
                                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                       "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                       "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"}) {
    NoiseHandshake listener(listener_config());
    expect_fault(listener, framed(hex_bytes(point)), Fault::kMalformed);
    NoiseHandshake dialler(dialler_config());
    begin(dialler);
    auto second = hex_bytes(point);
    second.resize(200);
    expect_fault(dialler, framed(second), Fault::kMalformed);
  }
}

TEST(Noise, FirstMessageIsAKeyAndNothingElse) {
  NoiseHandshake shorter(listener_config()), longer(listener_config());
  expect_fault(shorter, framed({}, 31), Fault::kMalformed);
  expect_fault(longer, framed({}, 33), Fault::kTooLong);
}

TEST(Noise, LengthsAreBoundedBeforeAnythingIsRead) {
  constexpr size_t kSecondLeast = 32 + 48 + 16, kThirdLeast = 48 + 16;
  const auto dialler = [] {
    NoiseHandshake end(dialler_config());
    begin(end);
    return end;
  };
  const auto listener = [] {
    NoiseHandshake end(listener_config());
    give(end, NoisePair().first);
    return end;
  };
  for (auto [end, least] : {std::pair(dialler(), kSecondLeast), std::pair(listener(), kThirdLeast)}) {
    NoiseHandshake least_end = end, most = end, shorter = end, longer = end;
    EXPECT_FALSE(*give(least_end, framed({}, least)).result);
    EXPECT_FALSE(*give(most, framed({}, least + 4096)).result);
    expect_fault(shorter, framed({}, least - 1), Fault::kMalformed);
    expect_fault(longer, framed({}, least + 4097), Fault::kTooLong);
  }
}

TEST(NoiseChannel, SplitsWhatIsLong) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel(), listener = pair.listener.channel();
  EXPECT_EQ(NoiseChannel::kPlainMax, 65519u);
  const std::string one(65519, 'a'), more = one + "b";
  EXPECT_EQ(seal(dialler, "").size(), 0u);
  const auto first = seal(dialler, one), second = seal(dialler, more);
  EXPECT_EQ(first.size(), 2u + 65535u);
  EXPECT_EQ(second.size(), 2u + 65535u + 2u + 17u);
  EXPECT_EQ(text_of(give(listener, first).out), one);
  EXPECT_EQ(text_of(give(listener, second).out), more);
}

TEST(NoiseChannel, TakesWholePiecesOnly) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel(), listener = pair.listener.channel();
  auto in = seal(dialler, "one");
  const auto two = seal(dialler, "two");
  in.insert(in.end(), two.begin(), two.end() - 1);
  const NoiseStep step = give(listener, in);
  EXPECT_TRUE(*step.result);
  EXPECT_EQ(text_of(step.out), "one");
  EXPECT_EQ(step.left.size(), two.size() - 1);
  EXPECT_FALSE(*give(listener, step.left).result);
  EXPECT_EQ(text_of(give(listener, two).out), "two");
}

TEST(NoiseChannel, ChangedPieceDoesNotOpenAndEndsTheChannel) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel();
  const auto sealed = seal(dialler, "good morning"), next = seal(dialler, "next");
  for (size_t i = kPrefix; i < sealed.size(); ++i) {
    NoiseChannel listener = pair.listener.channel();
    auto tampered = sealed;
    tampered[i] ^= std::byte{1};
    const NoiseStep step = give(listener, tampered);
    ASSERT_FALSE(step.result);
    EXPECT_EQ(step.result.error(), Fault::kBadSeal);
    EXPECT_TRUE(step.out.empty());
    EXPECT_FALSE(give(listener, next).result) << "it is for good";
  }
}

TEST(NoiseChannel, ReplayedPieceDoesNotOpen) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel(), listener = pair.listener.channel();
  const auto sealed = seal(dialler, "pay one");
  EXPECT_TRUE(*give(listener, sealed).result);
  EXPECT_EQ(give(listener, sealed).result.error(), Fault::kBadSeal);
}

TEST(NoiseChannel, MissingPieceIsNoticed) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel(), listener = pair.listener.channel();
  seal(dialler, "one");
  EXPECT_EQ(give(listener, seal(dialler, "two")).result.error(), Fault::kBadSeal);
}

TEST(NoiseChannel, OwnPieceComesBackClosed) {
  const NoisePair pair;
  NoiseChannel dialler = pair.dialler.channel();
  EXPECT_EQ(give(dialler, seal(dialler, "mirror")).result.error(), Fault::kBadSeal);
}

TEST(NoiseChannel, PieceWithoutRoomForItsTagIsRefused) {
  NoiseChannel listener = NoisePair().listener.channel();
  EXPECT_EQ(give(listener, framed({}, 15)).result.error(), Fault::kMalformed);
}

TEST(NoiseChannel, EndsWhenItsNoncesAreUsedUp) {
  const NoiseKey there(all(1)), back(all(2));
  const uint64_t last = NoiseCipher::kNonceEnd - 1;
  NoiseChannel sender(NoiseCipher(there, last), NoiseCipher(back));
  NoiseChannel receiver(NoiseCipher(back), NoiseCipher(there, last));
  const auto sealed = seal(sender, "last");
  EXPECT_TRUE(seal(sender, "none").empty());
  EXPECT_EQ(give(sender, {}).result.error(), Fault::kBadSeal);
  EXPECT_EQ(text_of(give(receiver, sealed).out), "last");
  EXPECT_EQ(give(receiver, sealed).result.error(), Fault::kBadSeal);
}

TEST(NoiseCipher, UsedUpStaysUsedUp) {
  std::vector<std::byte> sealed, opened;
  NoiseCipher first(NoiseKey(all(1))), spent(NoiseKey(all(1)), NoiseCipher::kNonceEnd);
  ASSERT_TRUE(first.seal({}, bytes_of("number 0"), sealed));
  for (int attempts = 0; attempts < 2; ++attempts) {
    EXPECT_FALSE(spent.open({}, sealed, opened)) << "it must not begin again at 0";
    EXPECT_FALSE(spent.seal({}, bytes_of("number 0"), opened));
    EXPECT_TRUE(opened.empty());
  }
}

}  // namespace
}  // namespace orrery::transport
