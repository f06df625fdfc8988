// Uplinks and downlinks on the engine, by hand: who waits for whom, what a reset waits for, what dies with a node. All
// with a latency of 10 ms and parcels that take 10 ms at 1 Mbit/s, so that many things happen in one instant.
#include <gtest/gtest.h>

#include "simcore/network/bandwidth.h"
#include "simcore/network/overhead.h"
#include "simcore/trace/host_records.h"
#include "tests/contract/cluster.h"
#include "tests/contract/vocabulary.h"

namespace orrery::trial {
namespace {

constexpr Time at(Duration since_start) { return Time{} + since_start; }
constexpr Access kSlow{{1'000'000}, {1'000'000}, {}, {}}, kFast{{1'000'000'000}, {1'000'000'000}, {}, {}};
constexpr Access kSlowUp{{1'000'000}, {1'000'000'000}, {}, {}};
constexpr Bytes kParcelOnTheWire{1250};

struct Parcel {
  static constexpr std::string_view kName = "parcel";
  static constexpr uint8_t kTag = 16;
  uint64_t id = 0;
  Blob<2048> filling;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "id", &Parcel::id), wire_field(2, "filling", &Parcel::filling)};
  }
};

/// A parcel that a full queue may drop.
struct Scrap : Parcel {
  static constexpr std::string_view kName = "scrap";
  static constexpr uint8_t kTag = 17;
  static constexpr bool kDroppable = true;
};

/// A link is congested, or has drained.
struct Told {
  static constexpr uint16_t kRecordId = 1001;
  static constexpr std::string_view kName = "told";
  uint64_t state = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "state", &Told::state)}; }
};

/// What a node is told to do at once: send parcels to a node, or hang up on it.
struct Order {
  static constexpr std::string_view kName = "order";
  NodeId to;
  uint32_t parcels = 1;
  bool hang_up = false;
  bool scrap = false;
  static std::string describe() { return "order"; }
};

class Sender {
 public:
  static constexpr ModuleId kModule = 201;
  static constexpr std::string_view kName = "sender";
  using Messages = TypeList<Parcel, Scrap>;
  using Events = TypeList<>;
  using Hears = TypeList<Order>;
  void start(Context<Sender>&) {}
  void on(Context<Sender>& ctx, const Order& order) {
    static constexpr std::byte kFilling[1169] = {};
    for (uint32_t i = 0; i < order.parcels; ++i) {
      const Parcel parcel{++sent_, Blob<2048>(kFilling)};
      if (order.scrap) {
        ctx.send(order.to, Scrap{parcel});
      } else {
        ctx.send(order.to, parcel);
      }
    }
    if (order.hang_up) ctx.hang_up(order.to);
  }
  void on(Context<Sender>& ctx, const Link& link) {
    if (link.state == Link::State::kCongested || link.state == Link::State::kDrained) {
      ctx.trace(Told{uint64_t(link.state)});
    }
  }
  void on(Context<Sender>& ctx, NodeId, const Parcel& parcel) { ctx.trace(Reached{0, parcel.id}); }

 private:
  uint64_t sent_ = 0;
};

struct World {
  World(const std::vector<Access>& access, BandwidthNetwork::Losses losses = {}, EngineConfig engine = {},
        Share jitter = Share{0})
      : network(std::make_unique<ConstantNetwork>(ConstantConfig{.latency = 10_ms, .jitter = jitter}), access, losses),
        cluster({.nodes = uint32_t(access.size()),
                 .build = [](Stack& stack, NodeId, const auto&) { stack.add(Sender{}); },
                 .engine = std::move(engine),
                 .network = &network}) {}

  Engine& engine() { return cluster.engine(); }
  void order(Duration when, uint32_t node, const Order& order) { cluster.command(at(when), NodeId{node}, order); }
  /// When parcels reached `node`.
  std::vector<Time> arrivals(uint32_t node) const {
    std::vector<Time> times;
    for (const auto& [kept, record] : cluster.all<Reached>()) {
      if (kept.node == NodeId{node}) times.push_back(kept.time);
    }
    return times;
  }
  std::vector<Time> downs(uint32_t node) const {
    std::vector<Time> times;
    for (const auto& [kept, record] : cluster.all<LinkDown>()) {
      if (kept.node == NodeId{node}) times.push_back(kept.time);
    }
    return times;
  }

  BandwidthNetwork network;
  Cluster cluster;
};

using Times = std::vector<Time>;

TEST(Queues, SeveralSendersShareADownlink) {
  World world({kSlow, kFast, kFast, kFast});
  for (const uint32_t sender : {1u, 2u, 3u}) world.order(1_s, sender, {NodeId{0}});
  world.cluster.run(at(2_s));
  EXPECT_EQ(world.arrivals(0), (Times{at(1020_ms), at(1030_ms), at(1040_ms)}));
  EXPECT_EQ(world.engine().counters(NodeId{0}).bytes_received, uint64_t(3 * (kParcelOnTheWire + kDialBytes).count));
  // Each reaches the downlink 10.01 ms after it was sent.
  EXPECT_EQ(world.engine().counters(NodeId{0}).downlink_ns, uint64_t((60_ms - 3 * 10_us).ns));
}

