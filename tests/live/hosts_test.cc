// Nodes over loopback: relays deliver both ways, strangers stay out, two dials make one link, slow readers, restarts.
#include <atomic>
#include <future>

#include "protocols/application/application.h"
#include "protocols/relay/flood/flood.h"
#include "protocols/relay/gossipsub/gossipsub.h"
#include "simcore/crypto/crypto.h"
#include "simcore/live/listener.h"
#include "tests/contract/flood_relay.h"
#include "tests/live/cluster.h"
#include "tests/live/stranger.h"

namespace orrery::live {
namespace {

using trial::FloodRelay;
using trial::Reached;

/// What relays need of a host.
struct World {
  explicit World(uint32_t nodes) {
    for (uint32_t i = 0; i < nodes; ++i) signers.push_back(crypto->signer(key_pair_of(7, node_key("node", i))));
    gossipsub.heartbeat = 100_ms;
  }
  std::unique_ptr<Crypto> crypto = make_crypto(CryptoKind::kReal, 7);
  std::vector<std::unique_ptr<Signer>> signers;
  flood::Config flood;
  gossipsub::Config gossipsub = gossipsub::Config::of(gossipsub::Profile::kSpec);
  TopicNames topics{{"topic"}};
};

void publish(Cluster& cluster, size_t node, uint64_t number, size_t bytes) {
  std::vector<std::byte> payload(bytes);
  Payload::fill(payload, 7, number);
  cluster.host.command(node, Publish{payload, 1});
}

/// Nodes to which every one of the messages has been delivered.
bool everybody_has(const Cluster& cluster, size_t nodes, size_t messages) {
  return cluster.log.count<DeliveredRecord>() >= nodes * messages;
}

TEST(LiveHosts, FloodDeliversBothWays) {
  World world(2);
  Cluster cluster({.nodes = 2, .build = [&](Stack& stack, NodeId self, const auto&) {
                     stack.add(Application({1}))
                         .add(flood::Flood(world.flood, *world.signers[self.value], world.crypto->verifier()));
                   }});
  ASSERT_TRUE(cluster.is_linked());
  publish(cluster, 0, 1, 100);
  publish(cluster, 1, 2, 500'000);
  EXPECT_TRUE(eventually([&] { return everybody_has(cluster, 2, 2); }));
  EXPECT_EQ(cluster.log.count<DeliveredRecord>(), 4u);
}

TEST(LiveHosts, GossipsubDeliversToEverybodyOnce) {
  constexpr uint32_t kNodes = 8;
  constexpr uint64_t kMessages = 50;
  World world(kNodes);
  Cluster cluster({.nodes = kNodes, .build = [&](Stack& stack, NodeId self, const auto&) {
                     stack.add(Application({1}))
                         .add(gossipsub::Gossipsub(world.gossipsub, *world.signers[self.value],
                                                   world.crypto->verifier(), world.topics));
                   }});
  ASSERT_TRUE(cluster.is_linked());
  ASSERT_TRUE(eventually([&] { return cluster.log.count<GraftedRecord>() >= kNodes * world.gossipsub.d_low; }));
  for (uint64_t i = 0; i < kMessages; ++i) publish(cluster, i % kNodes, i, i % 10 == 0 ? 65'536 : 200);
  EXPECT_TRUE(eventually([&] { return everybody_has(cluster, kNodes, kMessages); }));
  EXPECT_EQ(cluster.log.count<DeliveredRecord>(), kNodes * kMessages);
  EXPECT_EQ(cluster.log.count<RejectedRecord>(), 0u);
  for (uint32_t i = 0; i < kNodes; ++i) EXPECT_EQ(cluster.counters(i).malformed, 0u);
}

void relay(Stack& stack, NodeId, const std::vector<NodeId>&) { stack.add(FloodRelay{}); }

TEST(LiveHosts, AnAllowListRefusesAStranger) {
  const PeerId first = key_pair_of(7, node_key("node", 0)).peer_id();
  const PeerId second = key_pair_of(7, node_key("node", 1)).peer_id();
  Cluster cluster({.nodes = 3, .build = relay, .adjust = [&](NodeConfig& config, uint32_t) {
                     config.allows = [=](const PeerId& peer) { return peer == first || peer == second; };
                   }});
  // Node 2 is let in by nobody: both its dials fail, and it is told so. It refuses nobody itself.
  EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkUp>() == 2 && cluster.log.count<LinkDown>() == 2; }));
  for (const auto& [kept, record] : cluster.log.all<LinkUp>()) {
    EXPECT_NE(kept.node, NodeId{2});
    EXPECT_NE(record.peer, NodeId{2});
  }
  for (const auto& [kept, record] : cluster.log.all<LinkDown>()) EXPECT_EQ(kept.node, NodeId{2});
  EXPECT_EQ(cluster.counters(0).refused, 1u);
  EXPECT_EQ(cluster.counters(1).refused, 1u);
  EXPECT_EQ(cluster.counters(2).dials_failed, 2u);
}

/// Dials whom it is told to.
struct DialNow {
  static constexpr std::string_view kName = "dial_now";
  NodeId peer;
  static std::string describe() { return "dial_now"; }
};
class OnDemand {
 public:
  static constexpr ModuleId kModule = 204;
  static constexpr std::string_view kName = "on_demand";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  using Hears = TypeList<DialNow>;
  void start(Context<OnDemand>&) {}
  void on(Context<OnDemand>& ctx, const DialNow& now) { ctx.dial(now.peer); }
};
void relay_on_demand(Stack& stack, NodeId, const std::vector<NodeId>&) { stack.add(FloodRelay{}).add(OnDemand{}); }

TEST(LiveHosts, ADialThatFindsAnotherPeerFails) {
  Cluster cluster({.nodes = 3, .build = relay_on_demand, .dials = false});
  cluster.host.know(0, {cluster.peers[1], cluster.host.address(2)});
  cluster.host.command(0, DialNow{NodeId{1}});
  EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == 1; }));
  EXPECT_EQ(cluster.log.count<LinkUp>(), 0u);
  EXPECT_EQ(cluster.counters(0).refused, 1u);
}

