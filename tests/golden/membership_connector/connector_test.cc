// membership/connector as an interaction script: read connector.txt.
#include "protocols/membership/connector/connector.h"

#include <gtest/gtest.h>

#include "tests/golden/script.h"

namespace orrery::connector {
namespace {

using golden::Script;
using State = Link::State;

std::unique_ptr<Stack> stack_of(const Config& config, const Contacts& contacts) {
  auto stack = std::make_unique<Stack>(NodeSeed{7, node_key("node", 0), 0});
  stack->add(Connector(config, contacts));
  return stack;
}

TEST(GoldenMembership, Connector) {
  const Config config;
  std::vector<PeerId> bootstrap;
  Script names(stack_of(config, {}));  // a name is the same peer in every script
  Contacts contacts{{names.peer_id("ann"), names.peer_id("bob")}, &bootstrap, 2};
  Script script(stack_of(config, contacts));
  const auto knows = [&](const std::vector<std::string>& peers) {
    bootstrap.clear();
    for (const std::string& peer : peers) bootstrap.push_back(script.peer_id(peer));
  };
  const auto refill = [&] { script.fire<Connector>(Connector::Timer::kRefill, "refill"); };

  knows({"ann", "bob", "cay", "dan"});
  script.say("A node dials the peers that it had, whether they still live or not.");
  script.start();
  script.link("ann", State::kUp);
  script.say("A dial that fails is made up for soon, with somebody of the bootstrap list: bob rests for 5 s.");
  script.link("bob", State::kDown);
  script.wait(1_s);
  refill();
  script.say("While the node has a link, a failure is the peer's, so the wait for the next round is not longer.");
  script.link("cay", State::kDown);
  script.wait(1_s);
  refill();
  script.link("dan", State::kUp);
  script.say("A lost link is replaced; its peer may be dialled again at once.");
  script.link("ann", State::kDown);
  script.wait(1_s);
  knows({"ann"});
  refill();
  script.link("ann", State::kUp);
  script.say("A link that somebody else dialled comes on top, and he is not dialled too.");
  script.link("eve", State::kUp, false);
  script.link("dan", State::kDown);
  script.wait(1_s);
  knows({"ann", "eve"});
  script.say("Nobody left to dial: the waits double, up to backoff_max.");
  refill();
  script.wait(2_s);
  refill();
  script.say("A node without any link asks itself whether the fault is its own: the waits double too.");
  script.link("eve", State::kDown, false);
  script.link("ann", State::kDown);
  script.wait(4_s);
  knows({"ann", "bob"});
  refill();
  script.link("ann", State::kDown);
  script.link("bob", State::kDown);
  golden::expect_golden("tests/golden/membership_connector/connector.txt", script.text());
}

TEST(PeerBackoff, GrowsWithTheSquareOfTheFailuresAndIsForgotten) {
  PeerBackoff backoff({5_s, 1_s, 5_min});
  const NodeId peer{3}, other{4};
  Time now;
  for (const Duration wait : {5_s, 6_s, 9_s, 14_s, 21_s}) {  // 5 + n^2, as go-libp2p
    backoff.failed(peer, now);
    EXPECT_TRUE(backoff.rests(peer, now + wait - 1_ns));
    EXPECT_FALSE(backoff.rests(peer, now + wait));
    EXPECT_FALSE(backoff.rests(other, now));
    now = now + wait;
  }
  for (int i = 0; i < 100; ++i) {
    backoff.failed(peer, now);
    EXPECT_FALSE(backoff.rests(peer, now + 5_min));
    now = now + 5_min;
  }
  backoff.succeeded(peer);
  EXPECT_FALSE(backoff.rests(peer, now));
  backoff.failed(peer, now);
  backoff.failed(other, now + 1_h);  // long after: the earlier failure no longer counts
  backoff.failed(peer, now + 1_h);
  EXPECT_FALSE(backoff.rests(peer, now + 1_h + 5_s));
}

}  // namespace
}  // namespace orrery::connector