TEST(Queues, SeveralReceiversShareAnUplink) {
  World world({kFast, kFast, kFast, kSlow});
  for (const uint32_t receiver : {2u, 0u, 1u}) world.order(1_s, 3, {NodeId{receiver}});
  world.cluster.run(at(2_s));
  EXPECT_EQ(world.arrivals(2), Times{at(1020_ms)});
  EXPECT_EQ(world.arrivals(0), Times{at(1030_ms)});
  EXPECT_EQ(world.arrivals(1), Times{at(1040_ms)});
  EXPECT_EQ(world.engine().counters(NodeId{3}).uplink_ns, uint64_t((60_ms).ns));
}

TEST(Queues, OneselfNeedsNoLine) {
  World world({kSlow, kSlow});
  world.order(1_s, 0, {NodeId{1}, 5});
  world.order(1_s, 0, {NodeId{0}});
  world.cluster.run(at(2_s));
  EXPECT_EQ(world.arrivals(0), Times{at(1_s + 10_us)});
}

// A reset is 40 bytes: 0.32 ms at 1 Mbit/s.
TEST(Queues, AResetComesBehindEverythingSentBeforeIt) {
  World down({kSlow, kFast});
  down.order(1_s, 1, {NodeId{0}, 3, true});
  down.cluster.run(at(2_s));
  EXPECT_EQ(down.arrivals(0), (Times{at(1020_ms), at(1030_ms), at(1040_ms)}));
  EXPECT_EQ(down.downs(0), Times{at(1040_ms + 320_us)});
  EXPECT_EQ(down.downs(1), Times{at(1_s)});

  World up({kFast, kSlow});
  up.order(1_s, 1, {NodeId{0}, 3, true});
  up.cluster.run(at(2_s));
  EXPECT_EQ(up.arrivals(0), (Times{at(1020_ms), at(1030_ms), at(1040_ms)}));
  EXPECT_EQ(up.downs(0), Times{at(1040_ms + 320_us)});
}

// Even when jitter lets it catch up with the last frame, and both are there in one instant.
TEST(Queues, AResetComesLastWhateverTheJitter) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    EngineConfig config;
    config.seed = seed;
    World world({kFast, kFast}, {}, config, 90_percent);
    world.order(1_s, 1, {NodeId{0}, 2, true});
    world.cluster.run(at(2_s));
    EXPECT_EQ(world.arrivals(0).size(), 2u) << seed;
    EXPECT_EQ(world.engine().counters(NodeId{0}).died_with_link, 0u) << seed;
  }
}

TEST(Queues, WhatWaitsInADownlinkDiesWithTheNode) {
  for (const Death death : {Death::kProcess, Death::kMachine}) {
    World world({kSlow, kFast});
    world.order(1_s, 1, {NodeId{0}, 3});
    world.engine().schedule_crash(at(1025_ms), NodeId{0}, death);
    world.engine().schedule_restart(at(1028_ms), NodeId{0});
    world.cluster.run(at(60_s));
    EXPECT_EQ(world.arrivals(0), Times{at(1020_ms)});
    EXPECT_EQ(world.engine().counters(NodeId{0}).died_with_link, 2u);
  }
}

TEST(Queues, WhatHasNotLeftDiesWithTheNode) {
  for (const Death death : {Death::kProcess, Death::kMachine}) {
    World world({kFast, kSlowUp});
    world.order(1_s, 1, {NodeId{0}, 3});
    world.engine().schedule_crash(at(1015_ms), NodeId{1}, death);
    world.cluster.run(at(60_s));
    EXPECT_EQ(world.arrivals(0), Times{at(1020_ms)});
    EXPECT_EQ(world.engine().counters(NodeId{1}).died_with_link, 2u);
    // The kernel closes at once, with an uplink that is free again; a dead machine is silent.
    EXPECT_EQ(world.downs(0), Times{at(1025_ms + 320_us + (death == Death::kMachine ? 30_s : 0_s))});
    EXPECT_EQ(world.engine().counters(NodeId{0}).died_with_link, 0u);
  }
}

TEST(Queues, WhatHasNotLeftWhenThePeerHangsUpIsDropped) {
  World world({kFast, kSlowUp});
  world.order(1_s, 1, {NodeId{0}, 4});
  world.order(1005_ms, 0, {NodeId{1}, 0, true});  // heard at 1015 ms: one parcel has left
  world.cluster.run(at(5_s));
  EXPECT_TRUE(world.arrivals(0).empty());
  EXPECT_EQ(world.engine().counters(NodeId{0}).died_with_link, 1u);
  EXPECT_EQ(world.engine().counters(NodeId{1}).died_with_link, 3u);
  // A new uplink queue would be free; this one has kept their turns.
  EXPECT_EQ(world.downs(1).size(), 1u);
}

