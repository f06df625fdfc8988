// What a scenario says of bandwidth: read, refused with its position, swapped from outside, shown and hashed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"
#include "scenarios/run/world.h"
#include "scenarios/spec/canonical.h"
#include "scenarios/spec/describe.h"
#include "simcore/network/access.h"
#include "tests/unit/run/outcome.h"

namespace orrery {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr std::string_view kText = R"(orrery = 1
nodes = 20
duration = "1 s"
seed = 7
[network]
kind = "bandwidth"
latency = "50 ms"
jitter = "0 %"
topology = { kind = "random_regular", degree = 4 }
[relay]
kind = "flood"
[group]
home = { share = "50 %", class = "home", uplink = "20 Mbit/s" }
nat = { like = "home", share = "50 %", inbound = false, added_loss = "1 %" }
[workload]
chat = { kind = "poisson", rate = "20 /s", size = "1 KiB" }
)";

using Sets = std::vector<std::string>;

spec::Scenario parsed(const Sets& sets = {}) { return spec::parse(kText, "home.toml", make_catalogue(), sets); }

std::string refused(const Sets& sets) {
  return refusal_of_scenario([&] { return parsed(sets); });
}

TEST(BandwidthScenario, KeysWinOverTheClass) {
  const spec::Scenario scenario = parsed();
  const auto& nat = scenario.groups[1].config.as<AccessConfig>();
  EXPECT_EQ(nat.access_class, AccessClass::kHome);
  EXPECT_EQ(access_of(nat, "").uplink, Bandwidth{20'000'000});
  EXPECT_EQ(access_of(nat, "").downlink, Bandwidth{50'000'000});
  EXPECT_EQ(nat.added_loss, 1_percent);
  EXPECT_EQ(scenario.groups[0].config.as<AccessConfig>().added_loss, std::nullopt);
  EXPECT_FALSE(scenario.groups[1].config.as<InboundConfig>().inbound);
  EXPECT_EQ(scenario.groups[1].config.as<spec::GroupConfig>().share, 50_percent);
}

TEST(BandwidthScenario, IsSetShownAndHashedAsAnyParameter) {
  const auto catalogue = make_catalogue();
  const spec::Scenario scenario = parsed({"group.home.uplink=30Mbit/s"});
  EXPECT_THAT(spec::canonical_lines(scenario, catalogue), Contains("group.home.uplink = \"30 Mbit/s\""));
  EXPECT_THAT(spec::canonical_lines(scenario, catalogue), Contains("group.nat.inbound = false"));
  EXPECT_NE(spec::spec_hash(scenario, catalogue), spec::spec_hash(parsed(), catalogue));
  const spec::Scenario again = spec::parse(spec::show(scenario), "shown.toml", catalogue);
  EXPECT_EQ(spec::spec_hash(again, catalogue), spec::spec_hash(scenario, catalogue));
  EXPECT_THAT(spec::describe(catalogue, "group"), HasSubstr("with network.kind = \"bandwidth\""));
  EXPECT_THAT(spec::json_schema(catalogue), HasSubstr("\"simblock2019\""));
}

TEST(BandwidthScenario, IsRefusedWhereItMeansNothing) {
  EXPECT_EQ(refused({"network.kind=constant", "network.latency=50ms", "group.home.uplink=1Mbit/s"}),
            "--set group.home.uplink=1Mbit/s: group.home.uplink means nothing with network.kind = \"constant\"; "
            "set network.kind = \"bandwidth\", or leave it out");
  std::string text(kText);
  text.replace(text.find("kind = \"bandwidth\""), 18, "kind = \"constant\"");
  try {
    spec::parse(text, "home.toml", make_catalogue());
    ADD_FAILURE() << "accepted";
  } catch (const spec::SpecError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("home.toml:13:26: group.home.class means nothing with network.kind = \"constant\""));
    EXPECT_THAT(error.what(), HasSubstr("home.toml:13:42: group.home.uplink means nothing"));
  }
}

