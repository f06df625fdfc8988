// A group may have another of a slot: it inherits what it does not say, unless it has another kind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Scenario with_group(std::string_view relay) {
  return small("relay = { kind = \"mesh\", degree = 5, beat = \"2 s\" }\n[group]\na = { share = \"100 %\", relay = " +
               std::string(relay) + " }\nb = { count = 1 }\n");
}

TEST(GroupSlot, InheritsWhatItDoesNotSay) {
  const Scenario scenario = with_group("{ beat = \"3 s\" }");
  const Chosen& own = *scenario.find("relay", scenario.groups[0]);
  EXPECT_EQ(own.kind, "mesh");
  EXPECT_EQ(own.as<MeshSettings>().degree, 5u);
  EXPECT_EQ(own.as<MeshSettings>().beat, 3_s);
  EXPECT_EQ(scenario.find("relay")->as<MeshSettings>().beat, 2_s);
}

TEST(GroupSlot, OfAnotherKindStartsFromItsDefaults) {
  const Scenario scenario = with_group("{ kind = \"flood\", ttl = \"9 s\" }");
  EXPECT_EQ(scenario.find("relay", scenario.groups[0])->as<FloodSettings>().ttl, 9_s);
  EXPECT_EQ(scenario.find("relay", scenario.groups[1])->kind, "mesh");
  EXPECT_TRUE(scenario.dropped.empty());
}

TEST(GroupSlot, ThatSaysNothingNewIsTheScenarios) {
  const Scenario scenario = with_group("{ degree = 5 }");
  EXPECT_THAT(scenario.groups[0].slots, IsEmpty());
  EXPECT_EQ(scenario.find("relay", scenario.groups[0]), scenario.find("relay"));
  EXPECT_EQ(hash(scenario), hash(with_group("{ }")));
}

TEST(GroupSlot, CanGoBackToADefaultThatTheScenarioLeft) {
  const Scenario scenario = with_group("{ degree = 8 }");
  EXPECT_EQ(scenario.find("relay", scenario.groups[0])->as<MeshSettings>().degree, 8u);
  EXPECT_NE(hash(scenario), hash(with_group("{ }")));
  EXPECT_EQ(hash(parse(show(scenario), "shown.toml", small_catalogue())), hash(scenario));
}

TEST(GroupSlot, IsCheckedAsTheSlotItself) {
  EXPECT_THAT(refused("group.a = { share = \"100 %\", relay.degree = 3 }\n"),
              HasSubstr("group.a.relay.degree is no parameter of flood"));
  EXPECT_THAT(refused("group.a = { share = \"100 %\", relay.kind = \"mess\" }\n"),
              HasSubstr("group.a.relay.kind = \"mess\" is not known; did you mean mesh?"));
  EXPECT_THAT(refused("group.a = { share = \"100 %\", network.jitter = \"1 %\" }\n"),
              HasSubstr("group.a.network is no parameter of a group"));
}

TEST(GroupSlot, TellsWhereItComesFrom) {
  const std::string shown = show(with_group("{ beat = \"3 s\" }"));
  EXPECT_THAT(shown, testing::ContainsRegex("group.a.relay.beat = \"3 s\" +# world.toml:6:41\n"));
  EXPECT_THAT(shown, testing::ContainsRegex("group.a.relay.degree = 5 +# world.toml:4:35\n"));
  EXPECT_THAT(shown, testing::ContainsRegex("group.a.relay.sign = true +# default\n"));
}

}  // namespace
}  // namespace orrery::spec
