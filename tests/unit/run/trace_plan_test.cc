// The workload `trace` in a scenario: what counts in the hash, what is refused where, who answers whom in the plan.
#include <gtest/gtest.h>

#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"
#include "simcore/base/input_error.h"
#include "tests/unit/run/outcome.h"
#include "tests/unit/spec/folder.h"

namespace orrery {
namespace {

constexpr const char* kScenario = R"(orrery = 1
nodes = 10
duration = "10 s"
relay.kind = "gossipsub"
workload.chat = { kind = "trace", file = "chat.csv", speed = 60 }
workload.beat = { kind = "periodic", every = "1 s", size = "100 B" }
)";
constexpr const char* kTrace = "line,hhmm,nick,chars,reply_to\n1,10:00,ada,10,\n2,10:01,bob,20,1\n3,10:01,ada,30,1\n";

class TracePlan : public spec::Folder {
 protected:
  spec::Scenario scenario(const std::string& more = "") {
    return spec::parse(kScenario + more, path("world.toml"), catalogue_);
  }
  std::string hash() { return spec::spec_hash(scenario(), catalogue_); }
  std::string refused(const std::string& more = "") {
    return refusal_of_scenario([&] { return scenario(more); });
  }

 private:
  spec::Catalogue catalogue_ = make_catalogue();
};

TEST_F(TracePlan, AnswersMeanTheSameMessagesAmongThoseOfOtherWorkloads) {
  write("chat.csv", kTrace);
  const spec::Scenario read = scenario();
  const Plan plan = make_plan(read);
  ASSERT_EQ(plan.publishings.size(), 13u);
  int answers = 0;
  for (const Publishing& publishing : plan.publishings) {
    if (!publishing.reply_to) continue;
    ++answers;
    EXPECT_EQ(plan.publishings[*publishing.reply_to].at, Time{} + 500_ms);
    EXPECT_EQ(plan.publishings[*publishing.reply_to].size, 74_B);
  }
  EXPECT_EQ(answers, 2);
}

TEST_F(TracePlan, TheFileCountsByItsContent) {
  write("chat.csv", kTrace);
  const std::string before = hash();
  write("chat.csv", kTrace);
  EXPECT_EQ(hash(), before);
  write("chat.csv", std::string(kTrace) + "4,10:02,bob,5,3\n");
  EXPECT_NE(hash(), before);
}

TEST_F(TracePlan, RefusesAFileAtItsOwnLine) {
  EXPECT_EQ(refused(), path("world.toml") +
                           ":5:42: workload.chat.file: there is no file \"chat.csv\"; check its name; "
                           "it is looked for beside the scenario");
  write("chat.csv", std::string(kTrace) + "4,10:02,bob,x,\n");
  EXPECT_EQ(refused(), path("chat.csv") + ":5:13: \"x\" is no number up to 1000000; write digits only");
  write("chat.csv", "\x1f\x8b packed");
  EXPECT_EQ(refused(), path("chat.csv") + ":1:1: it is compressed with gzip; unpack it first: gunzip FILE");
}

TEST_F(TracePlan, RefusesWhatComesToTooMuchAtTheScenariosLine) {
  write("chat.csv", "hhmm,nick,chars\n10:00,ada,2000\n");
  EXPECT_EQ(refused("workload.loud = { kind = \"trace\", file = \"chat.csv\", speed = 60, per_char = \"1 KiB\" }\n"),
            path("world.toml") +
                ":7:10: workload.loud is refused: a message of 2000 characters comes to 2048064 bytes, "
                "at most 1048576 are allowed; lower head or per_char; `orrery describe workload` lists "
                "what is allowed");
}

TEST_F(TracePlan, NeedsAFile) {
  EXPECT_EQ(refused("workload.mute.kind = \"trace\"\n"),
            path("world.toml") +
                ":7:10: workload.mute.file is missing; give it: A CSV file with columns hhmm, nick and "
                "chars, and perhaps kind, file, line and reply_to; doc/models.md describes them.");
}

}  // namespace
}  // namespace orrery
