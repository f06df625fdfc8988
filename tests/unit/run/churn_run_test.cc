// Whole runs under churn: what the metrics say, and that typed and checked messages give one run.
#include <gtest/gtest.h>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"
#include "tests/unit/run/outcome.h"

namespace orrery {
namespace {

constexpr std::string_view kWorld = R"(orrery = 1
nodes = 120
warmup = "10 s"
duration = "1 min"
[network]
kind = "matrix"
topology = { kind = "random_regular", degree = 6 }
[group]
home = { share = "100 %", churn = { fit = "skype06", speed = 1000 } }
[workload]
chat = { kind = "poisson", rate = "2 /s", size = "100 B" }
[check]
delivered = { kind = "delivered", at_least = "100 %" }
)";

Report run(const std::vector<std::string>& sets, WireMode wire = WireMode::kTyped) {
  return report_of(spec::parse(kWorld, "world.toml", make_catalogue(), sets), wire);
}

int64_t figure(const Report& report, std::string_view name) { return metric(report, name).value(); }

TEST(ChurnRun, IsOneRunTypedAndChecked) {
  for (const std::string death : {"process", "machine"}) {
    const std::vector<std::string> sets{"group.home.churn.death=" + death};
    const Report typed = run(sets), checked = run(sets, WireMode::kChecked);
    EXPECT_EQ(typed.fingerprint, checked.fingerprint);
    EXPECT_EQ(typed.events, checked.events);
    EXPECT_EQ(typed.verdicts.front().outcome, Outcome::kPass) << typed.verdicts.front().why;
  }
}

TEST(ChurnRun, CountsWhoLeftAndJoined) {
  const Report report = run({});
  // One leaves and one joins a cycle of 102.7 s: 70 in a minute, and 64 of 120 are up.
  EXPECT_NEAR(double(figure(report, "node.left")), 70, 25);
  EXPECT_NEAR(double(figure(report, "node.joined")), 70, 25);
  EXPECT_NEAR(double(figure(report, "node.up.mean")), 64, 15);
  const Report still = run({"group.home.churn.speed=0.001", "group.home.churn.start=up"});
  EXPECT_EQ(figure(still, "node.left"), 0);
  EXPECT_EQ(figure(still, "node.joined"), 0);
  EXPECT_EQ(figure(still, "node.up.mean"), 120);
}

// Those who start in the midst of the run find peers by themselves: dials fail for about as many as are away.
TEST(ChurnRun, DialsStaySane) {
  for (const std::string death : {"process", "machine"}) {
    const Report report = run({"group.home.churn.death=" + death});
    EXPECT_LT(figure(report, "link.dial"), 80 * 120) << death;  // a dial a node and second is a storm
    EXPECT_LT(figure(report, "link.dial_failed") * 10, figure(report, "link.dial") * 7) << death;
  }
}

}  // namespace
}  // namespace orrery
