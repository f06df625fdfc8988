// The register on disks that do not keep what they were given. It promises that a read returns nothing older than what
// was acknowledged before it began. Torn and misdirected writes, crashes and clocks that jump must not break that; lost
// writes and a host without durability must, and the checker must see it.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/contract/cluster.h"
#include "tests/contract/majority_register.h"

namespace orrery::trial {
namespace {

constexpr uint32_t kReplicas = 5;  // nodes 1 to 5; node 0 writes and reads
constexpr NodeId kClient{0};

struct Trial {
  std::vector<DiskEffect> effects = {};
  bool durability = true;
};

struct Told {
  uint32_t acknowledged = 0, reads = 0, abstained = 0;
  uint64_t harmed = 0;
  bool is_broken = false;
};

/// The checker: from records alone.
Told judge(const Cluster& cluster) {
  Told told;
  uint64_t newest = 0, owed = 0;
  for (const auto& [kept, record] : cluster.all<Reached>(MajorityRegister::kModule)) {
    switch (record.instance) {
      case MajorityRegister::kAcknowledged:
        ++told.acknowledged;
        newest = std::max(newest, record.value);
        break;
      case MajorityRegister::kReadBegun: owed = newest; break;
      case MajorityRegister::kReadDone:
        ++told.reads;
        told.is_broken |= record.value < owed;
        break;
      case MajorityRegister::kAbstains: ++told.abstained; break;
      default: break;
    }
  }
  return told;
}

constexpr Time at(Duration since_start) { return Time{} + since_start; }
constexpr Duration kSpan = 12_s;

void give_troubles(NodeSpec& spec, const Trial& trial, Rng& rng) {
  for (int i = 0; i < 2; ++i) {
    const Time from = at(rng.between(1_s, kSpan));
    if (!trial.effects.empty()) {
      const DiskEffect effect = trial.effects[rng.below(trial.effects.size())];
      const uint64_t key = rng.next64();
      spec.disk_troubles.add({from, from + 1500_ms, effect, 40_percent, {}, key});
    }
    const Duration jump = rng.between(-60_s, 60_s);
    spec.clock.disturb(from, 2_s, jump, 100'000);
  }
}

void crash(Cluster& cluster, NodeId node, Time when, Duration lasts) {
  cluster.engine().schedule_crash(when, node, Death::kProcess);
  cluster.engine().schedule_restart(when + lasts, node);
}

Told run(uint64_t seed, const Trial& trial) {
  Rng rng(stream_key(seed, node_key("trial", 0), 0, "untrusted_disks", 0));
  EngineConfig config;
  config.seed = seed;
  config.wire = WireMode::kChecked;
  config.disk.sync = 20_ms;
  config.disk.durability = trial.durability;
  std::vector<NodeId> replicas;
  for (uint32_t i = 1; i <= kReplicas; ++i) replicas.push_back(NodeId{i});
  Cluster cluster({.nodes = 1 + kReplicas,
                   .build = [=](Stack& stack, NodeId, const auto&) { stack.add(MajorityRegister(replicas)); },
                   .engine = config,
                   .machine =
                       [&](NodeSpec& spec, NodeId self) {
                         if (self != kClient) give_troubles(spec, trial, rng);
                       }});
  uint64_t number = 0;
  for (Time time = at(1_s); time < at(1_s + kSpan); time = time + 250_ms) {
    cluster.command(time, kClient, Write{++number});
    cluster.command(time + 200_ms, kClient, Read{number});
  }
  for (const NodeId replica : replicas) {
    for (int i = 0; i < 3; ++i) {
      const Time when = at(rng.between(1_s, kSpan));
      crash(cluster, replica, when, rng.between(20_ms, 400_ms));
    }
  }
  // Twice the power fails for all at once, just after a write was acknowledged: once in the midst, and at the end.
  for (const Time when : {at(7_s), at(1_s + kSpan)}) {
    cluster.command(when, kClient, Write{++number});
    for (const NodeId replica : replicas) crash(cluster, replica, when + 22_ms, 300_ms);
    cluster.command(when + 1_s, kClient, Read{++number});
  }
  cluster.run(at(5_s + kSpan));
  Told told = judge(cluster);
  for (const NodeId replica : replicas) told.harmed += cluster.engine().disk(replica).harmed();
  return told;
}

Told sum_of(int seeds, const Trial& trial, int& broken) {
  Told sum;
  for (int seed = 1; seed <= seeds; ++seed) {
    const Told told = run(uint64_t(seed), trial);
    broken += told.is_broken;
    sum.acknowledged += told.acknowledged;
    sum.reads += told.reads;
    sum.abstained += told.abstained;
    sum.harmed += told.harmed;
  }
  return sum;
}

constexpr int kSeeds = 100;

TEST(UntrustedDisks, CrashesAndClocksThatJumpBreakNoPromise) {
  int broken = 0;
  const Told told = sum_of(kSeeds, {}, broken);
  EXPECT_EQ(broken, 0);
  EXPECT_EQ(told.abstained, 0u);
  EXPECT_GT(told.acknowledged, 30u * kSeeds);
  EXPECT_GT(told.reads, 30u * kSeeds);
}

TEST(UntrustedDisks, TornAndMisdirectedWritesAreFoundAndBreakNoPromise) {
  int broken = 0;
  const Told told = sum_of(3 * kSeeds, {{DiskEffect::kTorn, DiskEffect::kMisdirected}}, broken);
  EXPECT_EQ(broken, 0);
  EXPECT_GT(told.harmed, 3u * kSeeds);
  EXPECT_GT(told.abstained, 3u * kSeeds / 2);
  EXPECT_GT(told.reads, 3u * 10 * kSeeds);  // fewer, since a majority may abstain
}

TEST(UntrustedDisks, LostWritesBreakIt) {
  int broken = 0;
  const Told told = sum_of(kSeeds, {{DiskEffect::kLost}}, broken);
  EXPECT_GT(broken, 0);
  EXPECT_EQ(told.abstained, 0u);  // nothing shows that a write is missing
}

TEST(UntrustedDisks, WithoutDurabilityItBreaks) {
  int broken = 0;
  sum_of(kSeeds / 10, {.durability = false}, broken);
  EXPECT_GT(broken, 0);
}

}  // namespace
}  // namespace orrery::trial
