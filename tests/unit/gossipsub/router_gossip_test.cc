// Gossip of a router, and control: who is told, what is answered, what rides along, what is said again.
#include <gtest/gtest.h>

#include "tests/unit/gossipsub/answers.h"

namespace orrery::gossipsub {
namespace {

/// A message of `bytes` bytes by zed.
PubsubMessage message_of(Router& router, uint64_t seqno, size_t bytes) {
  const golden::Notary author(router.script.peer_id("zed"));
  return make_message(router.config, author, seqno, "chat", std::vector<std::byte>(bytes));
}

TEST(RouterGossip, GoesToAShareOfThoseOutsideTheMeshAndToDLazyAtLeast) {
  const std::pair<uint32_t, size_t> told[] = {{10, 4}, {26, 6}, {46, 10}};  // peers, of whom six are the mesh
  for (const auto& [peers, expected] : told) {
    Member r;
    meet(r, 0, peers, true);
    r.wait_and_beat();
    ASSERT_EQ(r.module().mesh(kChat)->size(), 6u);
    r.receive("p00", with_message(r.message("zed", 1)));
    r.wait_and_beat();
    const std::string said = r.effects();
    EXPECT_EQ(count(said, "rpc{ihave(chat: "), expected);
    for (uint32_t i = 0; i < peers; ++i) {
      EXPECT_TRUE(!in_mesh(r, peer_name(i)) || count(said, "sends " + peer_name(i)) == 0);
    }
  }
}

TEST(RouterGossip, IsOfThreeHeartbeats) {
  Member r;
  meet(r, 0, 10, true);
  r.wait_and_beat();
  r.receive("p00", with_message(r.message("zed", 1)));
  for (uint32_t beat = 1; beat <= 5; ++beat) {
    r.wait_and_beat();
    EXPECT_EQ(count(r.effects(), "ihave("), beat <= 3 ? 4u : 0u) << beat;
  }
}

// js-libp2p-gossipsub: "should not gossip not-validated message ids".
TEST(RouterGossip, IsNotOfWhatIsStillJudged) {
  Config config;
  config.validation = 10_s;
  Member r(config);
  meet(r, 0, 10, true);
  r.receive("p00", with_message(r.message("zed", 1)));
  r.wait_and_beat();
  EXPECT_EQ(count(r.effects(), "ihave("), 0u);
  r.receive("p01", with_iwant({r.id(r.message("zed", 1))}));
  EXPECT_EQ(r.effects(), "    nothing\n");
  r.script.fire<Gossipsub>(Gossipsub::Timer::kValidated, "validated", 1);
  r.wait_and_beat();
  EXPECT_GT(count(r.effects(), "ihave("), 0u);
}

TEST(RouterGossip, AnAnswerThatIsTooLargeIsCut) {
  Config config;
  config.max_rpc = 1_KiB;
  Member r(config);
  meet(r, 0, 1, true);
  std::vector<IdBytes> wanted;
  for (const size_t bytes : {600, 600, 2000, 600, 100}) {  // one that nobody would take
    const PubsubMessage message = message_of(r, wanted.size() + 1, bytes);
    r.receive("p00", with_message(message));
    wanted.push_back(r.id(message));
  }
  r.meet("bob", {"chat"});
  r.receive("bob", with_iwant(wanted));
  const std::string said = r.effects();
  EXPECT_EQ(count(said, "sends bob: rpc{"), 3u);
  EXPECT_EQ(count(said, ": 600 bytes)"), 3u);
  EXPECT_EQ(count(said, ": 100 bytes)"), 1u);
  EXPECT_EQ(count(said, ": 2000 bytes)"), 0u);
}

TEST(RouterControl, RidesOnAMessage) {
  Member r;
  meet_and_graft(r, 0, 1, true);
  r.receive("p00", with_message(r.message("zed", 1)));
  r.receive("p00", with_prune("chat", 60));
  Rpc both = with_graft("chat");  // in backoff
  both.ctl().iwant.items.push_back({{{r.id(r.message("zed", 1))}}});
  r.receive("p00", both);
  EXPECT_EQ(count(r.effects(), "sends "), 1u);
  EXPECT_EQ(count(r.effects(), "message(chat from zed"), 1u);
  EXPECT_EQ(count(r.effects(), "prune(chat, 60 s)"), 1u);
}

// A host drops what its queue cannot take, and says so after the step: what that step said may be gone.
TEST(RouterControl, OfTheMomentOfCongestionIsSaidAgain) {
  Member r;
  meet(r, 0, 1, true);
  r.wait_and_beat();
  ASSERT_EQ(count(r.effects(), "rpc{graft(chat)}"), 1u);
  r.script.link("p00", Link::State::kCongested);
  r.script.wait(1_s);
  r.script.link("p00", Link::State::kDrained);
  EXPECT_EQ(r.effects(), "    sends p00: rpc{graft(chat)} (11 bytes)\n");

  r.script.wait(1_s);  // what was said before is on its way
  r.script.link("p00", Link::State::kCongested);
  r.script.link("p00", Link::State::kDrained);
  EXPECT_EQ(r.effects(), "    nothing\n");
}

TEST(RouterControl, ThatWaitsForACongestedLinkIsTheLastOfEachTopic) {
  Member r;
  meet(r, 0, 1, true);
  r.script.wait(1_s);
  r.script.link("p00", Link::State::kCongested);
  for (int round = 0; round < 100; ++round) {
    r.script.command(Unsubscribe{kChat});
    r.script.wait(20_s);
    r.script.command(Subscribe{kChat});
    r.beat();
    EXPECT_EQ(count(r.effects(), "sends p00"), 0u);
  }
  r.script.link("p00", Link::State::kDrained);
  EXPECT_EQ(r.effects(), "    sends p00: rpc{subscribe(chat) graft(chat)} (21 bytes)\n");
}

TEST(RouterControl, OfALinkThatIsLostIsForgotten) {
  Member r;
  meet(r, 0, 1, true);
  r.script.link("p00", Link::State::kCongested);
  r.wait_and_beat();
  r.script.link("p00", Link::State::kDown);
  r.script.link("p00", Link::State::kUp);
  EXPECT_EQ(r.effects(), "    sends p00: rpc{subscribe(chat)} (11 bytes)\n");
}

}  // namespace
}  // namespace orrery::gossipsub
