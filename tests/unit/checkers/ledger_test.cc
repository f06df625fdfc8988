#include "scenarios/checkers/ledger.h"

#include <gtest/gtest.h>

#include "tests/unit/checkers/traced.h"

namespace orrery {
namespace {

/// A line 0 - 1 - 2 - 3, up from the start; all subscribe.
struct Line {
  Line() {
    for (uint32_t i = 0; i < 4; ++i) {
      trace(0_s, i, Started{});
      trace.subscribed(0_s, i);
    }
    for (uint32_t i = 0; i < 3; ++i) trace.link(0_s, i, i + 1);
  }
  Promise judged(Duration within) {
    ledger.finish(Time{} + 100_s);
    return judge(ledger, within, std::vector<bool>(4, true));
  }
  std::vector<uint32_t> joined(uint32_t from, Duration start, Duration end) {
    std::vector<uint32_t> nodes;
    for (const NodeId node : ledger.reachability().joined(NodeId{from}, Time{} + start, Time{} + end))
      nodes.push_back(node.value);
    return nodes;
  }
  Ledger ledger{4};
  Tracer trace{ledger};
};

using Nodes = std::vector<uint32_t>;

TEST(Reachability, ALinkCountsFromTheLaterSideToTheFirstThatCloses) {
  Line line;
  line.trace(10_s, 1, LinkDown{NodeId{2}});
  line.trace(11_s, 2, LinkDown{NodeId{1}});
  line.trace(20_s, 1, LinkUp{NodeId{2}, true});
  line.trace(21_s, 2, LinkUp{NodeId{1}, false});
  line.ledger.finish(Time{} + 100_s);
  EXPECT_EQ(line.joined(0, 1_s, 9_s), (Nodes{0, 1, 2, 3}));
  EXPECT_EQ(line.joined(0, 9_s, 10500_ms), (Nodes{0, 1}));
  EXPECT_EQ(line.joined(3, 20500_ms, 30_s), (Nodes{2, 3}));
  EXPECT_EQ(line.joined(0, 21_s, 30_s), (Nodes{0, 1, 2, 3}));
}

TEST(Reachability, ACutAndACrashSeparate) {
  Line line;
  for (const uint32_t end : {0u, 1u}) line.trace(10_s, end, LinkCut{NodeId{1 - end}});
  for (const uint32_t end : {0u, 1u}) line.trace(20_s, end, LinkHealed{NodeId{1 - end}});
  line.trace(30_s, 2, Crashed{});
  line.ledger.finish(Time{} + 100_s);
  EXPECT_EQ(line.joined(0, 12_s, 13_s), (Nodes{0}));
  EXPECT_EQ(line.joined(0, 20_s, 21_s), (Nodes{0, 1, 2, 3}));
  EXPECT_EQ(line.joined(0, 31_s, 32_s), (Nodes{0, 1}));
  EXPECT_EQ(line.joined(2, 29_s, 31_s), (Nodes{}));  // not up throughout: joined to nobody
}

TEST(Promise, OwesWhatWasJoinedThroughoutAndExcusesTheRest) {
  Line line;
  line.trace.published(1_s, 0, 7);
  line.trace.delivered(1_s, 0, 7);
  line.trace.delivered(2_s, 1, 7);
  line.trace.delivered(9_s, 2, 7);          // late
  line.trace(2_s, 3, LinkDown{NodeId{2}});  // not joined throughout: excused
  const Promise promise = line.judged(5_s);
  EXPECT_EQ(promise.owed, 2u);
  EXPECT_EQ(promise.kept, 1u);
  EXPECT_EQ(promise.excused, 1u);
  ASSERT_TRUE(promise.first_broken);
  EXPECT_EQ(promise.first_broken->message, 7u);
  EXPECT_EQ(promise.first_missing, NodeId{2});
}

TEST(Promise, OwesNothingToWhoDidNotSubscribe) {
  Line line;
  line.trace.published(1_s, 0, 7, 5, 1);
  line.trace.subscribed(0_s, 2, 1);
  line.trace.delivered(2_s, 2, 7, 5, 1);
  const Promise promise = line.judged(5_s);
  EXPECT_EQ(promise.owed, 1u);
  EXPECT_EQ(promise.kept, 1u);
  EXPECT_EQ(promise.excused, 0u);
}

TEST(Promise, ADamagedPayloadIsNoDelivery) {
  Line line;
  line.trace.published(1_s, 0, 7, 5);
  for (uint32_t node = 1; node < 4; ++node) line.trace.delivered(2_s, node, 7, node == 2 ? 6 : 5);
  EXPECT_FALSE(line.ledger.deliveries()[1].intact);
  EXPECT_EQ(line.judged(5_s).kept, 2u);
}

TEST(Ledger, KnowsASecondDeliveryFromOneAfterARestart) {
  Line line;
  line.trace.published(1_s, 0, 7);
  line.trace.delivered(2_s, 1, 7);
  line.trace.incarnation = 1;
  line.trace.delivered(3_s, 1, 7);
  line.trace.delivered(4_s, 1, 7);
  EXPECT_FALSE(line.ledger.deliveries()[0].again);
  EXPECT_FALSE(line.ledger.deliveries()[1].again);
  EXPECT_TRUE(line.ledger.deliveries()[2].again);
}

TEST(Ledger, RemembersADeliveryOfWhatNobodyPublished) {
  Line line;
  line.trace.delivered(2_s, 1, 99);
  ASSERT_TRUE(line.ledger.unpublished());
  EXPECT_EQ(line.ledger.unpublished()->message, 99u);
}

}  // namespace
}  // namespace orrery
