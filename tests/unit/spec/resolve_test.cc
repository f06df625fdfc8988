// From selectors to nodes, and which regions may be named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Nodes = std::vector<uint32_t>;

/// Groups a (count 4, nodes 0..3) and b (10 nodes, 4..13).
Scenario two_groups(const Sets& sets = {}) {
  return small("group = { a = { count = 4 }, b = { share = \"100 %\" } }\n", sets);
}

Selector selector(const char* lines) {
  return *parse_selector(*[&] {
    // What TOML makes of a selector is best made by TOML.
    return std::optional(
        small("group = { a = { count = 4 }, b = { share = \"100 %\" } }\nworkload.w = { kind = \"steady\", from = " +
              std::string(lines) + " }\n")
            .list("workload")
            .at(0)
            .config.get("from")
            .value());
  }());
}

/// Positions in group b of those that the share draws.
Nodes drawn_of_b(const Scenario& scenario, const Selector& of, std::string_view purpose = "fault.x") {
  const auto b =
      std::find_if(scenario.groups.begin(), scenario.groups.end(), [](const Group& g) { return g.name == "b"; });
  Nodes positions;
  for (const uint32_t node : resolve(of, scenario, {}, purpose)) positions.push_back(node - b->first);
  return positions;
}

TEST(Resolve, OfNamesIsTheirNodesInOrder) {
  const Scenario scenario = two_groups();
  EXPECT_THAT(resolve(selector("\"a\""), scenario, {}, ""), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(resolve(selector("\"b\""), scenario, {}, ""), SizeIs(10));
  EXPECT_THAT(resolve(selector("[\"b\", \"a\"]"), scenario, {}, ""), SizeIs(14));
  EXPECT_THAT(resolve(selector("\"all\""), scenario, {}, ""), SizeIs(14));
  EXPECT_THAT(resolve(selector("\"up\""), scenario, {}, ""), SizeIs(14));
}

TEST(Resolve, OfPositionsCountsInTheGroupOrInAll) {
  const Scenario scenario = two_groups();
  EXPECT_THAT(resolve(selector("{ group = \"b\", node = [2, 0] }"), scenario, {}, ""), ElementsAre(4, 6));
  EXPECT_THAT(resolve(selector("{ node = 5 }"), scenario, {}, ""), ElementsAre(5));
  EXPECT_THAT(resolve(selector("{ group = [\"a\", \"b\"], node = 3 }"), scenario, {}, ""), ElementsAre(3, 7));
}

TEST(Resolve, OfRegionsAsksWhereNodesAre) {
  const Scenario scenario = two_groups();
  std::vector<std::string> region_of_node(14, "asia");
  region_of_node[1] = region_of_node[9] = "europe";
  EXPECT_THAT(resolve(selector("{ region = \"europe\" }"), scenario, region_of_node, ""), ElementsAre(1, 9));
  EXPECT_THAT(resolve(selector("{ group = \"a\", region = \"europe\" }"), scenario, region_of_node, ""),
              ElementsAre(1));
  EXPECT_THAT(resolve(selector("{ region = \"europe\" }"), scenario, {}, ""), IsEmpty());
}

TEST(Resolve, OfAShareHasTheExactCountSorted) {
  const Scenario scenario = two_groups({"nodes=200"});
  for (const auto& [text, count] :
       std::vector<std::pair<const char*, size_t>>{{"{ group = \"b\", share = \"0 %\" }", 0},
                                                   {"{ group = \"b\", share = \"0.2 %\" }", 0},
                                                   {"{ group = \"b\", share = \"0.25 %\" }", 1},
                                                   {"{ group = \"b\", share = \"33 %\" }", 66},
                                                   {"{ group = \"b\", share = \"100 %\" }", 200},
                                                   {"{ share = \"50 %\" }", 102}}) {
    const Nodes nodes = resolve(selector(text), scenario, {}, "fault.x");
    EXPECT_THAT(nodes, SizeIs(count)) << text;
    EXPECT_TRUE(std::is_sorted(nodes.begin(), nodes.end()));
    EXPECT_EQ(std::adjacent_find(nodes.begin(), nodes.end()), nodes.end());
  }
}

TEST(Resolve, OfAShareDrawsTheSameWhateverOtherGroupsExist) {
  const Selector half = selector("{ group = \"b\", share = \"50 %\" }");
  const Nodes alone = drawn_of_b(two_groups({"nodes=100"}), half);
  EXPECT_EQ(drawn_of_b(two_groups({"nodes=100", "group.a.count=77"}), half), alone);
  EXPECT_EQ(drawn_of_b(two_groups({"nodes=100", "group.aa.count=9", "group.z.count=9"}), half), alone);
}

TEST(Resolve, OfAShareFollowsSeedAndPurpose) {
  const Selector half = selector("{ group = \"b\", share = \"50 %\" }");
  const Nodes first = drawn_of_b(two_groups({"nodes=100"}), half);
  EXPECT_EQ(drawn_of_b(two_groups({"nodes=100", "title=other", "warmup=1s"}), half), first);
  EXPECT_NE(drawn_of_b(two_groups({"nodes=100", "seed=2"}), half), first);
  EXPECT_NE(drawn_of_b(two_groups({"nodes=100"}), half, "fault.y"), first);
}

// One node more, and at most one of the others changes sides, besides the newcomer.
TEST(Resolve, OfAShareHardlyMovesWhenANodeJoins) {
  const Selector half = selector("{ group = \"b\", share = \"50 %\" }");
  Nodes before = drawn_of_b(two_groups({"nodes=100"}), half);
  for (uint32_t nodes = 101; nodes <= 140; ++nodes) {
    const Nodes after = drawn_of_b(two_groups({"nodes=" + std::to_string(nodes)}), half);
    Nodes moved;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(moved));
    std::erase(moved, nodes - 1);
    EXPECT_LE(moved.size(), 1u) << nodes;
    before = after;
  }
}

// A known draw: if it changes, every run with a share in a fault is another run.
TEST(Resolve, OfAShareStays) {
  EXPECT_THAT(drawn_of_b(two_groups(), selector("{ group = \"b\", share = \"50 %\" }")), ElementsAre(2, 3, 6, 7, 9));
}

TEST(Regions, MustBeTheNetworks) {
  const std::vector<std::string> known{"asia", "europe"};
  const auto said = [&](const std::string& lines, const std::vector<std::string>& regions) -> std::string {
    try {
      check_regions(small(lines), regions);
    } catch (const SpecError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(said("", known), "accepted");
  EXPECT_EQ(said("", {}), "accepted");
  EXPECT_EQ(said("group.a = { share = \"100 %\", region = [\"asia\", \"europe\"] }\n", known), "accepted");
  EXPECT_EQ(said("group.a = { share = \"100 %\", region = \"eurpe\" }\n", known),
            "world.toml:4:39: group.a.region: this network has no region eurpe; did you mean europe? allowed: asia, "
            "europe, population");
  EXPECT_THAT(said("group.a = { share = \"100 %\", region = [\"asia\", \"population\"] }\n", known),
              HasSubstr("has no region population"));
  EXPECT_EQ(said("fault.f = { kind = \"crash\", of = { region = \"mars\" } }\n", known),
            "world.toml:4:45: fault.f.of.region: this network has no region mars; allowed: asia, europe");
  EXPECT_THAT(said("fault.f = { kind = \"crash\", of = { region = \"asia\" } }\n", {}),
              HasSubstr("choose network.kind = \"matrix\" for regions"));
}

}  // namespace
}  // namespace orrery::spec
