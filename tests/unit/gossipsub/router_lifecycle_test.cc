// From a router's start to the end of its links: nothing is left behind, numbers grow, what is malformed is refused.
#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/gossipsub/answers.h"

namespace orrery::gossipsub {
namespace {

TEST(RouterLifecycle, NothingIsLeftOfPeersMessagesAndTopics) {
  Config config;
  config.flood_publish = false;
  config.validation = 100_ms;
  Member r(config);
  meet(r, 0, 30, true);
  meet(r, 30, 10, true, "news");
  r.wait_and_beat();
  r.publish(kNews, "to a fanout");
  r.receive("p00", with_message(r.message("zed", 1)));
  r.receive("p00", with_ihave("chat", {r.id(r.message("zed", 2))}));
  r.receive("p01", with_prune("chat", 30));
  const Gossipsub::Holdings full = r.module().holdings();
  EXPECT_TRUE(full.peers && full.meshes && full.fanouts && full.backoffs && full.seen && full.asked &&
              full.in_validation);
  r.script.wait(100_ms);
  r.script.fire<Gossipsub>(Gossipsub::Timer::kValidated, "validated", 1);
  EXPECT_GT(r.module().holdings().cached, 0u);

  r.script.command(Unsubscribe{kChat});
  for (uint32_t i = 0; i < 40; ++i) r.script.link(peer_name(i), Link::State::kDown);
  EXPECT_EQ(r.module().mesh(kChat), nullptr);
  r.script.wait(config.seen_ttl);
  for (uint32_t beat = 0; beat < config.mcache_len; ++beat) r.wait_and_beat();
  EXPECT_EQ(r.module().holdings(), Gossipsub::Holdings{});
}

TEST(RouterLifecycle, AMessageThatIsJudgedOutlivesItsSenderAndItsTopic) {
  Config config;
  config.validation = 1_s;
  Member r(config);
  meet_and_graft(r, 0, 3, true);
  r.receive("p00", with_message(r.message("zed", 1)));
  r.receive("p00", with_message(r.message("zed", 2)));
  r.script.link("p00", Link::State::kDown);
  r.script.wait(1_s);
  r.script.fire<Gossipsub>(Gossipsub::Timer::kValidated, "validated", 1);
  EXPECT_EQ(count(r.effects(), "delivered{"), 1u);
  r.script.command(Unsubscribe{kChat});
  r.script.fire<Gossipsub>(Gossipsub::Timer::kValidated, "validated", 2);
  EXPECT_EQ(r.effects(), "    nothing\n");
}

TEST(RouterLifecycle, APeerThatComesBackHasSaidNothingYet) {
  Member r;
  meet(r, 0, 1, true);
  r.script.link("p00", Link::State::kDown);
  r.script.link("p00", Link::State::kUp);
  r.wait_and_beat();
  EXPECT_EQ(r.module().mesh(kChat)->size(), 0u);
}

TEST(RouterLifecycle, StrangersWithoutALinkAreNotHeard) {
  Member r;
  r.receive("p00", with_graft("chat"));
  r.receive("p00", with_message(r.message("zed", 1)));
  EXPECT_EQ(r.effects(), "    nothing\n");
  EXPECT_EQ(r.module().mesh(kChat)->size(), 0u);
}

/// The number of the message that was just published.
uint64_t seqno_of_last(Router& router) {
  const std::string said = router.effects();
  return std::stoull(said.substr(said.find("seqno ") + 6, 16), nullptr, 16);
}

TEST(RouterSeqno, GrowsFromMessageToMessageAndOverARestart) {
  uint64_t last = 0;
  for (int life = 0; life < 2; ++life) {
    Router r;
    r.script.wait(life * 1_ms);
    r.script.start();
    r.meet("ann", {"chat"});
    for (int i = 0; i < 100; ++i) {
      r.publish(kChat, "hello");
      EXPECT_GT(seqno_of_last(r), last);
      last = seqno_of_last(r);
    }
  }
}

// As in implementations without a validator of sequence numbers: an id is known for seen_ttl, and no longer.
TEST(RouterSeqno, AReplayIsADuplicateForSeenTtlAndNewAfterIt) {
  Member r;
  r.meet("ann", {"chat"});
  r.receive("ann", with_message(r.message("zed", 1)));
  EXPECT_EQ(count(r.effects(), "delivered{"), 1u);
  r.script.wait(r.config.seen_ttl - 1_ms);
  r.beat();
  r.receive("ann", with_message(r.message("zed", 1)));
  EXPECT_EQ(r.effects(), "    tells its siblings duplicate{topic=1 payload=9 bytes}\n");
  r.script.wait(1_ms);
  r.beat();
  r.receive("ann", with_message(r.message("zed", 1)));
  EXPECT_EQ(count(r.effects(), "delivered{"), 1u);
}

TEST(RouterSigning, WhatIsMalformedIsRejectedAndNotRelayed) {
  const std::function<void(PubsubMessage&)> breaks[] = {
      [](PubsubMessage& m) { m.signature.reset(); },
      [](PubsubMessage& m) { m.signature->bytes.clear(); },
      [](PubsubMessage& m) { m.signature->bytes.resize(1024); },
      [](PubsubMessage& m) { m.signature->bytes[0] = std::byte{2}; },
      [](PubsubMessage& m) { m.from.reset(); },
      [](PubsubMessage& m) { m.from->bytes.clear(); },
      [](PubsubMessage& m) { m.from->bytes.resize(128); },
      [](PubsubMessage& m) { m.seqno.reset(); },
      [](PubsubMessage& m) { m.seqno->bytes.resize(9); },
      [](PubsubMessage& m) { m.key.emplace(); },
      [](PubsubMessage& m) { m.key.emplace().bytes.resize(1024); },
  };
  Member r;
  meet_and_graft(r, 0, 3, true);
  for (size_t i = 0; i < std::size(breaks); ++i) {
    PubsubMessage bad = r.message("zed", i);
    breaks[i](bad);
    r.receive("p00", with_message(bad));
    EXPECT_EQ(count(r.effects(), "traces rejected{"), 1u) << i;
    EXPECT_EQ(count(r.effects(), "sends ") + count(r.effects(), "delivered{"), 0u) << i;
    // What was refused is not seen: the true message gets through.
    r.receive("p01", with_message(r.message("zed", i)));
    EXPECT_EQ(count(r.effects(), "delivered{"), 1u) << i;
  }
}

}  // namespace
}  // namespace orrery::gossipsub