TEST(BandwidthScenario, IsDroppedWhenAnotherNetworkIsChosenFromOutside) {
  const spec::Scenario scenario = parsed({"network.kind=constant"});
  EXPECT_EQ(scenario.groups[0].config.as<AccessConfig>().uplink, std::nullopt);
  EXPECT_FALSE(scenario.groups[1].config.as<InboundConfig>().inbound);
  EXPECT_THAT(scenario.dropped,
              Contains("home.toml:13:42: group.home.uplink was dropped, it means nothing with network.kind = "
                       "\"constant\""));
}

TEST(BandwidthScenario, TellsWhatIsWrong) {
  EXPECT_THAT(refused({"group.home.uplink=1bit/s"}), HasSubstr("allowed: \"1 kbit/s\" to \"1000 Gbit/s\""));
  EXPECT_THAT(refused({"group.home.class=hone"}), HasSubstr("did you mean home?"));
  EXPECT_THAT(refused({"network.loss=60%"}), HasSubstr("allowed: \"0 %\" to \"50 %\""));
  EXPECT_THAT(refused({"group.home.class=simblock2019", "network.latency=ethshadow"}),
              HasSubstr("group.home.class is refused: simblock2019 has no figures for the region"));
  EXPECT_EQ(refused({"group.home.class=simblock2019", "network.latency=simblock2019"}), "accepted");
  EXPECT_THAT(refused({"network.latency=nowhere"}), HasSubstr("is no built-in table"));
}

TEST(BandwidthScenario, WhoCannotBeDialledDials) {
  const spec::Scenario scenario = parsed();
  const Plan plan = make_plan(scenario);
  for (uint32_t from = 0; from < 10; ++from) {  // home
    for (const uint32_t to : plan.dials[from]) EXPECT_LT(to, 10u);
  }
  World world(plan, {});
  world.engine().run_until(Time{} + 1_s);
  uint64_t failed = 0;
  for (uint32_t i = 0; i < 10; ++i) failed += world.engine().counters(NodeId{i}).dials_failed;
  EXPECT_EQ(failed, 0u);
}

TEST(BandwidthScenario, FloodHomeHoldsItsChecks) {
  const auto catalogue = make_catalogue();
  const spec::Scenario scenario = spec::load("scenarios/library/relay/flood-home.toml", catalogue);
  RunOptions options;
  options.write_results = false;
  const RunOutcome outcome = run_scenario("relay/flood-home", scenario, catalogue, options);
  for (const Verdict& verdict : outcome.report.verdicts) EXPECT_EQ(verdict.outcome, Outcome::kPass) << verdict.name;
  uint32_t delays = 0;
  for (const MetricValue& metric : outcome.report.metrics) {
    delays += (metric.name == "uplink.delay" || metric.name == "downlink.delay") && metric.value > 0;
  }
  EXPECT_EQ(delays, 2u);
}

// One latency for all and equal lines: ties all the time. Odd ends, both wire modes.
TEST(BandwidthScenario, OneSpecOneFingerprint) {
  const spec::Scenario scenario = parsed();
  const auto run = [&](const WorldOptions& options, const std::vector<Duration>& ends) {
    const Plan plan = make_plan(scenario);  // the network's lines are the run's
    World world(plan, options);
    for (const Duration end : ends) world.engine().run_until(Time{} + end);
    return world.engine().fingerprint().root();
  };
  const std::string one = run({}, {3_s});
  EXPECT_EQ(one, run({.wire = WireMode::kChecked}, {3_s}));
  EXPECT_EQ(one, run({.crypto = CryptoKind::kReal}, {333_ms + 333_ns, 1777_ms + 1_ns, 3_s}));
  EXPECT_NE(one, run({.tie_seed = 2}, {3_s}));
}

}  // namespace
}  // namespace orrery
