// The canonical form: what means the same has the same hash, and what does not has another.
#include "scenarios/spec/canonical.h"

#include <gmock/gmock.h>

#include "scenarios/run/kinds.h"
#include "tests/unit/spec/folder.h"
#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::ElementsAre;

constexpr std::string_view kPlain = R"(relay = { kind = "mesh", degree = 5 }
[workload]
chat = { kind = "steady", rate = "2 /s", from = ["b", "a"] }
[group]
a = { share = "50 %", region = ["asia", "europe"] }
b = { share = "50 %" }
)";

std::string plain_hash() { return hash(small(kPlain)); }

TEST(Canonical, DoesNotDependOnOrderTablesOrComments) {
  const std::string other = R"(# A comment.
[group.b]
share = "50 %"
[group.a]
region = ["asia", "europe"]    # another
share = '50 %'
[workload.chat]
from.group = ["a", "b"]
"kind" = "steady"
rate = "2 /s"
[relay]
degree = 5
kind = "mesh"
)";
  EXPECT_EQ(hash(small(other)), plain_hash());
}

TEST(Canonical, DoesNotDependOnHowAnAmountIsWritten) {
  EXPECT_EQ(hash(small("warmup = \"60 s\"\n")), hash(small("warmup = \"1 min\"\n")));
  EXPECT_EQ(hash(small("warmup = \"60000 ms\"\n")), hash(small("", {"warmup=1min"})));
  EXPECT_NE(hash(small("warmup = \"60 s\"\n")), hash(small("warmup = \"61 s\"\n")));
}

TEST(Canonical, DoesNotDependOnDefaultsWrittenOut) {
  EXPECT_EQ(hash(small("warmup = \"10 s\"\ndrain = \"10 s\"\n[relay]\nkind = \"flood\"\nttl = \"60 s\"\nsign = true\n"
                       "[network]\nkind = \"map\"\nmap = \"earth\"\ntopology = { kind = \"ring\", degree = 2 }\n"
                       "[group]\nnode = { share = \"100 %\", region = \"population\" }\n")),
            hash(small("")));
}

TEST(Canonical, DoesNotDependOnTitleQuestionAndSeed) {
  EXPECT_EQ(hash(small("title = \"a\"\nquestion = \"b\"\nseed = 9\n")), hash(small("")));
}

TEST(Canonical, DependsOnEverythingElse) {
  const Sets sets[] = {{"nodes=11"},
                       {"duration=11s"},
                       {"warmup=1s"},
                       {"drain=1s"},
                       {"relay.degree=6"},
                       {"relay.kind=flood"},
                       {"network.map=mars"},
                       {"network.jitter=1%"},
                       {"network.topology.kind=star"},
                       {"workload.chat.rate=3/s"},
                       {"workload.chat.from=a"},
                       {"workload.blob.kind=steady"},
                       {"group.a.region=asia"},
                       {"group.b.relay.beat=2s"},
                       {R"(group.c={ count = 1 })"},
                       {R"(group.a.region=["europe", "asia"])"}};
  std::set<std::string> hashes{plain_hash()};
  for (const Sets& set : sets) EXPECT_TRUE(hashes.insert(hash(small(kPlain, set))).second) << set.front();
}

TEST(Canonical, LinesSayWhatDiffersFromTheDefaults) {
  EXPECT_THAT(canonical_lines(small(kPlain), small_catalogue()),
              ElementsAre("orrery = 1", "duration = \"10 s\"", "group.a.region = [\"asia\", \"europe\"]",
                          "group.a.share = \"50 %\"", "group.b.share = \"50 %\"", "nodes = 10", "relay.degree = 5",
                          "relay.kind = \"mesh\"", "workload.chat.from = [\"a\", \"b\"]",
                          "workload.chat.kind = \"steady\"", "workload.chat.rate = \"2 /s\""));
}

class DataInHash : public Folder {
 protected:
  std::string hash_with(const std::string& name, std::string_view content) const {
    write(name, content);
    return hash(load(write("world.toml", std::string(kLeast) + "network.map = \"" + name + "\"\n"), small_catalogue()));
  }
};

