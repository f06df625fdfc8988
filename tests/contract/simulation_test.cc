// The contract trials on the engine: crash and restart, clones, backpressure, instances, all with `checked` wire.
#include <gtest/gtest.h>

#include "simcore/trace/host_records.h"
#include "tests/contract/bracha.h"
#include "tests/contract/cluster.h"
#include "tests/contract/counters.h"
#include "tests/contract/flood_relay.h"
#include "tests/contract/majority_register.h"
#include "tests/contract/prover.h"

namespace orrery::trial {
namespace {

constexpr Time at(Duration since_start) { return Time{} + since_start; }

EngineConfig checked() {
  EngineConfig config;
  config.wire = WireMode::kChecked;
  return config;
}

TEST(Simulation, FloodReachesEverybodyOnce) {
  Cluster cluster({.nodes = 8,
                   .build = [](Stack& stack, NodeId, const auto& all) { stack.add(FloodRelay{}).add(Bracha(all)); },
                   .engine = checked()});
  cluster.command(at(1_s), NodeId{3}, Say{1});
  cluster.run(at(2_s));
  // Bracha listens to the same command: its agreement shows that the two modules do not disturb each other.
  const auto reached = cluster.all<Reached>();
  EXPECT_EQ(reached.size(), 8u);
  for (const auto& [kept, record] : reached) EXPECT_EQ(record.value, 1u);
}

TEST(Simulation, DialTakesThreeRoundTrips) {
  Cluster cluster({.nodes = 2, .build = [](Stack&, NodeId, const auto&) {}, .engine = checked()});
  cluster.run(at(1_s));
  const auto ups = cluster.all<LinkUp>();
  ASSERT_EQ(ups.size(), 2u);
  EXPECT_EQ(ups[0].first.time, at(50_ms));  // the dialled side, after two and a half round trips of 20 ms
  EXPECT_FALSE(ups[0].second.outbound);
  EXPECT_EQ(ups[1].first.time, at(60_ms));
  EXPECT_TRUE(ups[1].second.outbound);
}

struct Hello {
  static constexpr std::string_view kName = "hello";
  static constexpr uint8_t kTag = 16;
  static constexpr auto wire() { return std::tuple{}; }
};

/// Greets every peer as soon as its side of the link is up.
class Greeter {
 public:
  static constexpr ModuleId kModule = 201;
  static constexpr std::string_view kName = "greeter";
  using Messages = TypeList<Hello>;
  using Events = TypeList<>;
  void start(Context<Greeter>&) {}
  void on(Context<Greeter>& ctx, const Link& link) {
    if (link.state == Link::State::kUp) ctx.send(link.peer, Hello{});
  }
  void on(Context<Greeter>& ctx, NodeId, const Hello&) { ctx.trace(Reached{}); }
};

// The dialled side is up first; whatever it sends at once must not overtake its answer to the dial.
TEST(Simulation, WhatIsSentWhenALinkComesUpArrivesWhateverTheJitter) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    ConstantNetwork network(ConstantConfig{.latency = 10_ms, .jitter = 90_percent});
    EngineConfig config = checked();
    config.seed = seed;
    Cluster cluster({.nodes = 2,
                     .build = [](Stack& stack, NodeId, const auto&) { stack.add(Greeter{}); },
                     .engine = config,
                     .network = &network});
    cluster.run(at(1_s));
    EXPECT_EQ(cluster.all<Reached>().size(), 2u) << seed;
    EXPECT_TRUE(cluster.all<LinkDown>().empty()) << seed;
  }
}

/// Two timers that are always due in the same instant.
class Twins {
 public:
  static constexpr ModuleId kModule = 202;
  static constexpr std::string_view kName = "twins";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  using Hears = TypeList<Say>;
  enum class Timer : uint8_t { kTick };
  void start(Context<Twins>& ctx) {
    for (const uint64_t key : {1, 2}) ctx.arm(Timer::kTick, 1_s, key);
  }
  void on(Context<Twins>&, const Say&) {}
  void on_timer(Context<Twins>& ctx, Timer timer, uint64_t key) {
    ctx.trace(Reached{0, key});
    ctx.arm(timer, 1_s, key);
  }
};

