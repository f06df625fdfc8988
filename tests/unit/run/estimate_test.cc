// Estimates: the sums over a plan, and that a small pilot tells how many events a run has.
#include "scenarios/run/estimate.h"

#include <gtest/gtest.h>

#include "scenarios/run/plan_totals.h"
#include "tests/unit/run/outcome.h"

namespace orrery {
namespace {

constexpr std::string_view kWorld = R"(orrery = 1
nodes = 10
warmup = "10 s"
duration = "50 s"
[network]
kind = "constant"
topology = { kind = "random_regular", degree = 4 }
[relay]
kind = "gossipsub"
[group]
near = { share = "60 %" }
far  = { share = "40 %" }
)";
constexpr std::string_view kTick = R"([workload]
tick = { kind = "periodic", from = "near", to = "far", topic = "tick", every = "10 s", size = "100 B" }
)";
constexpr std::string_view kCrashes = R"([fault]
a = { kind = "crash", of = "far", at = "5 s", for = "20 s" }
b = { kind = "crash", of = "far", at = "15 s", for = "20 s" }
)";

spec::Scenario scenario_of(const std::string& tables, const std::vector<std::string>& sets = {}) {
  return spec::parse(std::string(kWorld) + tables, "world.toml", make_catalogue(), sets);
}

TEST(PlanTotals, OverlappingOutagesCountOnce) {
  const spec::Scenario scenario = scenario_of(std::string(kCrashes));
  const Plan plan = make_plan(scenario);
  const auto at = [](Duration after) { return Time{} + after; };
  EXPECT_DOUBLE_EQ(node_seconds_up(plan, at(-10_s), at(60_s)), 10 * 70 - 4 * 30);
  EXPECT_DOUBLE_EQ(node_seconds_up(plan, at(20_s), at(40_s)), 10 * 20 - 4 * 15);  // a part of each
  EXPECT_DOUBLE_EQ(node_seconds_up(plan, at(40_s), at(41_s)), 10);
}

TEST(PlanTotals, DeliveriesAreOwedToSubscribersThatAreUp) {
  const spec::Scenario whole = scenario_of(std::string(kTick));
  const Plan plan = make_plan(whole);
  ASSERT_GE(plan.publishings.size(), 4u);
  EXPECT_EQ(deliveries_due(plan), 4 * plan.publishings.size());
  const spec::Scenario crashing = scenario_of(std::string(kTick) + std::string(kCrashes));
  const Plan shorter = make_plan(crashing);
  uint64_t missed = 0;
  for (const Publishing& each : shorter.publishings) missed += each.at >= Time{} + 5_s && each.at < Time{} + 35_s;
  ASSERT_EQ(missed, 3u);
  EXPECT_EQ(deliveries_due(shorter), 4 * (shorter.publishings.size() - missed));
  // What a node that is down would have said is never said.
  const spec::Scenario silent =
      scenario_of(std::string(kTick) + std::string(kCrashes), {"workload.tick.from=far", "workload.tick.to=near"});
  const Plan silenced = make_plan(silent);
  EXPECT_EQ(deliveries_due(silenced), 6 * (silenced.publishings.size() - missed));
}

TEST(RunEstimate, OfARunThatIsItsOwnPilotIsExact) {
  const spec::Scenario scenario = scenario_of(std::string(kTick) + std::string(kCrashes));
  const RunEstimate estimate = estimate_run(scenario, {});
  const Report report = report_of(scenario, WireMode::kTyped);
  EXPECT_TRUE(estimate.pilot.is_whole);
  EXPECT_EQ(estimate.events, report.events);
  EXPECT_EQ(estimate.virtual_ns, report.virtual_ns);
}

TEST(RunEstimate, OfALongerRunIsCloseAndTheSameAgain) {
  const std::string chat = "[workload]\nchat = { kind = \"poisson\", rate = \"5 /s\", size = \"100 B\" }\n";
  for (const std::string& tables : {std::string(), std::string(kTick), chat}) {
    for (const char* warmup : {"warmup=0s", "warmup=1min"}) {
      const spec::Scenario scenario = scenario_of(tables, {warmup, "duration=10min"});
      const RunEstimate estimate = estimate_run(scenario, {}, 2'000);
      const Report report = report_of(scenario, WireMode::kTyped);
      EXPECT_FALSE(estimate.pilot.is_whole);
      EXPECT_LT(estimate.pilot.events * 2, report.events) << tables << warmup;
      EXPECT_LT(estimate.events, report.events * 3 / 2) << tables << warmup;
      EXPECT_GT(estimate.events * 3 / 2, report.events) << tables << warmup;
      EXPECT_EQ(estimate_run(scenario, {}, 2'000).events, estimate.events);
    }
  }
}

// Messages run out long before the budget does: the pilot ends with the run.
TEST(RunEstimate, OfAPilotThatOutlivesItsMessagesEnds) {
  const spec::Scenario scenario = scenario_of(std::string(kTick), {"relay.kind=flood", "warmup=20s"});
  const Report report = report_of(scenario, WireMode::kTyped);
  const RunEstimate estimate = estimate_run(scenario, {}, report.events - 1);
  EXPECT_LE(estimate.pilot.virtual_ns, report.virtual_ns);
  EXPECT_LT(estimate.events, report.events * 3 / 2);
  EXPECT_GT(estimate.events * 3 / 2, report.events);
}

}  // namespace
}  // namespace orrery