TEST(LiveHosts, ADialToNobodyFails) {
  Cluster cluster({.nodes = 2, .build = relay_on_demand, .dials = false});
  cluster.host.stop(1);
  cluster.host.command(0, DialNow{NodeId{1}});
  EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == 1; }));
  EXPECT_EQ(cluster.counters(0).dials_failed, 1u);
}

// Both dial at once, again and again. Whatever interleaving the machine makes of it, one link is left, and it works.
TEST(LiveHosts, SimultaneousDialsEndWithOneLink) {
  Cluster cluster({.nodes = 2, .build = relay_on_demand, .dials = false});
  for (uint64_t round = 1; round <= 20; ++round) {
    std::thread other([&] { cluster.host.command(1, DialNow{NodeId{0}}); });
    cluster.host.command(0, DialNow{NodeId{1}});
    other.join();
    const auto links = [&](uint32_t node) {
      int64_t count = 0;
      for (const auto& [kept, up] : cluster.log.all<LinkUp>()) count += kept.node == NodeId{node};
      for (const auto& [kept, down] : cluster.log.all<LinkDown>()) count -= kept.node == NodeId{node};
      return count;
    };
    ASSERT_TRUE(eventually([&] { return links(0) == 1 && links(1) == 1; })) << round;
    // One side dialled, and both agree on which.
    std::array<bool, 2> outbound{};
    for (const auto& [kept, up] : cluster.log.all<LinkUp>()) outbound[kept.node.value] = up.outbound;
    EXPECT_TRUE(eventually([&] {
      for (const auto& [kept, up] : cluster.log.all<LinkUp>()) outbound[kept.node.value] = up.outbound;
      return outbound[0] != outbound[1];
    })) << round;
    cluster.host.kill(0);
    ASSERT_TRUE(eventually([&] { return links(1) == 0; })) << round;
    // The dead say nothing of their links: both sides are counted from here on.
    cluster.log.clear();
    cluster.host.start(0);
  }
}

