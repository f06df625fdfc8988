// like: a group copies another, but for its size; its own keys win.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Group& group(const Scenario& scenario, std::string_view name) {
  for (const Group& each : scenario.groups) {
    if (each.name == name) return each;
  }
  ADD_FAILURE() << "no group " << name;
  return scenario.groups.front();
}

TEST(Like, CopiesAllButShareAndCount) {
  const Scenario scenario = small(R"([group]
home = { share = "100 %", region = "asia", relay = { kind = "mesh", degree = 5 } }
nat = { like = "home", count = 3 }
)");
  EXPECT_EQ(group(scenario, "home").count, 10u);
  EXPECT_EQ(group(scenario, "nat").count, 3u);
  EXPECT_THAT(group(scenario, "nat").regions(), ElementsAre("asia"));
  EXPECT_EQ(group(scenario, "nat").slots.at("relay").as<MeshSettings>().degree, 5u);
}

TEST(Like, LeavesOwnKeysAlone) {
  const Scenario scenario = small(R"([group]
home = { share = "100 %", region = "asia", relay = { kind = "mesh", degree = 5, beat = "2 s" } }
nat = { like = "home", count = 3, region = "europe", relay.degree = 6 }
)");
  EXPECT_THAT(group(scenario, "nat").regions(), ElementsAre("europe"));
  const auto& relay = group(scenario, "nat").slots.at("relay").as<MeshSettings>();
  EXPECT_EQ(relay.degree, 6u);
  EXPECT_EQ(relay.beat, 2_s);
}

TEST(Like, GoesFromGroupToGroupWhateverTheirOrder) {
  const Scenario scenario = small(R"([group]
a = { like = "b", count = 1 }
b = { like = "c", count = 1, relay.sign = false }
c = { share = "100 %", region = "asia", relay.ttl = "5 s" }
)");
  EXPECT_THAT(group(scenario, "a").regions(), ElementsAre("asia"));
  EXPECT_EQ(group(scenario, "a").slots.at("relay").as<FloodSettings>().ttl, 5_s);
  EXPECT_FALSE(group(scenario, "a").slots.at("relay").as<FloodSettings>().sign);
  EXPECT_TRUE(group(scenario, "c").slots.at("relay").as<FloodSettings>().sign);
}

TEST(Like, CopiesWhatIsSetFromOutside) {
  const Scenario scenario = small("[group]\na = { share = \"100 %\" }\nb = { like = \"a\", count = 2 }\n",
                                  {"group.a.region=asia", "group.b.relay.ttl=9s"});
  EXPECT_THAT(group(scenario, "b").regions(), ElementsAre("asia"));
  EXPECT_EQ(group(scenario, "b").slots.at("relay").as<FloodSettings>().ttl, 9_s);
}

TEST(Like, AnOwnKindDropsWhatItLacks) {
  const Scenario scenario = small(R"([group]
a = { share = "100 %", relay = { kind = "mesh", degree = 5, sign = false } }
b = { like = "a", count = 1, relay.kind = "flood" }
)");
  EXPECT_FALSE(group(scenario, "b").slots.at("relay").as<FloodSettings>().sign);
  EXPECT_THAT(scenario.dropped,
              ElementsAre("world.toml:5:49: group.b.relay.degree was dropped, flood has no such parameter"));
}

TEST(Like, CannotGoInACircle) {
  EXPECT_EQ(refused("[group]\na = { like = \"b\", share = \"50 %\" }\nb = { like = \"a\", share = \"50 %\" }\n"),
            "world.toml:5:14: group.a is like itself, by way of others; end the circle");
  EXPECT_THAT(refused("[group]\na = { like = \"a\", share = \"100 %\" }\n"), HasSubstr("end the circle"));
}

TEST(Like, NamesAGroup) {
  EXPECT_EQ(refused("[group]\nhome = { share = \"100 %\" }\nnat = { like = \"hom\", count = 1 }\n"),
            "world.toml:6:16: group.nat.like = \"hom\" is no group; did you mean home? allowed: home, nat");
  EXPECT_THAT(refused("[group]\nhome = { share = \"100 %\", like = 5 }\n"),
              HasSubstr("group.home.like = 5 is no group"));
}

TEST(Like, GivesTheHashOfTheGroupsWrittenOut) {
  const std::string home = "[group]\nhome = { share = \"100 %\", region = \"asia\", relay.ttl = \"5 s\" }\n";
  EXPECT_EQ(hash(small(home + "nat = { like = \"home\", count = 3 }\n")),
            hash(small(home + "nat = { count = 3, region = \"asia\", relay.ttl = \"5 s\" }\n")));
}

}  // namespace
}  // namespace orrery::spec
