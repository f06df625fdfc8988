#include "scenarios/workloads/trace.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <stdexcept>

#include "scenarios/workloads/trace_csv.h"

namespace orrery {
namespace {

constexpr const char* kThree = "line,hhmm,nick,chars,reply_to\n1,10:00,ada,10,\n2,10:01,bob,20,1\n3,10:02,ada,30,2\n";

class Trace : public testing::Test {
 protected:
  Trace() : path_(testing::TempDir() + "orrery_trace_" + std::to_string(getpid()) + ".csv") {}
  ~Trace() override { std::filesystem::remove(path_); }

  void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
  /// As many publishers as asked, from index 100 on; an hour to publish in.
  WorkloadFrame frame(uint32_t publishers = 5) const {
    WorkloadFrame made{7, "chat", {}, {}, 1_h, path_};
    for (uint32_t i = 0; i < publishers; ++i) {
      made.publishers.push_back(100 + i);
      made.keys.push_back(node_key("home", i));
    }
    return made;
  }

 private:
  std::string path_;
};

TEST_F(Trace, PlaysTimesSizesAndAnswers) {
  write(kThree);
  TraceConfig config;
  config.speed = 60;
  config.head = 5_B;
  config.per_char = 2_B;
  const auto all = plan(config, frame());
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].at, Time{} + 500_ms);
  EXPECT_EQ(all[2].at, Time{} + 2500_ms);
  EXPECT_EQ(all[1].size, 45_B);
  EXPECT_EQ(all[0].reply_to, std::nullopt);
  EXPECT_EQ(all[1].reply_to, std::optional<uint64_t>(0));
  EXPECT_EQ(all[2].reply_to, std::optional<uint64_t>(1));
  EXPECT_EQ(all[0].node, all[2].node);  // one sender, one node
}

TEST_F(Trace, APayloadHoldsItsNumberWhateverTheText) {
  write("hhmm,nick,chars\n10:00,ada,0\n");
  TraceConfig config;
  config.head = 0_B;
  EXPECT_EQ(plan(config, frame())[0].size, 8_B);
}

TEST_F(Trace, AnswersWaitForTheThinkTimeEachAfterTheOther) {
  write(kThree);
  TraceConfig config;
  config.speed = 60;
  config.think = 3_s;
  const auto all = plan(config, frame());
  EXPECT_EQ(all[1].at, Time{} + 3500_ms);
  EXPECT_EQ(all[2].at, Time{} + 6500_ms);
  WorkloadFrame shorter = frame();
  shorter.duration = 5_s;
  EXPECT_EQ(plan(config, shorter).size(), 2u);  // the last one would come too late
}

TEST_F(Trace, EndsWithTheRunOrBeginsAnew) {
  write(kThree);
  TraceConfig config;
  WorkloadFrame two = frame();
  two.duration = 2_min;
  EXPECT_EQ(plan(config, two).size(), 2u);
  EXPECT_EQ(plan(config, frame()).size(), 3u);
  config.repeat = true;
  const auto all = plan(config, frame());
  ASSERT_EQ(all.size(), 60u);  // three minutes, twenty times
  EXPECT_EQ(all[4].at, Time{} + 4_min + 30_s);
  EXPECT_EQ(all[4].reply_to, std::optional<uint64_t>(3));  // of its own round
  EXPECT_EQ(all[3].reply_to, std::nullopt);
}

// Many senders on few nodes, few on many; a node more takes its share and moves nobody else.
TEST_F(Trace, ANodeMoreMovesOnlyWhoGoesToIt) {
  std::string text = "hhmm,nick,chars\n";
  for (int i = 0; i < 1000; ++i) text += "10:00,nick" + std::to_string(i) + ",1\n";
  write(text);
  const auto before = plan({}, frame(9)), after = plan({}, frame(10));
  int moved = 0;
  std::map<uint32_t, int> load;
  for (size_t i = 0; i < before.size(); ++i) {
    ++load[after[i].node];
    if (before[i].node == after[i].node) continue;
    ++moved;
    EXPECT_EQ(after[i].node, 109u);
  }
  EXPECT_GT(moved, 60);
  EXPECT_LT(moved, 140);
  for (const auto& [node, count] : load) EXPECT_NEAR(count, 100, 40) << node;

  write(kThree);
  std::set<uint32_t> used;
  for (const Publishing& publishing : plan({}, frame(1000))) used.insert(publishing.node);
  EXPECT_EQ(used.size(), 2u);
}

