// Groups with a share divide `nodes`, by largest remainder; groups with a count come on top.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "scenarios/spec/quantity.h"
#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;

std::vector<uint32_t> sizes(const std::string& groups, uint32_t nodes) {
  std::vector<uint32_t> sizes;
  for (const Group& group : small("[group]\n" + groups, {"nodes=" + std::to_string(nodes)}).groups) {
    sizes.push_back(group.count);
  }
  return sizes;
}
using Sizes = std::vector<uint32_t>;

TEST(GroupSize, IsByLargestRemainder) {
  EXPECT_EQ(sizes("a.share = \"48 %\"\nb.share = \"52 %\"\n", 1000), (Sizes{480, 520}));
  EXPECT_EQ(sizes("a.share = \"34 %\"\nb.share = \"33 %\"\nc.share = \"33 %\"\n", 10), (Sizes{4, 3, 3}));
  EXPECT_EQ(sizes("a.share = \"15 %\"\nb.share = \"16 %\"\nc.share = \"69 %\"\n", 10), (Sizes{1, 2, 7}));
  EXPECT_EQ(sizes("a.share = \"99.9999999 %\"\nb.share = \"0.0000001 %\"\n", 10'000'000), (Sizes{10'000'000, 0}));
}

TEST(GroupSize, BreaksTiesByName) {
  EXPECT_EQ(sizes("b.share = \"50 %\"\na.share = \"50 %\"\n", 3), (Sizes{2, 1}));
  EXPECT_EQ(sizes("d.share = \"25 %\"\nc.share = \"25 %\"\nb.share = \"25 %\"\na.share = \"25 %\"\n", 6),
            (Sizes{2, 2, 1, 1}));
}

TEST(GroupSize, PutsCountsOnTop) {
  const Scenario scenario = small("[group]\nb.share = \"100 %\"\na.count = 3\nc.count = 4\n");
  EXPECT_EQ(scenario.nodes(), 17u);
  EXPECT_EQ(scenario.groups[0].first, 0u);
  EXPECT_EQ(scenario.groups[1].first, 3u);
  EXPECT_EQ(scenario.groups[2].first, 13u);
  EXPECT_EQ(scenario.group_of(2).name, "a");
  EXPECT_EQ(scenario.group_of(3).name, "b");
  EXPECT_EQ(scenario.group_of(16).name, "c");
  EXPECT_EQ(small("group.a.count = 3\n", {"nodes=0"}).nodes(), 3u);
}

TEST(GroupSize, IsAllOfTheNodesIfThereIsNoGroup) {
  const Scenario scenario = small("");
  ASSERT_EQ(scenario.groups.size(), 1u);
  EXPECT_EQ(scenario.groups[0].name, "node");
  EXPECT_EQ(scenario.groups[0].count, 10u);
}

RC_GTEST_PROP(GroupSize, LosesNoNodeAndIsFairToOne, ()) {
  const auto nodes = *rc::gen::inRange<uint32_t>(0, 100'000);
  std::vector<int64_t> shares = *rc::gen::nonEmpty(
      rc::gen::resize(8, rc::gen::container<std::vector<int64_t>>(rc::gen::inRange<int64_t>(0, Share::kWhole / 8))));
  shares.push_back(Share::kWhole);
  for (size_t i = 0; i + 1 < shares.size() && i < 8; ++i) shares.back() -= shares[i];
  shares.erase(shares.begin() + std::min<std::ptrdiff_t>(8, std::ssize(shares) - 1), shares.end() - 1);
  std::string lines;
  for (size_t i = 0; i < shares.size(); ++i) {
    lines += std::string(1, char('a' + i)) + ".share = \"" + amount_text(shares[i], Dimension::kShare) + "\"\n";
  }
  const Sizes counted = sizes(lines, nodes);
  uint64_t sum = 0;
  for (size_t i = 0; i < counted.size(); ++i) {
    const auto low = uint64_t(shares[i]) * nodes / uint64_t(Share::kWhole);
    RC_ASSERT(counted[i] == low || counted[i] == low + 1);
    sum += counted[i];
  }
  RC_ASSERT(sum == nodes);
}

TEST(GroupSize, NeedsSharesThatSumToTheWhole) {
  EXPECT_EQ(refused("[group]\na.share = \"50 %\"\nb.share = \"40 %\"\n"),
            "world.toml:4:2: the shares of the groups sum to 90 %; they must sum to 100 %");
  EXPECT_THAT(refused("[group]\na.share = \"50 %\"\nb.share = \"50.1 %\"\n"), HasSubstr("sum to 100.1 %"));
  EXPECT_EQ(refused("group.a.count = 5\n"),
            "world.toml:2:1: nodes = 10 are divided by no group; give a group a share, or set nodes = 0");
}

// Else "150 %" and "-50 %" would sum to the whole.
TEST(GroupSize, NeedsSharesBetweenNothingAndTheWhole) {
  EXPECT_EQ(refused("[group]\na.share = \"150 %\"\nb.share = \"-50 %\"\n"),
            "world.toml:5:11: group.a.share = \"150 %\" is out of range; allowed: \"0 %\" to \"100 %\"\n"
            "world.toml:6:11: group.b.share = \"-50 %\" is out of range; allowed: \"0 %\" to \"100 %\"");
}

TEST(GroupSize, IsSaidInOneWay) {
  EXPECT_EQ(refused("[group]\na = { share = \"100 %\", count = 1 }\n"),
            "world.toml:5:1: group.a has both a share and a count; give one of them: a share of `nodes`, or a count on "
            "top");
  EXPECT_EQ(refused("[group]\na = { share = \"100 %\" }\nb = { region = \"asia\" }\n"),
            "world.toml:6:1: group.b has neither a share nor a count; give one of them: a share of `nodes`, or a count "
            "on top");
}

TEST(GroupSize, HasABound) {
  EXPECT_THAT(refused("[group]\na.share = \"100 %\"\nb.count = 10000000\n"),
              HasSubstr("there are 10000010 nodes; allowed: up to 10000000"));
  EXPECT_THAT(refused("group.a = { share = \"100 %\", like = \"a\", count = 0 }\n"), HasSubstr("is out of range"));
}

// One mistake is told once: what follows from it is not.
TEST(GroupSize, DoesNotComplainOfWhatIsToldAlready) {
  const auto problems = [](const std::string& lines) {
    const std::string said = refused(lines);
    return 1 + std::count(said.begin(), said.end(), '\n');
  };
  EXPECT_EQ(problems("[group]\na.share = \"150 %\"\n"), 1);
  EXPECT_EQ(problems("[group]\na.share = \"half\"\nb.share = \"50 %\"\n"), 1);
  EXPECT_EQ(problems("[group]\na = \"100 %\"\n"), 1);
  EXPECT_EQ(problems("[group]\nA.share = \"50 %\"\nb.share = \"50 %\"\n"), 1);
}

TEST(GroupSize, RefusesTheNamesOfSelectors) {
  EXPECT_THAT(refused("group.all.share = \"100 %\"\n"), HasSubstr("no group can be called \"all\""));
  EXPECT_THAT(refused("group.up.share = \"100 %\"\n"), HasSubstr("no group can be called \"up\""));
}

}  // namespace
}  // namespace orrery::spec
