// Nodes that are away at the start, and outages that overlap: which incarnation lives when, and what a dialler sees.
#include <gtest/gtest.h>

#include "simcore/trace/host_records.h"
#include "tests/contract/cluster.h"

namespace orrery::trial {
namespace {

constexpr Time at(Duration since_start) { return Time{} + since_start; }
constexpr NodeId kFirst{0}, kSecond{1};

Cluster two(std::optional<Death> first_is_down) {
  EngineConfig config;
  config.wire = WireMode::kChecked;
  return Cluster({.nodes = 2,
                  .build = [](Stack&, NodeId, const auto&) {},
                  .engine = config,
                  .down_at_start = {first_is_down, std::nullopt}});
}

/// (time, incarnation) of each start of a node.
std::vector<std::pair<Time, uint32_t>> starts(const Cluster& cluster, NodeId node) {
  std::vector<std::pair<Time, uint32_t>> found;
  for (const auto& [kept, record] : cluster.all<Started>()) {
    if (kept.node == node) found.emplace_back(kept.time, kept.incarnation);
  }
  return found;
}

using Starts = std::vector<std::pair<Time, uint32_t>>;

TEST(DownAtStart, ItsFirstLifeIsIncarnationZero) {
  for (const Death death : {Death::kProcess, Death::kMachine}) {
    Cluster cluster = two(death);
    cluster.engine().schedule_restart(at(5_s), kFirst, death);
    cluster.run(at(20_s));
    EXPECT_EQ(starts(cluster, kFirst), (Starts{{at(5_s), 0}}));
    EXPECT_EQ(starts(cluster, kSecond), (Starts{{at(0_s), 0}}));
    EXPECT_TRUE(cluster.all<Crashed>().empty());
  }
}

// The second node dials the first at once: a machine whose process is away answers no, one that is off says nothing.
TEST(DownAtStart, DialsAreRefusedByAMachineAndTimeOutWithoutOne) {
  for (const Death death : {Death::kProcess, Death::kMachine}) {
    Cluster cluster = two(death);
    cluster.run(at(20_s));
    const auto downs = cluster.all<LinkDown>();
    ASSERT_EQ(downs.size(), 1u);
    EXPECT_EQ(downs.front().first.time, at(death == Death::kProcess ? 60_ms : 15_s));
    EXPECT_EQ(cluster.engine().counters(kSecond).dials_failed, 1u);
  }
}

TEST(Outages, ACrashOfANodeThatIsAwayProlongsItsAbsence) {
  Cluster cluster = two(Death::kProcess);
  cluster.engine().schedule_restart(at(5_s), kFirst);  // the absence ends, the fault goes on
  cluster.engine().schedule_crash(at(3_s), kFirst, Death::kProcess);
  cluster.engine().schedule_restart(at(9_s), kFirst);
  cluster.run(at(20_s));
  EXPECT_EQ(starts(cluster, kFirst), (Starts{{at(9_s), 0}}));
  EXPECT_TRUE(cluster.all<Crashed>().empty());
}

TEST(Outages, MayNestAndCross) {
  Cluster cluster = two(std::nullopt);
  const auto outage = [&](Duration from, Duration to) {
    cluster.engine().schedule_crash(at(from), kFirst, Death::kProcess);
    cluster.engine().schedule_restart(at(to), kFirst);
  };
  outage(1_s, 10_s);
  outage(2_s, 4_s);
  outage(9_s, 12_s);
  outage(20_s, 21_s);
  outage(21_s, 22_s);  // touches: both events of that instant, the restart first as it was scheduled
  cluster.run(at(30_s));
  EXPECT_EQ(starts(cluster, kFirst), (Starts{{at(0_s), 0}, {at(12_s), 1}, {at(21_s), 2}, {at(22_s), 3}}));
  EXPECT_EQ(cluster.all<Crashed>().size(), 3u);
}

// While the process is away the machine goes off and on again: from then on it refuses dials.
TEST(Outages, AMachineComesBackBeforeItsProcess) {
  Cluster cluster = two(Death::kProcess);
  cluster.engine().schedule_crash(at(1_s), kFirst, Death::kMachine);
  cluster.engine().schedule_restart(at(30_s), kFirst, Death::kMachine);
  cluster.engine().schedule_crash(at(10_s), kSecond, Death::kProcess);
  cluster.engine().schedule_restart(at(11_s), kSecond);  // dials anew: no answer
  cluster.engine().schedule_crash(at(40_s), kSecond, Death::kProcess);
  cluster.engine().schedule_restart(at(41_s), kSecond);  // dials anew: refused
  cluster.run(at(60_s));
  std::vector<Time> downs;
  for (const auto& [kept, record] : cluster.all<LinkDown>()) downs.push_back(kept.time);
  EXPECT_EQ(downs, (std::vector<Time>{at(60_ms), at(26_s), at(41060_ms)}));
  EXPECT_TRUE(starts(cluster, kFirst).empty());
}

}  // namespace
}  // namespace orrery::trial