TEST_F(Trace, TheCastFollowsFromSeedAndName) {
  std::string text = "hhmm,nick,chars\n";
  for (int i = 0; i < 20; ++i) text += "10:00,nick" + std::to_string(i) + ",1\n";
  write(text);
  const auto cast = [&](uint64_t seed, std::string_view name) {
    WorkloadFrame other = frame(50);
    other.run_seed = seed;
    other.name = name;
    std::vector<uint32_t> nodes;
    for (const Publishing& publishing : plan({}, other)) nodes.push_back(publishing.node);
    return nodes;
  };
  EXPECT_EQ(cast(7, "chat"), cast(7, "chat"));
  EXPECT_NE(cast(7, "chat"), cast(8, "chat"));
  EXPECT_NE(cast(7, "chat"), cast(7, "talk"));
}

TEST_F(Trace, RefusesWhatComesToTooMuch) {
  write("hhmm,nick,chars\n10:00,ada,2000\n");
  TraceConfig config;
  config.per_char = 1_KiB;
  EXPECT_THROW(plan(config, frame()), std::invalid_argument);
  config.per_char = 1_B;
  config.repeat = true;
  config.speed = 1'000'000;
  WorkloadFrame year = frame();
  year.duration = 8760_h;
  EXPECT_THROW(plan(config, year), std::invalid_argument);
}

TEST(SortByTime, KeepsAnswersAndTheOrderOfOneTime) {
  std::vector<Publishing> all;
  append(all, {{Time{} + 3_s, 0, "a", 1_B}, {Time{} + 5_s, 1, "a", 1_B, 0}});
  append(all, {{Time{} + 1_s, 2, "b", 1_B}, {Time{} + 3_s, 3, "b", 1_B, 0}, {Time{} + 9_s, 4, "b", 1_B, 1}});
  sort_by_time(all);
  std::vector<uint32_t> nodes;
  for (const Publishing& publishing : all) nodes.push_back(publishing.node);
  EXPECT_EQ(nodes, (std::vector<uint32_t>{2, 0, 3, 1, 4}));
  EXPECT_EQ(all[2].reply_to, std::optional<uint64_t>(0));
  EXPECT_EQ(all[3].reply_to, std::optional<uint64_t>(1));
  EXPECT_EQ(all[4].reply_to, std::optional<uint64_t>(2));
}

// The full published file, where a developer has it: ORRERY_DATA names its folder's parent.
TEST_F(Trace, PlaysTwentyDaysOfIrc) {
  const char* data = std::getenv("ORRERY_DATA");
  if (!data) GTEST_SKIP() << "ORRERY_DATA is not set: the full data files are not read";
  const std::string packed = std::string(data) + "/irc-disentanglement/irc_trace.csv.gz";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("gzip -dc '" + packed + "'").c_str(), "r"), pclose);
  std::string text;
  std::array<char, 65536> buffer;
  while (const size_t count = fread(buffer.data(), 1, buffer.size(), pipe.get())) text.append(buffer.data(), count);

  const MessageTrace trace = parse_trace_csv(text, "irc_trace.csv");
  EXPECT_EQ(trace.messages.size(), 25'469u);
  EXPECT_EQ(trace.senders.size(), 2'622u);
  EXPECT_EQ(trace.length, 8'488_min);  // a pause of the sources is at most 36 minutes long
  write(text);
  TraceConfig config;
  config.speed = 200;
  const auto all = plan(config, frame(1000));
  ASSERT_EQ(all.size(), 25'469u);
  size_t answers = 0;
  for (const Publishing& publishing : all) {
    if (!publishing.reply_to) continue;
    ++answers;
    EXPECT_GE(publishing.at, all[*publishing.reply_to].at);
  }
  EXPECT_GT(answers, 6'000u);
}

}  // namespace
}  // namespace orrery
