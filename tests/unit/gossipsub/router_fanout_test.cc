// The fanout: whom a router publishes to on a topic that it is not in.
#include <gtest/gtest.h>

#include "tests/unit/gossipsub/answers.h"

namespace orrery::gossipsub {
namespace {

struct Publisher : Router {
  Publisher() : Router(config_of()) {
    script.start();
    gossipsub::meet(*this, 0, 10, true, "news");
  }
  static Config config_of() {
    Config config;
    config.flood_publish = false;
    return config;
  }
  size_t size() const { return module().fanout(kNews)->size(); }
  std::string some_member() {
    for (uint32_t i = 0; i < 10; ++i) {
      if (module().fanout(kNews)->contains(script.peer(peer_name(i)))) return peer_name(i);
    }
    return "";
  }
};

TEST(RouterFanout, IsKeptUpToD) {
  Publisher r;
  r.publish(kNews, "one");
  ASSERT_EQ(r.size(), r.config.d);
  r.receive(r.some_member(), with_unsubscribe("news"));
  r.script.link(r.some_member(), Link::State::kDown);
  EXPECT_EQ(r.size(), r.config.d - 2);
  r.wait_and_beat();
  EXPECT_EQ(r.size(), r.config.d);
}

// go-libp2p-pubsub, TestGossipsubFanoutMaintenance.
TEST(RouterFanout, SurvivesThatAllLeaveTheTopicAndComeBack) {
  Publisher r;
  r.publish(kNews, "one");
  for (uint32_t i = 0; i < 10; ++i) r.receive(peer_name(i), with_unsubscribe("news"));
  r.wait_and_beat();
  EXPECT_EQ(r.size(), 0u);
  r.publish(kNews, "two");
  EXPECT_EQ(count(r.effects(), "sends "), 0u);
  Rpc again;
  again.subscriptions.items.push_back({true, {"news"}});
  for (uint32_t i = 0; i < 10; ++i) r.receive(peer_name(i), again);
  r.wait_and_beat();
  EXPECT_EQ(r.size(), r.config.d);
  r.publish(kNews, "three");
  for (uint32_t i = 0; i < 10; ++i) {
    const bool member = r.module().fanout(kNews)->contains(r.script.peer(peer_name(i)));
    EXPECT_EQ(count(r.effects(), peer_name(i)), size_t(member));
  }
}

TEST(RouterFanout, ExpiresAfterTheLastPublication) {
  Publisher r;
  r.publish(kNews, "one");
  r.script.wait(59_s);
  r.publish(kNews, "two");
  r.script.wait(60_s);
  r.beat();
  EXPECT_NE(r.module().fanout(kNews), nullptr);
  r.wait_and_beat();
  EXPECT_EQ(r.module().fanout(kNews), nullptr);
}

}  // namespace
}  // namespace orrery::gossipsub
