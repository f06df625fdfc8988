// The mesh of a router, heartbeat by heartbeat: how large, who is in it, who may come in, and when.
#include <gtest/gtest.h>

#include "tests/unit/gossipsub/answers.h"

namespace orrery::gossipsub {
namespace {

TEST(RouterMesh, BelowDLowIsFilledUpToD) {
  Member r;
  meet_and_graft(r, 0, 3, false);
  meet(r, 3, 20, true);
  ASSERT_EQ(r.module().mesh(kChat)->size(), 3u);
  r.wait_and_beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), r.config.d);
  EXPECT_EQ(count(r.effects(), "rpc{graft(chat)}"), 3u);
}

// go prunes a mesh of D_high; the specification and the others only a larger one.
TEST(RouterMesh, OfEightWithADHighOfEightHasDInTwoHeartbeatsInGo) {
  for (const Profile profile : {Profile::kGo, Profile::kSpec, Profile::kWaku}) {
    Config config = Config::of(profile);
    config.d_high = 8;
    Member r(config);
    meet_and_graft(r, 0, 8, true);
    ASSERT_EQ(r.module().mesh(kChat)->size(), 8u);
    r.wait_and_beat();
    r.wait_and_beat();
    EXPECT_EQ(r.module().mesh(kChat)->size(), profile == Profile::kGo ? 6u : 8u);
  }
}

// As nim-libp2p's "Degree Hi audit scenario": outbound peers survive a prune that inbound ones outnumber.
TEST(RouterMesh, AboveDHighKeepsItsOutboundPeers) {
  Member r;
  meet_and_graft(r, 0, 12, false);
  meet_and_graft(r, 12, 2, true);
  ASSERT_EQ(r.module().mesh(kChat)->size(), 14u);
  r.wait_and_beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), r.config.d);
  EXPECT_TRUE(in_mesh(r, "p12") && in_mesh(r, "p13"));
}

TEST(RouterMesh, JustPrunedGetsItsOutboundQuotaAtOnce) {
  Member r;
  meet_and_graft(r, 0, 12, false);
  meet_and_graft(r, 12, 1, true);
  meet(r, 13, 4, true);
  r.wait_and_beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), r.config.d + 1);
  EXPECT_TRUE(in_mesh(r, "p12"));
  EXPECT_EQ(count(r.effects(), "rpc{graft(chat)}"), 1u);
}

TEST(RouterMesh, AtDHighTakesOutboundPeersOnly) {
  Member r;
  meet_and_graft(r, 0, 12, false);
  meet_and_graft(r, 12, 1, false);
  EXPECT_EQ(r.effects(), "    sends p12: rpc{prune(chat, 60 s)} (13 bytes)\n");
  EXPECT_FALSE(in_mesh(r, "p12"));
  meet_and_graft(r, 13, 1, true);
  EXPECT_TRUE(in_mesh(r, "p13"));
}

// js-libp2p: a GRAFT may come before the SUBSCRIBE.
TEST(RouterMesh, TakesAPeerThatGraftsBeforeItSubscribes) {
  Member r;
  r.meet("ann", {});
  r.receive("ann", with_graft("chat"));
  EXPECT_TRUE(in_mesh(r, "ann"));
}

TEST(RouterMesh, LosesAPeerThatUnsubscribesOrHangsUp) {
  Member r;
  meet_and_graft(r, 0, 2, true);
  r.receive("p00", with_unsubscribe("chat"));
  EXPECT_FALSE(in_mesh(r, "p00"));
  r.script.link("p01", Link::State::kDown);
  EXPECT_FALSE(in_mesh(r, "p01"));
}

// Who prunes keeps its word to the second, and waits a slack longer before it grafts.
TEST(RouterBackoff, IsKeptByThePruner) {
  Member r;
  meet_and_graft(r, 0, 12, false);
  meet_and_graft(r, 12, 2, true);
  r.wait_and_beat();
  std::vector<std::string> pruned;
  for (uint32_t i = 0; i < 12; ++i) {
    if (!in_mesh(r, peer_name(i))) pruned.push_back(peer_name(i));
  }
  ASSERT_EQ(pruned.size(), 8u);
  EXPECT_EQ(count(r.effects(), "prune(chat, 60 s)"), 8u);

  r.script.wait(59'999_ms);
  r.receive(pruned[0], with_graft("chat"));
  EXPECT_FALSE(in_mesh(r, pruned[0]));
  r.script.wait(1_ms);
  r.receive(pruned[1], with_graft("chat"));
  EXPECT_TRUE(in_mesh(r, pruned[1]));

  for (uint32_t i = 0; i < 14; ++i) {  // all go that are in the mesh; those that it pruned stay
    if (in_mesh(r, peer_name(i))) r.script.link(peer_name(i), Link::State::kDown);
  }
  r.script.wait(999_ms);
  r.beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), 0u);
  r.script.wait(1_ms);
  r.beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), r.config.d);
  EXPECT_FALSE(in_mesh(r, pruned[0]));  // it came too early, and waits a minute more
}

// Who is pruned obeys what the PRUNE says, not its own default.
TEST(RouterBackoff, IsKeptByThePruned) {
  for (const uint64_t told : {uint64_t{5}, uint64_t{20}, uint64_t{90}}) {
    Member r;
    meet_and_graft(r, 0, 1, true);
    r.receive("p00", with_prune("chat", told));
    const auto seconds_until_grafted = [&] {
      for (uint64_t passed = 0; passed < 200; ++passed) {
        if (in_mesh(r, "p00")) return passed;
        r.wait_and_beat();
      }
      return uint64_t{0};
    };
    EXPECT_EQ(seconds_until_grafted(), told + uint64_t(r.config.backoff_slack / 1_s));
  }
}

TEST(RouterBackoff, OfAPeerThatLeftTheTopicIsTheShortOne) {
  Member r;
  meet_and_graft(r, 0, 1, true);
  Rpc leaving = with_unsubscribe("chat");
  leaving.ctl().prune.items.push_back({{"chat"}, 10});
  r.receive("p00", leaving);
  Rpc again;
  again.subscriptions.items.push_back({true, {"chat"}});
  r.receive("p00", again);
  for (int passed = 1; passed <= 10; ++passed) {
    r.wait_and_beat();
    ASSERT_FALSE(in_mesh(r, "p00")) << passed;
  }
  r.wait_and_beat();
  EXPECT_TRUE(in_mesh(r, "p00"));
}

TEST(RouterBackoff, OutlivesTheLink) {
  Member r;
  meet_and_graft(r, 0, 1, true);
  r.receive("p00", with_prune("chat", 60));
  r.script.link("p00", Link::State::kDown);
  meet_and_graft(r, 0, 1, true);
  EXPECT_FALSE(in_mesh(r, "p00"));
}

}  // namespace
}  // namespace orrery::gossipsub