/// A message that its receiver's thread is stuck in until somebody lets it go.
struct Slab {
  static constexpr std::string_view kName = "slab";
  static constexpr uint8_t kTag = 16;
  Blob<100'000> filling;
  static constexpr auto wire() { return std::tuple{wire_field(1, "filling", &Slab::filling)}; }
};
class SlowReader {
 public:
  static constexpr ModuleId kModule = 205;
  static constexpr std::string_view kName = "slow_reader";
  using Messages = TypeList<Slab>;
  using Events = TypeList<>;
  using Hears = TypeList<trial::Say>;

  explicit SlowReader(std::shared_future<void> gate) : gate_(std::move(gate)) {}
  void start(Context<SlowReader>&) {}
  void on(Context<SlowReader>& ctx, const Link& link) {
    if (link.state == Link::State::kUp) peer_ = link.peer;
    ctx.trace(Reached{Instance(link.state), 0});
  }
  void on(Context<SlowReader>& ctx, const trial::Say& say) {
    Slab slab;
    slab.filling.bytes.resize(100'000);
    for (uint64_t i = 0; i < say.id; ++i) ctx.send(*peer_, slab);
  }
  void on(Context<SlowReader>& ctx, NodeId, const Slab&) {
    gate_.wait();
    ctx.trace(Reached{100, ++received_});
  }

 private:
  std::shared_future<void> gate_;
  std::optional<NodeId> peer_;
  uint64_t received_ = 0;
};

TEST(LiveHosts, ASlowReaderCongestsAndDrains) {
  std::promise<void> gate;
  const std::shared_future<void> opened = gate.get_future().share();
  Cluster cluster({.nodes = 2, .build = [&](Stack& stack, NodeId, const auto&) { stack.add(SlowReader(opened)); }});
  ASSERT_TRUE(cluster.is_linked());
  const auto told = [&](Link::State state) {
    size_t count = 0;
    for (const auto& [kept, record] : cluster.log.all<Reached>()) {
      count += kept.node == NodeId{0} && record.instance == Instance(state);
    }
    return count;
  };
  ASSERT_TRUE(eventually([&] { return told(Link::State::kUp) == 1; }));
  cluster.host.command(0, trial::Say{30});  // 3 MB, of 4 MiB that may wait
  EXPECT_EQ(told(Link::State::kCongested), 1u);
  EXPECT_EQ(told(Link::State::kDrained), 0u);
  gate.set_value();
  EXPECT_TRUE(eventually([&] { return told(Link::State::kDrained) == 1; }));
  const auto received = [&] { return cluster.log.count<Reached>() - 4; };
  EXPECT_TRUE(eventually([&] { return received() >= 30; }));
  EXPECT_EQ(cluster.log.count<LinkDown>(), 0u);
}

TEST(LiveHosts, ASlowReaderIsGivenUpWhenTooMuchWaits) {
  std::promise<void> gate;
  const std::shared_future<void> opened = gate.get_future().share();
  {
    Cluster cluster({.nodes = 2, .build = [&](Stack& stack, NodeId, const auto&) { stack.add(SlowReader(opened)); }});
    ASSERT_TRUE(cluster.is_linked());
    cluster.host.command(0, trial::Say{60});  // 6 MB
    EXPECT_EQ(cluster.counters(0).slow_peers, 1u);
    EXPECT_GE(cluster.counters(0).no_link, 1u);  // what was sent after that
    gate.set_value();
    EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == 2; }));
  }
}

TEST(LiveHosts, APeerThatRestartsIsLinkedAgain) {
  Cluster cluster({.nodes = 2, .build = [](Stack& stack, NodeId, const auto&) { stack.add(FloodRelay{}); }});
  ASSERT_TRUE(cluster.is_linked());
  for (uint64_t life = 1; life <= 5; ++life) {
    cluster.host.kill(1);
    EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == life; }));
    cluster.host.start(1);
    EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkUp>() == 2 + 2 * life; }));
  }
  EXPECT_EQ(cluster.log.all<Started>().back().first.incarnation, 5u);
}

