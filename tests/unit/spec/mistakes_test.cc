// Mistakes: all are told at once, in the order of the file, each on one line, with the nearest name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spec/small_world.h"

namespace orrery::spec {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST(Mistakes, AreToldTogetherInTheOrderOfTheFile) {
  const std::string said =
      refused("[relay]\nkind = \"flod\"\n[workload]\nchat = { kind = \"steady\", size = \"1 B\" }\n");
  EXPECT_EQ(said,
            "world.toml:5:8: relay.kind = \"flod\" is not known; did you mean flood? allowed: flood, mesh\n"
            "world.toml:7:34: workload.chat.size = \"1 B\" is out of range; allowed: \"8 B\" to \"1 MiB\"");
}

TEST(Mistakes, BeyondTwentyAreCounted) {
  std::string many;
  for (int i = 0; i < 25; ++i) many += "key" + std::to_string(i) + " = 1\n";
  const auto lines = lines_of(refused(many));
  ASSERT_EQ(lines.size(), kProblemsMax + 1);
  EXPECT_EQ(lines.back(), "world.toml:24:1: from here on there are 5 more problems; mend those above first");
}

TEST(Mistakes, SayWhatDoesNotExistYet) {
  EXPECT_EQ(refused("relay.kind = \"gossip\"\n"),
            "world.toml:4:14: relay.kind = \"gossip\" does not exist yet: it comes with the gossip relay; "
            "allowed: flood, mesh");
  EXPECT_THAT(refused("group.node = { share = \"100 %\", adversary = 1 }\n"),
              HasSubstr("group.node.adversary does not exist yet: it comes with the adversaries"));
  EXPECT_THAT(refused("[study]\naxis = { \"relay.d\" = [6, 8] }\n"), HasSubstr("study.axis does not exist yet"));
}

TEST(Mistakes, NameTheNearestButNothingFar) {
  const std::vector<std::string> names{"d", "degree", "heartbeat"};
  EXPECT_EQ(suggest("degre", names), "did you mean degree? allowed: d, degree, heartbeat");
  EXPECT_EQ(suggest("", names), "allowed: d, degree, heartbeat");
  EXPECT_EQ(suggest("x", names), "allowed: d, degree, heartbeat");
  EXPECT_EQ(suggest("completely else", names), "allowed: d, degree, heartbeat");
  EXPECT_EQ(suggest("a", {}), "allowed: nothing");
}

// Fingers swap neighbours, and leave a letter out, more often than they hit a wrong one.
TEST(Mistakes, KnowTheCommonSlips) {
  const auto nearest = [](std::string_view name, std::vector<std::string> names) {
    const std::string text = suggest(name, names);
    const size_t end = text.find('?');
    return end == std::string::npos ? "" : text.substr(13, end - 13);  // behind "did you mean "
  };
  EXPECT_EQ(nearest("raet", {"size", "rate"}), "rate");
  EXPECT_EQ(nearest("kidn", {"from", "kind", "size"}), "kind");
  EXPECT_EQ(nearest("ndoes", {"nodes", "notes"}), "nodes");
  EXPECT_EQ(nearest("--sed", {"--set", "--seed"}), "--seed");
  EXPECT_EQ(nearest("--sed", {"--seed", "--set"}), "--seed");
  EXPECT_EQ(nearest("rat", {"mat", "rate"}), "rate");  // of two that are equally far, the one that begins alike
  EXPECT_EQ(nearest("ab", {"ba"}), "ba");
  EXPECT_EQ(nearest("ab", {"cd", "b"}), "b");
  EXPECT_EQ(nearest("a", {"b"}), "");  // nothing would be left of it
}

// A key that TOML spells with escapes is the key it means, and no other.
TEST(Mistakes, AreNotHiddenByEscapes) {
  EXPECT_THAT(refused("\"\\nodes\" = 5\n"), HasSubstr("\"\\nodes\" is no key or table of a scenario"));
  EXPECT_THAT(refused("\"\\title\" = 5\n"), HasSubstr("\"\\title\" is no key or table of a scenario"));
  EXPECT_THAT(refused("[workload]\n\"a\\nb\" = { kind = \"steady\" }\n"), HasSubstr("\"a\\nb\" is no name"));
  EXPECT_EQ(small("\"se\\u0065d\" = 9\n").settings.seed, 9u);
}

TEST(Mistakes, CannotDriveATerminal) {
  const std::string said = refused("workload.chat = { kind = \"steady\", from = \"\\u001b[2Jgone\\n\" }\n");
  EXPECT_THAT(said, HasSubstr("there is no group \\u001B[2Jgone\\u000A; allowed: node"));
  EXPECT_THAT(said, Not(HasSubstr("\x1b")));
}

TEST(Mistakes, InTheTextOfTheFileAreRefused) {
  EXPECT_THAT(refused("[relay\n"), HasSubstr("world.toml:4:7: this is not TOML"));
  EXPECT_THAT(refused("[[group]]\nshare = \"1 %\"\n"), HasSubstr("group is a list of tables; give each table a name"));
  EXPECT_THAT(refused("warmup = 10:00:00\n"), HasSubstr("warmup is a date or a time"));
  EXPECT_THAT(refused("relay = \"flood\"\n"),
              HasSubstr("relay = \"flood\" is no table; write relay = { key = value }"));
}

TEST(Mistakes, OfFormat) {
  const auto said = [](std::string_view text) -> std::string {
    try {
      parse(text, "world.toml", small_catalogue());
    } catch (const SpecError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(said("nodes = 1\n"),
            "world.toml:1:1: the file does not say which format it has; write orrery = 1 in its first line");
  EXPECT_EQ(said("orrery = 2\n"), "world.toml:1:10: format 2 is not known; this orrery reads format 1");
  EXPECT_EQ(said("orrery = 1\n"),
            "world.toml:1:1: nodes is missing; give it: Nodes that the groups with a share divide; groups with a count "
            "come on top.\nworld.toml:1:1: duration is missing; give it: What is measured.");
}

// The TOML library would recurse once for each dot.
TEST(Mistakes, OfEndlessKeysDoNotExhaustTheStack) {
  const auto dots = [](const std::string& before) {
    std::string text = before;
    for (int i = 0; i < 200'000; ++i) text += ".a";
    return refused(text + " = 1\n");
  };
  EXPECT_THAT(dots("a"), HasSubstr("world.toml:4:130: this key has more than 64 parts"));
  EXPECT_THAT(dots("\"\\\"\""), HasSubstr("more than 64 parts"));
  EXPECT_THAT(dots("x = { x = \"\"\"\n\"\"\", a"), HasSubstr("more than 64 parts"));
  EXPECT_THAT(dots("x = { x = '''\n''''', a"), HasSubstr("more than 64 parts"));
  EXPECT_THAT(dots("x = \"it's\" # don't\na"), HasSubstr("world.toml:5:130: this key has more than 64 parts"));
}

TEST(Mistakes, OfEndlessKeysAreNotSeenInProse) {
  const std::string dots(200, '.');
  EXPECT_EQ(refused("# " + dots + "\n"), "accepted");
  EXPECT_EQ(refused("title = \"" + dots + "\" # " + dots + "\n"), "accepted");
  EXPECT_EQ(refused("question = \"\"\"\n" + dots + "\n\\\"" + dots + "\"\"\"\n"), "accepted");
  EXPECT_EQ(refused("title = 'a" + dots + "\\'\n"), "accepted");
}

}  // namespace
}  // namespace orrery::spec
