// The Noise handshake and its channel as a script: read handshake.txt.
#include <gtest/gtest.h>

#include "simcore/live/transport/noise.h"
#include "simcore/live/transport/noise_payload.h"
#include "simcore/live/transport/public_key.h"
#include "tests/golden/script.h"
#include "tests/golden/transport/talk.h"

namespace orrery::transport {
namespace {

NoiseSecret all(uint8_t byte) {
  NoiseSecret secret;
  secret.fill(std::byte{byte});
  return secret;
}

/// Knows both ephemeral secrets, and so follows the handshake from beside: takes each message apart as the
/// specification puts it together.
class Onlooker {
 public:
  Onlooker(Talk& talk, const NoiseSecret& dialler, const NoiseSecret& listener)
      : talk_(talk), dialler_(dialler), listener_(listener) {
    symmetric_.mix_hash({});
  }

  void first(ByteView message) {
    begin("dialler", message);
    clear("e", message);
    symmetric_.mix_hash({});  // no payload
  }
  void second(ByteView message) {
    begin("listener", message);
    const ByteView e = clear("e", message);
    agree("ee", dialler_, e);
    agree("es", dialler_, sealed_key(message));
    payload(message);
  }
  void third(ByteView message) {
    begin("dialler", message);
    agree("se", listener_, sealed_key(message));
    payload(message);
  }

 private:
  void begin(const std::string& who, ByteView& message) {
    talk_.sends(who, message.size());
    const size_t length = std::to_integer<size_t>(message[0]) << 8 | std::to_integer<size_t>(message[1]);
    talk_.field("length", 2, std::to_string(length));
    message = message.subspan(2);
  }
  ByteView clear(const std::string& name, ByteView& message) {
    const ByteView key = message.first(32);
    message = message.subspan(32);
    talk_.field(name, key);
    symmetric_.mix_hash(key);
    return key;
  }
  void agree(const std::string& name, const NoiseKey& secret, ByteView key) {
    symmetric_.mix_key(*noise_agree(secret, key));
    talk_.line("          " + name + " goes into the key");
  }
  Sent sealed_key(ByteView& message) {
    Sent key;
    CHECK(symmetric_.open_and_hash(message.first(48), key));
    message = message.subspan(48);
    talk_.field("s, sealed", 48, wire::describe_bytes(key));
    return key;
  }
  void payload(ByteView message) {
    Sent opened;
    CHECK(symmetric_.open_and_hash(message, opened));
    talk_.field("payload, sealed", message.size(), std::to_string(opened.size()) + " bytes of protobuf and a tag");
    const auto payload = *decode<NoisePayload>(opened);
    talk_.line("          1 identity_key = " + wire::describe_bytes(payload.identity_key));
    talk_.line("              of " + peer_of_public_key(payload.identity_key)->text());
    talk_.line("          2 identity_sig = " + wire::describe_bytes(payload.identity_sig));
    if (payload.extensions) talk_.line("          4 " + describe(*payload.extensions));
  }

  Talk& talk_;
  NoiseKey dialler_, listener_;
  NoiseSymmetric symmetric_{"Noise_XX_25519_ChaChaPoly_SHA256"};
};

void show_pieces(Talk& talk, const std::string& who, ByteView sealed) {
  talk.sends(who, sealed.size());
  while (!sealed.empty()) {
    const size_t length = std::to_integer<size_t>(sealed[0]) << 8 | std::to_integer<size_t>(sealed[1]);
    talk.field("length", 2, std::to_string(length));
    talk.field("ciphertext and tag", sealed.subspan(2, length));
    sealed = sealed.subspan(2 + length);
  }
}

TEST(GoldenTransport, Handshake) {
  const KeyPair ann = key_pair_from_seed(all(0x11)), bob = key_pair_from_seed(all(0x21));
  NoiseHandshake dialler({Role::kDialler, ann, all(0x12), all(0x13), {"/yamux/1.0.0"}});
  NoiseHandshake listener({Role::kListener, bob, all(0x22), all(0x23), {"/yamux/1.0.0"}});
  Talk talk;
  Onlooker onlooker(talk, all(0x13), all(0x23));
  const auto answer = [](NoiseHandshake& end, ByteView in) {
    Sent out;
    CHECK(bool(end.receive(in, out)));
    return out;
  };

  talk.say("Noise_XX_25519_ChaChaPoly_SHA256 with an empty prologue. -> e");
  Sent first;
  dialler.start(first);
  onlooker.first(first);
  talk.say(
      "<- e, ee, s, es. From here on all but e is sealed; each seal is over everything before it, and has a tag of "
      "16.");
  const Sent second = answer(listener, first);
  onlooker.second(second);
  talk.say("-> s, se. Each has signed \"noise-libp2p-static-key:\" and its s with its identity.");
  const Sent third = answer(dialler, second);
  onlooker.third(third);
  CHECK(answer(listener, third).empty());
  talk.line("dialler has met " + dialler.peer().text());
  talk.line("listener has met " + listener.peer().text());

  talk.say("Then each direction has a key of its own, and pieces are counted from 0.");
  NoiseChannel of_dialler = dialler.channel(), of_listener = listener.channel();
  const auto seal = [&](const std::string& who, NoiseChannel& channel, const std::string& text) {
    Sent sealed;
    channel.seal(std::as_bytes(std::span(text)), sealed);
    talk.line(who + " has " + std::to_string(text.size()) + " bytes to say");
    show_pieces(talk, who, sealed);
    return sealed;
  };
  const auto open = [&](const std::string& who, NoiseChannel& channel, ByteView in) {
    Sent plain;
    const auto opened = channel.open(in, plain);
    if (!opened) return talk.fault(who, opened.error());
    talk.line(who + " opens " + std::to_string(plain.size()) + " bytes");
  };
  const Sent morning = seal("dialler", of_dialler, "good morning");
  open("listener", of_listener, morning);
  open("dialler", of_dialler, seal("listener", of_listener, "good morning"));

  talk.say("A piece has 65535 bytes at most, its tag among them: one byte more takes a second piece.");
  open("listener", of_listener, seal("dialler", of_dialler, std::string(NoiseChannel::kPlainMax + 1, 'x')));

  talk.say("The first piece once more: it was sealed with another number, and the channel ends.");
  open("listener", of_listener, morning);
  golden::expect_golden("tests/golden/transport/handshake.txt", talk.text());
}

}  // namespace
}  // namespace orrery::transport