TEST_F(DataInHash, StandsByItsContentAndNotByItsName) {
  const std::string first = hash_with("a.csv", "1,2\n");
  EXPECT_EQ(hash_with("b.csv", "1,2\n"), first);
  EXPECT_NE(hash_with("a.csv", "1,3\n"), first);
  EXPECT_NE(hash_with("a.csv", ""), first);
}

TEST_F(DataInHash, IsReadFromTheFolderAlone) {
  const auto said = [&](const std::string& name) -> std::string {
    try {
      hash_with("here.csv", "1");
      load(write("world.toml", std::string(kLeast) + "network.map = \"" + name + "\"\n"), small_catalogue());
    } catch (const SpecError& error) {
      return std::string(error.what()).substr(path("world.toml").size());
    }
    return "accepted";
  };
  EXPECT_EQ(said("here.csv"), "accepted");
  EXPECT_EQ(said("there.csv"),
            ":4:15: network.map: there is no file \"there.csv\"; check its name; it is looked for beside the scenario");
  EXPECT_EQ(said("../other.csv"),
            ":4:15: network.map: \"../other.csv\" is outside the scenario's folder; copy the file beside the scenario, "
            "or name its folder with --allow-path");
  EXPECT_EQ(said("/etc/hosts.csv").find(":4:15: network.map: \"/etc/hosts.csv\" is outside"), 0u);
  EXPECT_EQ(said(std::string(5000, 'a') + ".csv").find(":4:15: network.map: \"aaaaa"), 0u);
  std::filesystem::create_symlink(path("loop"), path("loop"));
  EXPECT_EQ(said("loop/a.csv"),
            ":4:15: network.map: \"loop/a.csv\" is no name of a file; name a file beside the scenario; links may not "
            "form a circle");
}

TEST_F(DataInHash, IsRefusedUnreadIfItIsTooLarge) {
  write("big.csv", "");
  std::filesystem::resize_file(path("big.csv"), 10'000'000'000);  // sparse: takes no space
  const std::string world = write("world.toml", std::string(kLeast) + "network.map = \"big.csv\"\n");
  try {
    load(world, small_catalogue());
    FAIL() << "accepted";
  } catch (const SpecError& error) {
    EXPECT_EQ(error.what(), world + ":4:15: network.map: \"big.csv\" has 10000000000 bytes; allowed: up to 67108864");
  }
}

// Hashes name results for ever: if this one changes, results of old files are no longer found.
TEST(Canonical, HashOfAKnownFileStays) {
  const Catalogue catalogue = make_catalogue();
  const Scenario scenario = parse(R"(orrery = 1
title = "Hello"
nodes = 20
warmup = "2 s"
duration = "1 s"
drain = "2 s"
seed = 7
[network]
kind = "matrix"
latency = "ethshadow"
jitter = "10 %"
topology = { kind = "random_regular", degree = 4 }
[relay]
kind = "flood"
[group]
node = { share = "100 %", region = "population" }
[workload]
chat = { kind = "poisson", topic = "hello", rate = "10 /s", size = "200 B" }
[check]
delivered = { kind = "delivered", within = "1 s", at_least = "100 %" }
intact = { kind = "always", property = "payload_intact" }
)",
                                  "hello.toml", catalogue);
  EXPECT_THAT(canonical_lines(scenario, catalogue),
              ElementsAre("orrery = 1", "check.delivered.kind = \"delivered\"", "check.delivered.within = \"1 s\"",
                          "check.intact.kind = \"always\"", "drain = \"2 s\"", "duration = \"1 s\"",
                          "group.node.share = \"100 %\"", "network.topology.degree = 4", "nodes = 20",
                          "warmup = \"2 s\"", "workload.chat.kind = \"poisson\"", "workload.chat.rate = \"10 /s\"",
                          "workload.chat.size = \"200 B\"", "workload.chat.topic = \"hello\""));
  EXPECT_EQ(spec_hash(scenario, catalogue), "6367fa06472773e3dba091b461760ba975fc25d25a954f12b3c41fd60994c8ba");
}

}  // namespace
}  // namespace orrery::spec
