// What live hosts added to the contract: what modules speak, news for one module, draws from the system.
#include <gtest/gtest.h>

#include "protocols/relay/gossipsub/gossipsub.h"
#include "simcore/crypto/crypto.h"
#include "simcore/crypto/random.h"
#include "simcore/node/stack.h"
#include "tests/contract/cluster.h"
#include "tests/contract/counters.h"
#include "tests/contract/flood_relay.h"

namespace orrery {
namespace {

TEST(Speeches, AreNamedAfterTheModuleUnlessItSaysOtherwise) {
  const auto crypto = make_crypto(CryptoKind::kReal, 1);
  const auto signer = crypto->signer(key_pair_of(1, node_key("node", 0)));
  const TopicNames topics({"topic"});
  const auto config = gossipsub::Config::of(gossipsub::Profile::kSpec);
  const auto waku = gossipsub::Config::of(gossipsub::Profile::kWaku);
  Stack stack(NodeSeed{});
  stack.add(trial::FloodRelay{})
      .add(gossipsub::Gossipsub(config, *signer, crypto->verifier(), topics))
      .add(trial::Dialler({}));
  const std::vector<Speech> speeches = stack.speeches();
  ASSERT_EQ(speeches.size(), 3u);
  EXPECT_EQ(speeches[0].protocols, std::vector<std::string>{"/orrery/flood_relay/1"});
  EXPECT_EQ(speeches[0].foreign, nullptr);
  EXPECT_EQ(speeches[1].protocols, (std::vector<std::string>{"/meshsub/1.1.0", "/meshsub/1.0.0"}));
  EXPECT_EQ(speeches[1].foreign, &kMessageType<gossipsub::Rpc>);
  EXPECT_TRUE(speeches[2].protocols.empty());  // it has no messages
  EXPECT_EQ(gossipsub::Gossipsub(waku, *signer, crypto->verifier(), topics).protocols(),
            std::vector<std::string>{"/vac/waku/relay/2.0.0"});
}

TEST(Stack, NewsOfALinkCanBeForOneModule) {
  Stack stack(NodeSeed{});
  stack.add(trial::FloodRelay{}).add(trial::Counters{});
  FramePool frames;
  Outbox out;
  out.pool = &frames;
  stack.link_of(out, trial::FloodRelay::kModule, {NodeId{1}});
  stack.fire(out, Tag{trial::Counters::kModule, 0, 0}, 0);
  for (const Effect& effect : out.effects) EXPECT_NE(effect.kind, Effect::Kind::kMulticast);  // it knows no link
  out.clear();
  stack.command(out, LocalEvent::of(trial::Say{1}));
  EXPECT_TRUE(std::any_of(out.effects.begin(), out.effects.end(),
                          [](const Effect& effect) { return effect.kind == Effect::Kind::kMulticast; }));
}

TEST(ChaChaSource, FeedsEveryStreamOfANodeAndNeverRepeats) {
  ChaChaSource source;
  Streams streams(NodeSeed{.key = {}, .source = &source}, "module");
  std::set<uint64_t> drawn;
  for (int i = 0; i < 1000; ++i) {
    drawn.insert(streams.stream(0).next64());
    drawn.insert(streams.stream(1).next64());
  }
  EXPECT_EQ(drawn.size(), 2000u);
  EXPECT_EQ(streams.stream(0).drawn(), 1000u);
  ChaChaSource other;
  EXPECT_FALSE(drawn.contains(other.next().low));
}

}  // namespace
}  // namespace orrery
