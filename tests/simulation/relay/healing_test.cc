// Gossipsub after a partition: its meshes grow together again once the links are back. What `eventually` and
// `sometimes` say of whole runs, and the library's chat room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "scenarios/run/database.h"
#include "scenarios/run/driver.h"
#include "scenarios/run/kinds.h"

namespace orrery {
namespace {

using testing::HasSubstr;

/// Half of the nodes are away for 40 s, longer than links hold out (30 s).
constexpr const char* kParted = R"(orrery = 1
nodes = 20
duration = "80 s"
network.kind = "constant"
network.topology = { kind = "random_regular", degree = 10 }
relay.kind = "gossipsub"
workload.chat = { kind = "periodic", every = "500 ms", size = "100 B" }
fault.cut = { kind = "partition", split = { share = "50 %" }, at = "10 s", for = "40 s" }
)";

Report run(const std::string& text, RunOptions options = {}) {
  const spec::Catalogue catalogue = make_catalogue();
  const spec::Scenario scenario = spec::parse(text, "scenario.toml", catalogue);
  options.world.wire = WireMode::kChecked;
  options.write_results = false;
  return run_scenario("test", scenario, catalogue, options).report;
}

const Verdict& verdict(const Report& report, const std::string& name) {
  for (const Verdict& each : report.verdicts) {
    if (each.name == name) return each;
  }
  ADD_FAILURE() << "no check " << name;
  return report.verdicts.front();
}

std::string refused(const std::string& text) {
  const spec::Catalogue catalogue = make_catalogue();
  try {
    const spec::Scenario scenario = spec::parse(text, "scenario.toml", catalogue);
    make_plan(scenario);
  } catch (const spec::SpecError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Healing, AMeshGrowsTogetherAgain) {
  const Report report = run(std::string(kParted) + R"(
check.mesh = { kind = "eventually", property = "mesh_connected", after = "cut", within = "30 s" }
check.links = { kind = "eventually", property = "links_connected", after = "cut", within = "30 s" }
check.arrives = { kind = "eventually", property = "delivered", after = "cut", within = "5 s" }
check.down = { kind = "sometimes", property = "link_down" }
check.pruned = { kind = "sometimes", property = "pruned" }
)");
  for (const Verdict& each : report.verdicts) EXPECT_EQ(each.outcome, Outcome::kPass) << each.name << ": " << each.why;
  EXPECT_GT(verdict(report, "links").value, 0);  // links were given up, and dialled anew
  EXPECT_GT(verdict(report, "mesh").value, verdict(report, "links").value);
}

TEST(Healing, NotInTime) {
  const Report report = run(std::string(kParted) + R"(
check.mesh = { kind = "eventually", property = "mesh_connected", after = "cut", within = "100 ms" }
check.links = { kind = "eventually", property = "links_connected", after = "cut", within = "100 ms" }
)");
  EXPECT_EQ(verdict(report, "links").outcome, Outcome::kFail);
  EXPECT_EQ(verdict(report, "mesh").outcome, Outcome::kFail);
  EXPECT_THAT(verdict(report, "mesh").why, HasSubstr("at 50.100000 s, 0.100000 s after the end of cut, nodes "));
  EXPECT_THAT(verdict(report, "mesh").why, HasSubstr("are apart in the mesh of topic 1"));
}

TEST(Healing, NotWhileItLasts) {  // t = 15 s is within the cut
  const Report report = run(std::string(kParted) + R"(
check.mesh = { kind = "eventually", property = "mesh_connected", within = "15 s" }
check.crashed = { kind = "sometimes", property = "crashed" }
)");
  EXPECT_EQ(verdict(report, "mesh").outcome, Outcome::kFail);
  EXPECT_THAT(verdict(report, "mesh").why, HasSubstr("it broke at 10.000000 s"));
  EXPECT_EQ(verdict(report, "crashed").outcome, Outcome::kFail);
}

TEST(Healing, IsUndecidedBeyondTheRunAndWithoutMeshes) {
  const Report report = run(std::string(kParted) + R"(
check.late = { kind = "eventually", property = "mesh_connected", after = "cut", within = "41 s" }
)");
  EXPECT_EQ(verdict(report, "late").outcome, Outcome::kUndecided) << verdict(report, "late").why;
  std::string flood = kParted;
  flood.replace(flood.find("gossipsub"), 9, "flood");
  EXPECT_EQ(verdict(run(flood + "check.mesh = { kind = \"eventually\", property = \"mesh_connected\" }\n"), "mesh").why,
            "no relay of this run keeps a mesh");
}

// An interrupted run knows what was seen, and what had its time; not what might still have been seen.
TEST(Healing, AnInterruptedRunSaysWhatItKnows) {
  std::atomic<bool> stop = false;
  RunOptions options;
  options.stop = &stop;
  options.progress = [&](const Progress& progress) { stop = progress.now >= Time{} + 15_s; };
  const Report report = run(std::string(kParted) + R"(
check.cut = { kind = "sometimes", property = "link_cut" }
check.healed = { kind = "sometimes", property = "link_healed" }
check.early = { kind = "eventually", property = "mesh_connected", within = "5 s" }
check.mesh = { kind = "eventually", property = "mesh_connected", after = "cut" }
)",
                            options);
  EXPECT_EQ(verdict(report, "cut").outcome, Outcome::kPass);
  EXPECT_EQ(verdict(report, "healed").outcome, Outcome::kUndecided);
  EXPECT_EQ(verdict(report, "early").outcome, Outcome::kPass);
  EXPECT_EQ(verdict(report, "mesh").outcome, Outcome::kUndecided);
}

TEST(Healing, AfterMustNameAFault) {
  const std::string check = "check.mesh = { kind = \"eventually\", property = \"mesh_connected\", after = \"cat\" }\n";
  EXPECT_EQ(refused(std::string(kParted) + check),
            "scenario.toml:9:74: check.mesh.after = \"cat\" is no fault; did you mean cut? allowed: cut");
}

TEST(ChatRoom, OfTheLibraryHoldsAndKeepsWhoAnswersWhom) {
  const spec::Catalogue catalogue = make_catalogue();
  const std::string path = std::string(ORRERY_SOURCE_DIR) + "/scenarios/library/relay/irc.toml";
  const spec::Scenario scenario = spec::load(path, catalogue);
  EXPECT_TRUE(scenario.files.contains("workload.chat.file"));  // so its content counts in the hash
  RunOptions options;
  options.place.out = testing::TempDir() + "orrery_chat_" + std::to_string(getpid());
  const RunOutcome outcome = run_scenario("relay/irc", scenario, catalogue, options);
  for (const Verdict& each : outcome.report.verdicts) {
    EXPECT_EQ(each.outcome, Outcome::kPass) << each.name << ": " << each.why;
  }
  {
    Database results(outcome.filed.path + "/run.sqlite");
    EXPECT_EQ(results.text("SELECT count(*) > 100 FROM message WHERE replyTo IS NOT NULL"), "1");
    EXPECT_EQ(results.text("SELECT count(*) > 30 FROM message WHERE replyTo IS NULL"), "1");
    EXPECT_EQ(results.text("SELECT count(*) FROM message AS answer JOIN message AS question "
                           "ON answer.replyTo = question.message "
                           "WHERE answer.publishedAt < question.publishedAt + 500000000"),
              "0");
  }
  std::filesystem::remove_all(outcome.filed.path);
}

}  // namespace
}  // namespace orrery
