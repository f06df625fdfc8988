// Noise under a stranger's bytes: payloads, handshake messages, sealed pieces. A stranger can seal what it likes, so
// payloads also come inside a handshake.
#include "simcore/live/transport/noise.h"

#include "simcore/live/transport/noise_payload.h"
#include "tests/fuzz/target.h"

namespace orrery::transport {
namespace {

NoiseSecret all(uint8_t byte) {
  NoiseSecret secret;
  secret.fill(std::byte{byte});
  return secret;
}
// The keys of tests/unit/transport/noise_transcripts.json, so that its messages are a corpus.
NoiseHandshake end(Role role) {
  const uint8_t first = role == Role::kDialler ? 0x11 : 0x21;
  return NoiseHandshake({role, key_pair_from_seed(all(first)), all(first + 1), all(first + 2), {}});
}

void check(const Result<NoiseIntroduction, Fault>& introduction) {
  if (!introduction) {
    CHECK(introduction.error() == Fault::kMalformed || introduction.error() == Fault::kTooLong ||
          introduction.error() == Fault::kBadSignature);
  } else {
    CHECK(introduction->peer.ed25519());
    CHECK(introduction->muxers.size() <= 16);
  }
}

struct Outcome {
  std::optional<Fault> fault;
  bool finished = false;
  std::vector<std::byte> out;
  size_t taken = 0;
  bool operator==(const Outcome&) const = default;
};

/// Bytes to one end, `step` more at a time; what follows a finished handshake goes to its channel.
Outcome play(Role role, ByteView bytes, size_t step) {
  NoiseHandshake handshake = end(role);
  std::optional<NoiseChannel> channel;
  Outcome outcome;
  handshake.start(outcome.out);
  for (size_t shown = 0;;) {
    shown = std::min(bytes.size(), shown + step);
    ByteView in = bytes.first(shown).subspan(outcome.taken);
    const size_t before = in.size();
    if (!channel) {
      const auto finished = handshake.receive(in, outcome.out);
      if (!finished) outcome.fault = finished.error();
      if (finished && *finished) channel = handshake.channel();
    }
    if (channel) {
      CHECK(handshake.peer().ed25519());
      outcome.finished = true;
      const auto opened = channel->open(in, outcome.out);
      if (!opened) outcome.fault = opened.error();
    }
    outcome.taken += before - in.size();
    if (outcome.fault || shown == bytes.size()) return outcome;
  }
}

/// A dialler that seals `payload` as the protocol asks: the listener's verdict is that on the payload itself.
void introduce(ByteView payload) {
  if (payload.size() > 2 * NoisePayload::kBytesMax) return;
  NoiseHandshake listener = end(Role::kListener);
  const NoiseKey ephemeral(all(0x13)), secret(all(0x12));
  const auto ephemeral_key = noise_public(ephemeral), static_key = noise_public(secret);
  std::vector<std::byte> first{std::byte{0}, std::byte{32}}, second, opened;
  first.insert(first.end(), ephemeral_key.begin(), ephemeral_key.end());
  ByteView in = first;
  CHECK(!*listener.receive(in, second));

  NoiseSymmetric symmetric("Noise_XX_25519_ChaChaPoly_SHA256");
  symmetric.mix_hash({});
  symmetric.mix_hash(ephemeral_key);
  symmetric.mix_hash({});
  const ByteView message = ByteView(second).subspan(2);
  symmetric.mix_hash(message.first(32));
  symmetric.mix_key(*noise_agree(ephemeral, message.first(32)));
  CHECK(symmetric.open_and_hash(message.subspan(32, 48), opened));
  symmetric.mix_key(*noise_agree(ephemeral, opened));
  CHECK(symmetric.open_and_hash(message.subspan(80), opened));
  std::vector<std::byte> sealed;
  symmetric.seal_and_hash(static_key, sealed);
  symmetric.mix_key(*noise_agree(secret, message.first(32)));
  symmetric.seal_and_hash(payload, sealed);
  std::vector<std::byte> third{std::byte(sealed.size() >> 8), std::byte(sealed.size() & 0xff)};
  third.insert(third.end(), sealed.begin(), sealed.end());

  in = third;
  std::vector<std::byte> out;
  const auto finished = listener.receive(in, out);
  const auto introduction = noise_introduction(payload, static_key);
  check(introduction);
  CHECK(bool(finished) == bool(introduction));
  if (!finished) CHECK(finished.error() == introduction.error());
  if (finished) CHECK(*finished && listener.peer() == introduction->peer);
}

/// Pieces of all sizes, some of them changed on their way: what opens is what was sealed, up to the first change.
void channel(Input& input) {
  NoiseChannel sender(NoiseCipher(NoiseKey(all(1))), NoiseCipher(NoiseKey(all(2))));
  NoiseChannel receiver(NoiseCipher(NoiseKey(all(2))), NoiseCipher(NoiseKey(all(1))));
  std::vector<std::byte> said, wire, heard;
  size_t taken = 0;
  std::optional<size_t> changed;
  constexpr size_t kWireMax = 1 << 18;  // more of the same would only be slower
  while (wire.size() < kWireMax && !input.empty()) {
    const uint8_t step = input.byte();
    const size_t amount = size_t{input.byte()} << (step >> 4);
    switch (step & 3) {
      case 0: {
        const std::vector<std::byte> piece(std::min(amount, size_t{1} << 17), std::byte{step});
        sender.seal(piece, wire);
        if (!changed) said.insert(said.end(), piece.begin(), piece.end());
        break;
      }
      case 1: {
        if (taken + amount >= wire.size() || changed) break;
        wire[taken + amount] ^= std::byte{0x10};
        changed = taken + amount;
        break;
      }
      default: {
        ByteView in = ByteView(wire).subspan(taken).first(std::min(amount, wire.size() - taken));
        const size_t before = in.size();
        const auto opened = receiver.open(in, heard);
        taken += before - in.size();
        CHECK(heard.size() <= said.size() && std::equal(heard.begin(), heard.end(), said.begin()));
        if (!opened) CHECK(changed);
        if (changed) CHECK(taken <= *changed);
        if (!opened) return;
      }
    }
  }
}

}  // namespace
}  // namespace orrery::transport

/// The first byte chooses what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  using transport::Role;
  Input input(data, size);
  const uint8_t choice = input.byte();
  switch (choice % 5) {
    case 0: transport::check(transport::noise_introduction(input.rest(), transport::all(0x12))); break;
    case 1: transport::introduce(input.rest()); break;
    case 2: transport::channel(input); break;
    default: {
      const Role role = choice % 5 == 3 ? Role::kListener : Role::kDialler;
      const ByteView bytes = input.rest();
      CHECK(transport::play(role, bytes, 1 + choice / 5) == transport::play(role, bytes, bytes.size()));
    }
  }
  return 0;
}
