#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/faults/churn.h"
#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"
#include "scenarios/spec/describe.h"
#include "tests/unit/network/refusal.h"
#include "tests/unit/run/outcome.h"
#include "tests/unit/spec/folder.h"

namespace orrery {
namespace {

using testing::HasSubstr;

constexpr std::string_view kHead = R"(orrery = 1
nodes = 101
warmup = "10 s"
duration = "2 min"
[network]
kind = "constant"
topology = { kind = "random_regular", degree = 5 }
)";

std::string world(std::string_view groups) { return std::string(kHead) + "[group]\n" + std::string(groups); }

constexpr std::string_view kHome = R"(home = { share = "100 %", churn = { fit = "skype06", speed = 240 } }
)";

spec::Scenario scenario_of(std::string_view text, const std::vector<std::string>& sets = {}) {
  return spec::parse(text, "world.toml", make_catalogue(), sets);
}

std::string refused(std::string_view groups, const std::vector<std::string>& sets = {}) {
  return refusal_of_scenario([&] { return scenario_of(world(groups), sets); });
}

/// (target, at, lasts) of the faults whose target begins so.
std::vector<std::tuple<std::string, Time, Duration>> absences_of(const Plan& plan, std::string_view target) {
  std::vector<std::tuple<std::string, Time, Duration>> found;
  for (const Fault& fault : plan.faults) {
    if (fault.target.starts_with(target)) found.emplace_back(fault.target, fault.at, fault.lasts);
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(ChurnSpec, IsATableOfAGroup) {
  const spec::Catalogue catalogue = make_catalogue();
  const spec::Scenario scenario = scenario_of(world(
      R"(home = { share = "100 %", churn = { fit = "skype06", speed = 60, start = "stationary" } }
nat = { like = "home", count = 3 }
cloud = { count = 2 }
)"));
  const spec::Chosen* churn = scenario.groups[1].find_own("churn");
  ASSERT_NE(churn, nullptr);
  EXPECT_EQ(churn->as<FitChurn>().speed, 60);
  EXPECT_EQ(scenario.groups[2].name, "nat");
  EXPECT_EQ(*scenario.groups[2].find_own("churn"), *churn);
  EXPECT_EQ(scenario.groups[0].find_own("churn"), nullptr);
  const spec::Scenario shown = spec::parse(spec::show(scenario), "shown.toml", catalogue);
  EXPECT_EQ(spec::spec_hash(shown, catalogue), spec::spec_hash(scenario, catalogue));
  const spec::Scenario none =
      scenario_of(world("home = { share = \"100 %\" }\nnat = { count = 3 }\ncloud = { count = 2 }"));
  EXPECT_NE(spec::spec_hash(none, catalogue), spec::spec_hash(scenario, catalogue));
  EXPECT_THAT(spec::describe(catalogue, "group.churn"), HasSubstr("websites02"));
  EXPECT_THAT(spec::describe(catalogue, "group.churn.trace"), HasSubstr("node,start,end"));
  EXPECT_THAT(spec::json_schema(catalogue), HasSubstr("overnet03"));
}

TEST(ChurnSpec, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { fit = "skype" } })"),
              HasSubstr("world.toml:9:40: group.a.churn.fit = \"skype\" is not known; allowed: g5k06, "));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { speed = 2 } })"), HasSubstr("group.a.churn.fit is missing"));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { fit = "pl05", speed = 0 } })"), HasSubstr("is out of range"));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { fit = "pl05", law = "gamma" } })"), HasSubstr("weibull"));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = "pl05" })"), HasSubstr("is no table"));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { kind = "trace" } })"),
              HasSubstr("group.a.churn.file is missing"));
  EXPECT_THAT(refused(R"(a = { share = "100 %", churn = { fit = "pl05", speed = 1000000 } })", {"duration=100d"}),
              HasSubstr("group.a.churn.speed makes nodes leave some"));
}

TEST(ChurnPlan, IsAFlatListOfNamedCrashes) {
  const spec::Scenario scenario = scenario_of(world(kHome));
  const Plan plan = make_plan(scenario);
  ASSERT_GT(plan.faults.size(), 50u);
  std::string last;
  for (const Fault& fault : plan.faults) {
    EXPECT_GT(fault.name, last);
    last = fault.name;
    EXPECT_EQ(fault.source, "group.home.churn");
    EXPECT_EQ(kind_of(fault), "crash");
    EXPECT_GE(fault.at, Time{} - 10_s);
    EXPECT_LT(fault.at, Time{} + 130_s);
    const auto& nodes = std::get<CrashFault>(fault.what).nodes;
    ASSERT_EQ(nodes.size(), 1u);
    EXPECT_EQ(plan.nodes[nodes.front()].name, fault.target);
    EXPECT_EQ(plan.absent.contains(nodes.front()) && plan.faults[plan.absent.at(nodes.front())].name == fault.name,
              fault.at == Time{} - 10_s);
  }
  EXPECT_EQ(plan.faults.front().name, "f001");
}