TEST(Simulation, TimersThatAreDueTogetherAllGoOn) {
  Cluster cluster(
      {.nodes = 1, .build = [](Stack& stack, NodeId, const auto&) { stack.add(Twins{}); }, .engine = checked()});
  cluster.command(at(5_s), NodeId{0}, Say{1});  // a step in the instant of the timers, and one between them
  cluster.command(at(5500_ms), NodeId{0}, Say{2});
  cluster.run(at(10500_ms));
  EXPECT_EQ(cluster.all<Reached>().size(), 20u);
}

TEST(Simulation, KilledProcessIsSeenAfterOneWayDelayAndDeadMachineAfterIdleTimeout) {
  for (const Death death : {Death::kProcess, Death::kMachine}) {
    Cluster cluster({.nodes = 2, .build = [](Stack&, NodeId, const auto&) {}, .engine = checked()});
    cluster.engine().schedule_crash(at(1_s), NodeId{0}, death);
    cluster.run(at(60_s));
    const auto downs = cluster.all<LinkDown>();
    ASSERT_GE(downs.size(), 1u);
    EXPECT_EQ(downs[0].first.time, at(death == Death::kProcess ? 1010_ms : 31010_ms));
  }
}

MajorityRegister replica(const std::vector<NodeId>& all) { return MajorityRegister(all); }

Cluster registers(uint32_t nodes) {
  EngineConfig config = checked();
  config.disk.sync = 5_ms;
  return Cluster({.nodes = nodes,
                  .build = [](Stack& stack, NodeId, const auto& all) { stack.add(replica(all)).add(Counters{}); },
                  .engine = config});
}

// Crashes each replica at each interesting moment of a write. Whatever was acknowledged to the writer must be on a
// majority of disks, so that it survives any minority of crashes.
TEST(Simulation, AcknowledgedWritesSurviveCrashesAndRestarts) {
  for (int moment_ms = 0; moment_ms <= 40; moment_ms += 5) {
    Cluster cluster = registers(5);
    cluster.command(at(1_s), NodeId{0}, Write{42});
    for (const uint32_t victim : {1u, 2u}) {
      cluster.engine().schedule_crash(at(1_s + moment_ms * 1_ms), NodeId{victim}, Death::kProcess);
      cluster.engine().schedule_restart(at(1500_ms), NodeId{victim});
    }
    cluster.run(at(10_s));
    // Acknowledged exactly once, then everybody is killed: what a restart reads back is what was durable.
    uint32_t acknowledged = 0;
    for (const auto& [kept, record] : cluster.all<Reached>(MajorityRegister::kModule))
      acknowledged += record.instance == 1;
    EXPECT_EQ(acknowledged, 1u) << moment_ms;
    for (uint32_t i = 0; i < 5; ++i) {
      cluster.engine().schedule_crash(at(11_s), NodeId{i}, Death::kMachine);
      cluster.engine().schedule_restart(at(12_s), NodeId{i});
    }
    cluster.run(at(13_s));
    uint32_t holding = 0;
    for (const auto& [kept, record] : cluster.all<Reached>(MajorityRegister::kModule)) {
      holding += record.instance == 0 && kept.time > at(12_s) && record.value == 42;
    }
    EXPECT_GE(holding, 3u) << moment_ms;
  }
}

