// --set: changes one value after the file was read, and is told apart from the file in everything that is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Set, WinsOverTheFileAndTheLastWins) {
  const Scenario scenario = small("seed = 3\n", {"seed=4", "nodes=20", "seed=5"});
  EXPECT_EQ(scenario.settings.seed, 5u);
  EXPECT_EQ(scenario.nodes(), 20u);
}

TEST(Set, NeedsNeitherQuotesNorSpace) {
  const Scenario scenario = small("", {"warmup=1.5s", "network.jitter=5%", "title=Two words", "relay.sign=false"});
  EXPECT_EQ(scenario.settings.warmup, 1500_ms);
  EXPECT_EQ(scenario.settings.title, "Two words");
  EXPECT_EQ(scenario.find("network")->as<MapSettings>().jitter, 5_percent);
  EXPECT_FALSE(scenario.find("relay")->as<FloodSettings>().sign);
}

TEST(Set, StillNeedsAUnit) {
  EXPECT_EQ(refused("", {"warmup=5"}),
            "--set warmup=5: warmup = 5 has no unit; write \"5 s\" (units: ns, us, ms, s, min, h, d)");
}

TEST(Set, TakesListsAndTablesAsToml) {
  const Sets sets{R"(network.topology={ kind = "star", centre = 3 })", R"(workload.chat={ kind = "steady" })",
                  R"(workload.chat.from=["a", "b"])"};
  const Scenario scenario = small("group = { a = { count = 5 }, b = { share = \"100 %\" } }\n", sets);
  EXPECT_EQ(scenario.find("network")->nested.at("topology").as<StarSettings>().centre, 3u);
  EXPECT_EQ(scenario.list("workload").at(0).as<SteadySettings>().from.groups, (std::vector<std::string>{"a", "b"}));
}

TEST(Set, OfATableReplacesTheWholeTable) {
  const Scenario scenario =
      small("relay = { kind = \"mesh\", degree = 5 }\n", {R"(relay={ kind = "mesh", beat = "2 s" })"});
  EXPECT_EQ(scenario.find("relay")->as<MeshSettings>().degree, 8u);
  EXPECT_EQ(scenario.find("relay")->as<MeshSettings>().beat, 2_s);
}

TEST(Set, KnowsWhereEachValueWasWritten) {
  const Scenario scenario = small("seed = 3\nrelay.sign = false\n", {"warmup=1s"});
  EXPECT_EQ(scenario.origin("seed").text(), "world.toml:4:8");
  EXPECT_EQ(scenario.origin("relay.sign").text(), "world.toml:5:14");
  EXPECT_EQ(scenario.origin("warmup").text(), "--set warmup=1s");
  EXPECT_EQ(scenario.origin("relay.ttl").text(), "world.toml:5:1");  // its table
  EXPECT_EQ(scenario.origin("drain").text(), "world.toml:1:1");      // nobody's
}

TEST(Set, IsNamedInItsMistakes) {
  EXPECT_EQ(refused("", {"relay.tll=1s"}),
            "--set relay.tll=1s: relay.tll is no parameter of flood; did you mean ttl? allowed: kind, sign, ttl");
  EXPECT_THAT(refused("", {"duraton=1s"}), StartsWith("--set duraton=1s: duraton is no key or table of a scenario; "
                                                      "did you mean duration?"));
  EXPECT_THAT(refused("", {"nodes"}), HasSubstr("this does not say what is set to what; write --set address=value"));
  EXPECT_THAT(refused("", {"a..b=1"}), HasSubstr("write --set address=value"));
  EXPECT_THAT(refused("", {"\"\\uzzzz\"=1"}), HasSubstr("write --set address=value"));
  EXPECT_THAT(refused("", {"orrery=2"}), HasSubstr("orrery cannot be set from outside; write it in the file"));
  EXPECT_THAT(refused("", {"network.topology={ kind = "}), HasSubstr("this value is not TOML"));
  EXPECT_THAT(refused("", {"seed=[1]\nnodes=2"}), HasSubstr("this sets more than one value; use one --set for each"));
}

TEST(Set, IsText) {
  EXPECT_THAT(refused("", {"title=\xff"}), StartsWith("--set title=\\xFF: this is not UTF-8"));
  EXPECT_THAT(refused("", {"\"\xc3\"=1"}), StartsWith("--set \"\\xC3\"=1: this is not UTF-8"));
}

// What is shown of it is cut, and may end within a character.
TEST(Set, OfManyCharactersIsShownAsText) {
  std::string title;
  for (int i = 0; i < 150; ++i) title += "\xc3\xbc";
  for (const std::string& set : {"title=" + title, "title=x" + title}) {
    const Scenario scenario = small("", {set});
    EXPECT_EQ(parse(show(scenario), "shown.toml", small_catalogue()).settings.title, scenario.settings.title);
  }
}

TEST(Set, OfSeveralLinesStaysOnItsLine) {
  const Scenario scenario = small("", {"title=a\nnodes = 99"});
  EXPECT_THAT(show(scenario), HasSubstr("# --set title=a\\u000Anodes = 99\n"));
  EXPECT_EQ(parse(show(scenario), "shown.toml", small_catalogue()).settings.title, "a\nnodes = 99");
}

}  // namespace
}  // namespace orrery::spec