TEST(ChurnPlan, LinksAreAmongThoseThatAreUp) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {  // some with an odd number of nodes up
    const spec::Scenario scenario = scenario_of(world(kHome), {"seed=" + std::to_string(seed)});
    const Plan plan = make_plan(scenario);
    std::vector<uint32_t> degree(101);
    uint64_t edges = 0;
    for (uint32_t i = 0; i < 101; ++i) {
      for (const uint32_t peer : plan.dials[i]) {
        EXPECT_FALSE(plan.absent.contains(i) || plan.absent.contains(peer));
        ++degree[i];
        ++degree[peer];
        ++edges;
      }
    }
    const uint64_t up = 101 - plan.absent.size();
    EXPECT_EQ(edges, up * 5 / 2);
    uint32_t lacking = 0;
    for (uint32_t i = 0; i < 101; ++i) {
      if (plan.absent.contains(i)) {
        EXPECT_EQ(plan.links[i], (edges + up / 2) / up);
      } else {
        EXPECT_EQ(plan.links[i], plan.dials[i].size());
        lacking += 5 - degree[i];
      }
    }
    EXPECT_EQ(lacking, up % 2) << seed;
  }
}

// A draw belongs to its node: neither other groups, which move every index, nor faults, nor other nodes change it.
TEST(ChurnPlan, OthersChangeNobodysSessions) {
  const spec::Scenario alone = scenario_of(world(kHome));
  const auto absences = absences_of(make_plan(alone), "home[");
  const spec::Scenario more =
      scenario_of(world(std::string(kHome) + "alps = { like = \"home\", count = 7 }\n"
                                             "[fault]\na = { kind = \"crash\", of = \"home\", at = \"1 s\" }\n"));
  const Plan plan = make_plan(more);
  EXPECT_EQ(absences_of(plan, "home["), absences);
  EXPECT_FALSE(absences_of(plan, "alps[").empty());
  const spec::Scenario fewer = scenario_of(world(kHome), {"nodes=100"});
  const auto fewer_absences = absences_of(make_plan(fewer), "home[");
  EXPECT_TRUE(std::includes(absences.begin(), absences.end(), fewer_absences.begin(), fewer_absences.end()));
  const spec::Scenario other_seed = scenario_of(world(kHome), {"seed=2"});
  EXPECT_NE(absences_of(make_plan(other_seed), "home["), absences);
}

TEST(ChurnPlan, OfNoFitIsNothing) {
  const spec::Scenario scenario = scenario_of(world("home = { share = \"100 %\" }\n"), {"nodes=100"});
  const Plan plan = make_plan(scenario);
  EXPECT_TRUE(plan.faults.empty());
  EXPECT_TRUE(plan.absent.empty());
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(plan.links[i], plan.dials[i].size());
}

TEST(ChurnPlan, WithoutChurnAnOddTopologyIsStillRefused) {
  EXPECT_THAT(refused("home = { share = \"100 %\" }\n"), HasSubstr("nodes * degree is odd"));
}

class ChurnTrace : public spec::Folder {
 protected:
  std::string write_world(std::string_view rows) {
    write("sessions.csv", rows);
    return write("world.toml", world("home = { share = \"100 %\", churn = { kind = \"trace\", file = \"sessions.csv\", "
                                     "death = \"machine\" } }\n"));
  }
  spec::Scenario scenario_with(std::string_view rows) { return spec::load(write_world(rows), make_catalogue()); }
  std::string hash_with(std::string_view rows) { return spec::spec_hash(scenario_with(rows), make_catalogue()); }
};

TEST_F(ChurnTrace, CountsFromTheStartOfTheWarmup) {
  std::string rows = "node,start,end\n";
  for (int i = 2; i < 101; ++i) rows += std::to_string(i) + ",0,\n";
  const spec::Scenario scenario = scenario_with(rows + "home[0],15,30.5\n1,0,12\n");
  const Plan plan = make_plan(scenario);
  ASSERT_EQ(plan.faults.size(), 3u);
  EXPECT_EQ(plan.faults[0].target, "home[0]");
  EXPECT_EQ(plan.faults[0].at, Time{} - 10_s);
  EXPECT_EQ(plan.faults[0].lasts, 15_s);
  EXPECT_TRUE(std::get<CrashFault>(plan.faults[0].what).machine);
  EXPECT_EQ(plan.faults[1].at, Time{} + 2_s);
  EXPECT_EQ(plan.faults[2].at, Time{} + 20500_ms);
  EXPECT_EQ(plan.absent.size(), 1u);
}

TEST_F(ChurnTrace, CountsInTheHashByItsContent) {
  const std::string rows = "node,start,end\n0,0,9\n";
  EXPECT_EQ(hash_with(rows), hash_with(rows));
  EXPECT_NE(hash_with(rows), hash_with("node,start,end\n0,0,8\n"));
}

TEST_F(ChurnTrace, IsRefusedAtItsLine) {
  const spec::Scenario scenario = scenario_with("node,start,end\nhome[0],0,9\nhome[101],0,9\n");
  EXPECT_THAT(refusal([&] { make_plan(scenario); }),
              HasSubstr("sessions.csv:3:1: there is no node \"home[101]\" among the 101"));
}

}  // namespace
}  // namespace orrery
