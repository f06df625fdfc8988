// Gossipsub delivers on every kind of graph, and goes on when nodes come and go: the conformance list of its
// implementations' own suites (sparse and dense nets, chains, trees), as scenarios.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"

namespace orrery {
namespace {

class Delivery : public testing::Test {
 protected:
  Delivery() : folder_(testing::TempDir() + "orrery_relay_" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Delivery() override { std::filesystem::remove_all(folder_); }

  /// Runs `text` on top of the common part. Every verdict must pass.
  Report run(const std::string& text) {
    const std::string whole = R"(orrery = 1
duration = "20 s"
network.kind = "constant"
network.jitter = "10 %"
relay.kind = "gossipsub"
workload.chat = { kind = "periodic", every = "200 ms", size = "100 B" }
check.delivered = { kind = "delivered", within = "5 s", at_least = "100 %" }
check.once = { kind = "always", property = "delivered_once" }
)" + text;
    const spec::Catalogue catalogue = make_catalogue();
    const spec::Scenario scenario = spec::parse(whole, folder_ + "/scenario.toml", catalogue);
    RunOptions options;
    options.world.wire = WireMode::kChecked;
    options.write_results = false;
    const Report report = run_scenario("test", scenario, catalogue, options).report;
    for (const Verdict& verdict : report.verdicts) {
      EXPECT_EQ(verdict.outcome, Outcome::kPass) << verdict.name << ": " << verdict.why;
    }
    return report;
  }
  /// A topology file of these links; its name.
  std::string links(const std::vector<std::pair<int, int>>& pairs) const {
    std::ofstream file(folder_ + "/links.csv");
    file << "from,to\n";
    for (const auto& [from, to] : pairs) file << from << "," << to << "\n";
    return "network.topology = { kind = \"file\", file = \"links.csv\" }\n";
  }

 private:
  std::string folder_;
};

TEST_F(Delivery, OnASparseNet) { run("nodes = 20\nnetwork.topology = { kind = \"random_regular\", degree = 3 }\n"); }

TEST_F(Delivery, OnADenseNet) { run("nodes = 20\nnetwork.topology = { kind = \"random_regular\", degree = 10 }\n"); }

TEST_F(Delivery, OnACompleteNetWithoutFloodPublishing) {
  run("nodes = 20\nnetwork.topology.kind = \"complete\"\nrelay.flood_publish = false\n");
}

TEST_F(Delivery, AlongAChain) { run("nodes = 6\n" + links({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}})); }

TEST_F(Delivery, DownATree) {
  run("nodes = 10\n" + links({{0, 1}, {1, 2}, {1, 4}, {2, 3}, {0, 5}, {5, 6}, {5, 8}, {6, 7}, {8, 9}}));
}

TEST_F(Delivery, WhileNodesCrashAndComeBack) {
  run(R"(nodes = 20
network.topology = { kind = "random_regular", degree = 10 }
fault.a = { kind = "crash", of = { share = "30 %" }, at = "3 s", for = "4 s" }
fault.b = { kind = "crash", of = { share = "30 %" }, at = "10 s", for = "4 s", death = "machine" }
)");
}

TEST_F(Delivery, AfterAThirdOfTheNodesIsGone) {
  run(R"(nodes = 20
network.topology = { kind = "random_regular", degree = 10 }
relay.flood_publish = false
fault.gone = { kind = "crash", of = { share = "30 %" }, at = "5 s", for = "1 h" }
)");
}

TEST_F(Delivery, FromPublishersThatDoNotSubscribe) {
  run(R"(nodes = 20
network.topology = { kind = "random_regular", degree = 10 }
relay.flood_publish = false
group.quiet = { share = "80 %" }
group.loud = { share = "20 %" }
workload.news = { kind = "periodic", from = "loud", to = "quiet", topic = "news", every = "500 ms", size = "100 B" }
)");
}

TEST_F(Delivery, WithEveryProfile) {
  for (const char* profile : {"spec", "go", "js", "nim", "waku"}) {
    SCOPED_TRACE(profile);
    run("nodes = 20\nnetwork.topology = { kind = \"random_regular\", degree = 10 }\nrelay.profile = \"" +
        std::string(profile) + "\"\n");
  }
}

TEST_F(Delivery, OfMessagesOfNearlyAMebibyte) {
  run(R"(nodes = 20
network.topology = { kind = "random_regular", degree = 4 }
workload.blob = { kind = "periodic", topic = "blob", every = "5 s", size = "900 KiB" }
)");
}

}  // namespace
}  // namespace orrery
