// A kind swapped from outside drops the keys that it lacks, and says so; inside one file they are a mistake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kMesh = "relay = { kind = \"mesh\", degree = 5, sign = false }\n";

TEST(KindSwap, DropsTheKeysThatTheNewKindLacks) {
  const Scenario scenario = small(kMesh, {"relay.kind=flood"});
  EXPECT_EQ(scenario.find("relay")->kind, "flood");
  EXPECT_FALSE(scenario.find("relay")->as<FloodSettings>().sign);
  EXPECT_THAT(scenario.dropped, ElementsAre("world.toml:4:26: relay.degree was dropped, flood has no such parameter"));
  EXPECT_THAT(show(scenario), HasSubstr("# world.toml:4:26: relay.degree was dropped"));
}

TEST(KindSwap, GivesTheHashOfAFileWithThatKind) {
  EXPECT_EQ(hash(small(kMesh, {"relay.kind=flood"})), hash(small("relay = { kind = \"flood\", sign = false }\n")));
}

TEST(KindSwap, TakesTheKeysOfTheNewKindFromOutsideToo) {
  const Scenario scenario = small(kMesh, {"relay.kind=flood", "relay.ttl=3s"});
  EXPECT_EQ(scenario.find("relay")->as<FloodSettings>().ttl, 3_s);
}

TEST(KindSwap, InOneFileIsAMistake) {
  EXPECT_EQ(refused("relay = { kind = \"flood\", degree = 5 }\n"),
            "world.toml:4:27: relay.degree is no parameter of flood; allowed: kind, sign, ttl");
}

TEST(KindSwap, FromOutsideExcusesNothingFromOutside) {
  EXPECT_THAT(refused(kMesh, {"relay.kind=flood", "relay.degree=4"}),
              HasSubstr("--set relay.degree=4: relay.degree is no parameter of flood"));
}

TEST(KindSwap, ExcusesNoSlip) {
  EXPECT_THAT(refused("relay = { kind = \"mesh\", degre = 5 }\n", {"relay.kind=flood"}),
              HasSubstr("world.toml:4:26: relay.degre is no parameter of flood"));
  EXPECT_THAT(refused("relay = { kind = \"mesh\", degre = 5 }\n", {"relay.kind=mesh"}),
              HasSubstr("relay.degre is no parameter of mesh; did you mean degree?"));
}

TEST(KindSwap, WorksInNestedTablesAndGroups) {
  const Scenario nested = small("network.topology = { kind = \"ring\", degree = 4 }\n", {"network.topology.kind=star"});
  EXPECT_EQ(nested.find("network")->nested.at("topology").as<StarSettings>().centre, 0u);
  EXPECT_EQ(nested.dropped.size(), 1u);
  const Scenario grouped =
      small("relay.kind = \"mesh\"\ngroup.a = { share = \"100 %\", relay.degree = 3 }\n", {"relay.kind=flood"});
  EXPECT_THAT(grouped.dropped, ElementsAre(HasSubstr("group.a.relay.degree was dropped")));
  EXPECT_THAT(grouped.groups[0].slots, IsEmpty());
}

}  // namespace
}  // namespace orrery::spec
