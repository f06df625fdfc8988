#include "simcore/network/cuts.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "simcore/base/rng.h"

namespace orrery {
namespace {

constexpr NodeId kAlice{0}, kBob{1}, kCarol{2}, kDave{70};

Time at(int64_t seconds) { return Time{} + seconds * 1_s; }

Cut cut_off(NodeId node, Time start, Time end) {
  std::vector<bool> side(node.value + 1);
  side[node.value] = true;
  return {start, end, side};
}

TEST(Cuts, NobodyIsApartWithoutACut) {
  const CutSchedule cuts;
  EXPECT_TRUE(cuts.empty());
  EXPECT_FALSE(cuts.cut(kAlice, kBob, at(0)));
  EXPECT_EQ(cuts.heals_at(kAlice, kBob, at(0)), std::nullopt);
  EXPECT_EQ(cuts.cut_since(kAlice, kBob, at(0)), kNever);
}

TEST(Cuts, FromStartUntilJustBeforeEnd) {
  CutSchedule cuts;
  cuts.add(cut_off(kAlice, at(10), at(20)));
  EXPECT_FALSE(cuts.cut(kAlice, kBob, at(10) - 1_ns));
  EXPECT_TRUE(cuts.cut(kAlice, kBob, at(10)));
  EXPECT_TRUE(cuts.cut(kBob, kAlice, at(20) - 1_ns));
  EXPECT_FALSE(cuts.cut(kAlice, kBob, at(20)));
  EXPECT_EQ(cuts.heals_at(kAlice, kBob, at(15)), at(20));
  EXPECT_EQ(cuts.cut_since(kAlice, kBob, at(15)), at(10));
}

TEST(Cuts, NodesOfOneSideStayTogether) {
  CutSchedule cuts;
  cuts.add(cut_off(kAlice, at(10), at(20)));
  EXPECT_FALSE(cuts.cut(kBob, kCarol, at(15)));
  EXPECT_FALSE(cuts.cut(kBob, kDave, at(15)));  // beyond the bits: the other side
  EXPECT_TRUE(cuts.cut(kAlice, kDave, at(15)));
}

TEST(Cuts, OverlappingAndTouchingCutsAreOneSpan) {
  CutSchedule cuts;
  cuts.add(cut_off(kBob, at(20), at(30)));  // touches
  cuts.add(cut_off(kAlice, at(10), at(20)));
  cuts.add(cut_off(kAlice, at(28), at(40)));  // overlaps
  cuts.add(cut_off(kAlice, at(50), at(60)));  // stands alone
  EXPECT_EQ(cuts.heals_at(kAlice, kBob, at(12)), at(40));
  EXPECT_EQ(cuts.cut_since(kAlice, kBob, at(39)), at(10));
  EXPECT_EQ(cuts.heals_at(kAlice, kBob, at(45)), std::nullopt);
  EXPECT_EQ(cuts.cut_since(kAlice, kBob, at(55)), at(50));
  EXPECT_EQ(cuts.heals_at(kAlice, kCarol, at(12)), at(20));  // Bob's cut does not part these two
}

TEST(Cuts, ACutMayLastForEver) {
  CutSchedule cuts;
  cuts.add(cut_off(kAlice, at(10), kNever));
  EXPECT_EQ(cuts.heals_at(kAlice, kBob, at(1000)), kNever);
}

TEST(Cuts, ListsCutsByStart) {
  CutSchedule cuts;
  cuts.add(cut_off(kAlice, at(30), at(40)));
  cuts.add(cut_off(kAlice, at(10), at(20)));
  ASSERT_EQ(cuts.cuts().size(), 2u);
  EXPECT_EQ(cuts.cuts()[0].start, at(10));
}

TEST(Cuts, RefusesACutWithoutLength) {
  CutSchedule cuts;
  EXPECT_THROW(cuts.add(cut_off(kAlice, at(10), at(10))), std::invalid_argument);
}

// Against the definition: step through time second by second.
TEST(Cuts, AgreesWithASlowWalkThroughTime) {
  Rng rng(7);
  for (int round = 0; round < 200; ++round) {
    CutSchedule cuts;
    for (int i = 0; i < 6; ++i) {
      const int64_t start = int64_t(rng.below(40));
      const int64_t length = 1 + int64_t(rng.below(8));
      const NodeId node{uint32_t(rng.below(3))};
      cuts.add(cut_off(node, at(start), at(start + length)));
    }
    for (int64_t t = 0; t < 50; ++t) {
      bool apart = false;
      for (const Cut& cut : cuts.cuts()) apart |= cut.contains(at(t)) && cut.separates(kAlice, kBob);
      ASSERT_EQ(cuts.cut(kAlice, kBob, at(t)), apart);
      if (!apart) {
        ASSERT_EQ(cuts.heals_at(kAlice, kBob, at(t)), std::nullopt);
        continue;
      }
      int64_t end = t, start = t;
      while (cuts.cut(kAlice, kBob, at(end))) ++end;
      while (cuts.cut(kAlice, kBob, at(start - 1))) --start;
      ASSERT_EQ(cuts.heals_at(kAlice, kBob, at(t)), at(end));
      ASSERT_EQ(cuts.cut_since(kAlice, kBob, at(t)), at(start));
    }
  }
}

}  // namespace
}  // namespace orrery
