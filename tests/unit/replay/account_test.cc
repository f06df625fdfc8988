// Accounts: where two lists of lines part, when only the order at each node counts.
#include "scenarios/replay/account.h"

#include <gtest/gtest.h>

namespace orrery {
namespace {

Observation line(int64_t ns, uint32_t node, Layer layer, std::string name) {
  return {Time{ns}, NodeId{node}, 0, layer, std::move(name), {}};
}

std::optional<Parting> part(const std::vector<Observation>& a, const std::vector<Observation>& b) {
  Hearsay first, second;
  for (const Observation& each : a) first.add(each);
  for (const Observation& each : b) second.add(each);
  return first_parting(first, second);
}

TEST(Account, OfOtherOrderBetweenNodesIsEqual) {
  EXPECT_FALSE(part({line(1, 1, 0, "x"), line(1, 2, 0, "y")}, {line(1, 2, 0, "y"), line(1, 1, 0, "x")}));
  EXPECT_FALSE(part({}, {}));
}

TEST(Account, OfOtherOrderAtANodePartsThere) {
  const auto parting = part({line(1, 1, 0, "x"), line(1, 1, 0, "y")}, {line(1, 1, 0, "y"), line(1, 1, 0, "x")});
  ASSERT_TRUE(parting);
  EXPECT_EQ(*parting->a, 0u);
  EXPECT_EQ(*parting->b, 0u);
}

TEST(Account, PartsAtTheEarliestTimeOfEither) {
  // At node 1 from time 9 on, at node 2 from time 5 on, where only B has something.
  const auto parting = part({line(9, 1, 0, "x")}, {line(9, 1, 0, "z"), line(5, 2, 0, "y")});
  ASSERT_TRUE(parting);
  EXPECT_FALSE(parting->a);
  EXPECT_EQ(*parting->b, 1u);
}

TEST(Account, PartsAtWhatCameFirstAtTheNode) {
  // Layer 4 speaks before layer 1 does: it is nearer to the cause, though its number is higher.
  const auto parting = part({line(1, 1, 0, "event"), line(1, 1, 4, "x"), line(1, 1, 1, "y")},
                            {line(1, 1, 0, "event"), line(1, 1, 4, "x2"), line(1, 1, 1, "y2")});
  ASSERT_TRUE(parting);
  EXPECT_EQ(*parting->a, 1u);
}

TEST(Account, AnIncarnationAndAFieldCount) {
  Observation reborn = line(1, 1, 0, "x"), fielded = reborn;
  reborn.incarnation = 1;
  fielded.fields.emplace_back("a", "1");
  EXPECT_TRUE(part({line(1, 1, 0, "x")}, {reborn}));
  EXPECT_TRUE(part({line(1, 1, 0, "x")}, {fielded}));
}

TEST(Observation, ComesBackFromJson) {
  Observation observation = line(-5, 3, 4, "mixed");
  observation.incarnation = 2;
  observation.fields = {
      {"z", "18446744073709551615"}, {"a", "-7"}, {"yes", "true"}, {"no", "none"}, {"text", "\"none\""}, {"b", "007"},
      {"bytes", "00.. (9 bytes)"},   {"m", "-0"}};
  const std::string json = to_json_line(observation, {});
  const Observation back = from_json_line(json);
  EXPECT_EQ(back.what(), observation.what());
  EXPECT_EQ(back.digest(), observation.digest());
  EXPECT_EQ(std::tuple(back.time, back.node, back.layer), std::tuple(Time{-5}, NodeId{3}, Layer{4}));
  EXPECT_NE(json.find(R"("fields":{"z":18446744073709551615,"a":-7,"yes":true,"no":null,)"), std::string::npos) << json;
  EXPECT_THROW(from_json_line("{}"), std::runtime_error);
  EXPECT_THROW(from_json_line("not json"), std::runtime_error);
}

}  // namespace
}  // namespace orrery