// A frame marked kAfterDurable must not leave before its write: the replica that dies between the write and the sync
// has acknowledged nothing, and has lost the write.
TEST(Simulation, NothingIsAcknowledgedBeforeItIsDurable) {
  Cluster cluster = registers(3);
  cluster.command(at(1_s), NodeId{0}, Write{42});
  // The store reaches the others at 1.010 s; their disks are done at 1.015 s, their answers arrive at 1.025 s.
  for (const uint32_t victim : {1u, 2u}) {
    cluster.engine().schedule_crash(at(1014_ms), NodeId{victim}, Death::kProcess);
    cluster.engine().schedule_restart(at(1100_ms), NodeId{victim});
  }
  cluster.run(at(1900_ms));  // before the writer tries again
  for (const auto& [kept, record] : cluster.all<Reached>(MajorityRegister::kModule)) {
    if (record.instance == 1) {
      ADD_FAILURE() << "acknowledged at " << kept.time.ns << " ns with one disk of three";
    }
    if (record.instance == 0 && kept.incarnation == 1) {
      EXPECT_EQ(record.value, 0u);
    }
  }
  cluster.run(at(10_s));
  bool acknowledged = false;
  for (const auto& [kept, record] : cluster.all<Reached>(MajorityRegister::kModule))
    acknowledged |= record.instance == 1;
  EXPECT_TRUE(acknowledged);  // the retry found them alive
}

TEST(Simulation, BrachaAcceptsOneValueDespiteACrashedNode) {
  Cluster cluster({.nodes = 7,
                   .build = [](Stack& stack, NodeId, const auto& all) { stack.add(Bracha(all)); },
                   .engine = checked()});
  cluster.engine().schedule_crash(at(500_ms), NodeId{5}, Death::kMachine);
  cluster.engine().schedule_crash(at(500_ms), NodeId{6}, Death::kProcess);
  cluster.command(at(1_s), NodeId{0}, Say{77});
  cluster.run(at(5_s));
  const auto reached = cluster.all<Reached>();
  EXPECT_EQ(reached.size(), 5u);
}

/// 8 Mbit/s a node: a proof of 1 MB takes a second to leave.
class SlowUplink final : public Network {
 public:
  Duration latency(NodeId, NodeId) const override { return 10_ms; }
  Duration latency_floor() const override { return 10_ms; }
  Departure depart(NodeId from, NodeId, Time now, Bytes size, RandomBlock) override {
    Time& free = free_[from];
    free = std::max(free, now) + transmission_time(size, Bandwidth{8'000'000});
    return {free, free + 10_ms};
  }

 private:
  std::map<NodeId, Time> free_;
};

TEST(Simulation, BackpressureIsToldAndBounded) {
  SlowUplink network;
  EngineConfig config = checked();
  config.link.send_queue = Bytes{4'000'000};
  Cluster cluster({.nodes = 2,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(Prover{}).add(FloodRelay{}); },
                   .engine = config,
                   .network = &network});
  for (uint64_t nonce = 1; nonce <= 10; ++nonce) cluster.command(at(1_s), NodeId{0}, Say{nonce});
  cluster.run(at(60_s));
  // The queue is half full with the second proof; of the other eight challenges one is owed, and sent when it has
  // drained.
  EXPECT_EQ(cluster.all<Reached>().size(), 3u);
  EXPECT_EQ(cluster.engine().counters(NodeId{1}).slow_peers, 0u);
  EXPECT_EQ(cluster.engine().counters(NodeId{1}).work[size_t(Work::kProve)], 10'000u);
}

/// From 1 s on, what node 0 sends takes as long as TCP would try.
class StuckSender final : public Network {
 public:
  Duration latency(NodeId, NodeId) const override { return 10_ms; }
  Duration latency_floor() const override { return 10_ms; }
  Departure depart(NodeId from, NodeId, Time now, Bytes, RandomBlock) override {
    return {now, now + (from == NodeId{0} && now >= at(1_s) ? 900_s : 10_ms)};
  }
};

