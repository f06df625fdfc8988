// The contract trials of tests/contract over loopback sockets: the outcomes are those of simulation_test.cc, wherever
// they do not hang on virtual time.
#include "tests/contract/bracha.h"
#include "tests/contract/counters.h"
#include "tests/contract/flood_relay.h"
#include "tests/contract/majority_register.h"
#include "tests/contract/prover.h"
#include "tests/live/cluster.h"

namespace orrery::live {
namespace {

using namespace trial;  // of both, Cluster is the live one
using LiveCluster = live::Cluster;

/// Nodes whose Reached record of `layer` satisfies `wanted`.
template <class Wanted>
size_t reached(const LiveCluster& cluster, Layer layer, Wanted wanted) {
  size_t count = 0;
  for (const auto& [kept, record] : cluster.log.all<Reached>(layer)) count += wanted(kept, record);
  return count;
}

/// Notes what FloodRelay heard.
class Listener {
 public:
  static constexpr ModuleId kModule = 203;
  static constexpr std::string_view kName = "listener";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  using Hears = TypeList<Heard>;
  void start(Context<Listener>&) {}
  void on(Context<Listener>& ctx, const Heard& heard) { ctx.trace(Reached{1, heard.id}); }
};

TEST(LiveTrials, FloodReachesEverybodyOnceAndBrachaAgreesBesideIt) {
  LiveCluster cluster({.nodes = 8, .build = [](Stack& stack, NodeId, const auto& all) {
                         stack.add(FloodRelay{}).add(Bracha(all)).add(Listener{});
                       }});
  ASSERT_TRUE(cluster.is_linked());
  cluster.host.command(3, Say{1});
  const auto done = [&] {
    return cluster.log.count<Reached>(Bracha::kModule) >= 8 && cluster.log.count<Reached>(Listener::kModule) >= 16;
  };
  EXPECT_TRUE(eventually(done));
  EXPECT_EQ(cluster.log.count<Reached>(Bracha::kModule), 8u);
  EXPECT_EQ(cluster.log.count<Reached>(Listener::kModule), 16u);  // of the flood, and of Bracha
  for (const auto& [kept, record] : cluster.log.all<Reached>()) EXPECT_EQ(record.value, 1u);
  EXPECT_EQ(cluster.log.count<LinkDown>(), 0u);
}

TEST(LiveTrials, BrachaAcceptsOneValueDespiteCrashedNodes) {
  LiveCluster cluster({.nodes = 7, .build = [](Stack& stack, NodeId, const auto& all) { stack.add(Bracha(all)); }});
  ASSERT_TRUE(cluster.is_linked());
  cluster.host.kill(5);
  cluster.host.kill(6);
  cluster.host.command(0, Say{77});
  EXPECT_TRUE(eventually([&] { return cluster.log.count<Reached>() >= 5; }));
  EXPECT_EQ(cluster.log.count<Reached>(), 5u);
  for (const auto& [kept, record] : cluster.log.all<Reached>()) EXPECT_EQ(record.value, 77u);
}

// Two replicas die at about the time of the write, and come back. What was acknowledged is on a majority of disks.
TEST(LiveTrials, AcknowledgedWritesSurviveCrashesAndRestarts) {
  LiveCluster cluster({.nodes = 5, .build = [](Stack& stack, NodeId, const auto& all) {
                         stack.add(MajorityRegister(all)).add(trial::Counters{});
                       }});
  ASSERT_TRUE(cluster.is_linked());
  cluster.host.command(0, Write{42});
  for (const size_t victim : {1, 2}) cluster.host.kill(victim);
  for (const size_t victim : {1, 2}) cluster.host.start(victim);
  const auto acknowledged = [&] {
    return reached(cluster, MajorityRegister::kModule, [](const auto&, const Reached& r) { return r.instance == 1; });
  };
  EXPECT_TRUE(eventually([&] { return acknowledged() > 0; }));
  for (size_t node = 0; node < 5; ++node) cluster.host.kill(node);
  for (size_t node = 0; node < 5; ++node) cluster.host.start(node);
  EXPECT_EQ(acknowledged(), 1u);
  const auto last_life = [&](size_t node) { return node == 1 || node == 2 ? 2u : 1u; };
  const auto read_back = [&](uint64_t value) {
    return reached(cluster, MajorityRegister::kModule, [&](const Log::Kept& kept, const Reached& r) {
      return r.instance == 0 && kept.incarnation == last_life(kept.node.value) && (value == 0 || r.value == value);
    });
  };
  EXPECT_TRUE(eventually([&] { return read_back(0) >= 5; }));
  EXPECT_GE(read_back(42), 3u);
}

TEST(LiveTrials, AHundredInstancesKeepTheirOwnTimersMessagesAndDiskKeys) {
  LiveCluster cluster(
      {.nodes = 2, .build = [](Stack& stack, NodeId, const auto&) { stack.add(trial::Counters{}).add(Prover{}); }});
  ASSERT_TRUE(cluster.is_linked());
  const auto counts = [&] {
    return cluster.look<trial::Counters>(0, [](const trial::Counters& counters) {
      std::vector<uint64_t> all;
      for (Instance i = 0; i < trial::Counters::kInstances; ++i) all.push_back(counters.count(i));
      return all;
    });
  };
  EXPECT_TRUE(eventually([&] {
    const auto all = counts();
    return std::all_of(all.begin(), all.end(), [](uint64_t count) { return count > 0; });
  }));
  const auto before = counts();
  for (Instance i = 0; i < before.size(); ++i) EXPECT_EQ(before[i] % (i + 1), 0u);  // instance i counts by i + 1
  cluster.host.kill(0);
  cluster.host.start(0);
  const auto of_second_life = [](const Log::Kept& kept, const Reached&) {
    return kept.incarnation == 1 && kept.node == NodeId{0};
  };
  EXPECT_TRUE(eventually(
      [&] { return reached(cluster, trial::Counters::kModule, of_second_life) >= trial::Counters::kInstances; }));
  for (const auto& [kept, record] : cluster.log.all<Reached>(trial::Counters::kModule)) {
    if (!of_second_life(kept, record)) continue;
    EXPECT_GE(record.value + record.instance + 1, before[record.instance]);  // the last increment may be lost
  }
}

// The verifier asks for ten proofs of 1 MB and its queue holds four: the prover is told, owes one, and the link stands.
TEST(LiveTrials, LargeProofsArriveAndTheWorkIsCounted) {
  LiveCluster cluster({.nodes = 2,
                       .build = [](Stack& stack, NodeId, const auto&) { stack.add(Prover{}).add(FloodRelay{}); },
                       .adjust = [](NodeConfig& config, uint32_t) { config.link.send_queue = Bytes{4'000'000}; }});
  ASSERT_TRUE(cluster.is_linked());
  for (uint64_t nonce = 1; nonce <= 10; ++nonce) cluster.host.command(0, Say{nonce});
  EXPECT_TRUE(eventually([&] { return cluster.counters(1).work[size_t(Work::kProve)] == 10'000; }));
  EXPECT_TRUE(eventually([&] { return cluster.log.count<Reached>() >= 3; }));
  EXPECT_EQ(cluster.counters(1).slow_peers, 0u);
  EXPECT_EQ(cluster.log.count<LinkDown>(), 0u);
}

TEST(LiveTrials, FullQueueClosesTheLink) {
  LiveCluster cluster({.nodes = 2,
                       .build = [](Stack& stack, NodeId, const auto&) { stack.add(Prover{}).add(trial::Counters{}); },
                       .adjust = [](NodeConfig& config, uint32_t) { config.link.send_queue = 1_KiB; }});
  ASSERT_TRUE(cluster.is_linked());
  cluster.host.command(0, Say{1});
  EXPECT_TRUE(eventually([&] { return cluster.log.count<LinkDown>() == 2; }));
  EXPECT_EQ(cluster.counters(1).slow_peers, 1u);
  EXPECT_EQ(cluster.log.count<Reached>(Prover::kModule), 0u);
}

}  // namespace
}  // namespace orrery::live
