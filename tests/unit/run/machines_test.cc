// What a scenario says of CPUs, disks and clocks: read, refused with its position, planned, and what runs make of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"
#include "tests/unit/run/outcome.h"

namespace orrery {
namespace {

using testing::HasSubstr;
using Sets = std::vector<std::string>;

constexpr std::string_view kText = R"(orrery = 1
nodes = 0
duration = "1 min"
[network]
kind = "constant"
latency = "10 ms"
topology = { kind = "complete" }
[relay]
kind = "flood"
[disk]
sync = "5 ms"
[group]
source = { count = 1, disk = { capacity = "1 MiB" } }
victim = { count = 3, clock = { offset = "-20 ms", spread = "5 ms" } }
[workload]
flood = { kind = "poisson", from = "source", to = "victim", rate = "50 /s", size = "100 B" }
[fault]
tear = { kind = "disk", of = "victim", effect = "torn", at = "2 s", for = "3 s", share = "10 %" }
jump = { kind = "clock", of = "victim", at = "4 s", jump = "-5 s", drift = "0.01 %" }
)";

spec::Scenario parsed(const Sets& sets = {}) { return spec::parse(kText, "world.toml", make_catalogue(), sets); }

std::string refused(const Sets& sets) {
  return refusal_of_scenario([&] { return parsed(sets); });
}

Report run(const Sets& sets, WireMode wire = WireMode::kTyped) { return report_of(parsed(sets), wire); }

std::string hash(const Sets& sets) { return spec::spec_hash(parsed(sets), make_catalogue()); }

TEST(MachinesScenario, GroupsWinOverTables) {
  const spec::Scenario scenario = parsed({"cpu.cores=4", "group.victim.cpu=0.1", "group.source.disk.sync=9 ms"});
  const Plan plan = make_plan(scenario);
  EXPECT_FALSE(plan.machines[0].cpu);  // in order of names: source, then victims
  EXPECT_EQ(plan.machines[1].cpu->speed_ppb, 100'000'000);
  EXPECT_EQ(plan.machines[1].cpu->cores, 4u);
  EXPECT_EQ(plan.machines[0].disk.sync, 9_ms);
  EXPECT_EQ(plan.machines[0].disk.capacity, 1_MiB);
  EXPECT_EQ(plan.machines[1].disk.sync, 5_ms);
  EXPECT_EQ(plan.machines[0].clock.offset, 0_ns);
  EXPECT_NE(plan.machines[1].clock.offset, plan.machines[2].clock.offset);
  EXPECT_LE(plan.machines[1].clock.offset, -15_ms);
}

TEST(MachinesScenario, FaultsActWhenAndWhereTheySay) {
  const spec::Scenario scenario = parsed();
  const Plan plan = make_plan(scenario);
  EXPECT_EQ(kind_of(plan.faults[0]), "disk");
  EXPECT_EQ(kind_of(plan.faults[1]), "clock");
  EXPECT_TRUE(plan.machines[0].disk_troubles.empty());
  const DiskTroubles& troubles = plan.machines[1].disk_troubles;
  int torn = 0;
  for (uint64_t batch = 0; batch < 1000; ++batch) torn += troubles.fate(Time{} + 3_s, batch, 0).harm.has_value();
  EXPECT_NEAR(torn, 100, 30);
  EXPECT_FALSE(troubles.fate(Time{} + 5_s, 0, 0).harm);
  const ClockError& clock = plan.machines[1].clock;
  EXPECT_EQ(clock.at({}, Time{} + 5_s), clock.offset - 5_s + 100_us);
  EXPECT_EQ(clock.at({}, Time{} + 14_s), clock.offset);
}

TEST(MachinesScenario, RefusesWhatMeansNothing) {
  EXPECT_THAT(refused({"group.source.cores=2"}),
              HasSubstr("means nothing where work takes no time; set group.source."));
  EXPECT_THAT(refused({"group.source.cpu=0"}), HasSubstr("group.source.cpu = 0 is out of range; allowed: 0.0001"));
  EXPECT_THAT(refused({"fault.tear.delay=1 s"}), HasSubstr("means nothing unless effect = \"slow\"; leave it out"));
  EXPECT_THAT(refused({"fault.tear.effect=full"}), HasSubstr("means nothing of a slow or full disk; leave it out"));
  EXPECT_THAT(refused({"fault.tear.effect=broken"}), HasSubstr("allowed: slow, full, lost, torn, misdirected"));
  EXPECT_THAT(refused({"clock.drift=20 %"}), HasSubstr("allowed: \"-10 %\" to \"10 %\""));
  EXPECT_THAT(refused({"disk.sync=5"}), HasSubstr("has no unit; write \"5 s\""));
  EXPECT_THAT(refused({"fault.jump.at=2 min"}), HasSubstr("is after the end of the run"));
}

TEST(MachinesScenario, TheHashKnowsWhatDiffersFromTheDefaults) {
  EXPECT_EQ(hash({}), hash({"cpu.verify=36 us", "disk.read=100 us", "clock.offset=0 s"}));
  for (const char* set : {"cpu.speed=1", "cpu.verify=37 us", "group.victim.cpu=1", "disk.group_commit=false",
                          "group.source.disk.sync=6 ms", "clock.drift=0.001 %", "fault.jump.jump=5 s"}) {
    EXPECT_NE(hash({}), hash({set})) << set;
  }
}

TEST(MachinesRun, FreeWorkHasNoMetricsAndPricedWorkIsOneRunTypedAndChecked) {
  EXPECT_EQ(metric(run({}), "cpu.busy"), std::nullopt);
  const Sets slow{"cpu.speed=0.01", "cpu.cores=2", "group.source.cpu=1"};
  const Report typed = run(slow), checked = run(slow, WireMode::kChecked);
  EXPECT_EQ(typed.fingerprint, checked.fingerprint);
  EXPECT_NE(typed.fingerprint, run({}).fingerprint);
  EXPECT_GT(*metric(typed, "cpu.busy"), 50'000'000);
  EXPECT_GE(*metric(typed, "latency.p50"), 13'600'000);  // 10 ms on the way, 3.6 to check it
}

// The mean wait of M/D/1, rho s / (2 (1 - rho)), through all of Orrery: a signature takes 1 ms, 700 come a second.
TEST(MachinesRun, AVerificationFloodWaitsAsQueueingTheorySays) {
  const Report report =
      run({"group.victim.count=1", "group.victim.cpu=0.1", "workload.flood.rate=700 /s", "cpu.verify=100 us",
           "cpu.verify_per_kib=0 s", "cpu.decode=0 s", "cpu.decode_per_kib=0 s"});
  EXPECT_NEAR(double(*metric(report, "cpu.busy")), 700e6, 20e6);
  const double rho = double(*metric(report, "cpu.busy")) / 1e9;
  EXPECT_NEAR(double(*metric(report, "cpu.wait.mean")) / (rho * 1e6 / (2 * (1 - rho))), 1, 0.05);
}

}  // namespace
}  // namespace orrery