TEST(Simulation, ALinkOnWhichNothingGetsThroughIsGivenUp) {
  StuckSender network;
  Cluster cluster({.nodes = 2,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(FloodRelay{}); },
                   .engine = checked(),
                   .network = &network});
  cluster.command(at(1_s), NodeId{0}, Say{1});
  cluster.command(at(2_s), NodeId{0}, Say{2});
  cluster.run(at(100_s));
  const auto downs = cluster.all<LinkDown>();
  ASSERT_EQ(downs.size(), 2u);
  EXPECT_EQ(downs[0].first.node, NodeId{0});
  EXPECT_EQ(downs[0].first.time, at(31_s));  // network.idle_timeout after the first frame
  EXPECT_EQ(downs[1].first.time, at(61_s));  // the reset does not get through either: the peer's own silence
  EXPECT_EQ(cluster.engine().counters(NodeId{0}).died_with_link, 2u);
  EXPECT_EQ(cluster.engine().counters(NodeId{1}).frames_received, 0u);
}

TEST(Simulation, FullQueueClosesTheLinkOrDropsWhatIsDroppable) {
  SlowUplink network;
  EngineConfig config = checked();
  config.link.send_queue = 1_KiB;  // less than a proof
  Cluster cluster({.nodes = 2,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(Prover{}).add(Counters{}); },
                   .engine = config,
                   .network = &network});
  cluster.command(at(1_s), NodeId{0}, Say{1});
  cluster.run(at(3_s));
  EXPECT_EQ(cluster.engine().counters(NodeId{1}).slow_peers, 1u);
  EXPECT_TRUE(cluster.all<Reached>().empty());
  EXPECT_EQ(cluster.all<LinkDown>().size(), 2u);
}

TEST(Simulation, AHundredInstancesKeepTheirOwnTimersMessagesAndDiskKeys) {
  Cluster cluster({.nodes = 2,
                   .build = [](Stack& stack, NodeId, const auto&) { stack.add(Counters{}).add(Prover{}); },
                   .engine = checked()});
  cluster.run(at(5_s));
  const auto* stack = static_cast<const Stack*>(cluster.engine().node(NodeId{0}));
  std::vector<uint64_t> before;
  for (Instance i = 0; i < Counters::kInstances; ++i) {
    before.push_back(stack->find<Counters>()->count(i));
    EXPECT_GT(before.back(), 0u);
    EXPECT_EQ(before.back() % (i + 1), 0u);  // instance i counts by i + 1
  }
  cluster.engine().schedule_crash(at(5_s), NodeId{0}, Death::kMachine);
  cluster.engine().schedule_restart(at(6_s), NodeId{0});
  cluster.run(at(6010_ms));
  uint32_t read_back = 0;
  for (const auto& [kept, record] : cluster.all<Reached>()) {
    if (kept.incarnation != 1 || kept.node != NodeId{0}) continue;
    ++read_back;
    EXPECT_LE(before[record.instance] - record.value, record.instance + 1);  // at most the last increment was pending
  }
  EXPECT_EQ(read_back, Counters::kInstances);
}

TEST(Simulation, CloneBehavesAsItsOriginal) {
  Stack stack(NodeSeed{7, node_key("node", 0), 0});
  stack.add(Counters{}).add(FloodRelay{});
  FramePool frames;
  Outbox a, b;
  a.pool = b.pool = &frames;
  stack.start(a);
  const auto copy = stack.clone();
  a.clear();
  for (int i = 0; i < 5; ++i) {
    for (auto [node, out] : {std::pair<Node*, Outbox*>{&stack, &a}, {copy.get(), &b}}) {
      out->now = at(i * 1_s);
      node->fire(*out, Tag{Counters::kModule, 0, Instance(i)}, 0);
      node->command(*out, LocalEvent::of(Say{uint64_t(i)}));
    }
    ASSERT_EQ(a.effects.size(), b.effects.size());
    for (size_t e = 0; e < a.effects.size(); ++e) {
      EXPECT_EQ(a.effects[e].kind, b.effects[e].kind);
      EXPECT_EQ(a.effects[e].at, b.effects[e].at);
      EXPECT_EQ(a.effects[e].tag, b.effects[e].tag);
    }
    a.clear();
    b.clear();
  }
}

}  // namespace
}  // namespace orrery::trial
