// relay/flood under a stranger's bytes: a small host decodes them as a real one would, and hands on what it can. The
// signatures are real, so the corpus holds signed messages; a mutation of them is refused by the relay itself.
#include "protocols/relay/flood/flood.h"

#include "protocols/application/application.h"
#include "simcore/codec/envelope.h"
#include "simcore/crypto/crypto.h"
#include "tests/fuzz/target.h"
#include "tests/golden/script.h"

namespace orrery {
namespace {

const std::string kPeers[] = {"ann", "bob", "cay", "dan"};

class Host {
 public:
  explicit Host(bool sign) : config_{.sign = sign}, script_(stack()) { script_.start(); }

  void link(size_t peer) {
    up_[peer] = !up_[peer];
    script_.link(kPeers[peer], up_[peer] ? Link::State::kUp : Link::State::kDown);
  }

  /// Bytes behind a stream's length prefix. What is no message of the relay goes nowhere.
  void receive(size_t peer, ByteView bytes) {
    DecodeStats stats;
    const auto envelope = decode_envelope(bytes, stats);
    if (!envelope) return;
    const MessageType* type = script_.stack().message_type(flood::Flood::kModule, envelope->tag);
    if (type == nullptr) return;
    CHECK(type == &kMessageType<flood::Message>);
    const auto message = decode<flood::Message>(envelope->body);
    if (message) script_.receive<flood::Flood>(kPeers[peer], *message, envelope->instance);
  }

  void publish(ByteView payload) { script_.command(Publish{payload, Topic(payload.size() % 3)}); }

  void forget() {
    script_.wait(2_min);
    script_.fire<flood::Flood>(flood::Flood::Timer::kForget, "forget");
  }

 private:
  std::unique_ptr<Stack> stack() {
    static const std::unique_ptr<Crypto> crypto = make_crypto(CryptoKind::kReal, 1);
    static const std::unique_ptr<Signer> signer = crypto->signer(key_pair_of(1, node_key("node", 0)));
    auto stack = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
    stack->add(Application({1, 2}));
    stack->add(flood::Flood(config_, *signer, crypto->verifier()));
    return stack;
  }

  const flood::Config config_;
  golden::Script script_;
  std::array<bool, std::size(kPeers)> up_{};
};

}  // namespace
}  // namespace orrery

/// The first byte says whether messages are signed. Then come steps: a byte that says what happens and by whom, and for
/// some a byte of length and as many bytes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  Input input(data, size);
  Host host((input.byte() & 1) != 0);
  constexpr int kStepsMax = 100;  // more of the same would only be slower
  for (int steps = 0; steps < kStepsMax && !input.empty(); ++steps) {
    const uint8_t step = input.byte();
    const size_t peer = (step >> 2) % std::size(kPeers);
    switch (step & 3) {
      case 0: host.receive(peer, input.bytes(input.byte())); break;
      case 1: host.link(peer); break;
      case 2: host.publish(input.bytes(input.byte())); break;
      case 3: host.forget(); break;
    }
  }
  return 0;
}
