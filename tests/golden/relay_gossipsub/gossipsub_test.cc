// relay/gossipsub as interaction scripts, one a section of the specification: read the .txt files beside this one.
#include <gtest/gtest.h>

#include "tests/golden/relay_gossipsub/router.h"

namespace orrery::gossipsub {
namespace {

void expect(const std::string& name, const Router& router) {
  golden::expect_golden("tests/golden/relay_gossipsub/" + name + ".txt", router.script.text());
}

/// A small mesh, so that scripts stay short.
Config small() {
  Config config;
  config.d = 2;
  config.d_low = 2;
  config.d_high = 3;
  config.d_out = 1;
  config.d_lazy = 1;
  return config;
}

TEST(GoldenGossipsub, Join) {
  Router r(small());
  r.script.say("A node starts. The first heartbeat is drawn within one interval after the initial delay.");
  r.script.start();
  r.script.say("Peers announce themselves. There is nothing to announce to them yet.");
  r.meet("ann", {"chat"});
  r.meet("bob", {"chat", "news"});
  r.meet("cay", {"chat"}, false);
  r.meet("dan", {"news"});
  r.script.say("It joins: every peer is told, and D of those in the topic are grafted.");
  r.script.command(Subscribe{kChat});
  r.script.say("A peer that comes later is told at once, and grafted when the mesh needs it.");
  r.meet("eve", {"chat"});
  r.script.say("Joining twice changes nothing.");
  r.script.command(Subscribe{kChat});
  expect("join", r);
}

TEST(GoldenGossipsub, Leave) {
  Router r(small());
  r.script.start();
  r.meet("ann", {"chat"});
  r.meet("bob", {"chat"});
  r.meet("cay", {"chat"});
  r.script.command(Subscribe{kChat});
  r.script.say("It leaves: every peer is told, and the mesh is pruned with the short backoff.");
  r.script.command(Unsubscribe{kChat});
  r.script.say("A GRAFT for a topic that it is not in is met with silence.");
  r.receive("ann", with_graft("chat"));
  r.script.say("It joins again before the backoff and its slack are over: only whom it did not prune may be grafted.");
  r.script.wait(10_s);
  r.script.command(Subscribe{kChat});
  r.script.say("One second more, and the next heartbeat fills the mesh.");
  r.wait_and_beat();
  expect("leave", r);
}

TEST(GoldenGossipsub, Publish) {
  Config config = small();
  config.flood_publish = false;
  Router r(config);
  r.script.start();
  r.meet("ann", {"chat"});
  r.meet("bob", {"chat"});
  r.meet("cay", {"chat"});
  r.script.command(Subscribe{kChat});
  r.script.say("Without flood publishing, its own message goes to the mesh.");
  r.publish(kChat, "hello");
  r.script.say("A message from the mesh is delivered, and goes to the rest of the mesh: not to whom it came from.");
  r.receive("ann", with_message(r.message("zed", 1)));
  r.script.say("The same message again is a duplicate, and goes nowhere.");
  r.receive("bob", with_message(r.message("zed", 1)));
  r.script.say("Nor does a message go back to its author.");
  r.receive("cay", with_message(r.message("bob", 1)));
  r.script.say("A message whose signature is not its author's is recorded, and goes nowhere.");
  PubsubMessage forged = r.message("zed", 2);
  forged.signature->bytes[0] = std::byte{2};
  r.receive("ann", with_message(forged));
  r.script.say(
      "So is one without a signature; its own message coming back, and one of a topic that it is not in, "
      "are ignored.");
  PubsubMessage unsigned_one = r.message("zed", 3);
  unsigned_one.signature.reset();
  r.receive("ann", with_message(unsigned_one));
  r.receive("ann", with_message(r.message("self", 9)));
  r.receive("ann", with_message(r.message("zed", 4, "news")));
  expect("publish", r);
}

TEST(GoldenGossipsub, FloodPublish) {
  Router r(small());
  r.script.start();
  for (const char* peer : {"ann", "bob", "cay", "dan"}) r.meet(peer, {"chat"});
  r.script.command(Subscribe{kChat});
  r.script.say("With flood publishing, its own message goes to every peer of the topic.");
  r.publish(kChat, "hello");
  r.script.say("What others published still goes to the mesh alone.");
  r.receive("ann", with_message(r.message("zed", 1)));
  expect("flood_publish", r);
}

TEST(GoldenGossipsub, Fanout) {
  Config config = small();
  config.flood_publish = false;
  Router r(config);
  r.script.start();
  for (const char* peer : {"ann", "bob", "cay"}) r.meet(peer, {"news"});
  r.script.say(
      "It publishes on a topic that it does not subscribe to: D peers become the fanout. Nothing is delivered "
      "here.");
  r.publish(kNews, "one");
  r.script.say("The fanout stays: the next message goes to the same peers.");
  r.publish(kNews, "two");
  r.script.say("The others hear of it by gossip.");
  r.wait_and_beat();
  r.script.say("A peer of the fanout leaves the topic: the heartbeat finds another.");
  r.receive("bob", with_unsubscribe("news"));
  r.wait_and_beat();
  r.publish(kNews, "three");
  r.script.say("It joins: the fanout becomes the mesh.");
  r.script.command(Subscribe{kNews});
  r.script.say("It leaves and publishes again; after fanout_ttl without a message the fanout is forgotten.");
  r.script.command(Unsubscribe{kNews});
  r.publish(kNews, "four");
  r.script.wait(61_s);
  r.beat();
  EXPECT_EQ(r.module().fanout(kNews), nullptr);
  expect("fanout", r);
}

TEST(GoldenGossipsub, Heartbeat) {
  Router r(small());
  r.script.start();
  r.script.command(Subscribe{kChat});
  r.script.say("Peers of the topic come. Below D_low the heartbeat grafts up to D.");
  r.meet("ann", {"chat"}, false);
  r.meet("bob", {"chat"}, false);
  r.wait_and_beat();
  r.script.say("Others graft it. Up to D_high peers they are welcome; above, only those that it dialled itself.");
  for (const char* peer : {"cay", "dan"}) {
    r.meet(peer, {"chat"}, false);
    r.receive(peer, with_graft("chat"));
  }
  r.meet("eve", {"chat"});
  r.receive("eve", with_graft("chat"));
  r.script.say("More than D_high: the heartbeat prunes down to D, and keeps D_out peers that it dialled.");
  r.wait_and_beat();
  EXPECT_TRUE(r.module().mesh(kChat)->contains(r.script.peer("eve")));
  r.script.say("A peer in the mesh hangs up.");
  r.script.link("eve", Link::State::kDown);
  r.script.say("Whom it pruned is in backoff: with too few peers left, the mesh stays small until that is over.");
  r.wait_and_beat();
  r.script.wait(61_s);
  r.beat();
  expect("heartbeat", r);
}

TEST(GoldenGossipsub, GraftInBackoff) {
  Router r(small());
  r.script.start();
  r.script.command(Subscribe{kChat});
  r.meet("ann", {"chat"});
  r.receive("ann", with_graft("chat"));
  r.script.say("A peer prunes it, and says for how long.");
  r.receive("ann", with_prune("chat", 20));
  r.script.say("The peer grafts all the same: it is sent a PRUNE, and its backoff begins anew, at the default.");
  r.script.wait(19_s);
  r.receive("ann", with_graft("chat"));
  r.script.wait(59_s);
  r.receive("ann", with_graft("chat"));
  r.script.say("Sixty seconds after the last attempt it may come in.");
  r.script.wait(60_s);
  r.receive("ann", with_graft("chat"));
  EXPECT_TRUE(r.module().mesh(kChat)->contains(r.script.peer("ann")));
  expect("graft_in_backoff", r);
}

TEST(GoldenGossipsub, Prune) {
  Router r(small());
  r.script.start();
  r.script.command(Subscribe{kChat});
  for (const char* peer : {"ann", "bob", "cay"}) r.meet(peer, {"chat"});
  r.wait_and_beat();
  r.script.say("A peer of the mesh prunes it, and names no backoff: a minute, and one second of slack.");
  r.receive("ann", with_prune("chat"));
  r.receive("bob", with_prune("chat"));
  r.receive("cay", with_prune("chat"));
  r.wait_and_beat();
  r.script.wait(59_s);
  r.beat();
  r.wait_and_beat();
  r.script.say("A backoff of for ever is cut to a day.");
  r.receive("ann", with_prune("chat", UINT64_MAX));
  expect("prune", r);
}

TEST(GoldenGossipsub, IHaveAndIWant) {
  Config config = small();
  config.flood_publish = false;
  Router r(config);
  r.script.start();
  for (const char* peer : {"ann", "bob", "cay", "dan"}) r.meet(peer, {"chat"});
  r.script.command(Subscribe{kChat});
  const PubsubMessage known = r.message("zed", 1), unknown = r.message("zed", 2);
  r.receive("ann", with_message(known));
  r.script.say("The heartbeat tells D_lazy peers outside the mesh which messages there are.");
  r.wait_and_beat();
  r.script.say("A peer asks for it, and gets it: three times, and no more.");
  for (int i = 0; i < 4; ++i) r.receive("dan", with_iwant({r.id(known)}));
  r.script.say("Nobody gets what is not there.");
  r.receive("dan", with_iwant({r.id(unknown)}));
  r.script.say("Gossip about a message that it lacks: it asks for it. About one that it has: it does not.");
  r.receive("dan", with_ihave("chat", {r.id(known), r.id(unknown)}));
  r.script.say("The answer counts as pulled, and goes on through the mesh.");
  r.receive("dan", with_message(unknown));
  r.script.say("Gossip about a topic that it is not in is ignored.");
  r.receive("dan", with_ihave("news", {r.id(r.message("zed", 3, "news"))}));
  r.script.say("After mcache_gossip heartbeats a message is gossiped about no more; after mcache_len it is gone.");
  for (int i = 0; i < 5; ++i) r.wait_and_beat();
  r.receive("bob", with_iwant({r.id(known)}));
  expect("ihave_and_iwant", r);
}

TEST(GoldenGossipsub, CongestedLink) {
  Router r(small());
  r.script.start();
  r.script.command(Subscribe{kChat});
  for (const char* peer : {"ann", "bob"}) r.meet(peer, {"chat"});
  r.wait_and_beat();
  r.script.say("The link to ann is congested. Messages are sent, and the host drops what does not fit; control waits.");
  r.script.link("ann", Link::State::kCongested);
  r.publish(kChat, "hello");
  r.script.command(Unsubscribe{kChat});
  r.script.say("It has drained: what waited is sent, but for what is no longer true.");
  r.script.command(Subscribe{kNews});
  r.script.link("ann", Link::State::kDrained);
  expect("congested_link", r);
}

TEST(GoldenGossipsub, Validation) {
  Config config = small();
  config.validation = 150_ms;
  Router r(config);
  r.script.start();
  r.script.command(Subscribe{kChat});
  for (const char* peer : {"ann", "bob", "cay"}) r.meet(peer, {"chat"});
  for (const char* peer : {"ann", "bob", "cay"}) r.receive(peer, with_graft("chat"));
  r.script.say("A message is judged before it goes anywhere.");
  r.receive("ann", with_message(r.message("zed", 1)));
  r.script.say("Meanwhile another peer sends it: it need not be sent back to that one.");
  r.script.wait(100_ms);
  r.receive("bob", with_message(r.message("zed", 1)));
  r.script.wait(50_ms);
  r.script.fire<Gossipsub>(Gossipsub::Timer::kValidated, "validated", 1);
  expect("validation", r);
}

}  // namespace
}  // namespace orrery::gossipsub