/// Counts what an operator asked for.
class Desk final : public Observer {
 public:
  void link(const PeerId&, bool, bool) override {}
  void stream(const PeerId&, ModuleId, bool outbound) override { ++(outbound ? ours : theirs); }
  void pong(const PeerId&, Duration) override { ++pongs; }
  void failed(const PeerId&, std::string_view) override { ++failures; }
  std::atomic<int> ours = 0, theirs = 0, pongs = 0, failures = 0;
};

// On a link where nothing else is said: what the node has to say leaves at once, not with the next message or timer.
TEST(LiveHosts, WhatAnOperatorAsksForIsDoneAtOnce) {
  Desk desk;
  Cluster cluster(
      {.nodes = 2,
       .build = [](Stack& stack, NodeId, const auto&) { stack.add(FloodRelay{}); },
       .adjust = [&](NodeConfig& config, uint32_t index) { config.observer = index == 0 ? &desk : nullptr; }});
  ASSERT_TRUE(cluster.is_linked());
  ASSERT_TRUE(eventually([&] { return desk.ours == 1 && desk.theirs == 1; }));
  constexpr std::chrono::seconds kAtOnce(5);  // half the time after which a stream without a protocol is given up
  cluster.host.ping(0, cluster.peers[1]);
  EXPECT_TRUE(eventually([&] { return desk.pongs == 1; }, kAtOnce));
  cluster.host.reset_streams(0, cluster.peers[1], true);
  EXPECT_TRUE(eventually([&] { return desk.ours == 2; }, kAtOnce));
  cluster.host.reset_streams(0, cluster.peers[1], false);
  EXPECT_TRUE(eventually([&] { return desk.theirs == 2; }, kAtOnce));
  EXPECT_EQ(desk.failures, 0);
}

TEST(LiveHosts, ARestartWhoseAddressIsGoneSaysSo) {
  Cluster cluster({.nodes = 1});
  const auto at = *endpoint_of(*cluster.host.address(0));
  cluster.host.kill(0);
  {
    asio::io_context io;
    const tcp::acceptor another(io, at);
    EXPECT_THROW(cluster.host.start(0), std::system_error);
    EXPECT_EQ(cluster.log.count<Started>(), 1u);
  }
  cluster.host.start(0);
  EXPECT_EQ(cluster.log.count<Started>(), 2u);
}

// Both have said all they had to say: the end of a node does not wait for a peer that keeps its side open.
TEST(LiveHosts, AnOrderlyEndIsShort) {
  Cluster cluster({.nodes = 1});
  Libp2pStranger stranger(*cluster.host.address(0));
  ASSERT_TRUE(stranger.until(transport::Connection::Event::Kind::kUp));
  cluster.host.stop(0);
  EXPECT_EQ(cluster.host.holdings(0).connections, 0u);
  EXPECT_TRUE(eventually([&] { return cluster.host.holdings(0).lingering == 0; }, std::chrono::seconds(4)));
}

TEST(LiveHosts, WhatWasSentBeforeAnOrderlyEndArrives) {
  std::promise<void> gate;
  gate.set_value();
  const std::shared_future<void> opened = gate.get_future().share();
  Cluster cluster({.nodes = 2, .build = [&](Stack& stack, NodeId, const auto&) { stack.add(SlowReader(opened)); }});
  ASSERT_TRUE(cluster.is_linked());
  ASSERT_TRUE(
      eventually([&] { return cluster.counters(1).frames_received == 0 && cluster.log.count<Reached>() >= 2; }));
  cluster.host.command(0, trial::Say{30});
  cluster.host.stop(0);
  EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() >= 1; }));
  EXPECT_EQ(cluster.counters(1).frames_received, 30u);
}

}  // namespace
}  // namespace orrery::live
