// `orrery show`: a flat file that means the same as the scenario it was made from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "scenarios/run/kinds.h"
#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Show, OfEveryLibraryScenarioLoadsToTheSameHash) {
  const Catalogue catalogue = make_catalogue();
  const std::string library = std::string(ORRERY_SOURCE_DIR) + "/scenarios/library";
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(library)) {
    if (entry.path().extension() != ".toml") continue;
    ++files;
    const Scenario scenario = load(entry.path().string(), catalogue);
    const Scenario again = parse(show(scenario), entry.path().string(), catalogue);
    EXPECT_EQ(spec_hash(again, catalogue), spec_hash(scenario, catalogue)) << entry.path();
    EXPECT_EQ(flat_values(again), flat_values(scenario)) << entry.path();
  }
  EXPECT_GE(files, 3);
}

TEST(Show, OfEverythingThatAFileCanSayLoadsToTheSameHash) {
  const Scenario scenario = small(R"(title = "quotes \" and \\ and \u0007 and ü"
relay = { kind = "mesh", degree = 5 }
network.topology = { kind = "star", centre = 2 }
[group]
a = { share = "100 %", relay = { kind = "flood", ttl = "9 s" } }
b = { like = "a", count = 4, region = ["asia", "europe"], relay.sign = false }
[workload]
chat = { kind = "steady", rate = "1 /d", from = { group = ["b", "a"], region = "asia", share = "5 %", node = [3, 1] } }
[fault]
outage = { kind = "crash", of = "up", at = "1.5 s" }
)");
  const Scenario again = parse(show(scenario), "shown.toml", small_catalogue());
  EXPECT_EQ(hash(again), hash(scenario));
  EXPECT_EQ(flat_values(again), flat_values(scenario));
  EXPECT_EQ(again.settings.title, scenario.settings.title);
}

TEST(Show, SaysWhereEachValueComesFrom) {
  const std::string shown = show(small("seed = 3\n", {"warmup=1s"}));
  EXPECT_THAT(shown, StartsWith("orrery = 1\n"));
  EXPECT_THAT(shown, testing::ContainsRegex("\nseed = 3 +# world.toml:4:8\n"));
  EXPECT_THAT(shown, testing::ContainsRegex("\nwarmup = \"1 s\" +# --set warmup=1s\n"));
  EXPECT_THAT(shown, testing::ContainsRegex("\nrelay.ttl = \"1 min\" +# default\n"));
}

}  // namespace
}  // namespace orrery::spec
