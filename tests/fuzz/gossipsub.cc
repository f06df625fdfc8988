// relay/gossipsub under a stranger's bytes: RPCs are decoded as a real host would, and what is one goes to a router.
// signatures are real, so the corpus holds signed messages; a mutation of them is refused by the router itself.
#include "protocols/relay/gossipsub/gossipsub.h"

#include "protocols/application/application.h"
#include "simcore/crypto/crypto.h"
#include "tests/fuzz/round_trip.h"
#include "tests/golden/script.h"

namespace orrery::gossipsub {
namespace {

const std::string kPeers[] = {"ann", "bob", "cay", "dan"};

Config config_of(uint8_t choice) {
  Config config = Config::of(Profile(choice % std::size(EnumNames<Profile>::kNames)));
  if ((choice & 0x80) != 0) config.validation = 100_ms;
  if ((choice & 0x40) != 0) config.max_rpc = 1_KiB;
  return config;
}

class Host {
 public:
  explicit Host(uint8_t choice) : config_(config_of(choice)), script_(stack()) { script_.start(); }

  void link(size_t peer, bool outbound) {
    up_[peer] = !up_[peer];
    script_.link(kPeers[peer], up_[peer] ? Link::State::kUp : Link::State::kDown, outbound);
  }
  void congest(size_t peer, bool congested) {
    if (up_[peer]) script_.link(kPeers[peer], congested ? Link::State::kCongested : Link::State::kDrained);
  }
  /// Bytes behind a stream's length prefix.
  void receive(size_t peer, ByteView bytes) {
    if (const auto rpc = round_trip<Rpc>(bytes)) script_.receive<Gossipsub>(kPeers[peer], *rpc);
  }
  void beat() {
    script_.wait(1_s);
    script_.fire<Gossipsub>(Gossipsub::Timer::kHeartbeat, "heartbeat");
  }
  void publish(ByteView payload, Topic topic) { script_.command(Publish{payload, topic}); }
  void want(Topic topic, bool wanted) {
    if (wanted) script_.command(Subscribe{topic});
    if (!wanted) script_.command(Unsubscribe{topic});
  }
  void wait() { script_.wait(61_s); }

 private:
  std::unique_ptr<Stack> stack() {
    static const std::unique_ptr<Crypto> crypto = make_crypto(CryptoKind::kReal, 1);
    static const std::unique_ptr<Signer> signer = crypto->signer(key_pair_of(1, node_key("node", 0)));
    auto stack = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
    stack->add(Application({1}));
    stack->add(Gossipsub(config_, *signer, crypto->verifier(), names_));
    return stack;
  }

  const Config config_;
  const TopicNames names_{{"chat", "news"}};
  golden::Script script_;
  std::array<bool, std::size(kPeers)> up_{};
};

}  // namespace
}  // namespace orrery::gossipsub

/// The first byte chooses a profile. Then come steps: a byte that says what happens and by whom, and for some two bytes
/// of length and as many bytes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  Input input(data, size);
  gossipsub::Host host(input.byte());
  constexpr int kStepsMax = 100;  // more of the same would only be slower
  for (int steps = 0; steps < kStepsMax && !input.empty(); ++steps) {
    const uint8_t step = input.byte();
    const size_t peer = (step >> 3) & 3;
    const bool flag = (step & 0x20) != 0;
    const auto sized = [&] { return input.bytes(size_t(input.byte()) << 8 | input.byte()); };
    switch (step & 7) {
      case 0:
      case 1: host.receive(peer, sized()); break;
      case 2: host.link(peer, flag); break;
      case 3: host.congest(peer, flag); break;
      case 4: host.beat(); break;
      case 5: host.publish(sized(), 1 + Topic(flag)); break;
      case 6: host.want(1 + Topic(peer & 1), flag); break;
      case 7: host.wait(); break;
    }
  }
  return 0;
}