// A node's first dials, each to another peer, have equal serials: what dies is of one link alone.
TEST(Queues, WhatHasNotLeftOnOtherLinksStays) {
  for (const uint32_t sender : {0u, 1u, 2u}) {
    const uint32_t leaver = (sender + 1) % 3, other = (sender + 2) % 3;
    std::vector<Access> access(3, kFast);
    access[sender] = kSlowUp;
    World world(access);
    world.order(1_s, sender, {NodeId{leaver}, 2});
    world.order(1_s, sender, {NodeId{other}, 2});
    world.order(1005_ms, leaver, {NodeId{sender}, 0, true});
    world.cluster.run(at(5_s));
    EXPECT_EQ(world.arrivals(other).size(), 2u) << sender;
    EXPECT_EQ(world.engine().counters(NodeId{sender}).died_with_link, 1u) << sender;
  }
}

// However little waits, who sends is told that something was dropped, and that there is room again.
TEST(Queues, ADroppedMessageIsCongestion) {
  EngineConfig config;
  config.link.send_queue = 1_KiB;  // less than a parcel
  World world({kFast, kSlowUp}, {}, config);
  for (const Duration when : {1_s, 2_s}) world.order(when, 1, {NodeId{0}, 1, false, true});
  world.cluster.run(at(5_s));
  EXPECT_TRUE(world.arrivals(0).empty());
  EXPECT_EQ(world.engine().counters(NodeId{1}).queue_full, 2u);
  std::vector<Time> told;  // congested and drained, twice
  for (const auto& [kept, state] : world.cluster.all<Told>()) told.push_back(kept.time);
  EXPECT_EQ(told, (Times{at(1_s), at(1_s + 1_ns), at(2_s), at(2_s + 1_ns)}));
}

TEST(Queues, ACutPeerDoesNotBlockTheOthers) {
  EngineConfig config;
  config.cuts.add({at(900_ms), at(1500_ms), {true, false, false}});
  World world({kFast, kFast, kSlowUp}, {}, config);
  world.order(1_s, 2, {NodeId{0}});
  world.order(1_s, 2, {NodeId{1}});
  world.cluster.run(at(5_s));
  EXPECT_EQ(world.arrivals(0), Times{at(1510_ms)});
  EXPECT_EQ(world.arrivals(1), Times{at(1030_ms)});
}

TEST(Queues, BackpressureFollowsTheUplink) {
  EngineConfig config;
  config.link.send_queue = Bytes{8 * kParcelOnTheWire.count};
  World world({kFast, kSlowUp}, {}, config);
  world.order(1_s, 1, {NodeId{0}, 8});
  world.order(1050_ms, 1, {NodeId{0}, 5});  // five have left
  world.order(1055_ms, 1, {NodeId{0}, 1});  // eight wait: a slow peer
  world.cluster.run(at(5_s));
  EXPECT_EQ(world.engine().counters(NodeId{1}).slow_peers, 1u);
  EXPECT_EQ(world.arrivals(0).size(), 13u);
  EXPECT_EQ(world.arrivals(0).back(), at(1140_ms));
}

TEST(Queues, ALinkKeepsItsOrderWhateverIsLost) {
  EngineConfig config;
  config.link.idle_timeout = 1_h;  // nobody gives up
  World world({kFast, {{10'000'000}, {10'000'000}, 5_ms, 20_percent}}, {.everywhere = 10_percent}, config, 50_percent);
  world.order(2_min, 1, {NodeId{0}, 300});
  world.cluster.run(at(30_min));
  const auto reached = world.cluster.all<Reached>();
  ASSERT_EQ(reached.size(), 300u);
  for (uint64_t i = 0; i < 300; ++i) EXPECT_EQ(reached[i].second.value, i + 1);
  EXPECT_GT(world.engine().counters(NodeId{1}).bytes_sent, 300 * 1250u * 5 / 4);
}

// Ties all the time: quantised sizes and latency, many nodes, in several steps that end at odd times.
std::string fingerprint(WireMode wire, uint64_t tie_seed, const std::vector<Duration>& ends) {
  EngineConfig config;
  config.wire = wire;
  config.tie_seed = tie_seed;
  World world(std::vector<Access>(8, kSlow), {}, config);
  for (uint32_t node = 0; node < 8; ++node) {
    for (uint32_t other = 0; other < 8; ++other) {
      for (int i = 0; i < 5; ++i) world.order(1_s + i * 20_ms, node, {NodeId{other}, 2});
    }
  }
  world.engine().schedule_crash(at(1060_ms), NodeId{3}, Death::kProcess);
  world.engine().schedule_restart(at(1180_ms), NodeId{3});
  for (const Duration end : ends) world.cluster.run(at(end));
  return world.engine().fingerprint().root();
}

TEST(Queues, OneSpecOneFingerprint) {
  const std::string one = fingerprint(WireMode::kTyped, 1, {3_s});
  EXPECT_EQ(one, fingerprint(WireMode::kChecked, 1, {3_s}));
  EXPECT_EQ(one, fingerprint(WireMode::kTyped, 1, {1019999999_ns, 1020_ms, 1020_ms + 1_ns, 1337_ms, 3_s}));
  EXPECT_NE(one, fingerprint(WireMode::kTyped, 2, {3_s}));
  EXPECT_NE(one, fingerprint(WireMode::kTyped, 1, {1_s + 77777777_ns}));
}

}  // namespace
}  // namespace orrery::trial
